import { Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { addDays } from '../format/dates';
import { newKey } from '../http/useWrite';
import { AmountInput } from '../invoices/AmountInput';
import type { Invoice } from '../invoices/queries';
import { useAmount } from '../invoices/useAmount';
import { peopleQuery } from '../tasks/queries';
import { sources } from './PromiseModal';
import { disputeReasons, useOpenDispute, type DisputeReason } from './queries';

/** Two weeks, as the API has it when nothing is said. */
const deadlineDays = 14;

export function DisputeModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const today = useToday();
  const amount = useAmount(invoice);
  const [externalId] = useState(() => `dispute-${newKey().slice(0, 12)}`);
  const [reason, setReason] = useState<DisputeReason>('price');
  const [deadlineOn, setDeadlineOn] = useState(addDays(today, deadlineDays));
  const [source, setSource] = useState('call');
  const [detail, setDetail] = useState('');
  const [owner, setOwner] = useState('');
  const { data: people } = useQuery(peopleQuery);
  const open = useOpenDispute();
  const confirm = () => {
    if (amount.minor === null) return;
    open.run({ externalId, invoiceExternalId: invoice.externalId, amountMinor: amount.minor, reason, deadlineOn, source: source as 'call' | 'reply' | 'api', ownerId: owner ? Number(owner) : null, detail: detail.trim() || null }, () => {
      notifyDone('The dispute is open.');
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Dispute of invoice ${invoice.number}`} confirmLabel="Open the dispute" pending={open.pending} error={open.error}
      disabled={amount.minor === null || deadlineOn === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">The disputed amount is not asked for until the dispute is resolved. The rest of the invoice is.</Text>
      <Group grow align="flex-start">
        <AmountInput amount={amount} currency={invoice.currency} />
        <NativeSelect label="Reason" value={reason} data={Object.entries(disputeReasons).map(([value, label]) => ({ value, label }))} onChange={(event) => setReason(event.currentTarget.value as DisputeReason)} />
      </Group>
      <Group grow align="flex-start">
        <TextInput type="date" label="Resolve by" required min={today} value={deadlineOn} onChange={(event) => setDeadlineOn(event.currentTarget.value)} />
        <NativeSelect label="Said" value={source} data={sources} onChange={(event) => setSource(event.currentTarget.value)} />
      </Group>
      <NativeSelect label="Owner" value={owner} data={[{ value: '', label: 'Nobody' }, ...(people?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} onChange={(event) => setOwner(event.currentTarget.value)} />
      <Textarea label="What the customer says" description="Optional" autosize minRows={2} value={detail} onChange={(event) => setDetail(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
