import { Alert, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { Loaded } from '../feedback/Loaded';
import { useMay } from '../session/useMay';
import { MessageContent } from './MessageContent';
import { MessageFacts } from './MessageFacts';
import classes from './MessagePage.module.css';
import { messageQuery, type Message } from './queries';
import { SettleModal } from './SettleModal';
import { messageStates } from './states';

export function Component() {
  const { messageId = '' } = useParams();
  const message = useQuery(messageQuery(messageId));
  const may = useMay();
  const [settling, setSettling] = useState(false);
  return (
    <Page
      title={message.data?.subject ?? 'Message'} back={{ to: '/messages', label: 'Messages' }}
      actions={message.data?.state === 'unknown' && may('settle-messages') && <Button variant="default" onClick={() => setSettling(true)}>Say whether it was sent</Button>}
      beside={message.data && <StateBadge state={message.data.state} {...messageStates[message.data.state]} />}
    >
      <Loaded query={message}>{(loaded) => <Body message={loaded} />}</Loaded>
      {settling && message.data && <SettleModal message={message.data} onClose={() => setSettling(false)} />}
    </Page>
  );
}

function Body({ message }: { message: Message }) {
  return (
    <Stack gap="sm">
      {message.stateReason && <Alert color={messageStates[message.state].tone === 'bad' ? 'red' : 'yellow'} title={messageStates[message.state].label}>{message.stateReason}</Alert>}
      <div className={classes.columns}>
        <MessageContent message={message} />
        <MessageFacts message={message} />
      </div>
    </Stack>
  );
}
