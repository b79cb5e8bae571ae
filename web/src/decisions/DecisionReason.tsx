import { Code, Collapse, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Facts } from '../app/Facts';
import { conditionFieldsQuery } from '../conditions/queries';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import type { Decision } from './queries';

type Inputs = Decision['inputs'];
type Known = Readonly<Record<string, { title: string; type: string }>>;

/** What every decision looks at; whatever else it did is a field of conditions, and is called as that is. */
const alwaysLookedAt: Known = { open: { title: 'open', type: 'text' }, covered: { title: 'covered by money in hand', type: 'text' }, dueOn: { title: 'due', type: 'date' }, lastContactOn: { title: 'last contact', type: 'date' } };

function shown(value: Inputs[string], type: string | undefined): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' && type === 'date' ? formatDate(value) : String(value);
}

/** Two fields that are called alike, as custom ones may be, are told apart by their names. */
function told(inputs: Inputs, known: Known): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const { title = name, type } = known[name] ?? {};
    facts[title in facts ? `${title} (${name})` : title] = shown(value, type);
  }
  return facts;
}

/** Why it was decided so, and behind a button the facts that it was decided on. */
export function DecisionReason({ decision }: { decision: Decision }) {
  const [opened, setOpened] = useState(false);
  const fields = useQuery({ ...conditionFieldsQuery('invoice'), enabled: opened });
  const known: Known = { ...Object.fromEntries((fields.data?.items ?? []).map((field) => [field.name, field])), ...alwaysLookedAt };
  return (
    <>
      {decision.reason}{decision.until && <Text span c="dimmed"> (until <Instant iso={decision.until} short />)</Text>}{' '}
      <UnstyledButton fz="xs" td="underline" c="dimmed" aria-expanded={opened} onClick={() => setOpened(!opened)}>{opened ? 'Less' : 'Inputs'}</UnstyledButton>
      <Collapse expanded={opened}>
        <Facts facts={{
          ...opened ? told(decision.inputs, known) : {},
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
