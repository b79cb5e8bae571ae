import { Anchor, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { Link } from 'react-router';
import { StateBadge } from '../app/StateBadge';
import { describeDaysPastDue, formatDateShort } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import type { InvoiceListItem } from './queries';
import { invoiceStates } from './states';

export function invoiceColumns(stepTitle: (step: string) => string): ColumnDef<InvoiceListItem>[] {
  return [
    { id: 'number', header: 'Number', meta: { sortBy: 'number' }, cell: ({ row: { original } }) => <Anchor component={Link} to={`/invoices/${original.id}`} size="sm" fw={500}>{original.number}</Anchor> },
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
    { id: 'state', header: 'State', cell: ({ row: { original: { state } } }) => <StateBadge state={state} {...invoiceStates[state]} /> },
    { id: 'issued', header: 'Issued', meta: { sortBy: 'issuedOn', from: 1700 }, cell: ({ row: { original } }) => <span className="tabular">{formatDateShort(original.issuedOn)}</span> },
    { id: 'due', header: 'Due', meta: { sortBy: 'dueOn' }, cell: ({ row: { original } }) => <span className="tabular">{formatDateShort(original.dueOn)}</span> },
    { id: 'age', header: 'Age', cell: ({ row: { original } }) => <Age invoice={original} /> },
    { id: 'open', header: 'Open', meta: { align: 'right', sortBy: 'openMinor' }, cell: ({ row: { original } }) => <Money minor={original.openMinor} currency={original.currency} /> },
    { id: 'total', header: 'Total', meta: { align: 'right', from: 1560 }, cell: ({ row: { original } }) => <Money minor={original.totalMinor} currency={original.currency} /> },
    { id: 'next', header: 'Next', meta: { from: 900 }, cell: ({ row: { original } }) => <Next invoice={original} stepTitle={stepTitle} /> },
    { id: 'stage', header: 'Last step', meta: { from: 1240 }, cell: ({ row: { original } }) => (original.collection?.stage ? stepTitle(original.collection.stage) : <Text span c="dimmed">–</Text>) },
  ];
}

function Age({ invoice }: { invoice: InvoiceListItem }) {
  if (invoice.bucket === null) return <Text span c="dimmed">–</Text>;
  return <Text span size="sm" c={invoice.daysPastDue > 0 ? undefined : 'dimmed'} className="tabular">{describeDaysPastDue(invoice.daysPastDue)}</Text>;
}

function Next({ invoice: { collection }, stepTitle }: { invoice: InvoiceListItem; stepTitle: (step: string) => string }) {
  if (!collection) return <Text span c="dimmed">–</Text>;
  if (collection.state === 'done') return <Text span c="dimmed">{collection.outcome === 'settled' ? 'Settled' : collection.outcome === 'stopped' ? 'Stopped' : 'Ended'}</Text>;
  if (collection.paused) return <StateBadge state="paused" tone="warn" />;
  if (!collection.nextStep && !collection.nextAt) return <Text span c="dimmed">–</Text>;
  return <span>{collection.nextStep ? stepTitle(collection.nextStep) : 'Looked at again'}{collection.nextAt && <Text span c="dimmed"> · <Instant iso={collection.nextAt} short /></Text>}</span>;
}
