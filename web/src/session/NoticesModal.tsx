import { Radio, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { noticeSettingsQuery, usePutNoticeSettings, type NoticeSettings } from './queries';

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const choices: readonly { value: NoticeSettings['mail']; label: string; description: string }[] = [
  { value: 'none', label: 'None', description: 'Everything is in the console' },
  { value: 'at-once', label: 'At once', description: 'What comes within ten minutes is in one email' },
  { value: 'daily', label: 'Once a day', description: `A list at 7:00 (${ownZone}), if there is anything` },
];

/** Which emails one gets about what is one's own (mentions, tasks, approvals, bounced addresses), and whether also about what one's groups are told. */
export function NoticesModal({ email, onClose }: { email: string; onClose: () => void }) {
  const { data: settings, error } = useQuery(noticeSettingsQuery);
  const [chosen, setChosen] = useState<NoticeSettings['mail'] | null>(null);
  const [chosenGroups, setChosenGroups] = useState<boolean | null>(null);
  const put = usePutNoticeSettings();
  const mail = chosen ?? settings?.mail ?? null;
  const groups = chosenGroups ?? settings?.groups ?? false;
  const confirm = () => {
    if (mail === null) return;
    put.run({ mail, timeZone: ownZone, groups }, () => {
      notifyDone(mail === 'none' ? 'You get no emails about your work any more.' : 'Your choice is kept.');
      onClose();
    });
  };
  return (
    <ConfirmModal opened title="Emails to you" confirmLabel="Save" onConfirm={confirm} onClose={onClose} pending={put.pending} error={put.error ?? error} disabled={mail === null}>
      <Text size="sm">When somebody mentions you, a task becomes yours or overdue, an approval waits for you, or an address of your customer bounces, {email} can be told.</Text>
      <Radio.Group label="Emails" value={mail} onChange={(value) => setChosen(value as NoticeSettings['mail'])}>
        <Stack gap="xs" mt="xs">
          {choices.map(({ value, label, description }) => <Radio key={value} value={value} label={label} description={description} />)}
        </Stack>
      </Radio.Group>
      <Switch mt="sm" label="Also what your role and your queues are told" description="What steps of policies, automations and runs of segments notify them of" checked={groups} disabled={mail === null || mail === 'none'} onChange={(event) => setChosenGroups(event.currentTarget.checked)} />
    </ConfirmModal>
  );
}
