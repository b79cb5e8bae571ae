import { Button, Group, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { customerQuery } from '../customers/queries';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone, notifyFailed } from '../feedback/notify';
import { moneyInput, parseMoney } from '../format/money';
import { sentence } from '../format/words';
import { useClaimTask, useCompleteTask, useReleaseTask, type DisputeReason, type Task, type TaskOutcome, type TaskReport } from './queries';
import { disputeReasons, taskOutcomes } from './states';

/** What the form holds for any outcome; a report has only what goes with its own. */
interface Said {
  inDays: number;
  promisedOn: string;
  amount: string;
  currency: string;
  reason: DisputeReason;
  contactId: string;
}

/** Closes a task with what came of it, and asks for what follows from that. */
export function CompleteForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const complete = useCompleteTask();
  const claim = useClaimTask(notifyFailed);
  const release = useReleaseTask(notifyFailed);
  const offered = (Object.keys(taskOutcomes) as TaskOutcome[]).filter((each) => (!task.outcomes || task.outcomes.includes(each)) && (each === 'done' || task.customerId !== null) && (each !== 'disputed' || task.invoiceId !== null));
  const [outcome, setOutcome] = useState<TaskOutcome>(offered.includes('done') ? 'done' : offered[0] ?? 'done');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState<Said>({ inDays: 0, promisedOn: '', amount: task.openMinor !== null && task.currency ? moneyInput(task.openMinor, task.currency) : '', currency: task.currency ?? '', reason: 'other', contactId: '' });
  const report = reportOf(outcome, note, said);
  const submit = () => report && complete.run({ task, report }, () => {
    notifyDone('Task completed.');
    onClose();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="sm">
        <NativeSelect label="What came of it" value={outcome} data={offered.map((value) => ({ value, label: taskOutcomes[value] }))} onChange={(event) => setOutcome(event.currentTarget.value as TaskOutcome)} />
        <Details task={task} outcome={outcome} said={said} onSay={(more) => setSaid((before) => ({ ...before, ...more }))} />
        <Textarea label="Note" description="Optional; it goes to the customer's timeline" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {complete.error ? <ErrorState error={complete.error} /> : null}
        <Group justify="flex-end" gap="xs">
          {task.state === 'open'
            ? <Button variant="default" loading={claim.pending} onClick={() => claim.run(task, onClose)}>Claim</Button>
            : <Button variant="default" loading={release.pending} onClick={() => release.run(task, onClose)}>Give back to the queue</Button>}
          <Button type="submit" disabled={!report} loading={complete.pending}>Complete</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** null while something that the outcome needs is missing. */
function reportOf(outcome: TaskOutcome, note: string, { inDays, promisedOn, amount, currency, reason, contactId }: Said): TaskReport | null {
  const common = { outcome, note: note.trim() || undefined };
  const minor = amount.trim() === '' || currency.length !== 3 ? undefined : parseMoney(amount, currency);
  if (outcome === 'promised') return promisedOn && minor !== null && currency.length === 3 ? { ...common, promise: { promisedOn, amountMinor: minor, currency } } : null;
  if (outcome === 'disputed') return minor === null ? null : { ...common, dispute: { reason, amountMinor: minor } };
  if (outcome === 'no-answer' || outcome === 'paid') return { ...common, inDays: inDays || undefined };
  if (outcome === 'wrong-number' || outcome === 'wrong-contact') return { ...common, contactId: contactId ? Number(contactId) : undefined };
  return common;
}

function Details({ task, outcome, said, onSay }: { task: Task; outcome: TaskOutcome; said: Said; onSay: (more: Partial<Said>) => void }) {
  const today = useToday();
  const amount = <TextInput label="Amount" description="Left empty: all that is open" inputMode="decimal" value={said.amount} onChange={(event) => onSay({ amount: event.currentTarget.value })} />;
  switch (outcome) {
    case 'promised':
      return (
        <Group grow align="flex-start">
          <TextInput type="date" label="Will pay by" description="Until the end of that day nothing is asked for" required min={today} value={said.promisedOn} onChange={(event) => onSay({ promisedOn: event.currentTarget.value })} />
          {amount}
          <TextInput label="Currency" description="Three letters" required disabled={task.currency !== null} maxLength={3} value={said.currency} onChange={(event) => onSay({ currency: event.currentTarget.value.toUpperCase() })} />
        </Group>
      );
    case 'disputed':
      return (
        <Group grow align="flex-start">
          <NativeSelect label="What is wrong" description="Only the disputed part is held back" value={said.reason} data={disputeReasons.map((value) => ({ value, label: sentence(value) }))} onChange={(event) => onSay({ reason: event.currentTarget.value as DisputeReason })} />
          {amount}
        </Group>
      );
    case 'no-answer':
      return <NumberInput label="Call again in days" description="A task for it is raised" min={1} max={60} value={said.inDays || 2} onChange={(value) => onSay({ inDays: Number(value) })} />;
    case 'paid':
      return <NumberInput label="Days for the payment to come" description="Collection waits as long, and then somebody checks" min={1} max={60} value={said.inDays || 5} onChange={(value) => onSay({ inDays: Number(value) })} />;
    case 'wrong-number':
    case 'wrong-contact':
      return <ContactSelect customerId={task.customerId ?? 0} value={said.contactId} onChange={(contactId) => onSay({ contactId })} />;
    case 'done':
      return null;
  }
}

function ContactSelect({ customerId, value, onChange }: { customerId: number; value: string; onChange: (value: string) => void }) {
  const { data: customer } = useQuery(customerQuery(customerId));
  const contacts = customer?.contacts ?? [];
  return (
    <NativeSelect
      label="Whose" description="A task to find another is raised; a wrong number is marked on the contact" value={value} onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: 'No contact of ours' }, ...contacts.map((each) => ({ value: String(each.id), label: [each.name ?? each.email, each.phone].filter(Boolean).join(', ') }))]}
    />
  );
}
