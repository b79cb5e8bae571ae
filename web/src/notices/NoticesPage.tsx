import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { messageStates } from '../messages/states';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { peopleQuery } from '../tasks/queries';
import { NoticeMailModal } from './NoticeMailModal';
import { useNoticeMails, type NoticeMailListItem, type NoticeMailState } from './queries';

const filterNames = ['search', 'state', 'userId'] as const;
const openedNames = ['mail'] as const;
const states: readonly NoticeMailState[] = ['queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed'];

/** Emails to the people who work here: what left for whom, and those of which somebody has to say whether they did. */
export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const { filters: { mail: opened }, setFilters: open } = useFilters(openedNames);
  const { data: people } = useQuery(peopleQuery);
  const query = useMemo(() => {
    const state = oneOf(states, filters.state);
    return { search: filters.search, state: state && [state], userId: Number(filters.userId) || undefined };
  }, [filters]);
  const list = useNoticeMails(query);
  const search = useCallback((value: string) => setFilters({ search: value }, { replace: true }), [setFilters]);
  const columns = useMemo(() => noticeColumns((mail) => open({ mail })), [open]);
  return (
    <Page title="Notices" fill>
      <Group gap={8} role="search" aria-label="Filter the notices">
        <SearchBox label="Search subject or address" value={filters.search ?? ''} onChange={search} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: messageStates[value].label }))} onChange={(state) => setFilters({ state })} />
        <FilterSelect label="To whom" value={filters.userId} options={(people?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))} onChange={(userId) => setFilters({ userId })} width={180} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/notice-mails" query={query} />
      </Group>
      <ListTable
        label="Notices" keys list={list} columns={columns} rowId={(row) => row.id}
        empty={activeCount > 0
          ? <EmptyState title="No email matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="Nobody has been written to yet">Whoever wants it is told by email of mentions, what their groups are told, tasks that become theirs or overdue, approvals that wait and addresses that bounce. They choose it in their own menu, under “Emails to me”.</EmptyState>}
      />
      {opened && <NoticeMailModal id={opened} onClose={() => open({ mail: undefined })} />}
    </Page>
  );
}

function noticeColumns(onOpen: (id: string) => void): ColumnDef<NoticeMailListItem>[] {
  return [
    { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.at} short /> },
    { id: 'subject', header: 'Subject', meta: { grow: true }, cell: ({ row: { original } }) => <Anchor component="button" type="button" size="sm" fw={500} ta="left" onClick={() => onOpen(original.id)}>{original.subject}</Anchor> },
    { id: 'state', header: 'State', cell: ({ row: { original } }) => <StateBadge state={original.state} {...messageStates[original.state]} /> },
    { id: 'user', header: 'To whom', cell: ({ row: { original } }) => original.userName },
    { id: 'to', header: 'Address', meta: { from: 1200 }, cell: ({ row: { original } }) => original.toAddress },
    { id: 'notices', header: 'Notices', meta: { align: 'right', from: 900 }, cell: ({ row: { original } }) => formatCount(original.notices) },
    { id: 'reason', header: 'Why', meta: { from: 1400 }, cell: ({ row: { original } }) => original.stateReason ?? <Text span c="dimmed">–</Text> },
  ];
}
