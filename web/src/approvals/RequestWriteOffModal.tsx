import { NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { AmountInput } from '../invoices/AmountInput';
import type { Invoice } from '../invoices/queries';
import { useAmount } from '../invoices/useAmount';
import { useRequestWriteOff } from './queries';

export function RequestWriteOffModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const amount = useAmount(invoice);
  const [reason, setReason] = useState('');
  const [days, setDays] = useState<number | string>(14);
  const request = useRequestWriteOff(invoice.id);
  const confirm = () => {
    if (amount.minor === null) return;
    request.run({ amountMinor: amount.minor, reason: reason.trim(), timeoutDays: Number(days) }, () => {
      notifyDone('Asked for. A credit manager finds it under Approvals.');
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Ask to write off ${invoice.number}`} confirmLabel="Ask" pending={request.pending} error={request.error}
      disabled={amount.minor === null || amount.minor > invoice.openMinor || reason.trim() === '' || days === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">Nothing is written off before a credit manager agrees. Collection goes on until then.</Text>
      <AmountInput amount={amount} currency={invoice.currency} mostMinor={invoice.openMinor} />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <NumberInput label="Days to answer in" description="After them an administrator is asked for as long again; then nothing is written off." min={1} max={90} allowDecimal={false} value={days} onChange={setDays} />
    </ConfirmModal>
  );
}
