import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorState } from './ErrorState';

interface Props {
  opened: boolean;
  title: string;
  confirmLabel: string;
  danger?: boolean;
  /** As wide as this; a question's width unless told. */
  size?: string;
  disabled?: boolean;
  pending?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A question with its consequence told, answered by a form: Enter confirms, Escape leaves everything as it was. A click beside it is an accident that may not cost what was typed. */
export function ConfirmModal({ opened, title, confirmLabel, danger, size, disabled, pending, error, onConfirm, onClose, children }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); onConfirm(); }}>
        <Stack gap="sm">
          {children}
          {error ? <ErrorState error={error} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" color={danger ? 'red' : undefined} disabled={disabled} loading={pending}>{confirmLabel}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
