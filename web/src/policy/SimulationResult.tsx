import { BarChart } from '@mantine/charts';
import { SimpleGrid } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { actionColors } from '../charts/palette';
import { EmptyState } from '../feedback/EmptyState';
import { formatDate, formatDayAndMonth } from '../format/dates';
import { formatCount } from '../format/money';
import { Money } from '../format/Money';
import { actionName, outcomeTones } from '../invoices/states';
import { DataTable } from '../table/DataTable';
import { PlainTable } from '../table/PlainTable';
import { useStepOrder, useStepTitle, type Simulation } from './queries';
import classes from './SimulationResult.module.css';

type SimulatedDecision = Simulation['decisions'][number];
const chartHeightPx = 220;

const columns: ColumnDef<SimulatedDecision>[] = [
  { id: 'on', header: 'Day', cell: ({ row: { original } }) => <span className="tabular">{formatDate(original.on)}</span> },
  { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => original.customer },
  { id: 'invoice', header: 'Invoice', cell: ({ row: { original } }) => original.invoice },
  { id: 'step', header: 'Step', cell: ({ row: { original } }) => original.step },
  { id: 'action', header: 'Action', cell: ({ row: { original } }) => actionName(original.action) },
  { id: 'outcome', header: 'Outcome', cell: ({ row: { original } }) => <StateBadge state={original.outcome} tone={outcomeTones[original.outcome]} /> },
  { id: 'reason', header: 'Reason', meta: { from: 1000 }, cell: ({ row: { original } }) => original.reason },
  { id: 'open', header: 'Open then', meta: { align: 'right' }, cell: ({ row: { original } }) => <Money minor={original.openMinor} currency={original.currency} /> },
];

export function SimulationResult({ simulation }: { simulation: Simulation }) {
  const stepTitle = useStepTitle();
  const stepOrder = useStepOrder();
  const totals = simulation.counts.toSorted((a, b) => stepOrder(a.step) - stepOrder(b.step));
  return (
    <>
      <Section title="By day"><DayChart simulation={simulation} /></Section>
      <SimpleGrid cols={{ base: 1, lg: simulation.segments.length > 0 ? 2 : 1 }} spacing="sm" style={{ alignItems: 'start' }}>
        <Section title="Totals">
          <PlainTable
            label="Totals by step" rows={totals} rowKey={(row) => `${row.step}/${row.action}/${row.outcome}`} empty={<EmptyState title="Nothing would be done" />}
            columns={[
              { heading: 'Step', grow: true, render: (row) => stepTitle(row.step) },
              { heading: 'Action', render: (row) => actionName(row.action) },
              { heading: 'Outcome', render: (row) => <StateBadge state={row.outcome} tone={outcomeTones[row.outcome]} /> },
              { heading: 'Count', align: 'right', render: (row) => formatCount(row.count) },
            ]}
          />
        </Section>
        {simulation.segments.length > 0 && (
          <Section title="Runs of segments">
            <PlainTable
              label="What segments do" rows={simulation.segments} rowKey={(row) => row.segment} empty={null}
              columns={[
                { heading: 'Segment', grow: true, render: (row) => row.title },
                { heading: 'Emails', align: 'right', render: (row) => formatCount(row.segmentEmails) },
                { heading: 'Statements', align: 'right', render: (row) => formatCount(row.statements) },
                { heading: 'Tasks', align: 'right', render: (row) => formatCount(row.tasks) },
                { heading: 'Notifications', align: 'right', render: (row) => formatCount(row.notices) },
              ]}
            />
          </Section>
        )}
      </SimpleGrid>
      <Section title="Days">
        <div className={classes.days}>
          <PlainTable
            label="Figures by day" rows={simulation.days} rowKey={(row) => row.on} empty={<EmptyState title="No day has anything to do" />}
            columns={[
              { heading: 'Day', render: (row) => formatDate(row.on) },
              { heading: 'Step emails', align: 'right', render: (row) => formatCount(row.emails) },
              { heading: 'Segment emails', align: 'right', render: (row) => formatCount(row.segmentEmails) },
              { heading: 'Statements', align: 'right', render: (row) => formatCount(row.statements) },
              { heading: 'Tasks', align: 'right', render: (row) => formatCount(row.tasks) },
              { heading: 'Holds', align: 'right', render: (row) => formatCount(row.holds) },
              { heading: 'Hand-offs', align: 'right', render: (row) => formatCount(row.handoffs) },
              { heading: 'Suppressed', align: 'right', render: (row) => formatCount(row.suppressed) },
            ]}
          />
        </div>
      </Section>
      <Section title={simulation.truncated ? `Decisions, the first ${formatCount(simulation.decisions.length)} of ${formatCount(simulation.total)}` : 'Decisions'}>
        <div className={classes.decisions}>
          <DataTable label="Simulated decisions" rows={simulation.decisions} columns={columns} rowId={(row) => `${row.invoice}/${row.step}/${row.action}/${row.at}/${row.outcome}/${row.reason}`} empty={<EmptyState title="Nothing would be done" />} />
        </div>
      </Section>
    </>
  );
}

/** The tables below say the same in figures. */
function DayChart({ simulation }: { simulation: Simulation }) {
  if (simulation.days.length === 0) return <EmptyState title="Nothing would be done in these days" />;
  return (
    <div aria-hidden>
      <BarChart
        h={chartHeightPx} data={simulation.days.map((day) => ({ ...day, label: formatDayAndMonth(day.on) }))} dataKey="label" type="stacked" withLegend barChartProps={{ accessibilityLayer: false }} gridAxis="x" tickLine="none" barProps={{ isAnimationActive: false }}
        series={[
          { name: 'emails', label: 'Step emails', color: actionColors.emails },
          { name: 'segmentEmails', label: 'Segment emails', color: actionColors.segmentEmails },
          { name: 'statements', label: 'Statements', color: actionColors.statements },
          { name: 'tasks', label: 'Tasks', color: actionColors.tasks },
          { name: 'holds', label: 'Holds', color: actionColors.holds },
          { name: 'handoffs', label: 'Hand-offs', color: actionColors.handoffs },
        ]}
        yAxisProps={{ width: 40, allowDecimals: false }} xAxisProps={{ minTickGap: 40 }}
      />
    </div>
  );
}
