import { Button, FileInput, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { encodings, importKinds, useUpload, type Encoding, type Import, type ImportKind } from './queries';

export function UploadForm({ onUploaded }: { onUploaded: (uploaded: Import) => void }) {
  const [kind, setKind] = useState<ImportKind>('customers');
  const [file, setFile] = useState<File | null>(null);
  const [encoding, setEncoding] = useState<Encoding>('utf-8');
  const upload = useUpload();
  const submit = () => { if (file) upload.run({ kind, encoding, file }, onUploaded); };
  return (
    <Section title="Upload a CSV file">
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm" c="dimmed" maw={680}>Customers first, then their invoices, then payments and credit notes. Nothing is written until you have matched the columns and pressed Import; the same file can be imported again without doubling anything.</Text>
          <Group gap="sm" align="flex-end" maw="100%">
            <SegmentedControl aria-label="What the file holds" data={Object.entries(importKinds).map(([value, label]) => ({ value, label }))} value={kind} onChange={(value) => setKind(value as ImportKind)} />
            <FileInput aria-label="File" placeholder="Choose a file" accept=".csv,text/csv,.txt" value={file} onChange={setFile} w={280} clearable clearButtonProps={{ 'aria-label': 'Take the file away' }} />
            <NativeSelect aria-label="Encoding" data={encodings} value={encoding} onChange={(event) => setEncoding(event.currentTarget.value as Encoding)} />
            <Button type="submit" disabled={!file} loading={upload.pending}>Upload</Button>
          </Group>
          {upload.error ? <ErrorState error={upload.error} /> : null}
        </Stack>
      </form>
    </Section>
  );
}
