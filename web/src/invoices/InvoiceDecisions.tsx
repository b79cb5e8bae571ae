import { Anchor, Code, Collapse, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { useStepTitle } from '../policy/queries';
import { PlainTable } from '../table/PlainTable';
import { decisionsQuery, type Decision, type Invoice } from './queries';
import { actionName, outcomeTones } from './states';

/** Every decision with its reason, and the facts that it was made on, for whoever asks why. */
export function InvoiceDecisions({ invoice, zone }: { invoice: Invoice; zone?: string }) {
  const decisions = useQuery(decisionsQuery(invoice.id));
  const stepTitle = useStepTitle();
  return (
    <Section title="Decisions">
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
              { heading: 'Reason', grow: true, render: (row) => <Reason decision={row} /> },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

function Reason({ decision }: { decision: Decision }) {
  const [opened, setOpened] = useState(false);
  const inputs = Object.entries(decision.inputs);
  return (
    <>
      {decision.reason}{decision.until && <Text span c="dimmed"> (until <Instant iso={decision.until} short />)</Text>}{' '}
      <UnstyledButton fz="xs" td="underline" c="dimmed" aria-expanded={opened} onClick={() => setOpened(!opened)}>{opened ? 'Less' : 'Inputs'}</UnstyledButton>
      <Collapse expanded={opened}>
        <Facts facts={{
          ...Object.fromEntries(inputs.map(([name, value]) => [name, String(value)] as const)),
          'open then': <Money minor={decision.openMinor} currency={decision.currency} />,
          'policy version': <Code>{decision.policyVersion}</Code>,
          'ledger version': <Code>{decision.ledgerVersion}</Code>,
          'planned for': <Instant iso={decision.plannedAt} />,
          'covered by': decision.coveredBy && <Code>{decision.coveredBy}</Code>,
        }} />
      </Collapse>
    </>
  );
}
