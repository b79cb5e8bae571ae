import { Button, Modal, Stack } from '@mantine/core';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import { useDeliveries, type WebhookEndpoint } from './queries';

const tones = { waiting: 'active', delivered: 'good', failed: 'bad', superseded: 'neutral' } as const;

export function DeliveriesModal({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const list = useDeliveries(endpoint.id);
  return (
    <Modal opened onClose={onClose} title={`Sent to ${endpoint.url}`} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.rows && (
          <PlainTable
            label="Deliveries" rows={list.rows} rowKey={(row) => row.id} empty={<EmptyState title="Nothing has been sent there yet" />}
            columns={[
              { heading: 'Event', render: (row) => row.event },
              { heading: 'About', grow: true, render: (row) => row.eventKey },
              { heading: 'State', render: (row) => <StateBadge state={row.state} tone={tones[row.state]} /> },
              { heading: 'Attempts', align: 'right', render: (row) => formatCount(row.attempts) },
              { heading: 'Next attempt', render: (row) => row.state === 'waiting' && <Instant iso={row.nextAttemptAt} short /> },
              { heading: 'Last error', grow: true, render: (row) => row.lastError },
            ]}
          />
        )}
        {list.hasMore && <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>More</Button>}
      </Stack>
    </Modal>
  );
}
