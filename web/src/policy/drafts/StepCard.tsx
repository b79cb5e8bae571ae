import { ActionIcon, Group, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconGripVertical, IconPlus, IconTrash } from '@tabler/icons-react';
import { useId, type KeyboardEvent } from 'react';
import { nameOf, type Path, type StepDraft } from './document';
import classes from './DraftPage.module.css';
import type { PolicyDraft } from './queries';
import { StepFields } from './StepFields';
import { StepSummary } from './StepSummary';

interface Props {
  step: StepDraft;
  index: number;
  count: number;
  errors: PolicyDraft['errors'];
  isOver: boolean;
  opened: boolean;
  toggle: () => void;
  change: (path: Path, value: unknown) => void;
  move: (to: number) => void;
  remove: () => void;
  add: () => void;
  onDragStart: () => void;
  onDragEnd: () => void;
}

/** A step of the ladder: one line that says when, what and under which condition, or its fields. What is wrong with it is told either way. */
export function StepCard({ step, index, count, errors, isOver, opened, toggle, change, move, remove, add, onDragStart, onDragEnd }: Props) {
  const name = nameOf(step.title) || nameOf(step.id) || `Step ${index + 1}`;
  const fields = useId();
  const Fold = opened ? IconChevronDown : IconChevronRight;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(index + (event.key === 'ArrowUp' ? -1 : 1));
  };
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
          <UnstyledButton className={classes.fold} aria-expanded={opened} aria-controls={opened ? fields : undefined} onClick={toggle}>
            <Fold size={14} aria-hidden />
            <Text span fw={600} truncate>{index + 1}. {name}</Text>
          </UnstyledButton>
        </Group>
        <Group gap={2} wrap="nowrap">
          <ActionIcon aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index - 1)}><IconArrowUp size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Move ${name} down`} disabled={index === count - 1} onClick={() => move(index + 1)}><IconArrowDown size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Add a step after ${name}`} onClick={add}><IconPlus size={16} aria-hidden /></ActionIcon>
          <ActionIcon aria-label={`Remove ${name}`} disabled={count === 1} onClick={remove}><IconTrash size={16} aria-hidden /></ActionIcon>
        </Group>
      </Group>
      {errors.map(({ path, message }, position) => <Text key={position} size="xs" c="red" role="alert"><b>{path}</b> {message}</Text>)}
      {opened ? <div id={fields}><StepFields step={step} name={name} change={change} /></div> : <StepSummary step={step} />}
    </li>
  );
}
