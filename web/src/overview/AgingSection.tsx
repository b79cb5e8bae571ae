import { BarChart } from '@mantine/charts';
import { Anchor, SegmentedControl } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { agingColors } from '../charts/palette';
import { useFilters } from '../filters/useFilters';
import { formatCount, formatMoney, formatMoneyCompact } from '../format/money';
import { Money } from '../format/Money';
import { agingBuckets } from '../invoices/states';
import { PlainTable } from '../table/PlainTable';
import classes from './OverviewPage.module.css';
import type { CurrencyOverview, Overview } from './queries';

const filterNames = ['aging'] as const;
const chartHeightPx = 210;
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** One currency at a time, because amounts in different ones have no common axis. */
export function AgingSection({ overview }: { overview: Overview }) {
  const { filters, setFilters } = useFilters(filterNames);
  const busiest = overview.currencies.reduce<CurrencyOverview | undefined>((most, each) => (most && most.openInvoices >= each.openInvoices ? most : each), undefined);
  const shown = overview.currencies.find(({ currency }) => currency === filters.aging) ?? busiest;
  if (!shown) return null;
  const choice = overview.currencies.length > 1 && (
    <SegmentedControl aria-label="Currency" data={overview.currencies.map(({ currency }) => currency)} value={shown.currency} onChange={(aging) => setFilters({ aging }, { replace: true })} />
  );
  return (
    <Section title="Aging" actions={choice}>
      <div className={classes.aging}>
        <AgingChart shown={shown} />
        <AgingTable shown={shown} />
      </div>
    </Section>
  );
}

function AgingChart({ shown }: { shown: CurrencyOverview }) {
  const { currency } = shown;
  // One series for each bucket, stacked on nothing: so that each bar has its own colour.
  const data = agingBuckets.map(({ bucket, label }) => ({ label, [bucket]: of(shown.aging, bucket).openMinor }));
  const series = agingBuckets.map(({ bucket, label }) => ({ name: bucket, label, color: agingColors[bucket] ?? 'gray' }));
  return (
    <div aria-hidden>
      <BarChart
        h={chartHeightPx} data={data} dataKey="label" type="stacked" barChartProps={{ accessibilityLayer: false }} series={series} valueFormatter={(minor) => formatMoney(minor, currency)} gridAxis="x" tickLine="none"
        yAxisProps={{ width: 52, tickFormatter: (minor: number) => formatMoneyCompact(minor, currency) }} barProps={{ maxBarSize: 56, isAnimationActive: false }}
      />
    </div>
  );
}

function AgingTable({ shown }: { shown: CurrencyOverview }) {
  const { currency, aging, openMinor } = shown;
  return (
    <PlainTable
      label={`Aging in ${currency}`} rows={agingBuckets} rowKey={(row) => row.bucket}
      columns={[
        { heading: 'Days overdue', render: ({ bucket, label }) => <><span className={classes.swatch} style={{ background: agingColors[bucket] }} aria-hidden /><Anchor component={Link} size="sm" to={`/invoices?currency=${currency}&bucket=${encodeURIComponent(bucket)}`}>{label}</Anchor></> },
        { heading: 'Open', align: 'right', render: ({ bucket }) => <Money minor={of(aging, bucket).openMinor} currency={currency} /> },
        { heading: 'Share', align: 'right', render: ({ bucket }) => share.format(openMinor > 0 ? of(aging, bucket).openMinor / openMinor : 0) },
        { heading: 'Invoices', align: 'right', render: ({ bucket }) => formatCount(of(aging, bucket).invoices) },
      ]}
      footer={<tr><td>All</td><td className="num"><Money minor={openMinor} currency={currency} /></td><td className="num">{share.format(1)}</td><td className="num">{formatCount(aging.reduce((sum, each) => sum + each.invoices, 0))}</td></tr>}
    />
  );
}

const nothing = { openMinor: 0, invoices: 0 };
const of = (aging: CurrencyOverview['aging'], bucket: string) => aging.find((each) => each.bucket === bucket) ?? nothing;
