import { ActionIcon, Checkbox, Group, NativeSelect, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { DiscountFields } from '../campaigns/DiscountFields';
import { ColleaguesInput } from '../policy/ColleaguesInput';
import { ApprovalFields } from '../policy/drafts/ApprovalFields';
import { ReleaseNoticeField } from '../policy/drafts/ReleaseNoticeField';
import { PolicySelect } from '../policy/PolicySelect';
import { AudienceInput, QueueInput } from '../tasks/QueueInput';
import { TaskFields } from '../tasks/TaskFields';
import { RecipientsInput } from '../templates/RecipientsInput';
import { invoiceKinds, TemplateSelect } from '../templates/TemplateSelect';
import { beginnings } from './beginnings';
import { ChargeFields } from './ChargeFields';
import type { AutomationAction } from './queries';

type Kind = AutomationAction['kind'];

const words: Readonly<Record<Kind, string>> = { email: 'Send an email', task: 'Give somebody a task', notify: 'Notify a group', leadership: 'Email your leadership', hold: 'Place a hold', pause: 'Pause the collection', escalate: 'Escalate', charge: 'Charge a late fee or interest', 'assign-policy': 'Start another policy', discount: 'Offer a discount', handoff: 'Hand off to an agency', webhook: 'Tell other systems (webhook)' };
const actionsMax = 10;

export function ActionsEditor({ actions, onChange }: { actions: readonly AutomationAction[]; onChange: (actions: AutomationAction[]) => void }) {
  const replace = (index: number, action: AutomationAction): void => onChange(actions.map((each, at) => (at === index ? action : each)));
  return (
    <Stack gap="sm" maw={900}>
      {actions.map((action, index) => (
        <Group key={index} gap="sm" align="end" role="group" aria-label={`Action ${index + 1}: ${words[action.kind]}`}>
          <ActionFields action={action} onChange={(next) => replace(index, next)} />
          <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove action ${index + 1}`} onClick={() => onChange(actions.filter((_each, at) => at !== index))}><IconX size={14} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {actions.length < actionsMax && <Select
        aria-label="Add an action" placeholder="Add an action" w={260} value={null} data={(Object.keys(words) as Kind[]).map((value) => ({ value, label: words[value] }))}
        onChange={(kind) => kind && onChange([...actions, beginnings[kind as Kind]])}
      />}
    </Stack>
  );
}

function ActionFields({ action, onChange }: { action: AutomationAction; onChange: (action: AutomationAction) => void }) {
  switch (action.kind) {
    case 'email':
      return (
        <>
          <TemplateSelect label="Email: template" w={260} kinds={invoiceKinds} value={action.template} onChange={(template) => template && onChange({ ...action, template })} />
          <RecipientsInput w={220} value={action.to} onChange={(to) => onChange({ ...action, to })} />
          <Checkbox label="Attach the invoice" pb={8} checked={action.attachInvoice ?? false} onChange={(event) => onChange({ ...action, attachInvoice: event.currentTarget.checked })} />
        </>
      );
    case 'task':
      return (
        <TaskFields queueLabel="Task: queue" task={action} onChange={(field, value) => onChange({ ...action, [field]: value })} />
      );
    case 'notify':
      return (
        <>
          <AudienceInput label="Notify: whom" w={160} value={action.audience} onChange={(audience) => onChange({ ...action, audience })} />
          <TextInput label="What it says" w={320} value={action.title} onChange={(event) => onChange({ ...action, title: event.currentTarget.value })} />
        </>
      );
    case 'leadership':
      return (
        <>
          <ColleaguesInput label="Leadership: to" w={240} value={action.to ?? ['owner-manager']} onChange={(to) => onChange({ ...action, to: to as NonNullable<typeof action.to> })} />
          <TextInput label="What it is about" w={320} value={action.title} onChange={(event) => onChange({ ...action, title: event.currentTarget.value })} />
          <TextInput label="What is to be known" w={320} value={action.text ?? ''} onChange={(event) => onChange({ ...action, text: event.currentTarget.value || null })} />
        </>
      );
    case 'hold':
      return (
        <>
          <NativeSelect label="Hold" data={[{ value: 'credit', label: 'Credit hold' }, { value: 'pause-work', label: 'Work paused' }, { value: 'lock-out', label: 'Locked out' }]} value={action.hold} onChange={(event) => onChange({ ...action, hold: event.currentTarget.value as 'credit' })} />
          <ReleaseNoticeField value={action.releaseNotice} onChange={(releaseNotice) => onChange({ ...action, releaseNotice })} />
          <ApprovalFields value={action.approval} onChange={(approval) => onChange({ ...action, approval })} />
        </>
      );
    case 'pause':
      return <NumberInput label="Pause the invoice's collection for days (empty: until resumed)" w={340} min={1} max={365} allowDecimal={false} value={action.days ?? ''} onChange={(days) => onChange({ ...action, days: Number(days) || null })} />;
    case 'escalate':
      return (
        <>
          <QueueInput label="Escalate: queue" w={160} value={action.queue} onChange={(queue) => onChange({ ...action, queue })} />
          <TextInput label="What is to be decided" w={320} value={action.title} onChange={(event) => onChange({ ...action, title: event.currentTarget.value })} />
          <AudienceInput label="Told besides" w={160} value={action.audience ?? 'credit-manager'} onChange={(audience) => onChange({ ...action, audience })} />
        </>
      );
    case 'charge':
      return <ChargeFields charge={action.charge} onChange={(charge) => onChange({ ...action, charge })} />;
    case 'assign-policy':
      return (
        <>
          <PolicySelect label="Policy" w={260} value={action.policy} onChange={(policy) => policy && onChange({ ...action, policy })} />
          <NativeSelect label="For" data={[{ value: 'invoice', label: 'the invoice alone' }, { value: 'customer', label: 'all that the customer owes' }]} value={action.of ?? 'invoice'} onChange={(event) => onChange({ ...action, of: event.currentTarget.value as 'invoice' })} />
        </>
      );
    case 'discount':
      return <DiscountFields discount={action.discount} onChange={(discount) => onChange({ ...action, discount })} />;
    case 'handoff':
      return (
        <>
          <TextInput label="Hand off to" placeholder="no agency named" w={260} value={action.agency ?? ''} onChange={(event) => onChange({ ...action, agency: event.currentTarget.value.trim() === '' ? null : event.currentTarget.value })} />
          <ApprovalFields value={action.approval} onChange={(approval) => onChange({ ...action, approval })} />
        </>
      );
    case 'webhook':
      return <TextInput label="Webhook" readOnly value="automation.fired" />;
  }
}
