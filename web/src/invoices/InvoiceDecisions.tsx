import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { DecisionReason } from '../decisions/DecisionReason';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { useStepTitle } from '../policy/queries';
import { PlainTable } from '../table/PlainTable';
import { decisionsQuery, type Invoice } from './queries';
import { actionName, outcomeTones } from './states';

/** Every decision with its reason, and the facts that it was made on, for whoever asks why. */
export function InvoiceDecisions({ invoice, zone }: { invoice: Invoice; zone?: string }) {
  const decisions = useQuery(decisionsQuery(invoice.id));
  const stepTitle = useStepTitle();
  return (
    <Section title="Decisions" actions={<Anchor component={Link} size="sm" to={`/decisions?invoiceId=${invoice.id}`}>As a list, with filters</Anchor>}>
      <Loaded query={decisions} lines={4}>
        {({ items }) => (
          <PlainTable
            label="Decisions" rows={items} rowKey={(row) => row.id}
            empty={<EmptyState title="Nothing has been decided yet">The first decision comes with the first step of the ladder.</EmptyState>}
            columns={[
              { heading: 'When', render: (row) => <Instant iso={row.at} zone={zone} short /> },
              { heading: 'Step', grow: true, render: (row) => stepTitle(row.step) },
              { heading: 'Action', render: (row) => (row.messageId ? <Anchor size="sm" component={Link} to={`/messages/${row.messageId}`}>{actionName(row.action)}</Anchor> : actionName(row.action)) },
              { heading: 'Outcome', render: (row) => <StateBadge state={row.outcome} tone={outcomeTones[row.outcome]} /> },
              { heading: 'Reason', grow: true, render: (row) => <DecisionReason decision={row} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
