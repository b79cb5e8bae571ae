import { useQuery } from '@tanstack/react-query';
import { Section } from '../app/Section';
import { formatCount } from '../format/money';
import { Money } from '../format/Money';
import { PlainTable } from '../table/PlainTable';
import { linesQuery, type Invoice } from './queries';

/** What was invoiced; many ledgers come without lines, and then there is nothing to show. */
export function LinesSection({ invoice }: { invoice: Invoice }) {
  const { data } = useQuery(linesQuery(invoice.id));
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="Lines">
      <PlainTable
        label="Lines" rows={data.items} rowKey={(row) => row.line}
        columns={[
          { heading: 'Description', grow: true, render: (row) => row.description },
          { heading: 'Quantity', align: 'right', render: (row) => formatCount(row.quantity) },
          { heading: 'Amount', align: 'right', render: (row) => <Money minor={row.amountMinor} currency={invoice.currency} /> },
        ]}
      />
    </Section>
  );
}
