import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { withDays } from '../format/dates';
import { Instant } from '../format/Instant';
import { messageStates } from '../messages/states';
import { ListTable } from '../table/ListTable';
import { outcomes, reasonLabels } from './decisions';
import { scheduleQuery, useRunDecisions, type DecisionFilters, type SegmentDecision } from './queries';

const filterNames = ['search', 'outcome', 'reason'] as const;
const outcomeNames = Object.keys(outcomes) as SegmentDecision['outcome'][];
const reasonNames = Object.keys(reasonLabels) as SegmentDecision['reasonCode'][];

/** What a run came to for each member, and why. The filters are in the address. */
export function RunDecisions({ segmentId, number }: { segmentId: number; number: number }) {
  const schedule = useQuery(scheduleQuery(segmentId));
  const run = schedule.data?.runs.find((each) => each.number === number);
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo((): DecisionFilters => ({ search: filters.search, outcome: oneOf(outcomeNames, filters.outcome), reason: oneOf(reasonNames, filters.reason) }), [filters]);
  const list = useRunDecisions(segmentId, number, query, run?.state === 'running');
  return (
    <>
      <Group gap={8}>
        <Anchor component={Link} size="sm" to="?show=schedule">All runs</Anchor>
        <Text size="sm" fw={500}>Run {number}{run && <>, planned for <Instant iso={run.plannedAt} /></>}</Text>
        {run && <StateBadge state={run.state} tone={run.state === 'running' ? 'warn' : 'neutral'} />}
      </Group>
      <FilterBar label="Filter the members" activeCount={activeCount} clear={clear} list={`/segments/${segmentId}/runs/${number}/decisions`} query={{ ...query }}>
        <SearchBox label="Customer" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="Outcome" value={filters.outcome} options={outcomeNames.map((value) => ({ value, label: outcomes[value].label }))} onChange={(outcome) => setFilters({ outcome })} />
        <FilterSelect label="Why" width={230} value={filters.reason} options={reasonNames.map((value) => ({ value, label: reasonLabels[value] }))} onChange={(reason) => setFilters({ reason })} />
      </FilterBar>
      <ListTable
        label={`Decisions of run ${number}`} keys list={list} columns={columns} rowId={({ customerId }) => String(customerId)}
        empty={activeCount > 0 ? <EmptyState title="No member is like that in this run" /> : <EmptyState title="This run has decided on nobody">{run?.state === 'skipped' ? 'It was skipped.' : 'Nobody was in the segment when it ran.'}</EmptyState>}
      />
    </>
  );
}

const columns: ColumnDef<SegmentDecision>[] = [
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'outcome', header: 'Outcome', cell: ({ row: { original: { outcome } } }) => <StateBadge state={outcome} {...outcomes[outcome]} /> },
  { id: 'why', header: 'Why', meta: { grow: true }, cell: ({ row: { original } }) => <Explanation decision={original} /> },
  { id: 'message', header: 'Email', cell: ({ row: { original: { messageId, messageState } } }) => messageId && messageState && <Anchor component={Link} size="sm" to={`/messages/${messageId}`}>{messageStates[messageState].label}</Anchor> },
  { id: 'at', header: 'When', meta: { from: 900 }, cell: ({ row: { original } }) => <Instant iso={original.at} short /> },
];

/** Why, and until when what waits does. */
export function Explanation({ decision: { explanation, until } }: { decision: SegmentDecision }) {
  return <>{withDays(explanation)}{until && <Text span size="xs" c="dimmed"> Looked at again <Instant iso={until} short />.</Text>}</>;
}
