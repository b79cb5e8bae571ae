import { Anchor, SimpleGrid, Text } from '@mantine/core';
import { Section } from '../../app/Section';
import { EmptyState } from '../../feedback/EmptyState';
import { formatDate } from '../../format/dates';
import { formatCount, plural } from '../../format/money';
import { PlainTable } from '../../table/PlainTable';
import { PreviewCustomers, usePreviewFilters } from './PreviewCustomers';
import type { PreviewResult } from './queries';
import { tallyKeys, tallyLabels } from './tallies';

interface Props {
  /** The preview's. */
  id: string;
  result: PreviewResult;
  /** Whether the list of customers keeps its filters in the address, as on a page of its own; a dialog has none. */
  inAddress: boolean;
}

export function PreviewResultView({ id, result, inAddress }: Props) {
  const { today, draft } = result;
  const filters = usePreviewFilters(inAddress);
  return (
    <>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" style={{ alignItems: 'start' }}>
        <Section title="In total">
          <PlainTable
            label="What is done, today and under the draft" rows={tallyKeys} rowKey={(key) => key}
            columns={[
              { heading: 'What', grow: true, render: (key) => tallyLabels[key] },
              { heading: 'Today', align: 'right', render: (key) => formatCount(today[key]) },
              { heading: 'Draft', align: 'right', render: (key) => formatCount(draft[key]) },
              { heading: 'Difference', align: 'right', render: (key) => signed(draft[key] - today[key]) },
            ]}
          />
          <ul>
            <li><Anchor component="button" size="sm" onClick={() => filters.setFilters({ contact: 'newly' })}>{plural(result.newlyContacted, 'customer')} newly contacted</Anchor></li>
            <li><Anchor component="button" size="sm" onClick={() => filters.setFilters({ contact: 'no-longer' })}>{plural(result.noLongerContacted, 'customer')} no longer contacted</Anchor></li>
            <li><Anchor component="button" size="sm" onClick={filters.clear}>{plural(result.changedCustomers, 'customer')} with any difference</Anchor></li>
          </ul>
        </Section>
        <StepsOfMove steps={result.steps} />
      </SimpleGrid>
      <PreviewCustomers id={id} filters={filters} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" style={{ alignItems: 'start' }}>
        <Section title="Emails by day">
          <PlainTable
            label="Emails by day" rows={result.days} rowKey={(row) => row.on} empty={<EmptyState title="No day has an email" />}
            columns={[
              { heading: 'Day', grow: true, render: (row) => formatDate(row.on) },
              { heading: 'Today', align: 'right', render: (row) => formatCount(row.today) },
              { heading: 'Draft', align: 'right', render: (row) => formatCount(row.draft) },
            ]}
          />
        </Section>
        <RunsOfSegments segments={result.segments} />
      </SimpleGrid>
    </>
  );
}

const runKinds = ['segmentEmails', 'statements', 'tasks', 'notices'] as const;

/** What segments do for the same customers beside the policy, one line for each thing that a segment does. */
function RunsOfSegments({ segments }: { segments: PreviewResult['segments'] }) {
  const rows = segments.flatMap(({ segment, title, runs, today, draft }) => runKinds.filter((kind) => today[kind] > 0 || draft[kind] > 0).map((kind) => ({ segment, title, runs, kind, today: today[kind], draft: draft[kind] })));
  return (
    <Section title="Runs of segments" beside={<Text size="xs" c="dimmed">for the same customers</Text>}>
      <PlainTable
        label="What segments do" rows={rows} rowKey={(row) => `${row.segment} ${row.kind}`} empty={<EmptyState title="No segment does anything for them in these days" />}
        columns={[
          { heading: 'Segment', grow: true, render: (row) => row.title },
          { heading: 'Runs', align: 'right', render: (row) => formatCount(row.runs) },
          { heading: 'What', render: (row) => tallyLabels[row.kind] },
          { heading: 'Today', align: 'right', render: (row) => formatCount(row.today) },
          { heading: 'Draft', align: 'right', render: (row) => formatCount(row.draft) },
        ]}
      />
    </Section>
  );
}

/** Which steps would be repeated or passed over, for how many invoices under way. */
export function StepsOfMove({ steps }: { steps: PreviewResult['steps'] }) {
  return (
    <Section title="Invoices under way, by step">
      <PlainTable
        label="Invoices under way by step of the draft" rows={steps} rowKey={(row) => row.step}
        columns={[
          { heading: 'Step', grow: true, render: (row) => row.title },
          { heading: 'Counts as done', align: 'right', render: (row) => formatCount(row.done) },
          { heading: 'Passed over', align: 'right', render: (row) => formatCount(row.passed) },
          { heading: 'Repeated', align: 'right', render: (row) => formatCount(row.repeated) },
          { heading: 'Due at once', align: 'right', render: (row) => formatCount(row.dueAtOnce) },
        ]}
      />
    </Section>
  );
}

function signed(difference: number): string {
  return difference > 0 ? `+${formatCount(difference)}` : difference < 0 ? `−${formatCount(-difference)}` : '0';
}
