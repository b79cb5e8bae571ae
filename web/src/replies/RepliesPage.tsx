import { Anchor, Button, Group, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
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
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { useReplies, type ReplyKind, type ReplyListItem, type ReplyState } from './queries';
import { replyKinds, replyStates } from './states';

const percent = new Intl.NumberFormat(undefined, { style: 'percent' });

const columns: ColumnDef<ReplyListItem>[] = [
  { id: 'received', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.receivedAt} short /> },
  { id: 'subject', header: 'Subject', cell: ({ row: { original } }) => <Anchor component={Link} to={`/replies/${original.id}`} size="sm" fw={500}>{original.subject || 'No subject'}</Anchor> },
  { id: 'state', header: 'State', cell: ({ row: { original } }) => <StateBadge state={original.state} {...replyStates[original.state]} /> },
  { id: 'kind', header: 'Taken as', cell: ({ row: { original } }) => <TakenAs reply={original} /> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => (original.customerId ? <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> : <Text span size="sm" c="dimmed">Nobody yet</Text>) },
  { id: 'from', header: 'From', meta: { from: 1000 }, cell: ({ row: { original } }) => original.fromAddress },
  { id: 'excerpt', header: 'It says', meta: { from: 1400 }, cell: ({ row: { original } }) => original.excerpt },
];

function TakenAs({ reply }: { reply: ReplyListItem }) {
  if (reply.decidedKind) return <>{replyKinds[reply.decidedKind].label}</>;
  if (!reply.kind) return <Text span c="dimmed">–</Text>;
  return <Text span size="sm" c="dimmed">{replyKinds[reply.kind].label}? {percent.format(reply.confidence ?? 0)}</Text>;
}

const filterNames = ['search', 'state', 'kind', 'customerId'] as const;
const states = Object.keys(replyStates) as ReplyState[];
const kinds = Object.keys(replyKinds) as ReplyKind[];

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => {
    const state = oneOf<ReplyState>(states, filters.state);
    return { search: filters.search, state: state && [state], kind: oneOf<ReplyKind>(kinds, filters.kind), customerId: Number(filters.customerId) || undefined };
  }, [filters]);
  const list = useReplies(query);
  const search = useCallback((value: string) => setFilters({ search: value }, { replace: true }), [setFilters]);
  return (
    <Page title="Replies" fill actions={<Button variant="default" onClick={() => setFilters({ state: 'triage' })}>What waits for you</Button>}>
      <Group gap={8} role="search" aria-label="Filter the replies">
        <SearchBox label="Search subject or address" value={filters.search ?? ''} onChange={search} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: replyStates[value].label }))} onChange={(state) => setFilters({ state })} />
        <FilterSelect label="Taken as" value={filters.kind} options={kinds.map((value) => ({ value, label: replyKinds[value].label }))} onChange={(kind) => setFilters({ kind })} />
        <CustomerFilter value={filters.customerId} onChange={(customerId) => setFilters({ customerId })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/replies" query={query} />
      </Group>
      <ListTable
        label="Replies" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0
          ? <EmptyState title="No reply matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="Nobody has written back yet">Answers appear here once MAIL_REPLY_ADDRESS and a way in, Resend's webhook or IMAP, are set.</EmptyState>}
      />
    </Page>
  );
}
