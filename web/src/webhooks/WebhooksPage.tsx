import { Anchor, Button, Switch, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { notifyFailed } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import { AddEndpointModal } from './AddEndpointModal';
import { DeliveriesModal } from './DeliveriesModal';
import { endpointsQuery, useUpdateEndpoint, type WebhookEndpoint } from './queries';

export function Component() {
  const endpoints = useQuery(endpointsQuery);
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<WebhookEndpoint | null>(null);
  return (
    <Page title="Webhooks" actions={<Button leftSection={<IconWebhook size={14} aria-hidden />} onClick={() => setAdding(true)}>Add an endpoint</Button>}>
      <Text size="sm" c="dimmed" maw={720}>Events are sent as signed POST requests, and repeated until they are answered with a success. Check the signature with the endpoint's secret before you act on one.</Text>
      <Section title="Endpoints">
        <Loaded query={endpoints} lines={4}>
          {({ items }) => (
            <PlainTable
              label="Endpoints" rows={items} rowKey={(row) => row.id}
              empty={<EmptyState title="No endpoints yet">Add the address of an ERP or another tool that should know of holds and hand-offs.</EmptyState>}
              columns={[
                { heading: 'Address', grow: true, render: (row) => <Anchor component="button" type="button" size="sm" fw={500} ta="left" onClick={() => setOpened(row)}>{row.url}</Anchor> },
                { heading: 'Events', render: (row) => row.events.join(', ') },
                { heading: 'Waiting', align: 'right', render: (row) => formatCount(row.waiting) },
                { heading: 'Failed', align: 'right', render: (row) => (row.failed > 0 ? <StateBadge state="failed" tone="bad" label={formatCount(row.failed)} /> : formatCount(0)) },
                { heading: 'Added', render: (row) => <Instant iso={row.createdAt} short /> },
                { heading: 'On', render: (row) => <ActiveSwitch endpoint={row} /> },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {adding && <AddEndpointModal onClose={() => setAdding(false)} />}
      {opened && <DeliveriesModal endpoint={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

function ActiveSwitch({ endpoint }: { endpoint: WebhookEndpoint }) {
  const update = useUpdateEndpoint(notifyFailed);
  return <Switch aria-label={`Send events to ${endpoint.url}`} checked={endpoint.active} disabled={update.pending} onChange={(event) => update.run({ id: endpoint.id, active: event.currentTarget.checked })} />;
}
