import { Code, Collapse, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { Facts } from '../app/Facts';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import type { Decision } from './queries';

/** Why it was decided so, and behind a button the facts that it was decided on. */
export function DecisionReason({ decision }: { decision: Decision }) {
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
