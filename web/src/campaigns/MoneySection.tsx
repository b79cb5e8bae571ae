import { LineChart } from '@mantine/charts';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatMoney, formatMoneyCompact } from '../format/money';
import { Money } from '../format/Money';
import { PlainTable } from '../table/PlainTable';
import { groupColor } from '../charts/groupColors';
import type { CampaignResults } from './queries';

const chartHeightPx = 220;
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** What payments have brought of what was open; each currency by itself. */
export function MoneySection({ results }: { results: CampaignResults }) {
  const currencies = [...new Set(results.money.map(({ currency }) => currency))];
  if (currencies.length === 0) return null;
  return (
    <Section title="Collected">
      <PlainTable
        label="Collected by group" rows={results.money} rowKey={(row) => `${row.currency}/${row.group}`} empty={<EmptyState title="Nothing was open" />}
        columns={[
          { heading: 'Group', render: (row) => row.group },
          { heading: 'Open on joining', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} /> },
          { heading: 'Collected', align: 'right', render: (row) => <Money minor={row.collectedMinor} currency={row.currency} /> },
          { heading: 'Share', align: 'right', render: (row) => percent.format(row.openMinor > 0 ? row.collectedMinor / row.openMinor : 0) },
        ]}
      />
      {currencies.map((currency) => <CollectedChart key={currency} currency={currency} results={results} />)}
    </Section>
  );
}

function CollectedChart({ currency, results }: { currency: string; results: CampaignResults }) {
  const rows = results.byDay.filter((row) => row.currency === currency);
  if (rows.length === 0) return null;
  const groups = [...new Set(results.money.filter((row) => row.currency === currency).map(({ group }) => group))];
  const last = Math.max(...rows.map(({ day }) => day));
  const sum = Object.fromEntries(groups.map((group) => [group, 0]));
  const data = Array.from({ length: last + 1 }, (_none, day) => {
    for (const row of rows) if (row.day === day) sum[row.group] = (sum[row.group] ?? 0) + row.collectedMinor;
    return { day: `Day ${day}`, ...sum };
  });
  return (
    <div aria-hidden>
      <LineChart
        h={chartHeightPx} mt="sm" data={data} dataKey="day" series={groups.map((name, index) => ({ name, color: groupColor(index) }))} withLegend={groups.length > 1} curveType="stepAfter" withDots={data.length < 3} gridAxis="x" tickLine="none"
        valueFormatter={(minor) => formatMoney(minor, currency)} lineChartProps={{ accessibilityLayer: false }} lineProps={{ isAnimationActive: false }} yAxisProps={{ width: 60, tickFormatter: (minor: number) => formatMoneyCompact(minor, currency) }}
      />
    </div>
  );
}
