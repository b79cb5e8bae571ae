import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { useMay } from '../session/useMay';
import { useAddNote } from './queries';

export function NoteForm({ customerId }: { customerId: number }) {
  const may = useMay();
  const add = useAddNote(customerId);
  const [body, setBody] = useState('');
  if (!may('work-tasks')) return null;
  return (
    <Section title="Write a note">
      <form onSubmit={(event) => { event.preventDefault(); add.run({ body: body.trim() }, () => setBody('')); }}>
        <Stack gap="xs">
          <Textarea aria-label="Note" placeholder="What was said or agreed" minRows={2} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
          {add.error ? <ErrorState error={add.error} /> : null}
          <Group justify="flex-end"><Button type="submit" disabled={body.trim() === ''} loading={add.pending}>Save note</Button></Group>
        </Stack>
      </form>
    </Section>
  );
}
