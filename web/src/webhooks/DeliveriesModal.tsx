import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { sentence } from '../format/words';
import { ShortList } from '../table/ShortList';
import { useDeliveries, type DeliveryState } from './queries';

const tones = { waiting: 'active', delivered: 'good', failed: 'bad', superseded: 'neutral' } as const;
const states = Object.keys(tones) as DeliveryState[];
const filterNames = ['deliveries'] as const;

export function DeliveriesModal({ id, url, onClose }: { id: number; url: string | undefined; onClose: () => void }) {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ state: oneOf(states, filters.deliveries) }), [filters]);
  const list = useDeliveries(id, query);
  return (
    <Modal opened onClose={onClose} title={`Sent to ${url ?? `endpoint ${id}`}`} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <FilterBar label="Filter the deliveries" activeCount={activeCount} clear={clear} list={`/webhook-endpoints/${id}/deliveries`} query={query}>
        <FilterSelect label="State of deliveries" width={180} value={filters.deliveries} options={states.map((value) => ({ value, label: sentence(value) }))} onChange={(deliveries) => setFilters({ deliveries })} />
      </FilterBar>
      <ShortList
        label="Deliveries" list={list} rowKey={(row) => row.id} empty={<EmptyState title={activeCount > 0 ? 'No delivery is like that' : 'Nothing has been sent there yet'} />}
        columns={[
          { heading: 'Event', render: (row) => row.event },
          { heading: 'About', grow: true, render: (row) => row.eventKey },
          { heading: 'State', render: (row) => <StateBadge state={row.state} tone={tones[row.state]} /> },
          { heading: 'Attempts', align: 'right', render: (row) => formatCount(row.attempts) },
          { heading: 'Next attempt', render: (row) => row.state === 'waiting' && <Instant iso={row.nextAttemptAt} short /> },
          { heading: 'Last error', grow: true, render: (row) => row.lastError },
        ]}
      />
    </Modal>
  );
}
