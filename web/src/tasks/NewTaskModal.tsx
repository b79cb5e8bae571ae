import { Group, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { CustomerSelect } from '../customers/CustomerSelect';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { QueueOrNoneInput } from './QueueInput';
import { templateChoicesQuery, useCreateTask, workersQuery } from './queries';
import { priorities } from './states';

interface Props {
  /** What it is about; left out: that is asked, and may be nothing. */
  about?: { customerId: number; invoiceId?: number; name: string };
  onClose: () => void;
}

/** A task that a person gives to others or to themselves. With a template, what is left empty is as the template says. */
export function NewTaskModal({ about, onClose }: Props) {
  const { data: templates } = useQuery(templateChoicesQuery);
  const { data: people = [] } = useQuery(workersQuery);
  const create = useCreateTask();
  const today = useToday();
  const [fields, setFields] = useState({ template: '', title: '', queue: '', instructions: '', priority: '', dueOn: '', assignee: '' });
  const [customerId, setCustomerId] = useState<number | null>(about?.customerId ?? null);
  const set = (more: Partial<typeof fields>) => setFields((before) => ({ ...before, ...more }));
  const template = templates?.items.find(({ name }) => name === fields.template);
  const complete = template !== undefined || (fields.title.trim() !== '' && fields.queue.trim() !== '');
  const confirm = () => create.run({
    template: fields.template || undefined, title: fields.title.trim() || undefined, queue: fields.queue.trim() || undefined, instructions: fields.instructions.trim() || undefined,
    priority: fields.priority === '' ? undefined : Number(fields.priority), dueOn: fields.dueOn || undefined, assigneeId: Number(fields.assignee) || undefined,
    customerId: customerId ?? undefined, invoiceId: about?.invoiceId,
  }, (task) => {
    notifyDone(`“${task.title}” is in the queue ${task.queue}.`);
    onClose();
  });
  return (
    <ConfirmModal opened title={about ? `New task about ${about.name}` : 'New task'} confirmLabel="Give the task" pending={create.pending} error={create.error} disabled={!complete} onConfirm={confirm} onClose={onClose}>
      {(templates?.items.length ?? 0) > 0 && (
        <Select
          label="Template" description="What is left empty below is as it says" placeholder="None" clearable clearButtonProps={{ 'aria-label': 'No template' }} value={fields.template || null}
          data={templates!.items.map(({ name, title }) => ({ value: name, label: title }))} onChange={(name) => set({ template: name ?? '' })}
        />
      )}
      <TextInput label="What is to be done" required={!template} placeholder={template?.title} data-autofocus value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <QueueOrNoneInput label="Queue" required={!template} placeholder={template?.queue} value={fields.queue || null} onChange={(queue) => set({ queue: queue ?? '' })} />
      <Textarea label="Instructions" autosize minRows={2} maxRows={8} placeholder={template?.instructions ?? undefined} value={fields.instructions} onChange={(event) => set({ instructions: event.currentTarget.value })} />
      {!about && <CustomerSelect label="About the customer" labelShown value={customerId} onChange={setCustomerId} />}
      <Group grow align="end">
        <TextInput type="date" label="Due" description={template ? undefined : 'Empty: tomorrow'} min={today} value={fields.dueOn} onChange={(event) => set({ dueOn: event.currentTarget.value })} />
        <NativeSelect label="Priority" value={fields.priority} data={[{ value: '', label: template ? 'As the template says' : priorities[2] }, ...Object.entries(priorities).map(([value, label]) => ({ value, label }))]} onChange={(event) => set({ priority: event.currentTarget.value })} />
        <NativeSelect label="For" value={fields.assignee} data={[{ value: '', label: 'As the queue gives it out' }, ...people.map(({ id, name }) => ({ value: String(id), label: name }))]} onChange={(event) => set({ assignee: event.currentTarget.value })} />
      </Group>
    </ConfirmModal>
  );
}
