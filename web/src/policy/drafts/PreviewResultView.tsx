import { SimpleGrid } from '@mantine/core';
import { Section } from '../../app/Section';
import { EmptyState } from '../../feedback/EmptyState';
import { formatDate } from '../../format/dates';
import { formatCount, plural } from '../../format/money';
import { PlainTable } from '../../table/PlainTable';
import type { PreviewResult } from './queries';

const kinds = [['emails', 'Emails'], ['tasks', 'Tasks'], ['holds', 'Holds'], ['handoffs', 'Hand-offs'], ['notices', 'Notifications'], ['escalations', 'Escalations'], ['charges', 'Charges'], ['offers', 'Discounts offered'], ['starts', 'Other policies started']] as const;

export function PreviewResultView({ result }: { result: PreviewResult }) {
  const { today, draft, changed } = result;
  const difference = (key: (typeof kinds)[number][0]) => signed(draft[key] - today[key]);
  return (
    <>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" style={{ alignItems: 'start' }}>
        <Section title="In total">
          <PlainTable
            label="What is done, today and under the draft" rows={kinds} rowKey={([key]) => key}
            columns={[
              { heading: 'What', grow: true, render: ([, label]) => label },
              { heading: 'Today', align: 'right', render: ([key]) => formatCount(today[key]) },
              { heading: 'Draft', align: 'right', render: ([key]) => formatCount(draft[key]) },
              { heading: 'Difference', align: 'right', render: ([key]) => difference(key) },
            ]}
          />
          <ul>
            <li>{plural(result.newlyContacted, 'customer')} newly contacted</li>
            <li>{plural(result.noLongerContacted, 'customer')} no longer contacted</li>
            <li>{plural(result.changedCustomers, 'customer')} with any difference</li>
          </ul>
        </Section>
        <StepsOfMove steps={result.steps} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" style={{ alignItems: 'start' }}>
        <Section title="Customers">
          <PlainTable
            label="Customers with a difference" rows={changed} rowKey={(row) => row.customer} empty={<EmptyState title="Nobody would notice a difference" />}
            columns={[
              { heading: 'Customer', grow: true, render: (row) => row.customer },
              ...kinds.slice(0, 4).map(([key, label]) => ({ heading: label, align: 'right' as const, render: (row: (typeof changed)[number]) => (row.today[key] === row.draft[key] ? formatCount(row.draft[key]) : `${formatCount(row.today[key])} → ${formatCount(row.draft[key])}`) })),
            ]}
          />
        </Section>
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
      </SimpleGrid>
    </>
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
