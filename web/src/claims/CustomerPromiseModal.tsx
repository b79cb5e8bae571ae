import { Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import type { Customer } from '../customers/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { notifyDone } from '../feedback/notify';
import { addDays, formatDate } from '../format/dates';
import { formatMoney, moneyInput, parseMoney, plural } from '../format/money';
import { newKey } from '../http/useWrite';
import { InvoiceChecklist } from '../invoices/InvoiceChecklist';
import { useInvoices } from '../invoices/queries';
import { sources } from './PromiseModal';
import { useRecordPromise } from './queries';

/** What a customer promises for several invoices at once, in one currency: the amount falls on those chosen, oldest due first. */
export function CustomerPromiseModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const today = useToday();
  const invoices = useInvoices({ customerId: customer.id, state: ['open', 'overdue'], sort: 'dueOn' }).rows?.filter(({ openMinor }) => openMinor > 0);
  const currencies = [...new Set(invoices?.map(({ currency }) => currency))];
  const [chosenCurrency, setCurrency] = useState<string | null>(null);
  const currency = chosenCurrency ?? currencies[0] ?? null;
  const offered = invoices?.filter((invoice) => invoice.currency === currency) ?? [];
  // Null: all of them, until one is taken off.
  const [picked, setPicked] = useState<readonly number[] | null>(null);
  const chosen = offered.filter(({ id }) => picked === null || picked.includes(id));
  const openMinor = chosen.reduce((sum, invoice) => sum + invoice.openMinor, 0);
  // Null: all that is open on those chosen.
  const [typed, setTyped] = useState<string | null>(null);
  const amountMinor = currency === null ? null : typed === null ? openMinor : parseMoney(typed, currency);
  const [promisedOn, setPromisedOn] = useState(addDays(today, 7));
  const [source, setSource] = useState('call');
  const [note, setNote] = useState('');
  const [externalId] = useState(() => `promise-${newKey().slice(0, 12)}`);
  const record = useRecordPromise();
  const isRight = currency !== null && amountMinor !== null && amountMinor > 0 && amountMinor <= openMinor && promisedOn >= today;
  const confirm = () => {
    if (!isRight) return;
    record.run({
      externalId, customerExternalId: customer.externalId, invoiceExternalIds: chosen.map((invoice) => invoice.externalId), currency, ...(typed === null ? {} : { amountMinor }), promisedOn, source: source as 'call' | 'reply' | 'api', note: note.trim() || null,
    }, (promise) => {
      notifyDone(`${formatMoney(promise.amountMinor, currency)} promised for ${formatDate(promisedOn)}, on ${plural(chosen.length, 'invoice')}.`);
      onClose();
    });
  };
  return (
    <ConfirmModal opened size="lg" title={`Promise to pay of ${customer.name}`} confirmLabel="Record the promise" pending={record.pending} error={record.error} disabled={!isRight} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">What is promised is not asked for until the end of that day where the customer is. Promises that run on these invoices are replaced.</Text>
      {invoices?.length === 0 && <EmptyState title="Nothing is open" />}
      {currencies.length > 1 && <NativeSelect label="Currency" value={currency ?? ''} data={currencies} onChange={(event) => { setCurrency(event.currentTarget.value); setPicked(null); setTyped(null); }} />}
      {currency !== null && (
        <>
          <InvoiceChecklist offered={offered} isChosen={(id) => picked === null || picked.includes(id)} onChange={(id, on) => setPicked(on ? [...chosen.map((each) => each.id), id] : chosen.map((each) => each.id).filter((each) => each !== id))} />
          <Group grow align="flex-start">
            <TextInput
              label="Amount" description="Left as it is: all that is open and undisputed" required inputMode="decimal" rightSection={<Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44} styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
              value={typed ?? moneyInput(openMinor, currency)} onChange={(event) => setTyped(event.currentTarget.value)}
              error={amountMinor === null || amountMinor <= 0 ? `Write an amount in ${currency}` : amountMinor > openMinor ? 'More than is open on the invoices chosen' : null}
            />
            <TextInput type="date" label="Pays by" description="Until the end of that day" required min={today} value={promisedOn} onChange={(event) => setPromisedOn(event.currentTarget.value)} />
          </Group>
          <NativeSelect label="Said" value={source} data={sources} onChange={(event) => setSource(event.currentTarget.value)} />
          <Textarea label="Note" description="Optional" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        </>
      )}
    </ConfirmModal>
  );
}
