import { Group, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { moneyInput, parseMoney } from '../format/money';
import { useBegunWith } from '../http/useBegunWith';
import { useEditCustomer, type Customer } from './queries';

/** Edits what was read: if someone else has changed it since, the answer says so and nothing is overwritten. */
export function EditCustomerModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const edit = useEditCustomer(useBegunWith(customer));
  const form = useForm({
    initialValues: {
      name: customer.name, timeZone: customer.timeZone, country: customer.country ?? '', region: customer.region ?? '', language: customer.language,
      termsDays: customer.termsDays === null ? '' : String(customer.termsDays), tier: customer.tier ?? '', doNotContact: customer.doNotContact,
      graceDays: customer.graceDays === null ? '' : String(customer.graceDays),
      limit: customer.creditLimit ? moneyInput(customer.creditLimit.amountMinor, customer.creditLimit.currency) : '', limitCurrency: customer.creditLimit?.currency ?? '',
    },
  });
  const { limit, limitCurrency, ...values } = form.values;
  const currency = limitCurrency.trim().toUpperCase();
  const limitMinor = limit.trim() === '' || !/^[A-Z]{3}$/.test(currency) ? null : parseMoney(limit, currency);
  const limitError = limit.trim() !== '' && limitMinor === null ? 'Write an amount and its currency, such as 5000 and EUR' : null;
  const confirm = () => edit.run({
    ...values, country: values.country || null, region: values.region || null, tier: values.tier || null, termsDays: values.termsDays === '' ? null : Number(values.termsDays),
    graceDays: values.graceDays === '' ? null : Number(values.graceDays), creditLimit: limitMinor === null ? null : { amountMinor: limitMinor, currency },
  }, () => {
    notifyDone('Saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Edit ${customer.name}`} confirmLabel="Save" disabled={values.name.trim() === '' || limitError !== null} pending={edit.pending} error={edit.error} onConfirm={confirm} onClose={onClose}>
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <Group grow><TextInput label="Time zone" description="IANA name" {...form.getInputProps('timeZone')} /><TextInput label="Language" description="Two letters" {...form.getInputProps('language')} /></Group>
      <Group grow><TextInput label="Country" description="Two letters, for its holidays" {...form.getInputProps('country')} /><TextInput label="Region" description="Optional, e.g. BY" {...form.getInputProps('region')} /></Group>
      <Group grow><TextInput label="Terms, days" inputMode="numeric" {...form.getInputProps('termsDays')} /><TextInput label="Tier" {...form.getInputProps('tier')} /></Group>
      <Group grow align="start"><TextInput label="Grace, days" description="Empty: as the policy says" inputMode="numeric" {...form.getInputProps('graceDays')} /><TextInput label="Credit limit" description="Empty: none" inputMode="decimal" {...form.getInputProps('limit')} error={limitError} /><TextInput label="Its currency" description="Three letters" {...form.getInputProps('limitCurrency')} /></Group>
      <Switch label="Do not contact" description="No email is sent; the other steps go on" {...form.getInputProps('doNotContact', { type: 'checkbox' })} />
    </ConfirmModal>
  );
}
