import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { ConfirmModal } from './ConfirmModal';

export interface LeaveGuard {
  /** What was typed is saved: the page may be left, at once too. */
  free: () => void;
  blocker: ReturnType<typeof useBlocker>;
}

/** Keeps a page on which something was typed and not saved from being left by a click elsewhere. Another view of the same page is no leaving. */
export function useLeaveGuard(unsaved: boolean): LeaveGuard {
  const isFree = useRef(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && !isFree.current && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!unsaved) return;
    // A tab that is closed or loaded anew: the browser asks in its own words.
    const ask = (event: BeforeUnloadEvent): void => { if (!isFree.current) event.preventDefault(); };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);
  return { free: () => { isFree.current = true; }, blocker };
}

/** The question that the guard asks. */
export function LeaveQuestion({ guard: { blocker } }: { guard: LeaveGuard }) {
  return (
    <ConfirmModal opened={blocker.state === 'blocked'} danger title="Leave without saving?" confirmLabel="Leave" onConfirm={() => blocker.proceed?.()} onClose={() => blocker.reset?.()}>
      <Text size="sm">What you have changed here is not saved, and is lost if you leave.</Text>
    </ConfirmModal>
  );
}
