import { BarChart } from '@mantine/charts';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import { groupColor } from '../charts/groupColors';
import type { CampaignResults } from './queries';

type Group = CampaignResults['groups'][number];

const stages = [
  ['members', 'In it'], ['queued', 'Queued'], ['sent', 'Sent'], ['delivered', 'Delivered'], ['opened', 'Opened'], ['clicked', 'Clicked'], ['replied', 'Replied'], ['promised', 'Promised'], ['disputed', 'Disputed'], ['paid', 'Paid'],
] as const satisfies readonly (readonly [keyof Group, string])[];
const chartHeightPx = 220;

export function FunnelSection({ results: { groups } }: { results: CampaignResults }) {
  if (groups.length === 0) return <Section title="Customers"><EmptyState title="Nobody is in it yet" /></Section>;
  const data = stages.map(([stage, label]) => ({ label, ...Object.fromEntries(groups.map((group) => [group.group, group[stage]])) }));
  const series = groups.map(({ group }, index) => ({ name: group, color: groupColor(index) }));
  return (
    <Section title="Customers">
      <div aria-hidden>
        <BarChart h={chartHeightPx} data={data} dataKey="label" series={series} withLegend={groups.length > 1} valueFormatter={formatCount} gridAxis="x" tickLine="none" yAxisProps={{ allowDecimals: false }} mb="xs" barChartProps={{ accessibilityLayer: false }} barProps={{ maxBarSize: 40, isAnimationActive: false }} />
      </div>
      <PlainTable label="Customers by group" rows={groups} rowKey={(row) => row.group} columns={[
        { heading: 'Group', render: (row) => row.group },
        ...stages.map(([stage, heading]) => ({ heading, align: 'right' as const, render: (row: Group) => formatCount(row[stage]) })),
        { heading: 'Under way', align: 'right', render: (row) => formatCount(row.active) },
      ]} />
    </Section>
  );
}
