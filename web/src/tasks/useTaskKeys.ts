import { useEffect } from 'react';
import { isTyping } from '../table/useRowKeys';
import type { Task } from './queries';

/** `c` claims the task whose row has the focus, `e` ends it: with j and k a list is worked through without the mouse. */
export function useTaskKeys(tasks: readonly Task[] | undefined, { claim, complete }: { claim: (task: Task) => void; complete: (task: Task) => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'c' && event.key !== 'e') || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const row = document.activeElement?.closest('[data-row]');
      const task = row instanceof HTMLElement ? tasks?.[Number(row.dataset.row)] : undefined;
      if (!task || (task.state !== 'open' && task.state !== 'claimed')) return;
      event.preventDefault();
      if (event.key === 'c' && task.state === 'open') claim(task);
      if (event.key === 'e') complete(task);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [tasks, claim, complete]);
}
