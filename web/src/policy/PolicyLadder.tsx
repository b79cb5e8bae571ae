import { Text } from '@mantine/core';
import { actionName } from '../invoices/states';
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
              {step.actions.map((action, index) => <li key={index}><span className={classes.kind}>{actionName(action.kind)}</span><span>{action.summary}</span></li>)}
            </ul>
            <Text size="xs" c="dimmed">If it is late: {step.catchUp}{step.exemptFromSpacing ? '. Does not count as a contact.' : ''}</Text>
          </div>
        </li>
      ))}
    </ol>
  );
}
