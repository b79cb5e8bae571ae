import { Anchor, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { ListTable } from '../table/ListTable';
import { useHandoffs, type Handoff } from './queries';

const columns: ColumnDef<Handoff>[] = [
  { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => <Anchor component={Link} to={`/invoices/${original.invoiceId}`} fw={500}>{original.invoiceNumber}</Anchor> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'open', header: 'Open then', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.openMinor} currency={original.currency} /> },
  { id: 'agency', header: 'Agency', cell: ({ row: { original } }) => original.agency ?? <Text span c="dimmed">Not named in the policy</Text> },
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.at} short /> },
];

/** What was given out of hand for collection, newest first. */
export function HandoffsTable({ customerId }: { customerId: number | undefined }) {
  const list = useHandoffs({ customerId });
  return (
    <ListTable
      label="Invoices handed to an agency" keys list={list} columns={columns} rowId={(row) => String(row.id)}
      empty={<EmptyState title="No invoice was handed to an agency">The last step of a policy can hand what stays unpaid to an agency; the record of it is kept here.</EmptyState>}
    />
  );
}
