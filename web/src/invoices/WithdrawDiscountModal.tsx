import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useWithdrawDiscount, type DiscountOffer } from './discountQueries';

export function WithdrawDiscountModal({ offer, onClose }: { offer: DiscountOffer; onClose: () => void }) {
  const withdraw = useWithdrawDiscount(offer.invoiceId);
  const [reason, setReason] = useState('');
  const confirm = () => withdraw.run({ id: offer.id, reason: reason.trim() }, () => {
    notifyDone('Withdrawn.');
    onClose();
  });
  return (
    <ConfirmModal opened title="Withdraw an offer" confirmLabel="Withdraw" pending={withdraw.pending} error={withdraw.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">A payment that comes later takes nothing off. What the customer has read already is not taken back.</Text>
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
