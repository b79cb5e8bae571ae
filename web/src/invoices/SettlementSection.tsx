import { Button, Text, TextInput } from '@mantine/core';
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
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { applicationsQuery, useReverse, type Application, type Invoice } from './queries';

/** What settled the invoice: payments, credit notes and write-offs, and those that were taken back. */
export function SettlementSection({ invoice }: { invoice: Invoice }) {
  const applications = useQuery(applicationsQuery(invoice.id));
  const may = useMay();
  const [reversing, setReversing] = useState<Application | null>(null);
  const reversible = (row: Application) => may('write-ledger') && row.reversedAt === null && row.kind !== 'credit-note';
  return (
    <Section title="Payments and credits">
      <Loaded query={applications} lines={3}>
        {({ items }) => (
          <PlainTable
            label="Payments and credits" rows={items} rowKey={(row) => row.id}
            empty={<EmptyState title="Nothing received yet">Payments, credit notes and write-offs that settle this invoice are listed here.</EmptyState>}
            columns={[
              { heading: 'When', render: (row) => <Instant iso={row.appliedAt} short /> },
              { heading: 'What', grow: true, render: (row) => <>{sentence(row.kind)} <Text span c="dimmed" size="xs">{row.sourceExternalId}</Text>{row.reversedAt && <Text size="xs" c="dimmed">reversed <Instant iso={row.reversedAt} short /></Text>}</> },
              { heading: 'Amount', align: 'right', render: (row) => (row.reversedAt ? <s><Money minor={row.amountMinor} currency={invoice.currency} /></s> : <Money minor={row.amountMinor} currency={invoice.currency} />) },
              ...(items.some(reversible) ? [{ heading: 'Change', render: (row: Application) => reversible(row) && <Button size="compact-xs" variant="subtle" onClick={() => setReversing(row)} aria-label={`Reverse ${row.sourceExternalId}`}>Reverse</Button> }] : []),
            ]}
          />
        )}
      </Loaded>
      {reversing && <ReverseModal application={reversing} invoice={invoice} onClose={() => setReversing(null)} />}
    </Section>
  );
}

function ReverseModal({ application, invoice, onClose }: { application: Application; invoice: Invoice; onClose: () => void }) {
  const reverse = useReverse(invoice.id);
  const [reason, setReason] = useState('');
  const what = sentence(application.kind).toLowerCase();
  const confirm = () => reverse.run({ application, reason }, () => {
    notifyDone(`The ${what} is reversed.`);
    onClose();
  });
  return (
    <ConfirmModal opened title={`Reverse this ${what}`} confirmLabel="Reverse" danger disabled={reason.trim() === ''} pending={reverse.pending} error={reverse.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{formatMoney(application.amountMinor, invoice.currency)} on this invoice is open again, and its collection goes on where it was. A payment is reversed as a whole, on every invoice that it settled.</Text>
      <TextInput label="Reason" required data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
