import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney, moneyInput, parseMoney } from '../format/money';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { useInvoices, type InvoiceListItem } from '../invoices/queries';
import { RefundModal } from '../payments/RefundModal';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { unappliedQuery, useApply, type Customer, type Unapplied } from './queries';

/** Payments and credit notes with something left, to be put on invoices by hand. */
export function UnappliedSection({ customer }: { customer: Customer }) {
  const unapplied = useQuery(unappliedQuery(customer.id));
  const mayWrite = useMay()('write-ledger');
  const [applying, setApplying] = useState<Unapplied | null>(null);
  const [refunding, setRefunding] = useState<Unapplied | null>(null);
  if (!unapplied.data || unapplied.data.length === 0) return null;
  return (
    <Section title="Unapplied cash and credit">
      <PlainTable
        label="Unapplied cash and credit" rows={unapplied.data} rowKey={(row) => `${row.kind}/${row.id}`}
        columns={[
          { heading: 'What', grow: true, render: (row) => <>{sentence(row.kind)} <Text span c="dimmed" size="xs">{row.externalId}</Text></> },
          { heading: 'Unapplied', align: 'right', render: (row) => <Money minor={row.unappliedMinor} currency={row.currency} /> },
          ...(mayWrite ? [{ heading: 'Change', render: (row: Unapplied) => (
            <Group gap={4} wrap="nowrap">
              <Button size="compact-xs" variant="subtle" aria-label={`Apply ${row.externalId}`} onClick={() => setApplying(row)}>Apply</Button>
              {row.kind === 'payment' && <Button size="compact-xs" variant="subtle" aria-label={`Refund ${row.externalId}`} onClick={() => setRefunding(row)}>Refund</Button>}
            </Group>
          ) }] : []),
        ]}
      />
      {refunding && <RefundModal paymentId={refunding.id} externalId={refunding.externalId} onClose={() => setRefunding(null)} />}
      {applying && <ApplyModal customer={customer} source={applying} onClose={() => setApplying(null)} />}
    </Section>
  );
}

function ApplyModal({ customer, source, onClose }: { customer: Customer; source: Unapplied; onClose: () => void }) {
  const { currency, unappliedMinor } = source;
  const invoices = useInvoices({ customerId: customer.id, currency, state: ['open', 'overdue'], sort: 'dueOn' });
  const apply = useApply(customer.id);
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const invoice: InvoiceListItem | undefined = invoices.rows?.find(({ externalId }) => externalId === chosen) ?? invoices.rows?.[0];
  const mostMinor = invoice ? Math.min(unappliedMinor, invoice.openMinor) : 0;
  const text = typed ?? moneyInput(mostMinor, currency);
  const minor = parseMoney(text, currency);
  const fits = minor !== null && minor > 0 && minor <= mostMinor;
  const confirm = () => {
    if (!invoice || minor === null) return;
    apply.run({ source, invoiceExternalId: invoice.externalId, amountMinor: minor }, () => {
      notifyDone(`${formatMoney(minor, currency)} applied to ${invoice.number}.`);
      onClose();
    });
  };
  return (
    <ConfirmModal opened title={`Apply ${source.externalId}`} confirmLabel="Apply" disabled={!invoice || !fits} pending={apply.pending} error={apply.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{formatMoney(unappliedMinor, currency)} is left. What is applied is no longer open, and collection of the invoice stops where it is paid in full.</Text>
      {invoices.rows?.length === 0 && <Text size="sm">No invoice in {currency} is open.</Text>}
      <NativeSelect label="Invoice" value={invoice?.externalId ?? ''} onChange={(event) => { setChosen(event.currentTarget.value); setTyped(null); }} data={(invoices.rows ?? []).map((each) => ({ value: each.externalId, label: `${each.number}, ${formatMoney(each.openMinor, currency)} open` }))} />
      <TextInput label="Amount" required inputMode="decimal" value={text} error={invoice && !fits ? `At most ${moneyInput(mostMinor, currency)}` : null} rightSection={<Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44} onChange={(event) => setTyped(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
