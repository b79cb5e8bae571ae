import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useSaveContact, type Contact } from './queries';

const roles = [{ value: 'billing', label: 'Billing' }, { value: 'escalation', label: 'Escalation' }, { value: 'leadership', label: 'Leadership' }];

export function ContactModal({ customerId, contact, onClose }: { customerId: number; contact: Contact | null; onClose: () => void }) {
  const save = useSaveContact(customerId);
  const form = useForm({ initialValues: { role: contact?.role ?? 'billing' as Contact['role'], name: contact?.name ?? '', email: contact?.email ?? '', phone: contact?.phone ?? '' } });
  const { values } = form;
  const confirm = () => save.run({ contact, form: { role: values.role, email: values.email.trim(), name: values.name.trim() || null, phone: values.phone.trim() || null } }, () => {
    notifyDone('Contact saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={contact ? `Edit ${contact.name ?? contact.email}` : 'Add a contact'} confirmLabel="Save" disabled={values.email.trim() === ''} pending={save.pending} error={save.error} onConfirm={confirm} onClose={onClose}>
      <NativeSelect label="Role" data={roles} {...form.getInputProps('role')} />
      <TextInput label="Name" {...form.getInputProps('name')} data-autofocus />
      <TextInput label="Email" type="email" required {...form.getInputProps('email')} />
      <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
    </ConfirmModal>
  );
}
