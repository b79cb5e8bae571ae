import { ActionIcon, Box, Group, Menu, NativeSelect, NumberInput, Switch, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { ConditionField } from '../../conditions/ConditionField';
import type { ConditionDocument } from '../../conditions/document';
import { ActionFields, actionNames, newAction } from './ActionFields';
import { CatchUpFields } from './CatchUpFields';
import { actionKinds, nameOf, numberOf, type Path, type StepDraft } from './document';
import classes from './DraftPage.module.css';
import type { PolicyDraft } from './queries';

interface Props {
  step: StepDraft;
  index: number;
  count: number;
  errors: PolicyDraft['errors'];
  isOver: boolean;
  change: (path: Path, value: unknown) => void;
  move: (to: number) => void;
  remove: () => void;
  add: () => void;
  onDragStart: () => void;
  onDragEnd: () => void;
}

export function StepCard({ step, index, count, errors, isOver, change, move, remove, add, onDragStart, onDragEnd }: Props) {
  const name = nameOf(step.title) || nameOf(step.id) || `Step ${index + 1}`;
  const unit = step.offset && 'businessDays' in step.offset ? 'businessDays' : 'days';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  const used = new Set((step.actions ?? []).flatMap((action) => Object.keys(action)));
  return (
    <li className={classes.step} data-over={isOver || undefined} data-wrong={errors.length > 0 || undefined} aria-label={name} data-step={index}>
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
          <button
            type="button" className={classes.handle} data-handle draggable aria-label={`Move ${name}: arrow keys, or drag`} onKeyDown={onKeyDown} onDragEnd={onDragEnd}
            onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', name); onDragStart(); }}
          >
            <IconGripVertical size={16} aria-hidden />
          </button>
          <Text fw={600} truncate>{index + 1}. {name}</Text>
        </Group>
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index - 1)}><IconArrowUp size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Move ${name} down`} disabled={index === count - 1} onClick={() => move(index + 1)}><IconArrowDown size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Add a step after ${name}`} onClick={add}><IconPlus size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Remove ${name}`} disabled={count === 1} onClick={remove}><IconTrash size={16} aria-hidden /></ActionIcon>
        </Group>
      </Group>
      {errors.map(({ path, message }, position) => <Text key={position} size="xs" c="red" role="alert"><b>{path}</b> {message}</Text>)}
      <div className={classes.fields}>
        <TextInput label="Title" value={nameOf(step.title)} onChange={(event) => change(['title'], event.currentTarget.value || undefined)} />
        <TextInput label="Id" value={nameOf(step.id)} onChange={(event) => change(['id'], event.currentTarget.value)} />
      </div>
      <div className={classes.fields}>
        <NumberInput label="Offset" value={numberOf(step.offset?.[unit])} onChange={(value) => change(['offset'], { [unit]: value === '' ? 0 : Number(value) })} />
        <NativeSelect label="Unit" value={unit} data={[{ value: 'days', label: 'days' }, { value: 'businessDays', label: 'business days' }]} onChange={(event) => change(['offset'], { [event.currentTarget.value]: Number(step.offset?.[unit] ?? 0) })} />
        <NativeSelect label="Counted from" value={nameOf(step.anchor)} data={[{ value: 'issued', label: 'issue date' }, { value: 'due', label: 'due date' }, { value: 'previous', label: 'step before' }]} onChange={(event) => change(['anchor'], event.currentTarget.value)} />
        <TextInput label="Time of day" placeholder="window opens" value={nameOf(step.at)} onChange={(event) => change(['at'], event.currentTarget.value || undefined)} />
      </div>
      <div className={classes.fields}>
        <CatchUpFields value={step.catchUp} otherwise="as the policy says" onChange={(value) => change(['catchUp'], value)} />
        <NumberInput label="Days after the level before" placeholder="as the policy says" min={0} max={365} value={numberOf(step.minimumNoticeDays)} onChange={(value) => change(['minimumNoticeDays'], value === '' ? undefined : Number(value))} />
      </div>
      <Box mt="xs"><ConditionField label="Only if" subject="invoice" value={conditionOf(step.when)} onChange={(value) => change(['when'], value ?? undefined)} /></Box>
      <Switch mt="xs" label="Not counted as a contact, and not held back by others" checked={step.exemptFromSpacing === true} onChange={(event) => change(['exemptFromSpacing'], event.currentTarget.checked || undefined)} />
      {(step.actions ?? []).map((action, position) => (
        <ActionFields key={position} action={action} removable={(step.actions ?? []).length > 1} change={(path, value) => change(['actions', position, ...path], value)} remove={() => change(['actions', position], undefined)} />
      ))}
      <Menu>
        <Menu.Target><ActionIcon mt="xs" variant="default" aria-label={`Add an action to ${name}`}><IconPlus size={14} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {actionKinds.filter((kind) => !used.has(kind)).map((kind) => <Menu.Item key={kind} onClick={() => change(['actions', (step.actions ?? []).length], newAction(kind))}>{actionNames[kind]}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** What is written under `when`, as far as it is one condition; anything else is told by the errors of the step, and mended in the text. */
function conditionOf(written: unknown): ConditionDocument | null {
  return typeof written === 'object' && written !== null && !Array.isArray(written) ? (written as ConditionDocument) : null;
}
