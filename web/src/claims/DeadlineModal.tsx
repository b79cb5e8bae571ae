import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatDate } from '../format/dates';
import { useSetDeadline, type Dispute } from './queries';

export function DeadlineModal({ dispute, onClose }: { dispute: Dispute; onClose: () => void }) {
  const today = useToday();
  const [deadlineOn, setDeadlineOn] = useState(dispute.deadlineOn && dispute.deadlineOn > today ? dispute.deadlineOn : today);
  const change = useSetDeadline(dispute.id);
  const confirm = () => change.run(deadlineOn, () => {
    notifyDone(`To be resolved by ${formatDate(deadlineOn)}.`);
    onClose();
  });
  return (
    <ConfirmModal opened title="Another deadline" confirmLabel="Save" pending={change.pending} error={change.error} disabled={deadlineOn < today} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">When this day is over where the customer is, and the dispute is open still, a task says so in the queue Collections. A task that says so already is closed.</Text>
      <TextInput type="date" label="Resolve by" required min={today} value={deadlineOn} onChange={(event) => setDeadlineOn(event.currentTarget.value)} data-autofocus />
    </ConfirmModal>
  );
}
