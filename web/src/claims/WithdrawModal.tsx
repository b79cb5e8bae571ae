import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useWithdrawPromise, type PromiseToPay } from './queries';

export function WithdrawModal({ promise, onClose }: { promise: PromiseToPay; onClose: () => void }) {
  const withdraw = useWithdrawPromise();
  const [reason, setReason] = useState('');
  const confirm = () => withdraw.run({ id: promise.id, reason: reason.trim() }, () => {
    notifyDone('The promise is withdrawn.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Withdraw the promise of ${promise.customerName}`} confirmLabel="Withdraw" pending={withdraw.pending} error={withdraw.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">What was promised is asked for again, at the step that is due.</Text>
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </ConfirmModal>
  );
}
