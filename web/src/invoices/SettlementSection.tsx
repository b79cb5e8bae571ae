import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { formatMoney } from '../format/money';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { RefundModal } from '../payments/RefundModal';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { applicationsQuery, useReverse, type Application, type Invoice, type ReversalKind } from './queries';

/** What settled the invoice: payments, credit notes and write-offs, and those that were taken back. */
export function SettlementSection({ invoice }: { invoice: Invoice }) {
  const applications = useQuery(applicationsQuery(invoice.id));
  const may = useMay();
  const [reversing, setReversing] = useState<Application | null>(null);
  const [refunding, setRefunding] = useState<Application | null>(null);
  // Beside the facts of an invoice there is no room for a column of them.
  const changes = (row: Application) => (
    <Group gap={4} ml={-8}>
      {row.kind === 'payment' && <Button size="compact-xs" variant="subtle" onClick={() => setRefunding(row)} aria-label={`Refund ${row.sourceExternalId}`}>Refund</Button>}
      <Button size="compact-xs" variant="subtle" onClick={() => setReversing(row)} aria-label={`Reverse ${row.sourceExternalId}`}>Reverse</Button>
    </Group>
  );
  const reversible = (row: Application) => may('write-ledger') && row.reversedAt === null && (row.kind === 'payment' || row.kind === 'write-off');
  return (
    <Section title="Payments and credits">
      <Loaded query={applications} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Payments and credits" rows={items} rowKey={(row) => row.id}
            empty={<EmptyState title="Nothing received yet">Payments, credit notes and write-offs that settle this invoice are listed here.</EmptyState>}
            columns={[
              { heading: 'When', render: (row) => <Instant iso={row.appliedAt} short /> },
              { heading: 'What', grow: true, render: (row) => <>{sentence(row.kind)} <Text span c="dimmed" size="xs">{row.sourceExternalId}</Text>{row.reversedAt && <Text size="xs" c="dimmed">{row.refundExternalId === null ? 'reversed' : `given back by ${row.refundExternalId}`} <Instant iso={row.reversedAt} short /></Text>}{reversible(row) && changes(row)}</> },
              { heading: 'Amount', align: 'right', render: (row) => (row.reversedAt ? <s><Money minor={row.amountMinor} currency={invoice.currency} /></s> : <Money minor={row.amountMinor} currency={invoice.currency} />) },
            ]}
          />
        )}
      </Loaded>
      {refunding && <RefundModal paymentId={refunding.sourceId} externalId={refunding.sourceExternalId} onClose={() => setRefunding(null)} />}
      {reversing && <ReverseModal application={reversing} invoice={invoice} onClose={() => setReversing(null)} />}
    </Section>
  );
}

const reversals: { value: ReversalKind; label: string }[] = [{ value: 'reversal', label: 'The payment came back, or was a mistake' }, { value: 'chargeback', label: 'Chargeback: the payer had the bank fetch it back' }];

function ReverseModal({ application, invoice, onClose }: { application: Application; invoice: Invoice; onClose: () => void }) {
  const reverse = useReverse(invoice.id);
  const [reason, setReason] = useState('');
  const [kind, setKind] = useState<ReversalKind>('reversal');
  const what = sentence(application.kind).toLowerCase();
  const confirm = () => reverse.run({ application, kind, reason: reason.trim() }, () => {
    notifyDone(kind === 'chargeback' ? 'The payment is charged back; a task asks somebody to look into it.' : `The ${what} is reversed.`);
    onClose();
  });
  return (
    <ConfirmModal opened title={`Reverse this ${what}`} confirmLabel={kind === 'chargeback' ? 'Charge back' : 'Reverse'} danger disabled={reason.trim() === ''} pending={reverse.pending} error={reverse.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{formatMoney(application.amountMinor, invoice.currency)} on this invoice is open again, and its collection goes on where it was.{application.kind === 'payment' && ' A payment is reversed as a whole, on every invoice that it settled.'}</Text>
      {application.kind === 'payment' && <NativeSelect label="What happened" value={kind} data={reversals} onChange={(event) => setKind(event.currentTarget.value as ReversalKind)} />}
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
