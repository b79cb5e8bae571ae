import { Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { newKey } from '../http/useWrite';
import { AmountInput } from './AmountInput';
import { useRecordCreditNote, type Invoice } from './queries';
import { useAmount } from './useAmount';

export function CreditNoteModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const today = useToday();
  const amount = useAmount(invoice);
  const [issuedOn, setIssuedOn] = useState(today);
  const [reference, setReference] = useState(() => `credit-${newKey().slice(0, 12)}`);
  const [reason, setReason] = useState('');
  const record = useRecordCreditNote(invoice.id);
  const tooMuch = amount.minor !== null && amount.minor > invoice.openMinor;
  const confirm = () => {
    if (amount.minor === null) return;
    record.run({
      externalId: reference.trim(), customerExternalId: invoice.customerExternalId, invoiceExternalId: invoice.externalId, currency: invoice.currency, amountMinor: amount.minor, issuedOn, reason: reason.trim() || null,
    }, () => {
      notifyDone(`Credit note of ${formatMoney(amount.minor ?? 0, invoice.currency)} recorded.`);
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Credit note for ${invoice.number}`} confirmLabel="Record credit note" pending={record.pending} error={record.error}
      disabled={amount.minor === null || issuedOn === '' || reference.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Group grow align="flex-start">
        <AmountInput amount={amount} currency={invoice.currency} />
        <TextInput type="date" label="Issued" required max={today} value={issuedOn} onChange={(event) => setIssuedOn(event.currentTarget.value)} />
      </Group>
      <TextInput label="Number" required value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
      <TextInput label="Reason" description="Optional" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {tooMuch && <Text size="sm">More than is open: the rest stays on the account as credit.</Text>}
    </ConfirmModal>
  );
}
