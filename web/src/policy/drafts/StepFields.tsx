import { ActionIcon, Box, Menu, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { ConditionField } from '../../conditions/ConditionField';
import { ActionFields } from './ActionFields';
import { newAction } from './newAction';
import { CatchUpFields } from './CatchUpFields';
import { actionKinds, actionNames, conditionOf, nameOf, numberOf, type Path, type StepDraft } from './document';
import classes from './DraftPage.module.css';

/** All that can be said of a step. */
export function StepFields({ step, name, change }: { step: StepDraft; name: string; change: (path: Path, value: unknown) => void }) {
  const unit = step.offset && 'businessDays' in step.offset ? 'businessDays' : 'days';
  const used = new Set((step.actions ?? []).flatMap((action) => Object.keys(action)));
  return (
    <>
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
      <Box mt="xs"><ConditionField label="Only if" subject="invoice" simulated value={conditionOf(step.when)} onChange={(value) => change(['when'], value ?? undefined)} /></Box>
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
    </>
  );
}
