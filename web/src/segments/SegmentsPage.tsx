import { Anchor, Button, SegmentedControl, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { PlainTable } from '../table/PlainTable';
import { segmentsQuery } from './queries';
import { NewSegmentModal } from './SegmentModal';

const filterNames = ['show'] as const;

export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const may = useMay();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const archived = filters.show === 'archived';
  const segments = useQuery(segmentsQuery(archived));
  return (
    <Page title="Segments" actions={<><ExportLink list="/segments" query={archived ? { archived } : {}} />{may('manage-segments') && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>New segment</Button>}</>}>
      <div><SegmentedControl aria-label="Which segments" data={[{ value: '', label: 'In use' }, { value: 'archived', label: 'Archived' }]} value={archived ? 'archived' : ''} onChange={(show) => setFilters({ show })} /></div>
      <Loaded query={segments}>{({ items }) => (
        <PlainTable
          label="Segments" rows={items} rowKey={({ id }) => id}
          empty={<EmptyState title={archived ? 'No segment is archived' : 'There is no segment yet'}>A segment is the customers who fulfil a condition: who owes more than an amount, who is a quarter overdue, who pays late. It follows the ledger by itself.</EmptyState>}
          columns={[
            { heading: 'Segment', render: (row) => <Anchor component={Link} fw={500} to={`/segments/${row.id}`}>{row.title}</Anchor> },
            { heading: 'Customers', align: 'right', render: (row) => (row.refreshing ? `${row.members} so far` : row.members) },
            { heading: 'Condition', grow: true, render: (row) => <Text span size="sm">{row.conditionText}</Text> },
            { heading: 'Changed', render: (row) => <Instant iso={row.updatedAt} short /> },
          ]}
        />
      )}</Loaded>
      {making && <NewSegmentModal onClose={() => setMaking(false)} onMade={(segment) => void navigate(`/segments/${segment.id}`)} />}
    </Page>
  );
}
