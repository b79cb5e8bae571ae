import { MultiSelect, NativeSelect, NumberInput, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { callQueue } from './firstQueues';
import { queueChoicesQuery, usePutTemplate, type TaskOutcome, type TaskTemplate } from './queries';
import { priorities, taskOutcomes } from './states';

const fresh: TaskTemplate = { name: '', title: '', instructions: null, queue: callQueue, dueInDays: 1, priority: 2, outcomes: null, active: true };

export function TemplateModal({ template, onClose }: { template: TaskTemplate | null; onClose: () => void }) {
  const { data: queues } = useQuery(queueChoicesQuery);
  const put = usePutTemplate();
  const [fields, setFields] = useState<TaskTemplate>(template ?? fresh);
  const set = (more: Partial<TaskTemplate>) => setFields((before) => ({ ...before, ...more }));
  const names = [...new Set([...(queues?.items ?? []).map(({ name }) => name), fields.queue])];
  const confirm = () => put.run({ ...fields, instructions: fields.instructions?.trim() || null }, () => {
    notifyDone('Template saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={template ? `Template ${template.name}` : 'Add a template'} confirmLabel="Save" disabled={fields.name === '' || fields.title.trim() === ''} pending={put.pending} error={put.error} onConfirm={confirm} onClose={onClose}>
      {!template && <TextInput label="Name" description="As policies call it: small letters, digits and hyphens" required data-autofocus value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />}
      <TextInput label="Title" required value={fields.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea label="Instructions" autosize minRows={3} maxRows={10} value={fields.instructions ?? ''} onChange={(event) => set({ instructions: event.currentTarget.value })} />
      <Text size="xs" c="dimmed">Title and instructions may hold {'{customer}'}, {'{externalId}'}, {'{owner}'}, {'{invoice}'}, {'{open}'}, {'{dueOn}'} and {'{daysOverdue}'}.</Text>
      <NativeSelect label="Queue" value={fields.queue} data={names} onChange={(event) => set({ queue: event.currentTarget.value })} />
      <NumberInput label="Due in days" min={0} max={365} value={fields.dueInDays} onChange={(value) => set({ dueInDays: Number(value) })} />
      <NativeSelect label="Priority" value={String(fields.priority)} data={Object.entries(priorities).map(([value, label]) => ({ value, label }))} onChange={(event) => set({ priority: Number(event.currentTarget.value) })} />
      <MultiSelect
        label="Outcomes" description="None chosen: every one is allowed" data={Object.entries(taskOutcomes).map(([value, label]) => ({ value, label }))} value={fields.outcomes ?? []}
        onChange={(chosen) => set({ outcomes: chosen.length > 0 ? chosen as TaskOutcome[] : null })}
      />
      <Switch label="In use" checked={fields.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
    </ConfirmModal>
  );
}
