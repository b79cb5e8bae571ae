import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter, customerIdOf } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { HandoffsTable } from './HandoffsTable';
import { PlaceHoldModal } from './PlaceHoldModal';
import { byWhom, holdKinds, useHolds, type Hold, type HoldKind } from './queries';
import { ReleaseHoldModal } from './ReleaseHoldModal';

const filterNames = ['show', 'kind', 'customerId'] as const;
const shows = ['all', 'handoffs'] as const;
const kinds = Object.keys(holdKinds) as HoldKind[];

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const show = oneOf(shows, filters.show);
  const all = show === 'all';
  const kind = oneOf<HoldKind>(kinds, filters.kind);
  const customerId = customerIdOf(filters.customerId);
  const query = useMemo(() => ({ active: all ? undefined : true, kind, customerId }), [all, kind, customerId]);
  const list = useHolds(query);
  const columns = useMemo(() => holdColumns(may('manage-holds') ? setReleasing : null), [may]);
  const place = may('manage-holds') && <Button leftSection={<IconHandStop size={14} aria-hidden />} onClick={() => setPlacing(true)}>Place a hold</Button>;
  return (
    <Page title="Holds" fill actions={place}>
      <Group gap={8} role="search" aria-label="Filter the holds">
        <SegmentedControl aria-label="Which holds" data={[{ value: '', label: 'In force' }, { value: 'all', label: 'All' }, { value: 'handoffs', label: 'Handed to an agency' }]} value={show ?? ''} onChange={(next) => setFilters({ show: next })} />
        {show !== 'handoffs' && <FilterSelect label="Kind" value={filters.kind} options={kinds.map((value) => ({ value, label: holdKinds[value] }))} onChange={(value) => setFilters({ kind: value })} />}
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        {show === 'handoffs' ? <ExportLink list="/handoffs" query={{ customerId }} /> : <ExportLink list="/holds" query={query} />}
      </Group>
      {show === 'handoffs' ? <HandoffsTable customerId={customerId} /> : <ListTable
        label="Holds" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={<EmptyState title={all ? 'No hold was ever placed' : 'No customer is on hold'}>The policy places holds on long-overdue balances and releases them when they are paid. People can place them too.</EmptyState>}
      />}
      {placing && <PlaceHoldModal onClose={() => setPlacing(false)} />}
      {releasing && <ReleaseHoldModal hold={releasing} onClose={() => setReleasing(null)} />}
    </Page>
  );
}

function holdColumns(onRelease: ((hold: Hold) => void) | null): ColumnDef<Hold>[] {
  return [
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link to={`/customers/${original.customerId}`} className="plain">{original.customerName}</Link> },
    { id: 'kind', header: 'Kind', cell: ({ row: { original } }) => holdKinds[original.kind] },
    { id: 'state', header: 'State', cell: ({ row: { original } }) => (original.releasedAt ? <><StateBadge state="released" tone="neutral" /> <Text span size="xs" c="dimmed"><Instant iso={original.releasedAt} short /></Text></> : <StateBadge state="in force" tone="bad" />) },
    { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => (original.invoiceId ? <Link to={`/invoices/${original.invoiceId}`} className="plain">{original.invoiceNumber}</Link> : <Text span c="dimmed">Whole account</Text>) },
    { id: 'placed', header: 'Placed', cell: ({ row: { original } }) => <><Instant iso={original.placedAt} short /> <Text span size="xs" c="dimmed">{byWhom(original.placedBy)}</Text></> },
    { id: 'reason', header: 'Reason', meta: { from: 1000 }, cell: ({ row: { original } }) => original.reason },
    { id: 'released', header: 'Why released', meta: { from: 1560 }, cell: ({ row: { original } }) => original.releasedAt && [original.releasedBy && byWhom(original.releasedBy), original.releaseReason].filter(Boolean).join(': ') },
    ...(onRelease ? [{ id: 'do', header: 'Do', meta: { pinned: true }, cell: ({ row: { original } }: { row: { original: Hold } }) => !original.releasedAt && <Button size="compact-xs" variant="light" aria-label={`Release the hold on ${original.customerName}`} onClick={() => onRelease(original)}>Release</Button> }] : []),
  ];
}
