import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileText, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../app/Section';
import { StateBadge } from '../app/StateBadge';
import { useToday } from '../clock/queries';
import type { Customer } from '../customers/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { formatDateShort } from '../format/dates';
import { Money } from '../format/Money';
import { messageStates } from '../messages/states';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { previewUrl, sentUrl, useSendStatement, useStatements, type Statement } from './queries';

/** Statements of account that the customer was sent, each with its file as it left; a preview as of any day; and sending one now. */
export function StatementsSection({ customer }: { customer: Customer }) {
  const list = useStatements(customer.id);
  const may = useMay();
  const [asked, setAsked] = useState<'preview' | 'send' | null>(null);
  const close = () => setAsked(null);
  return (
    <Section title="Statements" actions={<>
      <Button variant="default" size="compact-xs" leftSection={<IconFileText size={13} aria-hidden />} onClick={() => setAsked('preview')}>Preview</Button>
      {may('control-collection') && <Button variant="default" size="compact-xs" leftSection={<IconSend size={13} aria-hidden />} onClick={() => setAsked('send')}>Send now</Button>}
    </>}>
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.rows && (
        <PlainTable
          label="Statements" rows={list.rows} rowKey={({ id }) => id} empty={<Text size="sm" c="dimmed">No statement has been sent.</Text>}
          columns={[
            { heading: 'Until', grow: true, render: (row) => <><Anchor component={Link} to={`/messages/${row.messageId}`} size="sm">{formatDateShort(row.to)}</Anchor><Text size="xs" c="dimmed">{row.segmentTitle ?? row.askedBy}</Text></> },
            { heading: 'Balance', align: 'right', render: ({ closing }) => (closing.length === 0 ? 'even' : closing.map((each) => <div key={each.currency}><Money minor={each.amountMinor} currency={each.currency} /></div>)) },
            { heading: 'State', render: ({ state }) => <StateBadge state={state} {...messageStates[state]} /> },
            { heading: 'File', render: (row) => <File statement={row} /> },
          ]}
        />
      )}
      {list.hasMore && <Button variant="subtle" size="compact-xs" loading={list.loadingMore} onClick={list.loadMore}>Show earlier</Button>}
      {asked === 'preview' && <PreviewModal customer={customer} onClose={close} />}
      {asked === 'send' && <SendModal customer={customer} onClose={close} />}
    </Section>
  );
}

function File({ statement }: { statement: Statement }) {
  if (statement.attachment === null) return '–';
  return <Anchor size="sm" href={sentUrl(statement)} target="_blank" rel="noreferrer" aria-label={`PDF of the statement until ${formatDateShort(statement.to)}`}>PDF</Anchor>;
}

function PreviewModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const today = useToday();
  const [on, setOn] = useState(today);
  const open = () => {
    window.open(previewUrl(customer.id, on === today ? null : on), '_blank', 'noopener');
    onClose();
  };
  return (
    <ConfirmModal opened title="Preview a statement" confirmLabel="Open the PDF" pending={false} error={null} disabled={on === '' || on > today} onConfirm={open} onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm">Nothing is sent. The statement of today is the one that would leave now; that of an earlier day is worked out by dates, without what is disputed or promised now.</Text>
        <Group><TextInput type="date" label="As of" max={today} value={on} onChange={(event) => setOn(event.currentTarget.value)} data-autofocus /></Group>
      </Stack>
    </ConfirmModal>
  );
}

function SendModal({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const send = useSendStatement(customer.id);
  const confirm = () => send.run(null, () => {
    notifyDone('The statement is on its way.');
    onClose();
  });
  return (
    <ConfirmModal opened title="Send a statement now" confirmLabel="Send" pending={send.pending} error={send.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">
        The billing contacts get the statement of the account as it is now, with its PDF, at once and also while collection is paused. It counts as no contact.{' '}
        <Anchor size="sm" href={previewUrl(customer.id, null)} target="_blank" rel="noreferrer" underline="always">See it first</Anchor>
      </Text>
    </ConfirmModal>
  );
}
