import { Text } from '@mantine/core';
import { firstCapital } from '../format/words';
import classes from './PolicyView.module.css';
import type { PolicyStep } from './queries';

export function PolicyLadder({ steps }: { steps: readonly PolicyStep[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step.id} className={classes.step}>
          <span className={classes.number} aria-hidden />
          <div className={classes.what}>
            <Text size="sm"><b>{step.title}</b> <Text span c="dimmed">· {step.when}</Text></Text>
            {step.condition && <Text size="sm">Only if {step.condition}</Text>}
            <ul className={classes.actions}>
              {step.actions.map((action, index) => <li key={index}>{firstCapital(action.summary)}</li>)}
            </ul>
            <Text size="xs" c="dimmed">{firstCapital(step.catchUp)}.{step.exemptFromSpacing ? ' It does not count as a contact.' : ''}</Text>
          </div>
        </li>
      ))}
    </ol>
  );
}
