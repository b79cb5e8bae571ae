import { Anchor, Button, SegmentedControl, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ListTable } from '../table/ListTable';
import { useSegments, type Segment } from './queries';
import { NewSegmentModal } from './SegmentModal';

const filterNames = ['search', 'show'] as const;

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const archived = filters.show === 'archived' || undefined;
  const query = useMemo(() => ({ search: filters.search, archived }), [filters.search, archived]);
  const list = useSegments(query);
  return (
    <Page title="Segments" fill actions={may('manage-segments') && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>New segment</Button>}>
      <FilterBar label="Filter the segments" activeCount={filters.search ? 1 : 0} clear={() => setFilters({ search: undefined })} list="/segments" query={query}>
        <SearchBox label="Title or name" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <SegmentedControl aria-label="Which segments" data={[{ value: '', label: 'In use' }, { value: 'archived', label: 'Archived' }]} value={archived ? 'archived' : ''} onChange={(show) => setFilters({ show })} />
      </FilterBar>
      <ListTable
        label="Segments" keys list={list} columns={columns} rowId={({ id }) => String(id)}
        empty={filters.search ? <EmptyState title="No segment is like that" /> : <EmptyState title={archived ? 'No segment is archived' : 'There is no segment yet'}>A segment is the customers who fulfil a condition: who owes more than an amount, who is a quarter overdue, who pays late. It follows the ledger by itself.</EmptyState>}
      />
      {making && <NewSegmentModal onClose={() => setMaking(false)} onMade={(segment) => void navigate(`/segments/${segment.id}`)} />}
    </Page>
  );
}

const columns: ColumnDef<Segment>[] = [
  { id: 'title', header: 'Segment', cell: ({ row: { original } }) => <Anchor component={Link} fw={500} to={`/segments/${original.id}`}>{original.title}</Anchor> },
  { id: 'members', header: 'Customers', meta: { align: 'right' }, cell: ({ row: { original } }) => (original.refreshing ? `${original.members} so far` : original.members) },
  { id: 'condition', header: 'Condition', meta: { grow: true }, cell: ({ row: { original } }) => <Text span size="sm">{original.conditionText}</Text> },
  { id: 'changed', header: 'Changed', cell: ({ row: { original } }) => <Instant iso={original.updatedAt} short /> },
];
