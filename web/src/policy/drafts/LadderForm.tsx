import { Alert, Button, NativeSelect, NumberInput, TextInput, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { Section } from '../../app/Section';
import { careQueue } from '../../tasks/firstQueues';
import { QueueOrNoneInput } from '../../tasks/QueueInput';
import { addStep, moveStep, nameOf, numberOf, readContent, removeStep, write, type Path } from './document';
import classes from './DraftPage.module.css';
import { whenAdded, whenMoved, whenRemoved, type Opened } from './folding';
import type { PolicyDraft } from './queries';
import { RulesFields } from './RulesFields';
import { StepCard } from './StepCard';

interface Props {
  text: string;
  edit: (text: string) => void;
  errors: PolicyDraft['errors'];
}

/** The ladder as a form. Steps are put elsewhere by dragging, or with the arrow keys on their handle. */
export function LadderForm({ text, edit, errors }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const [rulesOpened, rules] = useDisclosure(false);
  const [opened, setOpened] = useState<Opened>(new Set());
  const read = readContent(text);
  const steps = read.ok ? read.content.steps : [];
  const move = (from: number, to: number) => {
    if (to < 0 || to >= steps.length || to === from) return;
    edit(moveStep(text, from, to));
    setOpened(whenMoved(opened, steps.length, from, to));
    setSaid(`${nameOf(steps[from]?.title ?? steps[from]?.id)} is step ${to + 1} of ${steps.length} now.`);
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-handle]')[to]?.focus());
  };
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  useDropTarget(list, setOver, (to) => {
    if (dragged !== null) move(dragged, to);
    end();
  });
  if (!read.ok) return <Alert color="red" variant="light" title="The YAML cannot be read" role="alert">{read.problem} Put it right beside; the form comes back then.</Alert>;
  const { content } = read;
  const change = (path: Path, value: unknown) => edit(write(text, path, value));
  const add = (after: number) => {
    edit(addStep(text, after));
    setOpened(whenAdded(opened, steps.length, after));
  };
  const remove = (index: number) => {
    edit(removeStep(text, index));
    setOpened(whenRemoved(opened, steps.length, index));
  };
  const toggle = (index: number) => setOpened(new Set(opened.has(index) ? [...opened].filter((each) => each !== index) : [...opened, index]));
  const all = steps.every((_step, index) => opened.has(index));
  return (
    <Section
      title="Ladder"
      actions={<>
        <Button variant="subtle" onClick={() => setOpened(new Set(all ? [] : steps.keys()))}>{all ? 'Fold all steps' : 'Open all steps'}</Button>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => add(steps.length - 1)}>Add a step</Button>
      </>}
    >
      <div className={classes.fields} style={{ marginBottom: 10 }}>
        <TextInput label="Title of the policy" value={nameOf(content.title)} onChange={(event) => change(['title'], event.currentTarget.value || undefined)} />
        <NumberInput label="Days of grace" min={0} max={365} value={numberOf(content.graceDays)} onChange={(value) => change(['graceDays'], value === '' ? undefined : Number(value))} />
        <NumberInput label="Days from level to level" min={0} max={365} value={numberOf(content.minimumNoticeDays)} onChange={(value) => change(['minimumNoticeDays'], value === '' ? undefined : Number(value))} />
      </div>
      <div className={classes.fields} style={{ marginBottom: 10 }}>
        <NativeSelect
          label="Escalation contacts are written to too" value={nameOf(content.escalation.from)}
          data={[{ value: '', label: 'where a step names them' }, ...content.steps.map(({ id, title }) => ({ value: nameOf(id), label: `from “${nameOf(title) || nameOf(id)}” on` }))]}
          onChange={(event) => (event.currentTarget.value === '' ? change(['escalation'], undefined) : change(['escalation', 'from'], event.currentTarget.value))}
        />
        {content.escalation.from !== undefined && <QueueOrNoneInput
          label="Where there is none, a task for" placeholder={careQueue} value={nameOf(content.escalation.queue)}
          onChange={(queue) => change(queue === null ? ['escalation', 'whenNone'] : ['escalation', 'whenNone', 'queue'], queue ?? undefined)}
        />}
      </div>
      <Button variant="subtle" mb={6} aria-expanded={rulesOpened} leftSection={rulesOpened ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />} onClick={rules.toggle}>When steps run, and how often one customer is written to</Button>
      {rulesOpened && <RulesFields content={content} change={change} />}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <ol className={classes.steps} ref={list}>
        {content.steps.map((step, index) => (
          <StepCard
            key={index} step={step} index={index} count={content.steps.length} isOver={over === index && dragged !== index} opened={opened.has(index)} toggle={() => toggle(index)}
            errors={errors.filter(({ path }) => path === `steps[${index}]` || path.startsWith(`steps[${index}].`))}
            change={(path, value) => change(['steps', index, ...path], value)} move={(to) => move(index, to)} remove={() => remove(index)} add={() => add(index)}
            onDragStart={() => setDragged(index)} onDragEnd={end}
          />
        ))}
      </ol>
    </Section>
  );
}

/** Takes what is dropped onto a step of the list, and tells over which it is. The listeners are on the list itself, of which assistive technology makes nothing. */
function useDropTarget(list: RefObject<HTMLOListElement | null>, onOver: (index: number) => void, onDrop: (index: number) => void): void {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const indexOf = (event: DragEvent): number | null => {
      const step = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-step]') : null;
      return step ? Number(step.dataset.step) : null;
    };
    const over = (event: DragEvent) => {
      const index = indexOf(event);
      if (index === null) return;
      event.preventDefault();
      onOver(index);
    };
    const drop = (event: DragEvent) => {
      const index = indexOf(event);
      if (index === null) return;
      event.preventDefault();
      onDrop(index);
    };
    element.addEventListener('dragover', over);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('drop', drop);
    };
  });
}
