import { Button, Code, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { notifyDone } from '../feedback/notify';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { sentence } from '../format/words';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { AddApiKeyModal } from './AddApiKeyModal';
import { useApiKeys, useRevokeApiKey, type ApiKey } from './queries';

const filterNames = ['search', 'state'] as const;
const states = ['active', 'expired', 'revoked'] as const;

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, state: oneOf(states, filters.state) }), [filters]);
  const list = useApiKeys(query);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const columns = useMemo(() => apiKeyColumns(setRevoking), []);
  const add = <Button leftSection={<IconKey size={14} aria-hidden />} onClick={() => setAdding(true)}>Make an API key</Button>;
  return (
    <Page title="API keys" fill actions={add}>
      <Group gap={8} role="search" aria-label="Filter the API keys">
        <SearchBox label="Name or beginning" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: sentence(value) }))} onChange={(state) => setFilters({ state })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/api-keys" query={query} />
      </Group>
      <ListTable
        label="API keys" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0 ? <EmptyState title="No key is like that" action={<Button variant="default" onClick={clear}>Show all</Button>} /> : <EmptyState title="No API keys yet">Make one for every system that talks to Dunwell, with no more scopes than it needs.</EmptyState>}
      />
      {adding && <AddApiKeyModal onClose={() => setAdding(false)} />}
      {revoking && <RevokeModal apiKey={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

function apiKeyColumns(onRevoke: (apiKey: ApiKey) => void): ColumnDef<ApiKey>[] {
  return [
    { id: 'name', header: 'Name', cell: ({ row: { original } }) => original.name },
    { id: 'prefix', header: 'Begins with', cell: ({ row: { original } }) => <Code>{original.prefix}</Code> },
    { id: 'scopes', header: 'Scopes', cell: ({ row: { original } }) => original.scopes.join(', ') },
    { id: 'state', header: 'State', cell: ({ row: { original } }) => <KeyState apiKey={original} /> },
    { id: 'used', header: 'Last used', cell: ({ row: { original } }) => (original.lastUsedAt ? <Instant iso={original.lastUsedAt} short /> : <Text span c="dimmed">Never</Text>) },
    { id: 'made', header: 'Made', meta: { from: 1000 }, cell: ({ row: { original } }) => <><Instant iso={original.createdAt} short /> <Text span size="xs" c="dimmed">by {original.createdBy}</Text></> },
    { id: 'do', header: 'Do', meta: { pinned: true }, cell: ({ row: { original } }) => !original.revokedAt && <Button size="compact-xs" variant="light" color="red" aria-label={`Revoke ${original.name}`} onClick={() => onRevoke(original)}>Revoke</Button> },
  ];
}

function KeyState({ apiKey: { revokedAt, expiresAt } }: { apiKey: ApiKey }) {
  const [now] = useState(() => Date.now());
  if (revokedAt) return <StateBadge state="revoked" tone="neutral" />;
  if (expiresAt && Date.parse(expiresAt) < now) return <StateBadge state="expired" tone="warn" />;
  return <StateBadge state="active" tone="good" />;
}

function RevokeModal({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  const confirm = () => revoke.run(apiKey.id, () => {
    notifyDone(`${apiKey.name} is revoked.`);
    onClose();
  });
  return (
    <ConfirmModal opened title={`Revoke ${apiKey.name}`} confirmLabel="Revoke" danger pending={revoke.pending} error={revoke.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">Whatever uses this key is refused from now on. A key that is revoked stays revoked.</Text>
    </ConfirmModal>
  );
}
