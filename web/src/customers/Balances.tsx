import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatCount } from '../format/money';
import { Money } from '../format/Money';
import { PlainTable } from '../table/PlainTable';
import type { Customer } from './queries';

export function Balances({ customer }: { customer: Customer }) {
  return (
    <Section title="Balance" actions={<Anchor component={Link} size="sm" to={`/invoices?customerId=${customer.id}&state=all`}>All invoices</Anchor>}>
      <PlainTable
        label="Balance by currency" rows={customer.balances} rowKey={(row) => row.currency} empty={<EmptyState title="Nothing is open" />}
        columns={[
          { heading: 'Currency', render: (row) => row.currency },
          { heading: 'Open', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} strong /> },
          { heading: 'Overdue', align: 'right', render: (row) => <Money minor={row.overdueMinor} currency={row.currency} /> },
          { heading: 'Unapplied', align: 'right', render: (row) => <Money minor={row.unappliedMinor} currency={row.currency} /> },
          { heading: 'Open invoices', align: 'right', render: (row) => <Anchor component={Link} size="sm" to={`/invoices?customerId=${customer.id}`}>{formatCount(row.openInvoices)}</Anchor> },
          { heading: 'Overdue invoices', align: 'right', render: (row) => <Anchor component={Link} size="sm" to={`/invoices?customerId=${customer.id}&state=overdue`}>{formatCount(row.overdueInvoices)}</Anchor> },
        ]}
      />
    </Section>
  );
}
