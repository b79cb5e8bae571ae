import { Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useFilters } from '../filters/useFilters';
import { formatCount } from '../format/money';
import { Money } from '../format/Money';
import { ExportLink } from '../table/ExportLink';
import { PlainTable } from '../table/PlainTable';
import { uptakeQuery, type DiscountUptake } from './queries';

const filterNames = ['from', 'to'] as const;

/** What became of discounts: who took them, what they cost, and what they brought. */
export function Component() {
  const { filters, setFilters } = useFilters(filterNames);
  const query = useMemo(() => ({ from: filters.from, to: filters.to }), [filters.from, filters.to]);
  const uptake = useQuery(uptakeQuery(query));
  return (
    <Page title="Discounts">
      <Group gap={8} mb="sm" align="end" role="search" aria-label="Filter the offers">
        <TextInput type="date" label="Offered from" value={filters.from ?? ''} onChange={(event) => setFilters({ from: event.currentTarget.value || undefined })} />
        <TextInput type="date" label="to" value={filters.to ?? ''} onChange={(event) => setFilters({ to: event.currentTarget.value || undefined })} />
        <ExportLink list="/discounts/uptake" query={query} />
      </Group>
      <Section title="What became of them">
        <Loaded query={uptake} lines={6}>
          {({ items }) => (
            <PlainTable
              label="What became of discounts" rows={items} rowKey={(row) => `${row.source}/${row.sourceName}/${row.currency}`} columns={columns}
              empty={<EmptyState title="No discount was offered">A step of a policy, a campaign or a person on an invoice's page can offer something off for paying early.</EmptyState>}
            />
          )}
        </Loaded>
        <Text size="xs" c="dimmed" mt="xs">
          Days gained: how much earlier, from the due date on, money came where the offer was taken than where it was not and the invoice was paid all the same (†: nobody of those has paid, so than the due date), weighted by amount.
          Cost a year: what was taken off ÷ what was received × 365 ÷ days gained. Offers that were taken back, or beside which another was taken, count as withdrawn.
        </Text>
      </Section>
    </Page>
  );
}

const columns = [
  { heading: 'Offered by', grow: true, render: (row: DiscountUptake) => <>{row.sourceName} <Text span size="xs" c="dimmed">{row.source}</Text></> },
  { heading: 'Offered on', align: 'right' as const, from: 1200, render: (row: DiscountUptake) => <Money minor={row.offeredOnMinor} currency={row.currency} /> },
  { heading: 'Offers', align: 'right' as const, render: (row: DiscountUptake) => formatCount(row.offers) },
  { heading: 'Taken', align: 'right' as const, render: (row: DiscountUptake) => formatCount(row.taken) },
  { heading: 'Lost', align: 'right' as const, from: 1000, render: (row: DiscountUptake) => formatCount(row.lost) },
  { heading: 'Open', align: 'right' as const, from: 1000, render: (row: DiscountUptake) => formatCount(row.open) },
  { heading: 'Withdrawn', align: 'right' as const, from: 1200, render: (row: DiscountUptake) => formatCount(row.withdrawn) },
  { heading: 'Taken off', align: 'right' as const, render: (row: DiscountUptake) => <Money minor={row.takenMinor} currency={row.currency} /> },
  { heading: 'Days gained', align: 'right' as const, render: (row: DiscountUptake) => (row.daysGained === null ? '–' : `${row.daysGained}${row.comparedWith === 'due-date' ? '†' : ''}`) },
  { heading: 'Cost a year', align: 'right' as const, render: (row: DiscountUptake) => (row.yearlyCostPercent === null ? '–' : `${row.yearlyCostPercent} %`) },
];
