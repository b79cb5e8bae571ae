import { ActionIcon, Group, NativeSelect, NumberInput, Switch, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { decidingAudience } from '../../tasks/firstQueues';
import { AudienceInput, QueueInput } from '../../tasks/QueueInput';
import { TaskFields } from '../../tasks/TaskFields';
import { RecipientsInput } from '../../templates/RecipientsInput';
import { ColleaguesInput } from '../ColleaguesInput';
import { PolicySelect } from '../PolicySelect';
import { ApprovalFields } from './ApprovalFields';
import { ChargeFields, FixedAmounts } from './ChargeFields';
import { actionKinds, actionNames, nameOf, numberOf, type ActionKind, type Path, type StepDraft } from './document';
import { ReleaseNoticeField } from './ReleaseNoticeField';
import classes from './DraftPage.module.css';

interface Props {
  action: NonNullable<StepDraft['actions']>[number];
  removable: boolean;
  change: (path: Path, value: unknown) => void;
  remove: () => void;
}

/** The fields of an action that the form knows. An action of another kind is shown by its name, and edited in the YAML. */
export function ActionFields({ action, removable, change, remove }: Props) {
  const kind = actionKinds.find((each) => each in action);
  const name = kind ? actionNames[kind] : Object.keys(action).join(', ') || 'An action';
  return (
    <div className={classes.action} role="group" aria-label={name}>
      <Group justify="space-between" gap={4}>
        <Text size="xs" fw={600}>{name}</Text>
        {removable && <ActionIcon size="sm" aria-label={`Remove the action ${name}`} onClick={remove}><IconX size={14} aria-hidden /></ActionIcon>}
      </Group>
      {kind ? <Fields kind={kind} of={action[kind] ?? {}} change={(key, value) => change([kind, key], value)} replace={(value) => change([kind], value)} /> : <Text size="xs" c="dimmed">Edited in the YAML.</Text>}
    </div>
  );
}

function Fields({ kind, of, change, replace }: { kind: ActionKind; of: Readonly<Record<string, unknown>>; change: (key: string, value: unknown) => void; replace: (value: object) => void }) {
  const text = (key: string, label: string, needed = true) => <TextInput label={label} value={nameOf(of[key])} onChange={(event) => change(key, event.currentTarget.value || (needed ? '' : undefined))} />;
  switch (kind) {
    case 'email': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        {text('template', 'Template')}
        <RecipientsInput value={Array.isArray(of.to) ? of.to.map(String) : undefined} onChange={(to) => change('to', to)} />
        <Switch label="Attach the invoice" checked={of.attachInvoice === true} onChange={(event) => change('attachInvoice', event.currentTarget.checked || undefined)} />
      </div>
    );
    case 'task': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        <TaskFields
          task={{ queue: nameOf(of.queue), title: nameOf(of.title), instructions: nameOf(of.instructions), dueInDays: typeof of.dueInDays === 'number' ? of.dueInDays : undefined, template: nameOf(of.template) || null }}
          onChange={(field, value) => change(field, value ?? undefined)}
        />
      </div>
    );
    case 'notify': return <div className={classes.fields} style={{ marginTop: 0 }}><AudienceInput label="Who is told" value={nameOf(of.audience)} onChange={(audience) => change('audience', audience)} />{text('title', 'What they are told')}</div>;
    case 'escalate': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        <QueueInput label="Escalated to: queue" value={nameOf(of.queue)} onChange={(queue) => change('queue', queue)} />
        {text('title', 'What is to be decided')}
        <AudienceInput label="Told besides" value={nameOf(of.audience) || decidingAudience} onChange={(audience) => change('audience', audience)} />
      </div>
    );
    case 'leadership': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        {text('title', 'What it is about')}{text('text', 'What is to be known', false)}
        {text('template', 'Template', false)}
        <ColleaguesInput value={Array.isArray(of.to) ? of.to.map(String) : ['owner-manager']} onChange={(to) => change('to', to.length > 0 ? to : undefined)} />
      </div>
    );
    case 'hold': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        <NativeSelect label="What is held" value={nameOf(of.kind) || 'credit'} data={[{ value: 'credit', label: 'Credit' }, { value: 'pause-work', label: 'Work' }, { value: 'lock-out', label: 'Access' }]} onChange={(event) => change('kind', event.currentTarget.value)} />
        <ReleaseNoticeField value={of.releaseNotice} onChange={(notice) => change('releaseNotice', notice)} />
        <ApprovalFields value={of.approval} onChange={(approval) => change('approval', approval)} />
      </div>
    );
    case 'handoff': return <div className={classes.fields} style={{ marginTop: 0 }}>{text('agency', 'Agency', false)}<ApprovalFields value={of.approval} onChange={(approval) => change('approval', approval)} /></div>;
    case 'startPolicy': return <PolicySelect label="Policy" description="Its ladder begins once all else of the step is done" value={nameOf(of.policy)} onChange={(policy) => policy && change('policy', policy)} />;
    case 'charge': return <ChargeFields of={of} change={change} replace={replace} />;
    case 'discount': return (
      <div className={classes.fields} style={{ marginTop: 0 }}>
        <NativeSelect
          label="What is taken off" value={of.fixed === undefined ? 'percent' : 'fixed'} data={[{ value: 'percent', label: 'A part of what is open' }, { value: 'fixed', label: 'A fixed amount' }]}
          onChange={(event) => replace({ ...(event.currentTarget.value === 'fixed' ? { fixed: { USD: '10.00' } } : { percent: '2' }), forDays: of.forDays ?? 10 })}
        />
        {of.fixed === undefined ? text('percent', 'Percent of what is open') : <FixedAmounts label="Taken off" value={of.fixed} onChange={(fixed) => change('fixed', fixed)} />}
        <NumberInput label="Days to pay in" min={0} max={365} value={numberOf(of.forDays)} onChange={(value) => change('forDays', value === '' ? undefined : Number(value))} />
      </div>
    );
  }
}
