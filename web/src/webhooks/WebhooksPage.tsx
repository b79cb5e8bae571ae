import { Anchor, Button, Switch, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { notifyFailed } from '../feedback/notify';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { ShortList } from '../table/ShortList';
import { AddEndpointModal } from './AddEndpointModal';
import { DeliveriesModal } from './DeliveriesModal';
import { useEndpoints, useUpdateEndpoint, type WebhookEndpoint } from './queries';

const filterNames = ['search', 'state'] as const;
const openedNames = ['endpoint', 'deliveries'] as const;

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const { filters: { endpoint }, setFilters: open } = useFilters(openedNames);
  const state = oneOf(['on', 'off'] as const, filters.state);
  const query = useMemo(() => ({ search: filters.search, active: state && state === 'on' }), [filters.search, state]);
  const list = useEndpoints(query);
  const [adding, setAdding] = useState(false);
  const opened = Number(endpoint) || null;
  return (
    <Page title="Webhooks" actions={<Button leftSection={<IconWebhook size={14} aria-hidden />} onClick={() => setAdding(true)}>Add an endpoint</Button>}>
      <Text size="sm" c="dimmed" maw={720}>Events are sent as signed POST requests, and repeated until they are answered with a success. Check the signature with the endpoint's secret before you act on one.</Text>
      <Section title="Endpoints">
        <FilterBar label="Filter the endpoints" activeCount={activeCount} clear={clear} list="/webhook-endpoints" query={query}>
          <SearchBox label="Address" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
          <FilterSelect label="State" value={filters.state} options={[{ value: 'on', label: 'Switched on' }, { value: 'off', label: 'Switched off' }]} onChange={(next) => setFilters({ state: next })} />
        </FilterBar>
        <ShortList
          label="Endpoints" list={list} lines={4} rowKey={(row) => row.id}
          empty={activeCount > 0 ? <EmptyState title="No endpoint is like that" /> : <EmptyState title="No endpoints yet">Add the address of an ERP or another tool that should know of holds and hand-offs.</EmptyState>}
          columns={[
            { heading: 'Address', grow: true, render: (row) => <Anchor component="button" type="button" size="sm" fw={500} ta="left" onClick={() => open({ endpoint: String(row.id) })}>{row.url}</Anchor> },
            { heading: 'Events', render: (row) => row.events.join(', ') },
            { heading: 'Waiting', align: 'right', render: (row) => formatCount(row.waiting) },
            { heading: 'Failed', align: 'right', render: (row) => (row.failed > 0 ? <StateBadge state="failed" tone="bad" label={formatCount(row.failed)} /> : formatCount(0)) },
            { heading: 'Added', render: (row) => <Instant iso={row.createdAt} short /> },
            { heading: 'On', render: (row) => <ActiveSwitch endpoint={row} /> },
          ]}
        />
      </Section>
      {adding && <AddEndpointModal onClose={() => setAdding(false)} />}
      {opened !== null && <DeliveriesModal id={opened} url={list.rows?.find(({ id }) => id === opened)?.url} onClose={() => open({ endpoint: undefined, deliveries: undefined })} />}
    </Page>
  );
}

function ActiveSwitch({ endpoint }: { endpoint: WebhookEndpoint }) {
  const update = useUpdateEndpoint(notifyFailed);
  return <Switch aria-label={`Send events to ${endpoint.url}`} checked={endpoint.active} disabled={update.pending} onChange={(event) => update.run({ id: endpoint.id, active: event.currentTarget.checked })} />;
}
