import { useEffect, useRef, useState } from 'react';
import { useSaveDraft, type PolicyDraft } from './queries';

const saveAfterMs = 600;

/** The text that is being edited: what is typed shows at once, and is kept and checked as soon as there is a pause. One save is under way at a time. */
export function useDraft(loaded: PolicyDraft) {
  const [text, setText] = useState(loaded.source);
  const [checked, setChecked] = useState(loaded);
  const { run, pending, error, reset } = useSaveDraft(loaded.id);
  const settled = text === checked.source;
  const waits = !settled && !pending && !error;
  // `run` is another function each time; the pause is not to begin anew with it.
  const save = useRef(run);
  useEffect(() => {
    save.current = run;
  });
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => save.current({ source: text, rowVersion: checked.rowVersion }, setChecked), saveAfterMs);
    return () => clearTimeout(timer);
  }, [waits, text, checked.rowVersion]);
  return {
    text, checked, error,
    edit: (next: string) => {
      if (error) reset();
      setText(next);
    },
    /** Whether `checked` is about the text as it stands. */
    settled,
    retry: () => run({ source: text, rowVersion: checked.rowVersion }, setChecked),
  };
}
