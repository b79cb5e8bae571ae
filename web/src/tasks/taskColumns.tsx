import { Anchor, Button, Checkbox, Group, Text } from '@mantine/core';
import type { ColumnDef } from '@tanstack/react-table';
import { Link } from 'react-router';
import { StateBadge } from '../app/StateBadge';
import { notifyFailed } from '../feedback/notify';
import { formatDayAndMonth } from '../format/dates';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { useClaimTask, type Task } from './queries';
import { priorities, taskStates } from './states';

interface Options {
  onOpen: (task: Task) => void;
  mayWork: boolean;
  ticked: ReadonlySet<number>;
  /** null: nothing can be done with many at once. */
  onTick: ((id: number) => void) | null;
}

export function taskColumns({ onOpen, mayWork, ticked, onTick }: Options): ColumnDef<Task>[] {
  return [
    { id: 'title', header: 'Task', cell: ({ row: { original } }) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(original)}>{original.title}</Anchor> },
    { id: 'due', header: 'Due', meta: { sortBy: 'dueOn' }, cell: ({ row: { original } }) => original.dueOn && <Group gap={6} wrap="nowrap"><span className="tabular">{formatDayAndMonth(original.dueOn)}</span>{original.overdue && <StateBadge state="overdue" tone="bad" />}</Group> },
    { id: 'customer', header: 'Customer', cell: ({ row: { original } }) => original.customerId && <Link className="plain" to={`/customers/${original.customerId}`}>{original.customerName}</Link> },
    { id: 'invoice', header: 'Invoice', meta: { from: 900 }, cell: ({ row: { original } }) => original.invoiceId && <Link className="plain" to={`/invoices/${original.invoiceId}`}>{original.invoiceNumber}</Link> },
    { id: 'open', header: 'Open', meta: { align: 'right' }, cell: ({ row: { original } }) => original.openMinor !== null && original.currency && <Money minor={original.openMinor} currency={original.currency} /> },
    { id: 'priority', header: 'Priority', meta: { from: 1200, sortBy: 'priority' }, cell: ({ row: { original } }) => (original.priority === 2 ? <Text span c="dimmed">–</Text> : priorities[original.priority as keyof typeof priorities]) },
    { id: 'queue', header: 'Queue', meta: { from: 1100 }, cell: ({ row: { original } }) => sentence(original.queue) },
    { id: 'state', header: 'State', cell: ({ row: { original } }) => <Group gap={6} wrap="nowrap"><StateBadge state={original.state} {...taskStates[original.state]} />{original.assignee && <Text span size="xs" c="dimmed">{original.assignee.name}</Text>}</Group> },
    ...(onTick ? [{ id: 'tick', header: 'Tick', meta: { from: 900 }, cell: ({ row: { original } }: { row: { original: Task } }) => (original.state === 'open' || original.state === 'claimed') && <Checkbox size="xs" checked={ticked.has(original.id)} onChange={() => onTick(original.id)} aria-label={`Tick: ${original.title}`} /> }] : []),
    ...(mayWork ? [{ id: 'do', header: 'Do', meta: { pinned: true }, cell: ({ row: { original } }: { row: { original: Task } }) => <NextAction task={original} onOpen={onOpen} /> }] : []),
  ];
}

function NextAction({ task, onOpen }: { task: Task; onOpen: (task: Task) => void }) {
  const claim = useClaimTask(notifyFailed);
  if (task.state === 'open') return <Button size="compact-xs" variant="light" loading={claim.pending} onClick={() => claim.run(task)} aria-label={`Claim: ${task.title}`}>Claim</Button>;
  if (task.state === 'claimed') return <Button size="compact-xs" variant="default" onClick={() => onOpen(task)} aria-label={`Complete: ${task.title}`}>Complete</Button>;
  return null;
}
