import { Button, Stack, Text } from '@mantine/core';
import { Section } from '../app/Section';
import { NoteForm } from '../customers/NoteForm';
import { NoteText } from '../customers/NoteText';
import { useTimeline, type TimelineKind } from '../customers/queries';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Instant } from '../format/Instant';
import type { Invoice } from './queries';

const written: TimelineKind[] = ['note', 'entry', 'call'];

/** What people wrote about this invoice, newest first; it stands on the customer's timeline too. */
export function InvoiceNotes({ invoice }: { invoice: Invoice }) {
  const list = useTimeline(invoice.customerId, written, invoice.id);
  return (
    <>
      <NoteForm customerId={invoice.customerId} invoiceId={invoice.id} />
      <Section title="Notes">
        {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
        {list.rows?.length === 0 && <EmptyState title="No notes on this invoice" />}
        <Stack gap="xs">{list.rows?.map((note) => (
          <div key={`${note.kind}/${note.id}`}>
            <Text size="xs" c="dimmed">{note.kind === 'note' ? '' : `${note.title}, `}{note.actor}, <Instant iso={note.at} short /></Text>
            {note.detail && <Text component="div" size="sm"><NoteText text={note.detail} /></Text>}
          </div>
        ))}</Stack>
        {list.hasMore && <Button variant="default" fullWidth mt="xs" onClick={list.loadMore} loading={list.loadingMore}>Earlier</Button>}
      </Section>
    </>
  );
}
