import { Anchor, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Facts } from '../app/Facts';
import { Page } from '../app/Page';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { MentionTextarea } from '../customers/MentionTextarea';
import { NoteText } from '../customers/NoteText';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Loaded } from '../feedback/Loaded';
import { formatDate } from '../format/dates';
import { Instant } from '../format/Instant';
import { Money } from '../format/Money';
import { useMay } from '../session/useMay';
import { DeadlineModal } from './DeadlineModal';
import { DisputeOwner } from './DisputeOwner';
import { disputeQuery, disputeReasons, fileUrl, resolutions, useDisputeFile, useDisputeNote, type Dispute } from './queries';
import { ResolveModal } from './ResolveModal';

export function Component() {
  const id = Number(useParams().disputeId);
  const dispute = useQuery(disputeQuery(id));
  const may = useMay();
  const [asked, setAsked] = useState<'resolve' | 'deadline' | null>(null);
  const { data } = dispute;
  return (
    <Page
      title={data ? `Dispute of invoice ${data.invoiceNumber}` : 'Dispute'} back={{ to: '/disputes', label: 'Disputes' }}
      beside={data && (data.late ? <StateBadge state="late" tone="bad" /> : <StateBadge state={data.state} tone={data.state === 'open' ? 'warn' : 'neutral'} />)}
      actions={data?.state === 'open' && (
        <>
          {may('control-collection') && <Button variant="default" onClick={() => setAsked('deadline')}>Change the deadline</Button>}
          {may('resolve-disputes') && <Button onClick={() => setAsked('resolve')}>Resolve</Button>}
        </>
      )}
    >
      <Loaded query={dispute}>{(loaded) => (
        <Stack gap="sm">
          <About dispute={loaded} />
          <Notes dispute={loaded} />
          <Files dispute={loaded} />
          {asked === 'resolve' && <ResolveModal dispute={loaded} onClose={() => setAsked(null)} />}
          {asked === 'deadline' && <DeadlineModal dispute={loaded} onClose={() => setAsked(null)} />}
        </Stack>
      )}</Loaded>
    </Page>
  );
}

function About({ dispute }: { dispute: Dispute }) {
  const { currency } = dispute;
  return (
    <Section title="Dispute">
      <Facts facts={{
        Customer: <Anchor component={Link} size="sm" to={`/customers/${dispute.customerId}`}>{dispute.customerName}</Anchor>,
        Invoice: <Anchor component={Link} size="sm" to={`/invoices/${dispute.invoiceId}`}>{dispute.invoiceNumber}</Anchor>,
        Reason: disputeReasons[dispute.reason],
        Disputed: <Money minor={dispute.amountMinor} currency={currency} />,
        'Open on the invoice': <Money minor={dispute.openMinor} currency={currency} />,
        Owner: <DisputeOwner dispute={dispute} />,
        'Resolve by': dispute.deadlineOn && formatDate(dispute.deadlineOn),
        Opened: <><Instant iso={dispute.openedAt} /> by {dispute.openedBy}</>,
        'What the customer says': dispute.detail,
        Resolution: dispute.resolution && `${resolutions[dispute.resolution]}${dispute.resolutionNote ? `: ${dispute.resolutionNote}` : ''}`,
        Credited: dispute.resolution && <Money minor={dispute.creditedMinor} currency={currency} />,
      }}
      />
    </Section>
  );
}

function Notes({ dispute }: { dispute: Dispute }) {
  const mayWrite = useMay()('control-collection');
  const write = useDisputeNote(dispute.id);
  const [body, setBody] = useState('');
  return (
    <Section title="Notes">
      {mayWrite && (
        <Stack gap={6} mb="sm">
          <MentionTextarea label="New note" value={body} onChange={setBody} />
          {write.error !== null && <ErrorState error={write.error} />}
          <Group><Button size="xs" loading={write.pending} disabled={body.trim() === ''} onClick={() => write.run(body.trim(), () => setBody(''))}>Add the note</Button></Group>
        </Stack>
      )}
      {dispute.notes.length === 0 && <EmptyState title="No notes" />}
      <Stack gap="xs">{dispute.notes.map((note) => (
        <div key={note.id}><Text size="xs" c="dimmed">{note.author}, <Instant iso={note.at} short /></Text><Text size="sm" style={{ whiteSpace: 'pre-wrap' }}><NoteText text={note.body} /></Text></div>
      ))}</Stack>
    </Section>
  );
}

function Files({ dispute }: { dispute: Dispute }) {
  const mayWrite = useMay()('control-collection');
  const upload = useDisputeFile(dispute.id);
  const choose = mayWrite && (
    <FileButton accept=".pdf,.png,.jpg,.jpeg,.txt,.csv,.eml" onChange={(file) => { if (file) upload.run(file); }}>
      {(props) => <Button {...props} size="compact-xs" variant="subtle" loading={upload.pending}>Add a file</Button>}
    </FileButton>
  );
  return (
    <Section title="Evidence" actions={choose}>
      {upload.error !== null && <ErrorState error={upload.error} />}
      {dispute.files.length === 0 && <EmptyState title="No files">A PDF, a picture or plain text, of at most 10 MB. Files are saved to your computer, never opened here.</EmptyState>}
      <Stack gap={4}>{dispute.files.map((file) => (
        <Text key={file.id} size="sm"><Anchor underline="always" href={fileUrl(dispute.id, file.id)} download={file.fileName}>{file.fileName}</Anchor> <Text span size="xs" c="dimmed">{Math.ceil(file.bytes / 1_000)} kB, {file.addedBy}, <Instant iso={file.addedAt} short /></Text></Text>
      ))}</Stack>
    </Section>
  );
}
