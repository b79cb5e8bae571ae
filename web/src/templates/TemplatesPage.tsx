import { Anchor, Button } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterBar } from '../filters/FilterBar';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { useMay } from '../session/useMay';
import { ListTable } from '../table/ListTable';
import { kindNames } from './kinds';
import { NewTemplateModal } from './NewTemplateModal';
import { useTemplates, type Template, type TemplateKind } from './queries';

const filterNames = ['search', 'kind', 'state'] as const;
const kinds = Object.keys(kindNames) as TemplateKind[];
const states = ['published', 'draft'] as const;
const stateNames = { published: 'Published', draft: 'With a draft' };

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({ search: filters.search, kind: oneOf(kinds, filters.kind), state: oneOf(states, filters.state) }), [filters]);
  const list = useTemplates(query);
  const may = useMay();
  const [adding, setAdding] = useState(false);
  return (
    <Page title="Templates" fill actions={may('edit-templates') && <Button onClick={() => setAdding(true)}>New template</Button>}>
      <FilterBar label="Filter the templates" activeCount={activeCount} clear={clear} list="/templates" query={query}>
        <SearchBox label="Title or name" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="Kind" value={filters.kind} width={190} options={kinds.map((value) => ({ value, label: kindNames[value] }))} onChange={(kind) => setFilters({ kind })} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: stateNames[value] }))} onChange={(state) => setFilters({ state })} />
      </FilterBar>
      <ListTable
        label="Templates" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0 ? <EmptyState title="No template is like that" action={<Button variant="default" onClick={clear}>Show all</Button>} /> : <EmptyState title="No templates">A template holds the words of a message.</EmptyState>}
      />
      {adding && <NewTemplateModal onClose={() => setAdding(false)} />}
    </Page>
  );
}

const columns: ColumnDef<Template>[] = [
  { id: 'title', header: 'Title', meta: { grow: true }, cell: ({ row: { original } }) => <Anchor component={Link} to={`/templates/${original.id}`} size="sm" fw={500}>{original.title}</Anchor> },
  { id: 'name', header: 'Name in policies', cell: ({ row: { original } }) => original.name },
  { id: 'kind', header: 'Kind', cell: ({ row: { original } }) => kindNames[original.kind] },
  { id: 'languages', header: 'Languages', meta: { from: 900 }, cell: ({ row: { original } }) => original.languages.join(', ') },
  { id: 'version', header: 'Version', meta: { align: 'right' }, cell: ({ row: { original } }) => original.currentVersion ?? '–' },
  { id: 'draft', header: 'Draft', cell: ({ row: { original } }) => original.hasDraft && <StateBadge state="draft" label="Draft" tone="active" /> },
  { id: 'changed', header: 'Changed', meta: { from: 1000 }, cell: ({ row: { original } }) => <Instant iso={original.updatedAt} short /> },
];
