import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { useCreateApiKey, type Scope } from './queries';
import { SecretOnce } from './SecretOnce';

const scopes: readonly { scope: Scope; label: string; description: string }[] = [
  { scope: 'read', label: 'Read', description: 'Everything but the audit trail and the administration' },
  { scope: 'ledger:write', label: 'Write the ledger', description: 'Customers, invoices, payments, credit notes, imports' },
  { scope: 'collections:write', label: 'Control collection', description: 'Pause, resume, skip, send, tasks, notes, holds' },
  { scope: 'admin', label: 'Administration', description: 'Includes all others' },
];

export function AddApiKeyModal({ onClose }: { onClose: () => void }) {
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['read']);
  const [expiresOn, setExpiresOn] = useState('');
  const made = create.output;
  if (made) {
    return (
      <Modal opened onClose={onClose} title={made.apiKey.name} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack gap="sm">
          <SecretOnce label="API key" secret={made.key} />
          <Group justify="flex-end"><Button onClick={onClose}>Done</Button></Group>
        </Stack>
      </Modal>
    );
  }
  const confirm = () => create.run({ name: name.trim(), scopes: scopes.map(({ scope }) => scope).filter((scope) => chosen.includes(scope)), expiresAt: expiresOn ? new Date(`${expiresOn}T00:00:00`).toISOString() : undefined });
  return (
    <ConfirmModal opened title="Make an API key" confirmLabel="Make the key" pending={create.pending} error={create.error} disabled={name.trim() === '' || chosen.length === 0} onConfirm={confirm} onClose={onClose}>
      <TextInput label="Name" description="The system that will use it" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Checkbox.Group label="Scopes" value={chosen} onChange={setChosen}>
        <Stack gap={6} mt={4}>{scopes.map(({ scope, label, description }) => <Checkbox key={scope} value={scope} label={label} description={description} />)}</Stack>
      </Checkbox.Group>
      <TextInput type="date" label="Expires" description="Left empty: when it is revoked" value={expiresOn} onChange={(event) => setExpiresOn(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
