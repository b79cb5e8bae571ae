import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { useMay } from '../session/useMay';
import { MentionTextarea } from './MentionTextarea';
import { issueTypeChoicesQuery, useAddNote } from './queries';

/** A note, or an entry of a kind, about a customer or one of its invoices. Typing @ offers the people who can be mentioned; they are notified. */
export function NoteForm({ customerId, invoiceId }: { customerId: number; invoiceId?: number }) {
  const may = useMay();
  const add = useAddNote(customerId);
  const { data: types } = useQuery(issueTypeChoicesQuery);
  const [body, setBody] = useState('');
  const [issueType, setIssueType] = useState('');
  if (!may('work-tasks')) return null;
  const save = () => add.run({ body: body.trim(), invoiceId, issueType: issueType || undefined }, () => { setBody(''); setIssueType(''); });
  return (
    <Section title="Write a note">
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Stack gap="xs">
          <MentionTextarea label="Note" value={body} onChange={setBody} />
          {add.error ? <ErrorState error={add.error} /> : null}
          <Group justify="space-between">
            <NativeSelect
              aria-label="Kind of entry" value={issueType} onChange={(event) => setIssueType(event.currentTarget.value)}
              data={[{ value: '', label: 'Note' }, ...(types?.items ?? []).map(({ code, label }) => ({ value: code, label }))]}
            />
            <Button type="submit" disabled={body.trim() === ''} loading={add.pending}>{issueType ? 'Save entry' : 'Save note'}</Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
