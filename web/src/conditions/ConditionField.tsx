import { Code, Group, Stack, Switch, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConditionBuilder } from './ConditionBuilder';
import { ConditionText } from './ConditionText';
import type { ConditionDocument } from './document';
import { describedConditionQuery, type EventKind, type Subject } from './queries';

interface Props {
  label: string;
  subject: Subject;
  /** What sets it off: what such an event tells can be asked for too. */
  event?: EventKind;
  /** null: always. */
  value: ConditionDocument | null;
  onChange: (value: ConditionDocument | null) => void;
  /** It is a part of what is simulated: what no simulation knows cannot be asked about. */
  simulated?: boolean;
}

const settleMs = 300;

/** A condition to build or to write, and what it says in words; wherever one is asked for. */
export function ConditionField({ label, subject, event, value, onChange, simulated }: Props) {
  const [asText, setAsText] = useState(false);
  return (
    <Stack gap={6}>
      <Group gap="sm" justify="space-between">
        <Text size="sm" fw={600}>{label}</Text>
        <Switch size="xs" label="As text" aria-label={`${label}: as text`} checked={asText} onChange={(event) => setAsText(event.currentTarget.checked)} />
      </Group>
      {asText ? <ConditionText label={label} value={value} onChange={onChange} /> : <ConditionBuilder subject={subject} event={event} value={value} onChange={onChange} simulated={simulated} label={label} />}
      {value === null ? <Text size="sm" c="dimmed">Always.</Text> : <Words subject={subject} event={event} simulated={simulated} value={value} />}
    </Stack>
  );
}

function Words({ subject, event, simulated, value }: Pick<Props, 'subject' | 'event' | 'simulated'> & { value: ConditionDocument }) {
  const [settled] = useDebouncedValue(value, settleMs);
  const { data } = useQuery(describedConditionQuery(subject, settled, event, simulated));
  if (!data) return null;
  if (data.valid) return <Text size="sm" c="dimmed" role="status">In words: {data.text}</Text>;
  return (
    <Stack gap={2} role="alert">
      {data.errors.map(({ path, message, allowed }, index) => <Text size="sm" c="red" key={index}>{path && <Code>{path}</Code>} {message}{allowed ? ` (allowed: ${allowed})` : ''}</Text>)}
    </Stack>
  );
}
