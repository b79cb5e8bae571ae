import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { formatDate } from '../format/dates';
import { formatCount } from '../format/money';
import { actionName, outcomeTones } from '../invoices/states';
import { useStepTitle } from '../policy/queries';
import { PlainTable } from '../table/PlainTable';
import type { Overview } from './queries';

export function TodaysActions({ overview }: { overview: Overview }) {
  const stepTitle = useStepTitle();
  return (
    <Section title="Today" beside={<Text size="sm" c="dimmed">{formatDate(overview.today)}</Text>} actions={<Anchor component={Link} size="sm" to={`/decisions?from=${overview.today}&to=${overview.today}`}>Decisions of today</Anchor>}>
      <PlainTable
        label="Today's actions" rows={overview.todaysActions} rowKey={(row) => `${row.step}/${row.action}/${row.outcome}`}
        empty={<EmptyState title="Nothing has been decided today" />}
        columns={[
          { heading: 'Step', grow: true, render: (row) => stepTitle(row.step) },
          { heading: 'Action', render: (row) => actionName(row.action) },
          { heading: 'Outcome', render: (row) => <StateBadge state={row.outcome} tone={(outcomeTones as Readonly<Record<string, 'good' | 'warn' | 'neutral'>>)[row.outcome] ?? 'neutral'} /> },
          { heading: 'Invoices', align: 'right', render: (row) => formatCount(row.count) },
        ]}
      />
    </Section>
  );
}
