import { Anchor, Button, Group, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { CustomerFilter } from '../customers/CustomerFilter';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { useMessages, type MessageListItem, type MessageState } from './queries';
import { messageStates } from './states';
import { OptOutsModal } from './OptOutsModal';
import { SuppressedModal } from './SuppressedModal';

const columns: ColumnDef<MessageListItem>[] = [
  { id: 'queued', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.sentAt ?? original.queuedAt} short /> },
  { id: 'subject', header: 'Subject', cell: ({ row: { original } }) => <Anchor component={Link} to={`/messages/${original.id}`} size="sm" fw={500}>{original.subject ?? 'Not rendered yet'}</Anchor> },
  { id: 'state', header: 'State', cell: ({ row: { original } }) => <StateBadge state={original.state} {...messageStates[original.state]} /> },
  { id: 'seen', header: 'Seen', meta: { from: 1000 }, cell: ({ row: { original } }) => (original.clickedAt ? 'Clicked' : original.openedAt ? 'Opened' : <Text span c="dimmed">–</Text>) },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'to', header: 'To', meta: { from: 1280 }, cell: ({ row: { original } }) => original.toAddresses.join(', ') },
  { id: 'invoice', header: 'Invoice', meta: { from: 900 }, cell: ({ row: { original } }) => original.invoiceId && <Link className="plain" to={`/invoices/${original.invoiceId}`}>{original.invoiceNumber}</Link> },
  { id: 'template', header: 'Template', meta: { from: 1640 }, cell: ({ row: { original } }) => <>{sentence(original.template)} <Text span size="xs" c="dimmed">{original.language}</Text></> },
];
const filterNames = ['search', 'state', 'customerId', 'template'] as const;
const states = Object.keys(messageStates) as MessageState[];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const [suppressedShown, showSuppressed] = useState(false);
  const [optOutsShown, showOptOuts] = useState(false);
  const query = useMemo(() => {
    const state = oneOf<MessageState>(states, filters.state);
    return { search: filters.search, state: state && [state], customerId: Number(filters.customerId) || undefined, template: filters.template };
  }, [filters]);
  const list = useMessages(query);
  const search = useCallback((value: string) => setFilters({ search: value }, { replace: true }), [setFilters]);
  return (
    <Page title="Messages" fill actions={<><Button variant="default" onClick={() => showOptOuts(true)}>Opt-outs</Button><Button variant="default" onClick={() => showSuppressed(true)}>Suppressed addresses</Button></>}>
      <Group gap={8} role="search" aria-label="Filter the messages">
        <SearchBox label="Search subject or address" value={filters.search ?? ''} onChange={search} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: messageStates[value].label }))} onChange={(state) => setFilters({ state })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/messages" query={query} />
      </Group>
      <ListTable
        label="Messages" keys list={list} columns={columns} rowId={(row) => row.id}
        empty={activeCount > 0
          ? <EmptyState title="No message matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="Nothing has been sent yet">Messages appear here as soon as a step of the policy queues one.</EmptyState>}
      />
      <OptOutsModal opened={optOutsShown} onClose={() => showOptOuts(false)} />
      <SuppressedModal opened={suppressedShown} onClose={() => showSuppressed(false)} />
    </Page>
  );
}
