import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { newKey } from '../http/useWrite';
import { AmountInput } from './AmountInput';
import { useWriteOff, type Invoice } from './queries';
import { useAmount } from './useAmount';

export function WriteOffModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const amount = useAmount(invoice);
  const [reason, setReason] = useState('');
  const [externalId] = useState(() => `write-off-${newKey().slice(0, 12)}`);
  const writeOff = useWriteOff(invoice.id);
  const tooMuch = amount.minor !== null && amount.minor > invoice.openMinor;
  const confirm = () => {
    if (amount.minor === null) return;
    writeOff.run({ externalId, amountMinor: amount.minor, reason: reason.trim() }, () => {
      notifyDone(`${formatMoney(amount.minor ?? 0, invoice.currency)} written off.`);
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Write off ${invoice.number}`} confirmLabel="Write off" danger pending={writeOff.pending} error={writeOff.error}
      disabled={amount.minor === null || tooMuch || reason.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">The amount is no longer asked for. A write-off can be reversed.</Text>
      <AmountInput amount={amount} currency={invoice.currency} mostMinor={invoice.openMinor} />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
