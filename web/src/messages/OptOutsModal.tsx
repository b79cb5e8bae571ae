import { Anchor, Button, Modal, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { FilterBar } from '../filters/FilterBar';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import type { Schema } from '../http/client';
import { useMay } from '../session/useMay';
import { ShortList } from '../table/ShortList';
import { useOptOuts, useRemoveOptOut } from './queries';

export function OptOutsModal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Addresses that want less mail" size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <OptOuts />}
    </Modal>
  );
}

const filterNames = ['address'] as const;
const ways: Readonly<Record<Schema<'OptOut'>['via'], string>> = { 'one-click': 'Unsubscribed', reply: 'Wrote so', person: 'Told somebody here' };

function OptOuts() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.address }), [filters]);
  const list = useOptOuts(query);
  const remove = useRemoveOptOut();
  const may = useMay();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">They get no statements, emails of segments or campaigns. Reminders of single invoices go on. Write to one again only as its owner asked.</Text>
      {remove.error ? <ErrorState error={remove.error} /> : null}
      <FilterBar label="Filter the addresses" activeCount={activeCount} clear={clear} list="/mail-opt-outs" query={query}>
        <SearchBox label="Part of an address" value={filters.address ?? ''} onChange={(address) => setFilters({ address }, { replace: true })} />
      </FilterBar>
      <ShortList
        label="Addresses that want less mail" list={list} rowKey={(row) => row.email} empty={activeCount > 0 ? <EmptyState title="No address is like that" /> : <EmptyState title="None">Nobody has asked for less mail.</EmptyState>}
        columns={[
          { heading: 'Address', grow: true, render: (row) => row.email },
          { heading: 'How', render: (row) => (row.messageId ? <Anchor component={Link} size="sm" to={`/messages/${row.messageId}`}>{ways[row.via]}</Anchor> : ways[row.via]) },
          { heading: 'Since', render: (row) => <Instant iso={row.at} short /> },
          ...(may('suppress-addresses') ? [{
            heading: 'Change',
            render: (row: { email: string }) => <Button size="compact-xs" variant="subtle" aria-label={`Write to ${row.email} again`} onClick={() => remove.run(row.email, () => notifyDone(`${row.email} gets all mail again.`))}>Write again</Button>,
          }] : []),
        ]}
      />
    </Stack>
  );
}
