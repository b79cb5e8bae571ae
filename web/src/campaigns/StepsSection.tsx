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
          { heading: 'What', grow: true, render: ({ action }) => whatText(action) },
        ]}
      />
    </Section>
  );
}

function whatText(action: Campaign['document']['steps'][number]['action']): string {
  switch (action.kind) {
    case 'email': return `Email ${action.template} to ${(action.to ?? ['billing']).join(', ')}${discountText(action.discount ?? null)}`;
    case 'task': return `Task for ${action.queue}: ${action.title}${action.template ? ` (template ${action.template})` : ''}`;
    case 'escalate': return `Escalate: ${[action.template && `email ${action.template} to the escalation contacts`, action.task && `urgent task for ${action.task.queue}: ${action.task.title}`, action.audience && `${action.audience} is told`].filter(Boolean).join(', ')}`;
  }
}

function discountText(discount: { percent?: string; fixed?: Record<string, string>; forDays: number } | null): string {
  if (!discount) return '';
  const off = discount.fixed ? Object.entries(discount.fixed).map(([currency, amount]) => `${amount} ${currency}`).join(' or ') : `${discount.percent} %`;
  return `, with ${off} off each invoice that is paid within ${discount.forDays} days`;
}
