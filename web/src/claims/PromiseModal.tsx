import { Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { addDays } from '../format/dates';
import { formatMoney } from '../format/money';
import { newKey } from '../http/useWrite';
import { AmountInput } from '../invoices/AmountInput';
import type { Invoice } from '../invoices/queries';
import { useAmount } from '../invoices/useAmount';
import { useRecordPromise } from './queries';

export const sources = [{ value: 'call', label: 'On the phone' }, { value: 'reply', label: 'In a reply' }, { value: 'api', label: 'Otherwise' }];

export function PromiseModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const today = useToday();
  const amount = useAmount(invoice);
  const [externalId] = useState(() => `promise-${newKey().slice(0, 12)}`);
  const [promisedOn, setPromisedOn] = useState(addDays(today, 7));
  const [source, setSource] = useState('call');
  const [note, setNote] = useState('');
  const record = useRecordPromise();
  const confirm = () => {
    if (amount.minor === null) return;
    record.run({
      externalId, customerExternalId: invoice.customerExternalId, invoiceExternalIds: [invoice.externalId], currency: invoice.currency, amountMinor: amount.minor, promisedOn,
      source: source as 'call' | 'reply' | 'api', note: note.trim() || null,
    }, () => {
      notifyDone(`${formatMoney(amount.minor ?? 0, invoice.currency)} promised for ${promisedOn}.`);
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Promise to pay ${invoice.number}`} confirmLabel="Record the promise" pending={record.pending} error={record.error}
      disabled={amount.minor === null || promisedOn === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">What is promised is not asked for until the end of that day where the customer is. A promise that runs already is replaced.</Text>
      <Group grow align="flex-start">
        <AmountInput amount={amount} currency={invoice.currency} />
        <TextInput type="date" label="Pays by" required min={today} value={promisedOn} onChange={(event) => setPromisedOn(event.currentTarget.value)} />
      </Group>
      <NativeSelect label="Said" value={source} data={sources} onChange={(event) => setSource(event.currentTarget.value)} />
      <Textarea label="Note" description="Optional" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
