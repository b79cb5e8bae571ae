import { Anchor, Button, Divider, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { CompleteForm } from './CompleteForm';
import { useReassignTask, workersQuery, type Task } from './queries';
import { priorities, taskOutcomes, taskStates } from './states';

export function TaskModal({ task, onClose }: { task: Task; onClose: () => void }) {
  const may = useMay();
  const waiting = task.state === 'open' || task.state === 'claimed';
  const outcome = task.outcome && (taskOutcomes as Readonly<Record<string, string>>)[task.outcome];
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={task.title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        {task.instructions && <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>{task.instructions}</Text>}
        <Facts facts={{
          Customer: task.customerId && <Anchor component={Link} size="sm" to={`/customers/${task.customerId}`}>{task.customerName}</Anchor>,
          Invoice: task.invoiceId && <Anchor component={Link} size="sm" to={`/invoices/${task.invoiceId}`}>{task.invoiceNumber}</Anchor>,
          Open: task.openMinor !== null && task.currency && <Money minor={task.openMinor} currency={task.currency} />,
          Due: task.dueOn && formatDate(task.dueOn),
          Queue: sentence(task.queue) + (task.escalatedFrom ? `, escalated from ${task.escalatedFrom}` : ''),
          Priority: task.priority === 2 ? null : priorities[task.priority as keyof typeof priorities],
          State: `${taskStates[task.state].label}${task.assignee ? `, ${task.assignee.name}` : ''}`,
          Outcome: outcome ?? task.outcome,
          Note: task.note,
          Created: <Instant iso={task.createdAt} />,
          Closed: task.closedAt && <Instant iso={task.closedAt} />,
        }} />
        {waiting && may('work-tasks') && <><Divider /><CompleteForm task={task} onClose={onClose} /></>}
        {waiting && may('reassign-tasks') && <><Divider /><ReassignForm task={task} onClose={onClose} /></>}
      </Stack>
    </Modal>
  );
}

function ReassignForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const { data: people = [] } = useQuery(workersQuery);
  const reassign = useReassignTask();
  const [assignee, setAssignee] = useState(task.assignee ? String(task.assignee.id) : '');
  // Whose it is although it can be given to them no more is named all the same.
  const offered = task.assignee && !people.some(({ id }) => id === task.assignee?.id) ? [...people, task.assignee] : people;
  const submit = () => reassign.run({ task, assigneeId: assignee ? Number(assignee) : null, queue: task.queue }, () => {
    notifyDone('Task reassigned.');
    onClose();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Group align="flex-end" gap="xs">
        <NativeSelect label="Assigned to" value={assignee} data={[{ value: '', label: 'Nobody' }, ...offered.map(({ id, name }) => ({ value: String(id), label: name }))]} onChange={(event) => setAssignee(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={reassign.pending}>Reassign</Button>
      </Group>
      {reassign.error ? <ErrorState error={reassign.error} /> : null}
    </form>
  );
}
