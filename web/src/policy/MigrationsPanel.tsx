import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { StateBadge, type Tone } from '../app/StateBadge';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { ShortList } from '../table/ShortList';
import { migrationQuery, useControlMigration, useMigrations, type PolicyMigration } from './drafts/queries';

const tones: Readonly<Record<PolicyMigration['state'], Tone>> = { running: 'active', paused: 'warn', stopped: 'neutral', done: 'good' };
const filterNames = ['search', 'state'] as const;
const states = Object.keys(tones) as PolicyMigration['state'][];
const moved = ({ moved: done, total }: PolicyMigration): string => `${formatCount(done)} of ${formatCount(total)}`;

/** Moves of invoices to another policy version: how far each is, and what it did. */
export function MigrationsPanel({ chosen, onOpen }: { chosen: number | null; onOpen: (id: number) => void }) {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, state: oneOf(states, filters.state) }), [filters]);
  const list = useMigrations(query);
  return (
    <Stack gap="sm">
      {chosen !== null && <Migration id={chosen} />}
      <Section title="Migrations">
        <FilterBar label="Filter the migrations" activeCount={activeCount} clear={clear} list="/policy-migrations" query={query}>
          <SearchBox label="Version, reason or person" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
          <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: sentence(value) }))} onChange={(state) => setFilters({ state })} />
        </FilterBar>
        <ShortList
          label="Migrations" list={list} rowKey={(row) => row.id}
          empty={activeCount > 0 ? <EmptyState title="No migration is like that" /> : <EmptyState title="No invoice has been moved">Publishing a draft and changing an assignment ask whether invoices under way move.</EmptyState>}
          columns={[
            { heading: 'To', render: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row.id)}>{row.toVersion}</Anchor> },
            { heading: 'State', render: (row) => <StateBadge state={row.state} tone={tones[row.state]} /> },
            { heading: 'Moved', align: 'right', render: moved },
            { heading: 'How', render: (row) => (row.rules.mode === 'move' ? 'moved' : 'restarted') },
            { heading: 'Reason', grow: true, render: (row) => row.reason },
            { heading: 'Begun', render: (row) => <Instant iso={row.createdAt} /> },
            { heading: 'By', render: (row) => row.createdBy },
          ]}
        />
      </Section>
    </Stack>
  );
}

function Migration({ id }: { id: number }) {
  const migration = useQuery(migrationQuery(id));
  const control = useControlMigration();
  const may = useMay()('publish-policy');
  const [stopping, setStopping] = useState(false);
  return (
    <Loaded query={migration} lines={4}>
      {(found) => (
        <Section
          title={`Migration ${found.id} to ${found.toVersion}`} beside={<StateBadge state={found.state} tone={tones[found.state]} />}
          actions={may && <>
            {found.state === 'running' && <Button variant="default" onClick={() => control.run({ id, kind: 'pause' })}>Pause</Button>}
            {found.state === 'paused' && <Button variant="default" onClick={() => control.run({ id, kind: 'resume' })}>Resume</Button>}
            {(found.state === 'running' || found.state === 'paused') && <Button variant="default" color="red" onClick={() => setStopping(true)}>Stop</Button>}
          </>}
        >
          <Progress aria-label="Invoices moved" value={found.total === 0 ? 100 : (100 * found.moved) / found.total} animated={found.state === 'running'} mb="xs" />
          {control.error ? <ErrorState error={control.error} /> : null}
          {found.problem && <Text size="sm" c="red" role="alert">The last page failed and is tried again: {found.problem}</Text>}
          <Facts facts={{
            Moved: `${moved(found)} invoices`, 'From': found.versions.map(({ version, invoices }) => `${version} (${formatCount(invoices)})`).join(', ') || 'nothing yet',
            'With steps passed over': formatCount(found.passed), 'With steps to be repeated': formatCount(found.repeated), 'With steps due at once': formatCount(found.dueAtOnce), Reason: found.reason,
          }} />
          {found.steps.length > 0 && (
            <PlainTable
              label="What it did by step" rows={found.steps} rowKey={(row) => row.step}
              columns={[{ heading: 'Step', grow: true, render: (row) => row.step }, { heading: 'Passed over', align: 'right', render: (row) => formatCount(row.passed) }, { heading: 'Repeated', align: 'right', render: (row) => formatCount(row.repeated) }]}
            />
          )}
          <ConfirmModal opened={stopping} danger title="Stop the migration" confirmLabel="Stop for good" pending={control.pending} error={control.error} onClose={() => setStopping(false)} onConfirm={() => control.run({ id, kind: 'stop' }, () => setStopping(false))}>
            <Group><Text size="sm">Invoices that have moved stay where they are now; the others stay where they were.</Text></Group>
          </ConfirmModal>
        </Section>
      )}
    </Loaded>
  );
}
