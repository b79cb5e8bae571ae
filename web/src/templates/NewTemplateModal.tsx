import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { kindNames } from './kinds';
import { useCreateTemplate, type TemplateKind } from './queries';

const start = { subject: 'About your account with {{ sender.name }}', heading: 'Your account', body: 'Dear {{ customer.name }},\n\n{{ blocks.invoices }}\n\n{{ blocks.payment }}\n\nKind regards\n{{ sender.name }}\n' };

export function NewTemplateModal({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<TemplateKind>('customer');
  const create = useCreateTemplate();
  const navigate = useNavigate();
  const name = title.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 60);
  return (
    <ConfirmModal
      opened title="New template" confirmLabel="Begin" disabled={name === ''} pending={create.pending} error={create.error} onClose={onClose}
      onConfirm={() => create.run({ name, title, kind, defaultLanguage: 'en', texts: { en: start } }, (made) => void navigate(`/templates/${made.id}`))}
    >
      <TextInput label="Title" required data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} description={name ? `Policies call it "${name}"` : 'Policies call it by a name made of this'} />
      <Select label="Kind" allowDeselect={false} value={kind} data={Object.entries(kindNames).map(([value, label]) => ({ value, label }))} onChange={(next) => setKind((next ?? 'customer') as TemplateKind)} />
    </ConfirmModal>
  );
}
