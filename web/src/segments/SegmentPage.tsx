import { Button, Checkbox, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { sentence } from '../format/words';
import { problemOf } from '../http/problem';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { CollectionSwitch } from './CollectionSwitch';
import { behaviourNames } from './behaviours';
import { segmentQuery, useSegmentHistory, useSegmentMembers, useUpdateSegment, type Segment, type SegmentChange, type SegmentMember } from './queries';
import { RunDecisions } from './RunDecisions';
import { ScheduleSection } from './ScheduleSection';
import { EditSegmentModal } from './SegmentModal';

const filterNames = ['show', 'run', 'search', 'change'] as const;
const changes = ['joined', 'left'] as const;
const views = [{ value: 'members', label: 'Members' }, { value: 'history', label: 'Joined and left' }, { value: 'schedule', label: 'Schedule' }];

export function Component() {
  const id = Number(useParams().segmentId);
  const segment = useQuery(segmentQuery(id));
  return (
    <Page
      title={segment.data?.title ?? 'Segment'} fill back={{ to: '/segments', label: 'Segments' }} actions={segment.data && <Actions segment={segment.data} />}
      beside={segment.data && <Group gap={6}>{segment.data.archived && <StateBadge state="archived" tone="neutral" />}{segment.data.refreshing && <StateBadge state="finding its members" tone="warn" />}</Group>}
    >
      <Loaded query={segment}>{(loaded) => <Body segment={loaded} />}</Loaded>
    </Page>
  );
}

function Body({ segment }: { segment: Segment }) {
  const { filters, setFilters } = useFilters(filterNames);
  const shown = filters.show || 'members';
  const run = shown === 'schedule' ? Number(filters.run ?? 0) : 0;
  const { search } = filters;
  const change = shown === 'history' ? oneOf(changes, filters.change) : undefined;
  const query = useMemo(() => ({ search, change }), [search, change]);
  return (
    <>
      {segment.description && <Text size="sm">{segment.description}</Text>}
      <Text size="sm">{plural(segment.members, 'customer')}: {segment.conditionText}</Text>
      <CollectionSwitch segment={segment} />
      <Group gap={8} role="search" aria-label="Filter who is shown">
        <SegmentedControl aria-label="What is shown" data={views} value={shown} onChange={(show) => setFilters({ show: show === 'members' ? '' : show, run: undefined, change: undefined })} />
        {shown !== 'schedule' && <SearchBox label="Customer" value={search ?? ''} onChange={(next) => setFilters({ search: next }, { replace: true })} />}
        {shown === 'history' && <FilterSelect label="Change" value={filters.change} options={changes.map((value) => ({ value, label: sentence(value) }))} onChange={(next) => setFilters({ change: next })} />}
        {shown !== 'schedule' && <ExportLink list={`/segments/${segment.id}/${shown === 'history' ? 'history' : 'members'}`} query={query} />}
      </Group>
      {run > 0 ? <RunDecisions segmentId={segment.id} number={run} /> : shown === 'schedule' ? <ScheduleSection segment={segment} /> : shown === 'history' ? <History id={segment.id} query={query} /> : <Members segment={segment} search={search} />}
    </>
  );
}

const memberColumns: ColumnDef<SegmentMember>[] = [
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'reason', header: 'Why', cell: ({ row: { original } }) => original.reason },
  { id: 'behaviour', header: 'Pays', meta: { from: 900 }, cell: ({ row: { original } }) => behaviourNames[original.behaviour ?? ''] },
  { id: 'joined', header: 'Joined', cell: ({ row: { original } }) => <Instant iso={original.joinedAt} short /> },
];

function Members({ segment, search }: { segment: Segment; search: string | undefined }) {
  const list = useSegmentMembers(segment.id, segment.members, { search });
  const empty = search ? <EmptyState title="Nobody in this segment is called so" /> : <EmptyState title="Nobody is in this segment now">Whoever comes to fulfil its condition joins by itself.</EmptyState>;
  return <ListTable label="Members" keys list={list} columns={memberColumns} rowId={(row) => String(row.customerId)} empty={empty} />;
}

const historyColumns: ColumnDef<SegmentChange>[] = [
  { id: 'at', header: 'When', cell: ({ row: { original } }) => <Instant iso={original.at} short /> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'change', header: 'Change', cell: ({ row: { original } }) => <StateBadge state={original.change} tone={original.change === 'joined' ? 'good' : 'neutral'} /> },
  { id: 'reason', header: 'Why', cell: ({ row: { original } }) => original.reason },
];

function History({ id, query }: { id: number; query: { search?: string; change?: SegmentChange['change'] } }) {
  const empty = <EmptyState title={query.search || query.change ? 'No change is like that' : 'Nobody has joined or left yet'} />;
  return <ListTable label="Joined and left" keys list={useSegmentHistory(id, query)} columns={historyColumns} rowId={(row) => String(row.id)} empty={empty} />;
}

/** Whether it was refused because policies and the like ask about the segment. */
const isNamed = (error: unknown): boolean => Boolean(error) && (problemOf(error).errors ?? []).some(({ path }) => path === 'evenIfNamed');

function Actions({ segment }: { segment: Segment }) {
  const may = useMay();
  const [open, setOpen] = useState<'edit' | 'archive' | null>(null);
  const [evenIfNamed, setEvenIfNamed] = useState(false);
  const update = useUpdateSegment(segment);
  const close = () => {
    setOpen(null);
    setEvenIfNamed(false);
  };
  if (!may('manage-segments')) return null;
  return (
    <>
      {segment.archived
        ? <Button variant="default" loading={update.pending} onClick={() => update.run({ archived: false })}>Use it again</Button>
        : <><Button variant="default" onClick={() => setOpen('archive')}>Archive</Button><Button onClick={() => setOpen('edit')}>Edit</Button></>}
      {open === 'edit' && <EditSegmentModal segment={segment} onClose={close} />}
      {open === 'archive' && (
        <ConfirmModal opened title={`Archive ${segment.title}`} confirmLabel="Archive" danger pending={update.pending} error={update.error} onConfirm={() => update.run({ archived: true, ...(evenIfNamed ? { evenIfNamed } : {}) }, close)} onClose={close}>
          <Text size="sm">Everybody leaves it, and policies no longer see it. That they were in it stays on record.</Text>
          {(isNamed(update.error) || evenIfNamed) && <Checkbox label="Archive it all the same" checked={evenIfNamed} onChange={(event) => setEvenIfNamed(event.currentTarget.checked)} />}
        </ConfirmModal>
      )}
    </>
  );
}
