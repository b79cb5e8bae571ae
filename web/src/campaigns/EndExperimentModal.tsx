import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useEndExperiment, type Afterwards, type Campaign } from './queries';

export function EndExperimentModal({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const end = useEndExperiment();
  const [afterwards, setAfterwards] = useState<Afterwards>('go-back');
  const [reason, setReason] = useState('');
  const confirm = () => end.run({ id: campaign.id, afterwards, reason: reason.trim() }, () => {
    notifyDone(afterwards === 'stay' ? 'The experiment is ended; its customers stay where they are.' : 'The experiment is ended; its customers go back.');
    onClose();
  });
  return (
    <ConfirmModal opened danger title="End the experiment" confirmLabel="End it" pending={end.pending} error={end.error} disabled={reason.trim() === ''} onConfirm={confirm} onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm">Nobody is drawn any more, and its steps stop. Outcomes count as far as they have come: customers whose days are not over yet count nowhere. It cannot be begun again.</Text>
        <Radio.Group label="Its customers" value={afterwards} onChange={(value) => setAfterwards(value as Afterwards)}>
          <Stack gap={6} mt={4}>
            <Radio value="go-back" label="go back" description="What would decide without the experiment decides again; invoices under way are moved, and nothing is sent again" />
            <Radio value="stay" label="stay" description="Each keeps the policy that it was drawn for, until somebody assigns another" />
          </Stack>
        </Radio.Group>
        <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Stack>
    </ConfirmModal>
  );
}
