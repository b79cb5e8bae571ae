import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { roleNames } from '../session/may';
import { useCreateUser, type User } from './queries';
import { SecretOnce } from './SecretOnce';

export const roleChoices = Object.entries(roleNames).map(([value, label]) => ({ value, label }));

export function AddUserModal({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<User['role']>('collector');
  const made = create.output;
  if (made?.password) {
    return (
      <Modal opened onClose={onClose} title={`${made.user.name} may now sign in`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack gap="sm">
          <SecretOnce label="Password" secret={made.password} />
          <Group justify="flex-end"><Button onClick={onClose}>Done</Button></Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <ConfirmModal
      opened title="Add a user" confirmLabel="Add user" pending={create.pending} error={create.error} disabled={email.trim() === '' || name.trim() === ''} onClose={onClose}
      onConfirm={() => create.run({ email: email.trim(), name: name.trim(), role })}
    >
      <TextInput label="Name" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="Email" type="email" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <NativeSelect label="Role" data={roleChoices} value={role} onChange={(event) => setRole(event.currentTarget.value as User['role'])} />
      <Text size="xs" c="dimmed">A password is made and shown once. They can change it after signing in.</Text>
    </ConfirmModal>
  );
}
