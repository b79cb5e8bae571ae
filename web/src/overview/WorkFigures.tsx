import { Link } from 'react-router';
import { formatCount } from '../format/money';
import classes from './OverviewPage.module.css';
import type { Overview } from './queries';

const troubled = ['bounced', 'complained', 'failed', 'unknown'];

/** How much is going on, in a row of counts that lead to their lists. */
export function WorkFigures({ overview }: { overview: Overview }) {
  const sent = overview.messages.reduce((sum, { count }) => sum + count, 0);
  const trouble = overview.messages.filter(({ state }) => troubled.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const overdueInvoices = overview.currencies.reduce((sum, each) => sum + each.overdueInvoices, 0);
  return (
    <nav className={classes.figures} aria-label="Where work waits">
      <Figure to="/invoices?state=overdue" count={overdueInvoices} label="Invoices overdue" />
      <Figure to="/tasks" count={overview.openTasks} label="Open tasks" />
      <Figure to="/holds" count={overview.activeHolds} label="Holds in force" />
      <Figure to="/invoices" count={overview.activeCollections} label="Under collection" />
      <Figure to="/customers?show=paused" count={overview.paused} label="Paused" />
      <Figure to="/messages" count={sent} label={trouble > 0 ? `Messages in 7 days, ${trouble} in trouble` : 'Messages in 7 days'} />
    </nav>
  );
}

function Figure({ to, count, label }: { to: string; count: number; label: string }) {
  return <Link to={to} className={classes.figure}><b>{formatCount(count)}</b><span>{label}</span></Link>;
}
