import { Text } from '@mantine/core';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import type { CampaignResults } from './queries';

type Figure = CampaignResults['experiments'][number]['groups'][number]['collectedPerOpen'];
type Difference = CampaignResults['experiments'][number]['groups'][number]['collectedAgainstControl'];

const percent = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const days = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Which group collects more, and whether that is settled. */
export function ExperimentSection({ results: { experiments }, horizonDays }: { results: CampaignResults; horizonDays: number }) {
  return (
    <Section title="Experiment">
      <Text size="sm" c="dimmed" mb={8}>A customer counts {horizonDays} days after joining. Differences are with 95% intervals that are valid however often one looks.</Text>
      {experiments.length === 0 && <EmptyState title="No customer counts yet">The first result is there {horizonDays} days after the first customer joined.</EmptyState>}
      {experiments.map((experiment) => (
        <div key={experiment.currency}>
          <Text size="sm" fw={500} mb={4} role="status">{experiments.length > 1 ? `${experiment.currency}: ` : ''}{experiment.verdict}</Text>
          <PlainTable
            label={`Experiment in ${experiment.currency}`} rows={experiment.groups} rowKey={(row) => row.group}
            columns={[
              { heading: 'Group', render: (row) => (row.group === experiment.control ? `${row.group} (control)` : row.group) },
              { heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) },
              { heading: 'Collected of what was open', align: 'right', render: (row) => figure(row.collectedPerOpen, percent) },
              { heading: 'Against the control', align: 'right', render: (row) => difference(row.collectedAgainstControl, percent) },
              { heading: 'Days to pay', align: 'right', render: (row) => figure(row.daysToPay, days) },
              { heading: 'Against the control, days', align: 'right', render: (row) => difference(row.daysAgainstControl, days) },
            ]}
          />
        </div>
      ))}
    </Section>
  );
}

function figure(value: Figure, format: Intl.NumberFormat): string {
  return value ? `${format.format(value.value)} (${format.format(value.low)} to ${format.format(value.high)})` : 'too few';
}

function difference(value: Difference, format: Intl.NumberFormat): string {
  if (!value) return '';
  const sign = value.difference > 0 ? '+' : '';
  return `${sign}${format.format(value.difference)} (${format.format(value.low)} to ${format.format(value.high)})${value.decided ? ', settled' : ''}`;
}
