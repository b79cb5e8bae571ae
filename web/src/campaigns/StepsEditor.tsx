import { ActionIcon, Button, Checkbox, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { AudienceOrNobodyInput, QueueInput } from '../tasks/QueueInput';
import { TaskFields } from '../tasks/TaskFields';
import { RecipientsInput } from '../templates/RecipientsInput';
import { campaignKinds, TemplateSelect } from '../templates/TemplateSelect';
import { beginning, firstUrgentTask, type UrgentTask } from './beginning';
import { DiscountFields } from './DiscountFields';
import type { CampaignStep } from './queries';

type Action = CampaignStep['action'];
const stepsMax = 10;

export function StepsEditor({ steps, onChange }: { steps: readonly CampaignStep[]; onChange: (steps: CampaignStep[]) => void }) {
  const replace = (index: number, step: CampaignStep): void => onChange(steps.map((each, at) => (at === index ? step : each)));
  const add = (): void => onChange([...steps, { id: freeName(steps), afterDays: 7, action: { kind: 'email', template: 'overdue', to: ['billing'] } }]);
  return (
    <Stack gap="sm" maw={1000}>
      {steps.map((step, index) => (
        <Group key={index} gap="sm" align="end" role="group" aria-label={`Step ${index + 1}`}>
          <TextInput label={`Step ${index + 1}`} w={130} value={step.id} onChange={(event) => replace(index, { ...step, id: event.currentTarget.value })} />
          <NumberInput label="Days after" w={100} min={0} max={365} allowDecimal={false} value={step.afterDays} onChange={(days) => replace(index, { ...step, afterDays: Number(days) || 0 })} />
          <NativeSelect label="What" data={[{ value: 'email', label: 'Email' }, { value: 'task', label: 'Task' }, { value: 'escalate', label: 'Escalate' }]} value={step.action.kind} onChange={(event) => replace(index, { ...step, action: beginning(event.currentTarget.value as Action['kind']) })} />
          <ActionFields action={step.action} onChange={(action) => replace(index, { ...step, action })} />
          <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove step ${index + 1}`} onClick={() => onChange(steps.filter((_each, at) => at !== index))}><IconX size={14} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {steps.length < stepsMax && <Group><Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>Add a step for those who have not answered</Button></Group>}
    </Stack>
  );
}

function ActionFields({ action, onChange }: { action: Action; onChange: (action: Action) => void }) {
  switch (action.kind) {
    case 'email':
      return (
        <>
          <TemplateSelect label="Template" w={240} kinds={campaignKinds} value={action.template} onChange={(template) => template && onChange({ ...action, template })} />
          <RecipientsInput w={220} value={action.to} onChange={(to) => onChange({ ...action, to })} />
          <Checkbox label="Offer a discount" pb={8} checked={Boolean(action.discount)} onChange={(event) => onChange({ ...action, discount: event.currentTarget.checked ? { percent: '2', forDays: 14 } : null })} />
          {action.discount && <DiscountFields discount={action.discount} onChange={(discount) => onChange({ ...action, discount })} />}
        </>
      );
    case 'task':
      return <TaskFields task={action} onChange={(field, value) => onChange({ ...action, [field]: value })} />;
    case 'escalate':
      return (
        <>
          <TemplateSelect label="Email to the escalation contacts" w={240} kinds={campaignKinds} clearable placeholder="no email" value={action.template ?? null} onChange={(template) => onChange({ ...action, template })} />
          <Checkbox label="An urgent task" pb={8} checked={Boolean(action.task)} onChange={(event) => onChange({ ...action, task: event.currentTarget.checked ? firstUrgentTask : null })} />
          {action.task && <UrgentTaskFields task={action.task} onChange={(task) => onChange({ ...action, task })} />}
          <AudienceOrNobodyInput label="Told besides" w={160} value={action.audience ?? null} onChange={(audience) => onChange({ ...action, audience })} />
        </>
      );
  }
}

/** An urgent task says by itself who raises it, and why. */
function UrgentTaskFields({ task, onChange }: { task: UrgentTask; onChange: (task: UrgentTask) => void }) {
  return (
    <>
      <QueueInput label="Queue" w={150} value={task.queue} onChange={(queue) => onChange({ ...task, queue })} />
      <TextInput label="What is to be done" w={280} value={task.title} onChange={(event) => onChange({ ...task, title: event.currentTarget.value })} />
      <NumberInput label="Due in days" w={100} min={0} max={365} allowDecimal={false} value={task.dueInDays ?? 0} onChange={(days) => onChange({ ...task, dueInDays: Number(days) || 0 })} />
    </>
  );
}

function freeName(steps: readonly CampaignStep[]): string {
  let number = steps.length + 1;
  while (steps.some(({ id }) => id === `step-${number}`)) number += 1;
  return `step-${number}`;
}
