import { Box, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { EndExperimentModal } from './EndExperimentModal';
import type { Campaign, CampaignResults } from './queries';

type Figure = CampaignResults['experiments'][number]['groups'][number]['collectedPerOpen'];
type Difference = CampaignResults['experiments'][number]['groups'][number]['collectedAgainstControl'];

const percent = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const days = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

interface Props {
  results: CampaignResults;
  campaign: Campaign;
  horizonDays: number;
}

/** Which group collects more, and whether that is settled. */
export function ExperimentSection({ results: { experiments }, campaign, horizonDays }: Props) {
  const [ending, setEnding] = useState(false);
  const may = useMay()('run-campaigns');
  const { experimentEnded: ended } = campaign;
  const comparesPolicies = campaign.document.experiment?.variants?.some(({ policy }) => policy) ?? false;
  return (
    <Section title="Experiment" actions={may && comparesPolicies && campaign.state !== 'draft' && ended === null && <Button variant="default" onClick={() => setEnding(true)}>End the experiment</Button>}>
      {ended && <Text size="sm" mb={8}>Ended <Instant iso={ended.at} /> by {ended.by}: {ended.reason}. Its customers {ended.afterwards === 'stay' ? 'stay on the policies that they were drawn for' : 'went back to what decides without the experiment'}.</Text>}
      <Text size="sm" c="dimmed" mb={8} maw={900}>
        A customer counts {horizonDays} days after joining{ended ? ', if that was before the end' : ''}. No winner is declared early: every difference is judged by a mixture sequential probability ratio test, whose 95% intervals hold at all looks together.
        One figure decides: what is collected of what was open{experiments[0] && experiments.length > 1 ? `, in ${experiments[0].currency}, the currency of most customers` : ''}. Days to pay{experiments.length > 1 ? ' and the other currencies' : ''} are told and declare nothing.
        Where nothing differs, at most 5 in 100 experiments ever settle anything, however often one looks; all pairs of groups share the 5, and nothing is settled of groups too small to tell.
        A winner collects more than every other group, each difference settled.
      </Text>
      {experiments.length === 0 && ended && <EmptyState title="No customer counts">It was ended before the days of its first customers were over.</EmptyState>}
      {experiments.length === 0 && !ended && <EmptyState title="No customer counts yet">The first result is there {horizonDays} days after the first customer joined.</EmptyState>}
      {experiments.map((experiment) => (
        <Box key={experiment.currency} mt={16}>
          {experiment.isPrimary
            ? <Text size="sm" fw={500} mb={4} role="status">{experiments.length > 1 ? `${experiment.currency}, which decides: ` : ''}{experiment.verdict}</Text>
            : <Text size="sm" c="dimmed" mb={4}>{experiment.currency}: {experiment.verdict}</Text>}
          <PlainTable
            label={`Experiment in ${experiment.currency}`} rows={experiment.groups} rowKey={(row) => row.group}
            columns={[
              { heading: 'Group', render: (row) => (row.group === experiment.control ? `${row.group} (control)` : row.group) },
              { heading: 'Customers', align: 'right', render: (row) => `${formatCount(row.customers)}${row.customersMissing > 0 ? `, ${formatCount(row.customersMissing)} missing` : ''}` },
              { heading: 'Collected of what was open', align: 'right', render: (row) => figure(row.collectedPerOpen, percent) },
              { heading: 'Against the control', align: 'right', render: (row) => difference(row.collectedAgainstControl, percent) },
              { heading: 'Days to pay', align: 'right', render: (row) => figure(row.daysToPay, days) },
              { heading: 'Against the control, days', align: 'right', render: (row) => difference(row.daysAgainstControl, days) },
            ]}
          />
          {experiment.variantPairs.length > 0 && (
            <PlainTable
              label={`Variants in ${experiment.currency} against each other`} rows={experiment.variantPairs} rowKey={(row) => `${row.group}/${row.against}`}
              columns={[
                { heading: 'Variants', render: (row) => `${row.group} against ${row.against}` },
                { heading: 'Collected', align: 'right', render: (row) => difference(row.collected, percent) || 'too few' },
                { heading: 'Days to pay', align: 'right', render: (row) => difference(row.days, days) || 'too few' },
              ]}
            />
          )}
        </Box>
      ))}
      {ending && <EndExperimentModal campaign={campaign} onClose={() => setEnding(false)} />}
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
