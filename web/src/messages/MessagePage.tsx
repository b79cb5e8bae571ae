import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Page } from '../app/Page';
import { StateBadge } from '../app/StateBadge';
import { Loaded } from '../feedback/Loaded';
import { MessageContent } from './MessageContent';
import { MessageFacts } from './MessageFacts';
import classes from './MessagePage.module.css';
import { messageQuery, type Message } from './queries';
import { messageStates } from './states';

export function Component() {
  const { messageId = '' } = useParams();
  const message = useQuery(messageQuery(messageId));
  return (
    <Page
      title={message.data?.subject ?? 'Message'} back={{ to: '/messages', label: 'Messages' }}
      beside={message.data && <StateBadge state={message.data.state} {...messageStates[message.data.state]} />}
    >
      <Loaded query={message}>{(loaded) => <Body message={loaded} />}</Loaded>
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
