import { Text } from '@mantine/core';
import { Section } from '../app/Section';
import { PlainTable } from '../table/PlainTable';
import type { Campaign } from './queries';

export function StepsSection({ campaign: { document } }: { campaign: Campaign }) {
  return (
    <Section title="Steps">
      <PlainTable
        label="Steps" rows={document.steps} rowKey={(row) => row.id} empty={<Text size="sm" c="dimmed">None of its own: the policies of its variants do all there is to do.</Text>}
        columns={[
          { heading: 'Step', render: (row) => row.id },
          { heading: 'After', render: (row) => (row.afterDays === 0 ? 'at once' : row.afterDays === 1 ? '1 day' : `${row.afterDays} days`) },
          { heading: 'What', grow: true, render: ({ action }) => (action.kind === 'email' ? `Email ${action.template} to ${(action.to ?? ['billing']).join(', ')}` : `Task for ${action.queue}: ${action.title}`) },
        ]}
      />
    </Section>
  );
}
