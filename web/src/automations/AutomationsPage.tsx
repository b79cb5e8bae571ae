import { Anchor, Button, Group, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { notifyFailed } from '../feedback/notify';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { useMay } from '../session/useMay';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { eventOptions, useAutomations, useSwitchAutomation, type Automation, type EventKind } from './queries';

const filterNames = ['search', 'state', 'event'] as const;

export function Component() {
  const may = useMay();
  const mayWrite = may('set-up-automations');
  const columns = useMemo(() => automationColumns(mayWrite), [mayWrite]);
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const query = useMemo(() => ({
    search: filters.search, state: oneOf(['on', 'off'] as const, filters.state), event: oneOf<EventKind>(eventOptions.map(({ value }) => value as EventKind), filters.event),
  }), [filters]);
  return (
    <Page title="Automations" fill actions={<>{mayWrite && <Button component={Link} to="/automations/new" leftSection={<IconPlus size={14} aria-hidden />}>New automation</Button>}</>}>
      <Group gap={8} role="search" aria-label="Filter the automations">
        <SearchBox label="Title or short name" value={filters.search ?? ''} onChange={(search) => setFilters({ search }, { replace: true })} />
        <FilterSelect label="State" value={filters.state} options={[{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }]} onChange={(state) => setFilters({ state })} />
        <FilterSelect label="Event" value={filters.event} width={200} options={eventOptions} onChange={(event) => setFilters({ event })} />
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/automations" query={query} />
      </Group>
      <ListTable
        label="Automations" keys list={useAutomations(query)} columns={columns} rowId={(row) => String(row.id)}
        empty={activeCount > 0 ? <EmptyState title="No automation is like that" action={<Button variant="default" onClick={clear}>Show all</Button>} /> : <EmptyState title="There are no automations yet">An automation does something when something happens: a task for a broken promise, an email for a large invoice that is late.</EmptyState>}
      />
    </Page>
  );
}

function automationColumns(mayWrite: boolean): ColumnDef<Automation>[] {
  return [
    { id: 'title', header: 'Automation', cell: ({ row: { original } }) => <Anchor component={Link} to={`/automations/${original.id}`} fw={500}>{original.document.title}</Anchor> },
    { id: 'when', header: 'When', meta: { grow: true }, cell: ({ row: { original } }) => original.description },
    { id: 'fired', header: 'Fired', meta: { align: 'right' }, cell: ({ row: { original } }) => formatCount(original.fired) },
    { id: 'last', header: 'Last', meta: { from: 1000 }, cell: ({ row: { original } }) => original.lastFiredAt && <Instant iso={original.lastFiredAt} short /> },
    { id: 'version', header: 'Version', meta: { align: 'right', from: 1200 }, cell: ({ row: { original } }) => original.version },
    { id: 'on', header: 'On', meta: { pinned: true }, cell: ({ row: { original } }) => (mayWrite ? <OnSwitch automation={original} /> : <StateBadge state={original.active ? 'on' : 'off'} tone={original.active ? 'good' : 'neutral'} />) },
  ];
}

function OnSwitch({ automation }: { automation: Automation }) {
  const write = useSwitchAutomation(notifyFailed);
  return <Switch aria-label={`${automation.document.title} is on`} checked={automation.active} disabled={write.pending} onChange={(event) => write.run({ id: automation.id, on: event.currentTarget.checked })} />;
}
