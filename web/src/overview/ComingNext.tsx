import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { EmptyState } from '../feedback/EmptyState';
import { formatDayAndMonth } from '../format/dates';
import { plural } from '../format/money';
import { useStepTitle } from '../policy/queries';
import classes from './OverviewPage.module.css';
import type { Overview } from './queries';

/** The planned steps of the next days, a line for each day that has any. */
export function ComingNext({ overview }: { overview: Overview }) {
  const stepTitle = useStepTitle();
  const days = [...new Set(overview.comingNext.map(({ on }) => on))];
  return (
    <Section title="Coming next">
      {days.length === 0
        ? <EmptyState title="Nothing is planned for the next 14 days">Invoices that are settled or paused have no next step.</EmptyState>
        : days.map((day) => (
          <dl key={day} className={classes.day}>
            <dt>{formatDayAndMonth(day)}</dt>
            <dd>
              {overview.comingNext.filter(({ on }) => on === day).map(({ step, invoices }) => (
                <span key={step}><Anchor component={Link} size="sm" to={`/invoices?nextStep=${encodeURIComponent(step)}`}>{stepTitle(step)}</Anchor> · {plural(invoices, 'invoice')}</span>
              ))}
            </dd>
          </dl>
        ))}
    </Section>
  );
}
