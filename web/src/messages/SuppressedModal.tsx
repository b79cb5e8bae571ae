import { Button, Modal, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { FilterBar } from '../filters/FilterBar';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { ShortList } from '../table/ShortList';
import { useReleaseAddress, useSuppressedAddresses } from './queries';

export function SuppressedModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Addresses that no email is sent to" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <Addresses />}
    </Modal>
  );
}

const filterNames = ['address'] as const;

function Addresses() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.address }), [filters]);
  const list = useSuppressedAddresses(query);
  const release = useReleaseAddress();
  const may = useMay();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">An address lands here when a message to it bounces or its owner complains. Release it once it has been put right.</Text>
      {release.error ? <ErrorState error={release.error} /> : null}
      <FilterBar label="Filter the addresses" activeCount={activeCount} clear={clear} list="/suppressed-addresses" query={query}>
        <SearchBox label="Part of an address" value={filters.address ?? ''} onChange={(address) => setFilters({ address }, { replace: true })} />
      </FilterBar>
      <ShortList
        label="Suppressed addresses" list={list} rowKey={(row) => row.email} empty={activeCount > 0 ? <EmptyState title="No address is like that" /> : <EmptyState title="None">Every address can be written to.</EmptyState>}
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
    </Stack>
  );
}
