import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import type { DryRun } from './queries';

export function DryRunResult({ run }: { run: DryRun }) {
  return (
    <Section title="In the last 90 days">
      <Text size="sm" mb={8} role="status">
        It would have fired {formatCount(run.fired)} times, for {formatCount(run.customers)} customers. {run.asked > 0 && `It would ask for approval ${formatCount(run.asked)} times, and do nothing before that. `}It happened {formatCount(run.events)} times{run.isCut ? ', and more that were not looked at' : ''}: {formatCount(run.notMet)} with
        nothing open or without the condition, {formatCount(run.bounded)} over the limit. Balances are as they were then, everything else as it is now.
      </Text>
      <PlainTable
        label="When it would have fired" rows={run.firings.slice(0, 50)} rowKey={(row) => `${row.at}/${row.customerId}/${row.invoiceId}`} empty={<EmptyState title="It would not have fired" />}
        columns={[
          { heading: 'When', render: (row) => <Instant iso={row.at} short /> },
          { heading: 'Customer', render: (row) => <Link className="plain" to={`/customers/${row.customerId}`}>{row.customerName}</Link> },
          { heading: 'Invoice', render: (row) => row.invoiceId && <Link className="plain" to={`/invoices/${row.invoiceId}`}>{row.invoiceNumber}</Link> },
          { heading: 'Why', grow: true, render: (row) => <>{row.reason}{row.asks && `; would ask for approval: ${row.asks === 'admin' ? 'an administrator' : 'a credit manager'}`}</> },
        ]}
      />
    </Section>
  );
}
