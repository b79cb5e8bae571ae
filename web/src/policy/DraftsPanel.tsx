import { Anchor, Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { FilterBar } from '../filters/FilterBar';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ShortList } from '../table/ShortList';
import { useCreateDraft, useDrafts } from './drafts/queries';

const filterNames = ['search'] as const;

/** What is being worked on; a draft begins as the text of a published version. */
export function DraftsPanel({ baseVersionId }: { baseVersionId: number | null }) {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search }), [filters]);
  const list = useDrafts(query);
  const create = useCreateDraft();
  const navigate = useNavigate();
  const may = useMay();
  const begin = may('simulate-policy') && (
    <Button leftSection={<IconPlus size={14} aria-hidden />} loading={create.pending} disabled={baseVersionId === null} onClick={() => create.run({ baseVersionId: baseVersionId ?? undefined }, ({ id }) => void navigate(`/policy/drafts/${id}`))}>
      Begin a draft
    </Button>
  );
  return (
    <Section title="Drafts" actions={<Group>{begin}</Group>}>
      {create.error ? <ErrorState error={create.error} /> : null}
      <FilterBar label="Filter the drafts" activeCount={activeCount} clear={clear} list="/policy-drafts" query={query}>
        <SearchBox label="Policy or person" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
      </FilterBar>
      <ShortList
        label="Drafts" list={list} rowKey={(row) => row.id}
        empty={activeCount > 0 ? <EmptyState title="No draft is like that" /> : <EmptyState title="No drafts">Begin one: it starts as the text of the active version, and is published when it is ready.</EmptyState>}
        columns={[
          { heading: 'Policy', grow: true, render: (row) => <Anchor component={Link} to={`/policy/drafts/${row.id}`} size="sm" fw={500}>{row.name}{row.version === null ? '' : ` ${row.version}`}</Anchor> },
          { heading: 'Changed', render: (row) => <Instant iso={row.updatedAt} /> },
          { heading: 'By', render: (row) => row.updatedBy },
        ]}
      />
    </Section>
  );
}
