import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConditionDocument } from '../../conditions/document';
import { describedConditionQuery } from '../../conditions/queries';
import { conditionOf, nameOf, type StepDraft } from './document';
import { doingOf, timingOf } from './stepWords';

/** A folded step: its id, when it runs, what it does, and under which condition. */
export function StepSummary({ step }: { step: StepDraft }) {
  const condition = conditionOf(step.when);
  return (
    <Text size="xs" c="dimmed" pl={42}>
      {[nameOf(step.id), timingOf(step), doingOf(step)].filter((part) => part !== '').join(' · ')}
      {condition && <OnlyIf condition={condition} />}
    </Text>
  );
}

function OnlyIf({ condition }: { condition: ConditionDocument }) {
  const { data } = useQuery(describedConditionQuery('invoice', condition));
  return <>{data?.text ? ` · only if ${data.text}` : ''}</>;
}
