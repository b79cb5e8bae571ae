import { ActionIcon, Button, Checkbox, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Amounts } from '../conditions/Amounts';
import type { CampaignStep } from './queries';

type Action = CampaignStep['action'];
const stepsMax = 10;

export function StepsEditor({ steps, onChange }: { steps: readonly CampaignStep[]; onChange: (steps: CampaignStep[]) => void }) {
  const replace = (index: number, step: CampaignStep): void => onChange(steps.map((each, at) => (at === index ? step : each)));
  const add = (): void => onChange([...steps, { id: freeName(steps), afterDays: 7, action: { kind: 'email', template: 'overdue-30', to: ['billing'] } }]);
  return (
    <Stack gap="sm" maw={1000}>
      {steps.map((step, index) => (
        <Group key={index} gap="sm" align="end" role="group" aria-label={`Step ${index + 1}`}>
          <TextInput label={`Step ${index + 1}`} w={130} value={step.id} onChange={(event) => replace(index, { ...step, id: event.currentTarget.value })} />
          <NumberInput label="Days after" w={100} min={0} max={365} allowDecimal={false} value={step.afterDays} onChange={(days) => replace(index, { ...step, afterDays: Number(days) || 0 })} />
          <NativeSelect label="What" data={[{ value: 'email', label: 'Email' }, { value: 'task', label: 'Task' }]} value={step.action.kind} onChange={(event) => replace(index, { ...step, action: beginning(event.currentTarget.value as Action['kind']) })} />
          <ActionFields action={step.action} onChange={(action) => replace(index, { ...step, action })} />
          <ActionIcon variant="subtle" color="gray" mb={4} aria-label={`Remove step ${index + 1}`} onClick={() => onChange(steps.filter((_each, at) => at !== index))}><IconX size={14} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {steps.length < stepsMax && <Group><Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>Add a step for those who have not answered</Button></Group>}
    </Stack>
  );
}

function ActionFields({ action, onChange }: { action: Action; onChange: (action: Action) => void }) {
  if (action.kind === 'email') {
    return (
      <>
        <TextInput label="Template" w={200} value={action.template} onChange={(event) => onChange({ ...action, template: event.currentTarget.value })} />
        <NativeSelect label="To" data={['billing', 'escalation', 'leadership']} value={action.to?.[0] ?? 'billing'} onChange={(event) => onChange({ ...action, to: [event.currentTarget.value as 'billing'] })} />
        <Checkbox label="Offer a discount" pb={8} checked={Boolean(action.discount)} onChange={(event) => onChange({ ...action, discount: event.currentTarget.checked ? { percent: '2', forDays: 14 } : null })} />
        {action.discount && <DiscountFields discount={action.discount} onChange={(discount) => onChange({ ...action, discount })} />}
      </>
    );
  }
  return (
    <>
      <TextInput label="Queue" w={150} value={action.queue} onChange={(event) => onChange({ ...action, queue: event.currentTarget.value })} />
      <TextInput label="What is to be done" w={280} value={action.title} onChange={(event) => onChange({ ...action, title: event.currentTarget.value })} />
    </>
  );
}

type Discount = NonNullable<Extract<Action, { kind: 'email' }>['discount']>;

/** A part of each invoice, or an amount in each currency, for who pays in time. */
function DiscountFields({ discount, onChange }: { discount: Discount; onChange: (discount: Discount) => void }) {
  const { forDays } = discount;
  return (
    <>
      <NativeSelect label="Of" data={[{ value: 'percent', label: 'percent' }, { value: 'fixed', label: 'an amount' }]} value={discount.fixed ? 'fixed' : 'percent'} onChange={(event) => onChange(event.currentTarget.value === 'fixed' ? { fixed: { USD: '25.00' }, forDays } : { percent: '2', forDays })} />
      {discount.fixed ? <Amounts label="Discount" value={discount.fixed} onChange={(fixed) => onChange({ fixed, forDays })} /> : <TextInput label="Percent" w={80} inputMode="decimal" value={discount.percent ?? ''} onChange={(event) => onChange({ percent: event.currentTarget.value, forDays })} />}
      <NumberInput label="if paid within days" w={140} min={1} max={365} allowDecimal={false} value={forDays} onChange={(days) => onChange({ ...discount, forDays: Number(days) || 1 })} />
    </>
  );
}

function beginning(kind: Action['kind']): Action {
  return kind === 'email' ? { kind, template: 'overdue-7', to: ['billing'], discount: null } : { kind, queue: 'collections', title: 'Call the customer', dueInDays: 1 };
}

function freeName(steps: readonly CampaignStep[]): string {
  let number = steps.length + 1;
  while (steps.some(({ id }) => id === `step-${number}`)) number += 1;
  return `step-${number}`;
}
