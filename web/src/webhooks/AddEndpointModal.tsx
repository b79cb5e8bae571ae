import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SecretOnce } from '../access/SecretOnce';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { useCreateEndpoint, type WebhookEvent } from './queries';

const events: readonly { event: WebhookEvent; label: string }[] = [
  { event: 'hold.placed', label: 'A hold is placed' },
  { event: 'hold.released', label: 'A hold is released' },
  { event: 'handoff.recorded', label: 'An invoice is handed to an agency' },
  { event: 'automation.fired', label: 'An automation says so' },
];

export function AddEndpointModal({ onClose }: { onClose: () => void }) {
  const create = useCreateEndpoint();
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<string[]>(events.map(({ event }) => event));
  const made = create.output;
  if (made) {
    return (
      <Modal opened onClose={onClose} title="The endpoint is added" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack gap="sm">
          <SecretOnce label="Signing secret" secret={made.secret} />
          <Group justify="flex-end"><Button onClick={onClose}>Done</Button></Group>
        </Stack>
      </Modal>
    );
  }
  const confirm = () => create.run({ url: url.trim(), events: events.map(({ event }) => event).filter((event) => chosen.includes(event)) });
  return (
    <ConfirmModal opened title="Add an endpoint" confirmLabel="Add the endpoint" pending={create.pending} error={create.error} disabled={url.trim() === '' || chosen.length === 0} onConfirm={confirm} onClose={onClose}>
      <TextInput label="Address" type="url" placeholder="https://erp.example.com/dunwell" required data-autofocus value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
      <Checkbox.Group label="Events" value={chosen} onChange={setChosen}>
        <Stack gap={6} mt={4}>{events.map(({ event, label }) => <Checkbox key={event} value={event} label={label} description={event} />)}</Stack>
      </Checkbox.Group>
    </ConfirmModal>
  );
}
