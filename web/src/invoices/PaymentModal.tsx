import { Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { newKey } from '../http/useWrite';
import { AmountInput } from './AmountInput';
import { useRecordPayment, type Invoice } from './queries';
import { useAmount } from './useAmount';

export function PaymentModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const today = useToday();
  const amount = useAmount(invoice);
  const [receivedOn, setReceivedOn] = useState(today);
  const [method, setMethod] = useState('');
  // Made once per dialog: pressing the button twice records one payment.
  const [reference, setReference] = useState(() => `manual-${newKey().slice(0, 12)}`);
  const record = useRecordPayment(invoice.id);
  const applied = Math.min(amount.minor ?? 0, invoice.openMinor);
  const left = (amount.minor ?? 0) - applied;
  const confirm = () => {
    if (amount.minor === null) return;
    record.run({
      externalId: reference.trim(), customerExternalId: invoice.customerExternalId, invoiceExternalId: invoice.externalId, currency: invoice.currency, amountMinor: amount.minor, receivedAt: receivedOn, method: method.trim() || null,
    }, () => {
      notifyDone(`Payment of ${formatMoney(amount.minor ?? 0, invoice.currency)} recorded.`);
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Record a payment for ${invoice.number}`} confirmLabel="Record payment" pending={record.pending} error={record.error}
      disabled={amount.minor === null || receivedOn === '' || reference.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Group grow align="flex-start">
        <AmountInput amount={amount} currency={invoice.currency} />
        <TextInput type="date" label="Received" required max={today} value={receivedOn} onChange={(event) => setReceivedOn(event.currentTarget.value)} />
      </Group>
      <Group grow align="flex-end">
        <TextInput label="Reference" description="The same reference twice is one payment" required value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
        <TextInput label="Method" description="Optional" placeholder="Bank transfer" value={method} onChange={(event) => setMethod(event.currentTarget.value)} />
      </Group>
      {left > 0 && <Text size="sm">{formatMoney(applied, invoice.currency)} settles this invoice; {formatMoney(left, invoice.currency)} stays on the account as unapplied cash.</Text>}
    </ConfirmModal>
  );
}
