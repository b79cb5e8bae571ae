import { Button, Modal, Stack, Text } from '@mantine/core';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { PlainTable } from '../table/PlainTable';
import { useReleaseAddress, useSuppressedAddresses } from './queries';

export function SuppressedModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Addresses that no email is sent to" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <Addresses />}
    </Modal>
  );
}

function Addresses() {
  const list = useSuppressedAddresses();
  const release = useReleaseAddress();
  const may = useMay();
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  const rows = list.rows ?? [];
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">An address lands here when a message to it bounces or its owner complains. Release it once it has been put right.</Text>
      {release.error ? <ErrorState error={release.error} /> : null}
      <PlainTable
        label="Suppressed addresses" rows={rows} rowKey={(row) => row.email} empty={list.rows && <EmptyState title="None">Every address can be written to.</EmptyState>}
        columns={[
          { heading: 'Address', grow: true, render: (row) => row.email },
          { heading: 'Why', render: (row) => sentence(row.reason) },
          { heading: 'Since', render: (row) => <Instant iso={row.at} short /> },
          ...(may('suppress-addresses') ? [{
            heading: 'Change',
            render: (row: { email: string }) => <Button size="compact-xs" variant="subtle" aria-label={`Release ${row.email}`} onClick={() => release.run(row.email, () => notifyDone(`${row.email} can be written to again.`))}>Release</Button>,
          }] : []),
        ]}
      />
      <ExportLink list="/suppressed-addresses" />
      {list.hasMore && <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>More</Button>}
    </Stack>
  );
}
