import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueueInput } from './QueueInput';
import { taskTemplateChoicesQuery } from './queries';

/** A task as policies, automations, campaigns and runs of segments ask for one. */
export interface WantedTask {
  queue: string;
  title: string;
  instructions?: string | null;
  dueInDays?: number;
  template?: string | null;
}

interface Props {
  /** Where nothing else says that it is about a task. */
  queueLabel?: string;
  task: WantedTask;
  /** One field at a time; null: not said. */
  onChange: <Field extends keyof WantedTask>(field: Field, value: WantedTask[Field]) => void;
}

/** As wide as that where there is room, in a row or in a grid. */
const upTo = (pixels: number) => ({ flex: `1 1 ${pixels}px`, maxWidth: pixels });

/** The fields of a task; how they are laid out is the form's. */
export function TaskFields({ queueLabel = 'Queue', task, onChange }: Props) {
  return (
    <>
      <QueueInput label={queueLabel} style={upTo(170)} value={task.queue} onChange={(queue) => onChange('queue', queue)} />
      <TextInput label="What is to be done" style={upTo(320)} value={task.title} onChange={(event) => onChange('title', event.currentTarget.value)} />
      <NumberInput label="Due in days" style={upTo(110)} min={0} max={365} allowDecimal={false} value={task.dueInDays ?? 1} onChange={(days) => onChange('dueInDays', Number(days) || 0)} />
      <TaskTemplateSelect value={task.template ?? null} onChange={(template) => onChange('template', template)} />
      <Textarea label="How" style={{ ...upTo(480), gridColumn: '1 / -1', width: '100%' }} autosize minRows={1} maxRows={6} placeholder={task.template ? 'as the template says' : undefined} value={task.instructions ?? ''} onChange={(event) => onChange('instructions', event.currentTarget.value || null)} />
    </>
  );
}

/** One that is set and not in use any more stays to be seen. */
function TaskTemplateSelect({ value, onChange }: { value: string | null; onChange: (name: string | null) => void }) {
  const { data } = useQuery(taskTemplateChoicesQuery);
  const known = (data?.items ?? []).map(({ name, title }) => ({ value: name, label: `${title} (${name})` }));
  const unknown = value !== null && !known.some((each) => each.value === value);
  return (
    <Select
      label="Task template" style={upTo(200)} searchable clearable clearButtonProps={{ 'aria-label': 'No task template' }} placeholder="none" nothingFoundMessage="No such task template is in use" comboboxProps={{ width: 320, position: 'bottom-start', shadow: 'md' }}
      data={unknown ? [{ value, label: value }, ...known] : known} value={value} onChange={onChange} error={unknown && data !== undefined && 'It is not in use'}
    />
  );
}
