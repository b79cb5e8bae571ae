import { useEffect, type RefObject } from 'react';

interface Options {
  enabled: boolean;
  count: number;
  scroller: RefObject<HTMLDivElement | null>;
  scrollTo: (index: number) => void;
}

/** j and k walk the rows by moving the focus to each row's first link, so that Enter opens it as any link does. */
export function useRowKeys({ enabled, count, scroller, scrollTo }: Options): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const current = focusedIndex(scroller.current);
      const next = current === null ? 0 : Math.min(count - 1, Math.max(0, current + (event.key === 'j' ? 1 : -1)));
      if (count === 0) return;
      event.preventDefault();
      scrollTo(next);
      focusRow(scroller.current, next);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [enabled, count, scroller, scrollTo]);
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role="dialog"]') !== null);
}

function focusedIndex(scroller: HTMLElement | null): number | null {
  const row = document.activeElement?.closest('[data-row]');
  return row instanceof HTMLElement && scroller?.contains(row) ? Number(row.dataset.row) : null;
}

function focusRow(scroller: HTMLElement | null, index: number): void {
  const focus = () => {
    const link = scroller?.querySelector<HTMLElement>(`[data-row="${index}"] a, [data-row="${index}"] button`);
    link?.focus();
    return link !== null && link !== undefined;
  };
  // A row that was out of view is in the document only after the next frame.
  if (!focus()) requestAnimationFrame(() => requestAnimationFrame(focus));
}
