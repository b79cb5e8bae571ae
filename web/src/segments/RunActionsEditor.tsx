import { ActionIcon, Group, NativeSelect, Select, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { AudienceInput } from '../tasks/QueueInput';
import { TaskFields } from '../tasks/TaskFields';
import { templateChoicesQuery } from '../templates/queries';
import { RecipientsInput } from '../templates/RecipientsInput';
import type { SegmentRunAction } from './queries';
import { actionNames, firstAction, isMail, statementRules } from './runActions';

type Kind = SegmentRunAction['kind'];
const kinds = Object.keys(actionNames) as Kind[];

interface Props {
  actions: readonly SegmentRunAction[];
  onChange: (actions: SegmentRunAction[]) => void;
}

export function RunActionsEditor({ actions, onChange }: Props) {
  const replace = (index: number, action: SegmentRunAction) => onChange(actions.map((each, at) => (at === index ? action : each)));
  const addable = kinds.filter((kind) => !isMail({ kind }) || !actions.some(isMail));
  return (
    <Stack gap="sm">
      {actions.map((action, index) => (
        <Group key={index} gap="sm" align="end" role="group" aria-label={`Action ${index + 1}: ${actionNames[action.kind]}`}>
          <ActionFields action={action} onChange={(next) => replace(index, next)} />
          <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove action ${index + 1}`} onClick={() => onChange(actions.filter((_each, at) => at !== index))}><IconX size={14} aria-hidden /></ActionIcon>
        </Group>
      ))}
      <Select
        aria-label="Add an action" placeholder="Add an action" w={240} value={null} data={addable.map((value) => ({ value, label: actionNames[value] }))}
        onChange={(kind) => kind && onChange([...actions, firstAction[kind as Kind]])}
      />
    </Stack>
  );
}

function ActionFields({ action, onChange }: { action: SegmentRunAction; onChange: (action: SegmentRunAction) => void }) {
  const templates = useQuery(templateChoicesQuery);
  switch (action.kind) {
    case 'email': {
      const names = (templates.data?.items ?? []).filter(({ kind }) => kind === 'segment' || kind === 'customer').map(({ name }) => name);
      return (
        <>
          <Select label="Email: template" w={220} searchable allowDeselect={false} data={names.includes(action.template) ? names : [action.template, ...names]} value={action.template} onChange={(template) => template && onChange({ ...action, template })} />
          <RecipientsInput w={220} value={action.to} onChange={(to) => onChange({ ...action, to })} />
        </>
      );
    }
    case 'statement': {
      const names = (templates.data?.items ?? []).filter(({ kind }) => kind === 'statement').map(({ name }) => name);
      const template = action.template ?? 'statement';
      return (
        <>
          <Select label="Statement: template" w={220} searchable allowDeselect={false} data={names.includes(template) ? names : [template, ...names]} value={template} onChange={(chosen) => chosen && onChange({ ...action, template: chosen })} />
          <RecipientsInput w={220} value={action.to} onChange={(to) => onChange({ ...action, to })} />
          <NativeSelect label="Sent" w={260} data={Object.entries(statementRules).map(([value, label]) => ({ value, label }))} value={action.sendWhen ?? 'open-or-moved'} onChange={(event) => onChange({ ...action, sendWhen: event.currentTarget.value as 'open' })} />
        </>
      );
    }
    case 'task':
      return (
        <TaskFields queueLabel="Task: queue" task={action} onChange={(field, value) => onChange({ ...action, [field]: value })} />
      );
    case 'notify':
      return (
        <>
          <AudienceInput label="Notify: whom" w={160} required value={action.audience} onChange={(audience) => onChange({ ...action, audience })} />
          <TextInput label="What it says" w={300} required value={action.title} onChange={(event) => onChange({ ...action, title: event.currentTarget.value })} />
        </>
      );
  }
}
