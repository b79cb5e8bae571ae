import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from './ConfirmModal';
import { notifyDone } from './notify';

interface Props {
  title: string;
  confirmLabel: string;
  /** What follows from it. */
  consequence: string;
  /** Told once it is done. */
  done: string;
  write: { run(input: { id: number; reason: string }, onDone: () => void): void; pending: boolean; error: unknown };
  id: number;
  onClose: () => void;
}

/** Asks for the reason of something that the audit trail keeps with it, and does it. */
export function ReasonModal({ title, confirmLabel, consequence, done, write, id, onClose }: Props) {
  const [reason, setReason] = useState('');
  const confirm = () => write.run({ id, reason: reason.trim() }, () => {
    notifyDone(done);
    onClose();
  });
  return (
    <ConfirmModal opened title={title} confirmLabel={confirmLabel} pending={write.pending} error={write.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{consequence}</Text>
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
