import { Anchor, Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { CampaignBadge } from './CampaignBadge';
import { useCampaigns, type Campaign, type CampaignState } from './queries';

const filterNames = ['search', 'state'] as const;
const states: readonly CampaignState[] = ['draft', 'launched', 'ended'];
const words: Readonly<Record<CampaignState, string>> = { draft: 'Drafts', launched: 'Launched', ended: 'Ended' };

export function Component() {
  const may = useMay();
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const state = oneOf<CampaignState>(states, filters.state);
  const { search } = filters;
  const query = useMemo(() => ({ search, state: state ? [state] : undefined }), [search, state]);
  const list = useCampaigns(query);
  return (
    <Page title="Campaigns" fill actions={may('run-campaigns') && <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={14} aria-hidden />}>New campaign</Button>}>
      <Group gap={8} role="search" aria-label="Filter the campaigns">
        <SearchBox label="Title or short name" value={search ?? ''} onChange={(next) => setFilters({ search: next }, { replace: true })} />
        <FilterSelect label="State" value={filters.state} options={states.map((value) => ({ value, label: words[value] }))} onChange={(next) => setFilters({ state: next })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/campaigns" query={query} />
      </Group>
      <ListTable
        label="Campaigns" keys list={list} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0 ? <EmptyState title="No campaign is like that" action={<Button variant="default" onClick={clear}>Show all</Button>} /> : <EmptyState title="There are no campaigns yet">A campaign takes many customers through a few steps: at the end of the year, or whenever something happens to one of them.</EmptyState>}
      />
    </Page>
  );
}

const columns: ColumnDef<Campaign>[] = [
  { id: 'title', header: 'Campaign', cell: ({ row: { original } }) => <Anchor component={Link} to={`/campaigns/${original.id}`} fw={500}>{original.document.title}</Anchor> },
  { id: 'state', header: 'State', cell: ({ row: { original } }) => <CampaignBadge campaign={original} /> },
  { id: 'audience', header: 'For whom', meta: { grow: true }, cell: ({ row: { original } }) => original.audience },
  { id: 'members', header: 'Customers', meta: { align: 'right' }, cell: ({ row: { original } }) => formatCount(original.runs[0]?.members ?? 0) },
  { id: 'started', header: 'Last started', meta: { from: 1000 }, cell: ({ row: { original } }) => original.runs[0] && <Instant iso={original.runs[0].startedAt} short /> },
  { id: 'next', header: 'Next', meta: { from: 1200 }, cell: ({ row: { original } }) => original.nextRunAt && <Instant iso={original.nextRunAt} short /> },
];
