import { LineChart } from '@mantine/charts';
import { Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../app/Section';
import { groupColor } from '../charts/groupColors';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { useFilters } from '../filters/useFilters';
import { formatDateShort } from '../format/dates';
import { formatCount, formatMoney, formatMoneyCompact } from '../format/money';
import { Money } from '../format/Money';
import { PlainTable } from '../table/PlainTable';
import { policyResultsQuery, policyChoicesQuery, type PolicyResults } from './queries';

const filterNames = ['policy', 'weeks', 'currency'] as const;
const periods = [{ value: '13', label: '13 weeks' }, { value: '26', label: '26 weeks' }, { value: '52', label: 'A year' }, { value: '156', label: 'Three years' }];
const usualWeeks = '26';
const chartHeightPx = 220;
const weekMs = 7 * 86_400_000;
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** What policies have come to: each version beside the others, and what it did and brought by week. */
export function ResultsPanel() {
  const { filters, setFilters } = useFilters(filterNames);
  const weeks = periods.find(({ value }) => value === filters.weeks)?.value ?? usualWeeks;
  const versions = useQuery(policyChoicesQuery);
  const results = useQuery(policyResultsQuery(filters.policy ?? null, Number(weeks)));
  const policies = [...new Set((versions.data?.items ?? []).map(({ policy }) => policy))];
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Select label="Policy" data={policies} value={filters.policy ?? null} onChange={(policy) => setFilters({ policy: policy ?? '' })} placeholder="All" clearable searchable />
        <Select label="Weeks shown" data={periods} value={weeks} onChange={(value) => setFilters({ weeks: value ?? '' })} allowDeselect={false} />
      </Group>
      <Loaded query={results} lines={8}>
        {(found) => (found.totals.length === 0 ? <EmptyState title="Nothing has been collected by it yet">Results appear as invoices come under it.</EmptyState> : <Results results={found} currency={filters.currency} onCurrency={(currency) => setFilters({ currency })} />)}
      </Loaded>
    </Stack>
  );
}

function Results({ results, currency, onCurrency }: { results: PolicyResults; currency: string | undefined; onCurrency: (currency: string) => void }) {
  const currencies = [...new Set(results.totals.map((row) => row.currency))].sort();
  const busiest = results.totals.reduce((most, row) => (row.invoices > most.invoices ? row : most)).currency;
  const shown = currencies.find((one) => one === currency) ?? busiest;
  const choice = currencies.length > 1 && <Select aria-label="Currency" data={currencies} value={shown} onChange={(value) => onCurrency(value ?? '')} allowDeselect={false} w={110} />;
  return (
    <>
      <Section title="By version" actions={choice}>
        <PlainTable
          label={`Results by version in ${shown}`} rows={results.totals.filter((row) => row.currency === shown)} rowKey={(row) => row.versionId}
          columns={[
            { heading: 'Version', grow: true, render: (row) => `${row.policy} ${row.version}` },
            { heading: 'Invoices', align: 'right', render: (row) => formatCount(row.invoices) },
            { heading: 'Still open', align: 'right', render: (row) => formatCount(row.openInvoices) },
            { heading: 'Billed', align: 'right', render: (row) => <Money minor={row.billedMinor} currency={row.currency} /> },
            { heading: 'Collected', align: 'right', render: (row) => <Money minor={row.collectedMinor} currency={row.currency} /> },
            { heading: 'Of billed', align: 'right', render: (row) => shareOf(row.collectedMinor, row.billedMinor) },
            { heading: 'Paid on time', align: 'right', render: (row) => shareOf(row.paidOnTime, row.paid) },
            { heading: 'Average days delinquent', align: 'right', render: (row) => (row.averageDaysDelinquent === null ? '–' : oneDecimal.format(row.averageDaysDelinquent)) },
          ]}
        />
      </Section>
      <CollectedByWeek results={results} currency={shown} />
      <DoneByWeek results={results} />
    </>
  );
}

const shareOf = (part: number, whole: number): string => (whole > 0 ? percent.format(part / whole) : '–');

function CollectedByWeek({ results, currency }: { results: PolicyResults; currency: string }) {
  const money = results.money.filter((row) => row.currency === currency);
  const names = namesOf(results);
  const series = [...new Set(money.map(({ versionId }) => versionId))].map((versionId, index) => ({ name: names(versionId), color: groupColor(index) }));
  const data = weeksOf(results).map((week) => ({ week: formatDateShort(week), ...Object.fromEntries(money.filter((row) => row.week === week).map((row) => [names(row.versionId), row.collectedMinor])) }));
  return (
    <Section title={`Collected by week, ${currency}`}>
      {series.length === 0 ? <EmptyState title="No payment came in these weeks" /> : (
        <>
          <div aria-hidden>
            <LineChart
              h={chartHeightPx} data={data} dataKey="week" series={series} withLegend={series.length > 1} connectNulls={false} withDots gridAxis="x" tickLine="none" curveType="linear"
              valueFormatter={(minor) => formatMoney(minor, currency)} lineChartProps={{ accessibilityLayer: false }} lineProps={{ isAnimationActive: false }} yAxisProps={{ width: 60, tickFormatter: (minor: number) => formatMoneyCompact(minor, currency) }}
            />
          </div>
          <PlainTable
            label={`Collected by week in ${currency}`} rows={[...money].reverse()} rowKey={(row) => `${row.week}/${row.versionId}`}
            columns={[
              { heading: 'Week of', render: (row) => formatDateShort(row.week) }, { heading: 'Version', grow: true, render: (row) => names(row.versionId) },
              { heading: 'Collected', align: 'right', render: (row) => <Money minor={row.collectedMinor} currency={row.currency} /> },
            ]}
          />
        </>
      )}
    </Section>
  );
}

function DoneByWeek({ results }: { results: PolicyResults }) {
  const names = namesOf(results);
  return (
    <Section title="Done by week">
      <PlainTable
        label="Done by week" rows={[...results.weeks].reverse()} rowKey={(row) => `${row.week}/${row.versionId}`} empty={<EmptyState title="Nothing was done in these weeks" />}
        columns={[
          { heading: 'Week of', render: (row) => formatDateShort(row.week) },
          { heading: 'Version', grow: true, render: (row) => names(row.versionId) },
          ...([['New invoices', 'started'], ['Emails', 'emails'], ['Tasks', 'tasks'], ['Holds', 'holds'], ['Hand-offs', 'handoffs'], ['Suppressed', 'suppressed'], ['Paid', 'paid']] as const)
            .map(([heading, key]) => ({ heading, align: 'right' as const, render: (row: PolicyResults['weeks'][number]) => formatCount(row[key]) })),
        ]}
      />
    </Section>
  );
}

function namesOf({ totals }: PolicyResults): (versionId: number) => string {
  const names = new Map(totals.map(({ versionId, policy, version }) => [versionId, `${policy} ${version}`]));
  return (versionId) => names.get(versionId) ?? `version ${versionId}`;
}

/** Every Monday from the first to now, so that a week without anything is a gap and not left out. */
function weeksOf({ from, at }: PolicyResults): string[] {
  const weeks: string[] = [];
  for (let week = Date.parse(from); week <= Date.parse(at); week += weekMs) weeks.push(new Date(week).toISOString().slice(0, 10));
  return weeks;
}
