import { Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../../app/Section';
import { StateBadge } from '../../app/StateBadge';
import { EmptyState } from '../../feedback/EmptyState';
import { FilterBar } from '../../filters/FilterBar';
import { FilterSelect } from '../../filters/FilterSelect';
import { oneOf } from '../../filters/oneOf';
import { SearchBox } from '../../filters/SearchBox';
import { useFilters, type Filters } from '../../filters/useFilters';
import { formatCount } from '../../format/money';
import { ListTable } from '../../table/ListTable';
import { usePreviewedCustomers, type PreviewedCustomer } from './queries';
import { tallyKeys, tallyLabels, type TallyKey } from './tallies';

const filterNames = ['contact', 'customer'] as const;
type Contact = NonNullable<PreviewedCustomer['contact']>;
const contacts: readonly Contact[] = ['newly', 'no-longer'];
const contactLabels: Readonly<Record<Contact, string>> = { newly: 'Newly contacted', 'no-longer': 'No longer contacted' };
const tones = { newly: 'warn', 'no-longer': 'neutral' } as const;

/** The filters of the list: in the address of a page, and by themselves in a dialog, which has none. */
export function usePreviewFilters(inAddress: boolean) {
  const inUrl = useFilters(filterNames);
  const [own, setOwn] = useState<Filters<(typeof filterNames)[number]>>({});
  const inDialog = { filters: own, activeCount: Object.values(own).filter(Boolean).length, setFilters: (patch: typeof own) => setOwn((before) => ({ ...before, ...patch })), clear: () => setOwn({}) };
  return inAddress ? inUrl : inDialog;
}

/** For whom the draft makes a difference, each by name: who is newly or no longer contacted, and what is done for each, today and under the draft. */
export function PreviewCustomers({ id, filters: { filters, activeCount, setFilters, clear } }: { id: string; filters: ReturnType<typeof usePreviewFilters> }) {
  const contact = oneOf(contacts, filters.contact);
  const search = filters.customer;
  const query = useMemo(() => ({ contact, search }), [contact, search]);
  const list = usePreviewedCustomers(id, query);
  return (
    <Section title="Customers with a difference" beside={<Text size="xs" c="dimmed">the largest difference first; today → under the draft</Text>}>
      <FilterBar label="Filter the customers" activeCount={activeCount} clear={clear} list={`/policy-previews/${id}/customers`} query={query}>
        <SearchBox label="Customer" value={search ?? ''} onChange={(next) => setFilters({ customer: next }, { replace: true })} />
        <FilterSelect label="Contact" value={filters.contact} width={200} options={contacts.map((value) => ({ value, label: contactLabels[value] }))} onChange={(next) => setFilters({ contact: next })} />
      </FilterBar>
      <div style={{ height: 420, display: 'flex', flexDirection: 'column' }}>
        <ListTable
          label="Customers with a difference" list={list} columns={columns} rowId={(row) => String(row.customerId)}
          empty={<EmptyState title={activeCount > 0 ? 'No customer is like that' : 'Nobody would notice a difference'} />}
        />
      </div>
    </Section>
  );
}

/** Each in a column; of the others what is different is told in one. */
const shownKeys = ['emails', 'segmentEmails', 'tasks', 'holds', 'handoffs'] as const satisfies readonly TallyKey[];

const otherKeys = tallyKeys.filter((key) => !(shownKeys as readonly TallyKey[]).includes(key));

const columns: ColumnDef<PreviewedCustomer>[] = [
  { id: 'customer', header: 'Customer', meta: { grow: true }, cell: ({ row: { original } }) => <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
  { id: 'contact', header: 'Contact', cell: ({ row: { original: { contact } } }) => contact && <StateBadge state={contact} label={contactLabels[contact]} tone={tones[contact]} /> },
  ...shownKeys.map((key): ColumnDef<PreviewedCustomer> => ({ id: key, header: tallyLabels[key], meta: { align: 'right' }, cell: ({ row: { original } }) => beside(original, key) })),
  { id: 'others', header: 'What else differs', cell: ({ row: { original } }) => otherKeys.filter((key) => original.today[key] !== original.draft[key]).map((key) => `${tallyLabels[key]} ${beside(original, key)}`).join(', ') },
];

function beside({ today, draft }: PreviewedCustomer, key: TallyKey): string {
  return today[key] === draft[key] ? formatCount(draft[key]) : `${formatCount(today[key])} → ${formatCount(draft[key])}`;
}
