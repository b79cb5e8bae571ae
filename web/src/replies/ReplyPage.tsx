import { Alert, Anchor, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { Facts } from '../app/Facts';
import { Page } from '../app/Page';
import { ScrollRegion } from '../app/ScrollRegion';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { apiBase } from '../http/client';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { DecideForm } from './DecideForm';
import classes from './ReplyPage.module.css';
import { replyQuery, type Reply } from './queries';
import { machines, matches, replyKinds, replyStates } from './states';

export function Component() {
  const { replyId = '' } = useParams();
  const reply = useQuery(replyQuery(Number(replyId)));
  return (
    <Page title={reply.data?.subject || 'Reply'} back={{ to: '/replies', label: 'Replies' }} beside={reply.data && <StateBadge state={reply.data.state} {...replyStates[reply.data.state]} />}>
      <Loaded query={reply}>{(loaded) => <Body key={loaded.rowVersion} reply={loaded} />}</Loaded>
    </Page>
  );
}

function Body({ reply }: { reply: Reply }) {
  const may = useMay();
  return (
    <Stack gap="sm">
      {reply.isCut && <Alert color="yellow" title="Not all of it is here">The mail was longer than is read, or could not be fetched.</Alert>}
      <div className={classes.columns}>
        <Words reply={reply} />
        <Stack gap="sm" miw={0}>
          {may('control-collection') && <Section title={reply.state === 'triage' ? 'What is it?' : 'Correct it'}><DecideForm reply={reply} /></Section>}
          <ReplyFacts reply={reply} />
        </Stack>
      </div>
    </Stack>
  );
}

/** Always text: what a stranger sends as HTML was turned to text when it came, and is shown in no other way. */
function Words({ reply }: { reply: Reply }) {
  return (
    <Section title="What it says">
      <Tabs defaultValue="said" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="said">Without quotation</Tabs.Tab>
          <Tabs.Tab value="whole">The whole mail</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="said">{reply.said ? <pre className={classes.text}>{reply.said}</pre> : <EmptyState title="Nothing but quotation or signature" />}</Tabs.Panel>
        <Tabs.Panel value="whole"><ScrollRegion label="The whole mail"><pre className={classes.text}>{reply.bodyText}</pre></ScrollRegion></Tabs.Panel>
      </Tabs>
      {reply.attachments.map((each) => (
        <Text key={each.position} size="sm" mt={8}>
          {each.refused === null ? <Anchor size="sm" underline="always" href={`${apiBase}/replies/${reply.id}/attachments/${each.position}`} download={each.filename}>{each.filename}</Anchor> : each.filename}{' '}
          <Text span c="dimmed" size="xs">{each.contentType}{each.refused !== null && `, not kept: ${each.refused}`}</Text>
        </Text>
      ))}
    </Section>
  );
}

const hourMs = 3_600_000;
/** Whether it was written so long before it was read that the days it names may mislead. */
function isLate({ receivedAt, writtenAt }: Reply): boolean {
  return writtenAt !== null && Date.parse(receivedAt) - Date.parse(writtenAt) >= hourMs;
}

function ReplyFacts({ reply }: { reply: Reply }) {
  return (
    <>
      <Section title="Facts">
        <Facts facts={{
          From: [reply.fromName, reply.fromAddress, reply.senderKnown === false && 'no contact of this customer'].filter(Boolean).join(', '),
          Received: <Instant iso={reply.receivedAt} />,
          Written: isLate(reply) && reply.writtenAt && <Instant iso={reply.writtenAt} />,
          Customer: reply.customerId ? <Anchor component={Link} size="sm" to={`/customers/${reply.customerId}`}>{reply.customerName}</Anchor> : 'Nobody yet',
          Found: reply.matchedBy && matches[reply.matchedBy],
          Answers: reply.messageId && <Anchor component={Link} size="sm" to={`/messages/${reply.messageId}`}>{reply.messageSubject ?? 'a message'}</Anchor>,
          'Written by': reply.automatic && machines[reply.automatic],
          Suggested: reply.kind && `${replyKinds[reply.kind].label}, ${Math.round((reply.confidence ?? 0) * 100)} % sure`,
          Why: reply.reason,
          'Taken as': reply.decidedKind && `${replyKinds[reply.decidedKind].label}, by ${reply.decidedBy ?? 'nobody'}`,
          Decided: reply.decidedAt && <Instant iso={reply.decidedAt} />,
          'Paused until': reply.pausedUntil && <Instant iso={reply.pausedUntil} />,
        }} />
      </Section>
      <Section title="Invoices it is about">
        <PlainTable
          label="Invoices" rows={reply.invoices} rowKey={(row) => String(row.invoiceId)} empty={<EmptyState title="None" />}
          columns={[
            { heading: 'Invoice', grow: true, render: (row) => <Anchor component={Link} size="sm" to={`/invoices/${row.invoiceId}`}>{row.number}</Anchor> },
            { heading: 'Open', align: 'right', render: (row) => <Money minor={row.openMinor} currency={row.currency} /> },
          ]}
        />
      </Section>
    </>
  );
}
