import { Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useSettleMessage, type Message } from './queries';

/** Only what a person has looked up settles it: sent, or not sent and queued afresh. */
export function SettleModal({ message, onClose }: { message: Message; onClose: () => void }) {
  const settle = useSettleMessage(message.id);
  const [finding, setFinding] = useState<'sent' | 'not-sent' | null>(null);
  const [sure, setSure] = useState(false);
  const [reason, setReason] = useState('');
  const confirm = () => finding && settle.run({ finding, reason: reason.trim() }, ({ againId }) => {
    notifyDone(againId ? 'The message is queued afresh.' : 'The message counts as sent.');
    onClose();
  });
  return (
    <ConfirmModal
      opened title="Was this message sent?" confirmLabel={finding === 'not-sent' ? 'Send it afresh' : 'Settle'} danger={finding === 'not-sent'} disabled={!finding || reason.trim() === '' || (finding === 'not-sent' && !sure)}
      pending={settle.pending} error={settle.error} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">Look it up at the mail provider, or ask the customer.</Text>
      <Radio.Group label="What you found" value={finding} onChange={(value) => setFinding(value === 'sent' ? 'sent' : 'not-sent')}>
        <Stack gap={6} mt={4}><Radio value="sent" label="It was sent" /><Radio value="not-sent" label="It was not sent" /></Stack>
      </Radio.Group>
      <TextInput label="How you know" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      {finding === 'not-sent' && <Checkbox label="I am sure: if it was sent after all, the customer gets it twice" checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />}
    </ConfirmModal>
  );
}
