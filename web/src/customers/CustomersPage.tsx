import { Anchor, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/Page';
import { businessUnitsQuery } from '../app/settings';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { FilterSelect } from '../filters/FilterSelect';
import { oneOf } from '../filters/oneOf';
import { SearchBox } from '../filters/SearchBox';
import { useFilters } from '../filters/useFilters';
import { Money } from '../format/Money';
import { overviewQuery } from '../overview/queries';
import { behaviourNames } from '../segments/behaviours';
import { segmentChoicesQuery } from '../segments/queries';
import { ExportLink } from '../table/ExportLink';
import { ListTable } from '../table/ListTable';
import { peopleQuery } from '../tasks/queries';
import { useCustomers, type CustomerListItem } from './queries';

const filterNames = ['search', 'show', 'businessUnit', 'segment', 'owner', 'behaviour', 'currency', 'sort'] as const;
const behaviours = ['new', 'prompt', 'slow', 'at-risk'] as const;
const sorts = ['name', '-name', 'overdue', '-overdue'] as const;
const shows = ['overdue', 'hold', 'paused', 'stopped'] as const;
const showChoices = [{ value: '', label: 'All' }, { value: 'overdue', label: 'Overdue' }, { value: 'hold', label: 'On hold' }, { value: 'paused', label: 'Paused' }, { value: 'stopped', label: 'Stopped' }];

const columns: ColumnDef<CustomerListItem>[] = [
  { id: 'name', header: 'Name', meta: { sortBy: 'name' }, cell: ({ row: { original } }) => <Anchor component={Link} to={`/customers/${original.id}`} size="sm" fw={500}>{original.name}</Anchor> },
  { id: 'externalId', header: 'External id', meta: { from: 1100 }, cell: ({ row: { original } }) => <Text span c="dimmed" size="sm">{original.externalId}</Text> },
  { id: 'open', header: 'Open', meta: { align: 'right' }, cell: ({ row: { original } }) => <Amounts customer={original} of="openMinor" /> },
  { id: 'overdue', header: 'Overdue', meta: { align: 'right', sortBy: 'overdue' }, cell: ({ row: { original } }) => <Amounts customer={original} of="overdueMinor" /> },
  { id: 'state', header: 'State', cell: ({ row: { original } }) => <States customer={original} /> },
  { id: 'place', header: 'Country', meta: { from: 1000 }, cell: ({ row: { original } }) => original.country ?? <Text span c="dimmed">–</Text> },
  { id: 'zone', header: 'Time zone', meta: { from: 1200 }, cell: ({ row: { original } }) => original.timeZone },
  { id: 'unit', header: 'Business unit', meta: { from: 1300 }, cell: ({ row: { original } }) => original.businessUnit },
  { id: 'tier', header: 'Tier', meta: { from: 1300 }, cell: ({ row: { original } }) => original.tier },
];

function Amounts({ customer, of }: { customer: CustomerListItem; of: 'openMinor' | 'overdueMinor' }) {
  const amounts = customer.balances.filter((each) => each[of] > 0);
  if (amounts.length === 0) return <Text span c="dimmed">–</Text>;
  return amounts.map((each) => <div key={each.currency}><Money minor={each[of]} currency={each.currency} /></div>);
}

function States({ customer }: { customer: CustomerListItem }) {
  return (
    <Group gap={4} wrap="nowrap">
      {customer.onHold && <StateBadge state="on hold" tone="bad" />}
      {customer.stopped && <StateBadge state="stopped" tone="bad" />}
      {customer.paused && !customer.stopped && <StateBadge state="paused" tone="warn" />}
      {customer.doNotContact && <StateBadge state="do not contact" tone="neutral" />}
    </Group>
  );
}

export function Component() {
  const { filters, activeCount, setFilters, clear } = useFilters(filterNames);
  const { data: units } = useQuery(businessUnitsQuery);
  const { data: segments } = useQuery(segmentChoicesQuery);
  const { data: people } = useQuery(peopleQuery);
  const { data: overview } = useQuery(overviewQuery);
  const show = oneOf(shows, filters.show);
  const sort = oneOf(sorts, filters.sort);
  const byOverdue = sort === 'overdue' || sort === '-overdue';
  const query = useMemo(() => ({
    search: filters.search,
    businessUnit: filters.businessUnit,
    overdue: show === 'overdue' || undefined,
    onHold: show === 'hold' || undefined,
    paused: show === 'paused' || undefined,
    stopped: show === 'stopped' || undefined,
    segmentId: Number(filters.segment) || undefined,
    ownerId: Number(filters.owner) || undefined,
    behaviour: oneOf(behaviours, filters.behaviour),
    currency: byOverdue ? filters.currency : undefined,
    sort,
  }), [filters, show, sort, byOverdue]);
  const list = useCustomers(query);
  const search = useCallback((value: string) => setFilters({ search: value }, { replace: true }), [setFilters]);
  return (
    <Page title="Customers" fill>
      <Group gap={8} role="search" aria-label="Filter the customers">
        <SearchBox label="Search name or id" value={filters.search ?? ''} onChange={search} />
        <SegmentedControl aria-label="Which customers" data={showChoices} value={filters.show ?? ''} onChange={(value) => setFilters({ show: value })} />
        {units && units.items.length > 0 && <FilterSelect label="Business unit" value={filters.businessUnit} options={units.items.map(({ code, name }) => ({ value: code, label: name }))} onChange={(businessUnit) => setFilters({ businessUnit })} />}
        <FilterSelect label="Segment" width={170} value={filters.segment} options={(segments?.items ?? []).map(({ id, title }) => ({ value: String(id), label: title }))} onChange={(segment) => setFilters({ segment })} />
        <FilterSelect label="Owner" value={filters.owner} options={(people?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))} onChange={(owner) => setFilters({ owner })} />
        <FilterSelect label="Pays" width={130} value={filters.behaviour} options={behaviours.map((value) => ({ value, label: behaviourNames[value] ?? value }))} onChange={(behaviour) => setFilters({ behaviour })} />
        {byOverdue && (overview?.currencies.length ?? 0) > 1 && <FilterSelect label="Sorted in" width={120} value={filters.currency} options={overview!.currencies.map(({ currency }) => ({ value: currency, label: currency }))} onChange={(currency) => setFilters({ currency })} />}
        {activeCount > 0 && <Button variant="subtle" onClick={clear}>Clear</Button>}
        <ExportLink list="/customers" query={query} />
      </Group>
      <ListTable
        label="Customers" keys list={list} columns={columns} rowId={(row) => String(row.id)} sort={sort ?? 'name'} onSort={(sort) => setFilters({ sort })}
        empty={activeCount > 0
          ? <EmptyState title="No customer matches" action={<Button variant="default" onClick={clear}>Clear the filters</Button>} />
          : <EmptyState title="No customers yet">Import a CSV file, or send them to the API from your ERP.</EmptyState>}
      />
    </Page>
  );
}
