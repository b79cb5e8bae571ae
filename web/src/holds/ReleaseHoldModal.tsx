import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { holdKinds, useReleaseHold, type Hold } from './queries';

export function ReleaseHoldModal({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const release = useReleaseHold();
  const [reason, setReason] = useState('');
  const confirm = () => release.run({ id: hold.id, reason: reason.trim() }, () => {
    notifyDone('The hold is released.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Release: ${hold.customerName}`} confirmLabel="Release the hold" pending={release.pending} error={release.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{holdKinds[hold.kind]}{hold.reason ? `, placed because: ${hold.reason}` : ''}. The systems that listen for holds are told at once.</Text>
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
