import { Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter, customerIdOf } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { peopleQuery } from '../tasks/queries';
import { disputeReasons, useDisputes, type DisputeListItem, type DisputeReason } from './queries';

const filterNames = ['show', 'reason', 'owner', 'customerId'] as const;
const shows = ['late', 'resolved', 'all'] as const;
const reasons = Object.keys(disputeReasons) as DisputeReason[];

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const show = oneOf(shows, filters.show);
  const reason = oneOf<DisputeReason>(reasons, filters.reason);
  const ownerId = Number(filters.owner) || undefined;
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ state: show === 'all' ? undefined : show === 'resolved' ? 'resolved' : 'open', late: show === 'late' ? true : undefined, reason, ownerId, customerId }) as const, [show, reason, ownerId, customerId]);
  const list = useDisputes(query);
  const { data: people } = useQuery(peopleQuery);
  return (
    <Page title="Disputes" fill>
      <Group gap={8} role="search" aria-label="Filter the disputes">
        <SegmentedControl aria-label="Which disputes" data={[{ value: '', label: 'Open' }, { value: 'late', label: 'Past their deadline' }, { value: 'resolved', label: 'Resolved' }, { value: 'all', label: 'All' }]} value={show ?? ''} onChange={(next) => setFilters({ show: next })} />
        <FilterSelect label="Reason" value={filters.reason} options={reasons.map((value) => ({ value, label: disputeReasons[value] }))} onChange={(value) => setFilters({ reason: value })} />
        <FilterSelect label="Owner" value={filters.owner} options={(people?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))} onChange={(value) => setFilters({ owner: value })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        <ExportLink list="/disputes" query={query} />
      </Group>
      <ListTable
        label="Disputes" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={<EmptyState title="No disputes">Open a dispute on an invoice’s page: the disputed part is not asked for until it is resolved.</EmptyState>}
      />
    </Page>
  );
}

const columns: ColumnDef<DisputeListItem>[] = [
  { id: 'reason', header: 'Dispute', cell: ({ row: { original } }) => <Link to={`/disputes/${original.id}`} className="plain">{disputeReasons[original.reason]}</Link> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link to={`/customers/${original.customerId}`} className="plain">{original.customerName}</Link> },
  { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => <Link to={`/invoices/${original.invoiceId}`} className="plain">{original.invoiceNumber}</Link> },
  { id: 'amount', header: 'Disputed', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.amountMinor} currency={original.currency} /> },
  { id: 'state', header: 'State', cell: ({ row: { original } }) => (original.late ? <StateBadge state="late" tone="bad" /> : <StateBadge state={original.resolution ?? 'open'} tone={original.state === 'open' ? 'warn' : 'neutral'} />) },
  { id: 'deadline', header: 'Resolve by', cell: ({ row: { original } }) => original.deadlineOn && formatDate(original.deadlineOn) },
  { id: 'owner', header: 'Owner', meta: { from: 1000 }, cell: ({ row: { original } }) => original.owner?.name },
  { id: 'opened', header: 'Opened', meta: { from: 1200 }, cell: ({ row: { original } }) => <Instant iso={original.openedAt} short /> },
];
