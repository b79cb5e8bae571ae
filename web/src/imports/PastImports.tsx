import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { Section } from '../app/Section';
import { StateBadge, type Tone } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { ShortList } from '../table/ShortList';
import { importKinds, useImports, type Import, type ImportKind } from './queries';

const importStates: Readonly<Record<Import['state'], { label: string; tone: Tone }>> = {
  uploaded: { label: 'Not run yet', tone: 'neutral' },
  running: { label: 'Running', tone: 'active' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
};

const outcomes: Readonly<Record<NonNullable<Import['outcome']>, { label: string; tone: Tone }>> = {
  imported: { label: 'Imported', tone: 'good' },
  'dry-run': { label: 'Dry run', tone: 'neutral' },
  'rolled-back': { label: 'Nothing written', tone: 'bad' },
};

export function ImportState({ current: { state, outcome } }: { current: Import }) {
  const shown = state === 'done' && outcome ? outcomes[outcome] : importStates[state];
  return <StateBadge state={state} {...shown} />;
}

const filterNames = ['search', 'kind', 'state'] as const;
const kinds = Object.keys(importKinds) as ImportKind[];
const states = Object.keys(importStates) as Import['state'][];

export function PastImports({ onOpen }: { onOpen: (each: Import) => void }) {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, kind: oneOf(kinds, filters.kind), state: oneOf(states, filters.state) }), [filters]);
  const list = useImports(query);
  return (
    <Section title="Earlier files">
      <FilterBar label="Filter the files" activeCount={activeCount} clear={clear} list="/imports" query={query}>
        <SearchBox label="Name of the file" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="What was in it" value={filters.kind} options={kinds.map((value) => ({ value, label: importKinds[value] }))} onChange={(kind) => setFilters({ kind })} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: importStates[value].label }))} onChange={(state) => setFilters({ state })} />
      </FilterBar>
      <ShortList
        label="Earlier files" list={list} rowKey={(row) => row.id} empty={<EmptyState title={activeCount > 0 ? 'No file is like that' : 'No file has been uploaded yet'} />}
        columns={[
          { heading: 'File', grow: true, render: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row)}>{row.fileName}</Anchor> },
          { heading: 'Kind', render: (row) => importKinds[row.kind] },
          { heading: 'State', render: (row) => <ImportState current={row} /> },
          { heading: 'Created', align: 'right', render: (row) => formatCount(row.progress.created) },
          { heading: 'Updated', align: 'right', render: (row) => formatCount(row.progress.updated) },
          { heading: 'Rejected', align: 'right', render: (row) => formatCount(row.progress.rejected) },
          { heading: 'Uploaded', render: (row) => <Instant iso={row.createdAt} short /> },
          { heading: 'By', render: (row) => row.createdBy },
        ]}
      />
    </Section>
  );
}
