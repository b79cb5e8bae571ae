import { Anchor } from '@mantine/core';
import { useMemo } from 'react';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { ShortList } from '../table/ShortList';
import { usePolicyVersions } from './queries';

const filterNames = ['search', 'state'] as const;

export function VersionsPanel({ onOpen }: { onOpen: (id: number) => void }) {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, inForce: filters.state === 'in-force' || undefined }), [filters]);
  const list = usePolicyVersions(query);
  return (
    <Section title="Published versions">
      <FilterBar label="Filter the versions" activeCount={activeCount} clear={clear} list="/policies" query={query}>
        <SearchBox label="Name, title or person" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="State" value={filters.state} options={[{ value: 'in-force', label: 'In force' }]} onChange={(state) => setFilters({ state })} />
      </FilterBar>
      <ShortList
        label="Published versions" list={list} lines={4} rowKey={(row) => row.id} empty={<EmptyState title={activeCount > 0 ? 'No version is like that' : 'No policy is published'} />}
        columns={[
          { heading: 'Version', render: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row.id)}>{row.policy} {row.version}</Anchor> },
          { heading: 'Title', grow: true, render: (row) => row.title },
          { heading: 'State', render: (row) => (row.active ? <StateBadge state="active" tone="good" /> : row.inForce && <StateBadge state="in force" tone="active" />) },
          { heading: 'Invoices on it', align: 'right', render: (row) => formatCount(row.invoices) },
          { heading: 'Published', render: (row) => <Instant iso={row.publishedAt} /> },
          { heading: 'By', render: (row) => row.publishedBy },
        ]}
      />
    </Section>
  );
}
