import { Anchor, Button, Divider, Group, List, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { Facts } from '../app/Facts';
import { ScrollRegion } from '../app/ScrollRegion';
import { StateBadge } from '../app/StateBadge';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { plural } from '../format/money';
import { messageStates } from '../messages/states';
import classes from './NoticeMailModal.module.css';
import { noticeMailQuery, useSettleNoticeMail, type NoticeMail } from './queries';

/** What an email to somebody who works here says, what became of it, and where it is unknown, the question whether it was sent. */
export function NoticeMailModal({ id, onClose }: { id: string; onClose: () => void }) {
  const mail = useQuery(noticeMailQuery(id));
  return (
    <Modal opened onClose={onClose} title={mail.data?.subject ?? 'An email'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Loaded query={mail} lines={6}>{(found) => <Content mail={found} onClose={onClose} />}</Loaded>
    </Modal>
  );
}

function Content({ mail, onClose }: { mail: NoticeMail; onClose: () => void }) {
  return (
    <Stack gap="sm">
      <Facts facts={{
        State: <StateBadge state={mail.state} {...messageStates[mail.state]} />,
        Why: mail.stateReason,
        To: `${mail.userName}, ${mail.toAddress}`,
        Written: <Instant iso={mail.at} />,
        Attempts: mail.attempts > 0 && (mail.lastAttemptAt ? <>{mail.attempts}, last <Instant iso={mail.lastAttemptAt} /></> : mail.attempts),
        Provider: mail.providerId ? `${mail.provider}, ${mail.providerId}` : mail.provider,
      }} />
      {mail.state === 'unknown' && <><Divider /><SettleForm mail={mail} onClose={onClose} /></>}
      {mail.about.length > 0 && (
        <>
          <Divider />
          <List size="sm" spacing={4}>
            {mail.about.map(({ title, customerId, customerName, taskId }, index) => (
              <List.Item key={index}>
                {taskId === null ? title : <Anchor component={Link} size="sm" to={`/tasks?task=${taskId}`}>{title}</Anchor>}
                {customerId !== null && <> · <Anchor component={Link} size="sm" to={`/customers/${customerId}`}>{customerName}</Anchor></>}
              </List.Item>
            ))}
          </List>
        </>
      )}
      <Divider />
      <ScrollRegion label="What it says" className={classes.text}>{mail.bodyText}</ScrollRegion>
    </Stack>
  );
}

/** What was in a mail that did not leave waits for the next one to the same person, so that nothing is lost by saying so. */
function SettleForm({ mail, onClose }: { mail: NoticeMail; onClose: () => void }) {
  const settle = useSettleNoticeMail(mail.id);
  const [finding, setFinding] = useState<'sent' | 'not-sent' | null>(null);
  const [reason, setReason] = useState('');
  const confirm = () => finding && settle.run({ finding, reason: reason.trim() }, ({ again }) => {
    notifyDone(finding === 'sent' ? 'The email counts as sent.' : again === 0 ? 'The email counts as not sent.' : `${plural(again, 'notice')} will be in the next email to ${mail.userName}.`);
    onClose();
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); confirm(); }}>
      <Stack gap="sm">
        <Radio.Group label="Was this email sent?" description={`Look it up at the mail provider, or ask ${mail.userName}.`} value={finding} onChange={(value) => setFinding(value === 'sent' ? 'sent' : 'not-sent')}>
          <Stack gap={6} mt={4}><Radio value="sent" label="It was sent" /><Radio value="not-sent" label="It was not sent: what is not over is told again" /></Stack>
        </Radio.Group>
        <TextInput label="How you know" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {settle.error ? <ErrorState error={settle.error} /> : null}
        <Group justify="flex-end"><Button type="submit" disabled={!finding || reason.trim() === ''} loading={settle.pending}>Settle</Button></Group>
        {finding === null && <Text size="xs" c="dimmed">It is not sent again by itself, so that nobody gets it twice.</Text>}
      </Stack>
    </form>
  );
}
