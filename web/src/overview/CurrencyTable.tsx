import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { formatCount } from '../format/money';
import { Money } from '../format/Money';
import { PlainTable } from '../table/PlainTable';
import type { CurrencyOverview, Overview } from './queries';

const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });

/** What is open and overdue, a row for each currency: they are never added together. */
export function CurrencyTable({ overview }: { overview: Overview }) {
  return (
    <Section title="Receivables">
      <PlainTable<CurrencyOverview>
        label="Receivables by currency" rows={overview.currencies} rowKey={(row) => row.currency}
        columns={[
          { heading: 'Currency', render: (row) => <Anchor component={Link} to={`/invoices?currency=${row.currency}`} size="sm" fw={500}>{row.currency}</Anchor> },
          { heading: 'Open', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} strong /> },
          { heading: 'Overdue', align: 'right', render: (row) => <Money minor={row.overdueMinor} currency={row.currency} /> },
          { heading: 'Overdue share', align: 'right', render: (row) => share.format(row.openMinor > 0 ? row.overdueMinor / row.openMinor : 0) },
          { heading: 'Unapplied', align: 'right', render: (row) => <Money minor={row.unappliedMinor} currency={row.currency} /> },
          { heading: 'Open invoices', align: 'right', render: (row) => formatCount(row.openInvoices) },
          { heading: 'Overdue invoices', align: 'right', render: (row) => formatCount(row.overdueInvoices) },
          { heading: 'Customers', align: 'right', render: (row) => formatCount(row.customers) },
        ]}
      />
    </Section>
  );
}
