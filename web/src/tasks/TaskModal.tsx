import { Anchor, Button, Divider, Group, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { sentence } from '../format/words';
import { useMay } from '../session/useMay';
import { peopleQuery, useClaimTask, useCompleteTask, useReassignTask, useReleaseTask, type Task, type TaskOutcome } from './queries';
import { taskOutcomes, taskStates } from './states';

export function TaskModal({ task, onClose }: { task: Task; onClose: () => void }) {
  const may = useMay();
  const waiting = task.state === 'open' || task.state === 'claimed';
  const outcome = task.outcome && (taskOutcomes as Readonly<Record<string, string>>)[task.outcome];
  return (
    <Modal opened onClose={onClose} title={task.title} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        {task.instructions && <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>{task.instructions}</Text>}
        <Facts facts={{
          Customer: task.customerId && <Anchor component={Link} size="sm" to={`/customers/${task.customerId}`}>{task.customerName}</Anchor>,
          Invoice: task.invoiceId && <Anchor component={Link} size="sm" to={`/invoices/${task.invoiceId}`}>{task.invoiceNumber}</Anchor>,
          Open: task.openMinor !== null && task.currency && <Money minor={task.openMinor} currency={task.currency} />,
          Due: task.dueOn && formatDate(task.dueOn),
          Queue: sentence(task.queue),
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

function CompleteForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const complete = useCompleteTask();
  const claim = useClaimTask(notifyFailed);
  const release = useReleaseTask(notifyFailed);
  const [outcome, setOutcome] = useState<TaskOutcome>('done');
  const [note, setNote] = useState('');
  const submit = () => complete.run({ task, outcome, note: note.trim() || undefined }, () => {
    notifyDone('Task completed.');
    onClose();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="sm">
        <NativeSelect label="What came of it" value={outcome} data={Object.entries(taskOutcomes).map(([value, label]) => ({ value, label }))} onChange={(event) => setOutcome(event.currentTarget.value as TaskOutcome)} />
        <Textarea label="Note" description="Optional; it goes to the customer's timeline" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {complete.error ? <ErrorState error={complete.error} /> : null}
        <Group justify="flex-end" gap="xs">
          {task.state === 'open'
            ? <Button variant="default" loading={claim.pending} onClick={() => claim.run(task, onClose)}>Claim</Button>
            : <Button variant="default" loading={release.pending} onClick={() => release.run(task, onClose)}>Give back to the queue</Button>}
          <Button type="submit" loading={complete.pending}>Complete</Button>
        </Group>
      </Stack>
    </form>
  );
}

function ReassignForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const { data: people } = useQuery(peopleQuery);
  const reassign = useReassignTask();
  const [assignee, setAssignee] = useState(task.assignee ? String(task.assignee.id) : '');
  const submit = () => reassign.run({ task, assigneeId: assignee ? Number(assignee) : null, queue: task.queue }, () => {
    notifyDone('Task reassigned.');
    onClose();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Group align="flex-end" gap="xs">
        <NativeSelect label="Assigned to" value={assignee} data={[{ value: '', label: 'Nobody' }, ...(people?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]} onChange={(event) => setAssignee(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={reassign.pending}>Reassign</Button>
      </Group>
      {reassign.error ? <ErrorState error={reassign.error} /> : null}
    </form>
  );
}
