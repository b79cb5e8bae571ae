import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { useWaiveCharge, type Charge } from './chargeQueries';

export function WaiveChargeModal({ charge, onClose }: { charge: Charge; onClose: () => void }) {
  const waive = useWaiveCharge(charge.invoiceId);
  const [reason, setReason] = useState('');
  const confirm = () => waive.run({ id: charge.id, reason: reason.trim() }, () => {
    notifyDone('Waived.');
    onClose();
  });
  return (
    <ConfirmModal opened title="Waive a charge" confirmLabel="Waive" pending={waive.pending} error={waive.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{formatMoney(charge.amountMinor, charge.currency)} ({charge.basis}) is no longer asked for. The audit trail keeps it, with your reason.</Text>
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
