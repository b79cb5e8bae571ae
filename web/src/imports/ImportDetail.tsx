import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Section } from '../app/Section';
import { ErrorState } from '../feedback/ErrorState';
import { ImportErrors } from './ImportErrors';
import { ImportProgress } from './ImportProgress';
import { MappingForm } from './MappingForm';
import { importKinds, useRunImport, type Import, type ImportMapping } from './queries';
import { SampleTable } from './SampleTable';

/** One file from its columns to its result: match, try, import. */
export function ImportDetail({ current }: { current: Import }) {
  const [mapping, setMapping] = useState<ImportMapping>(current.mapping ?? current.suggestedMapping);
  const [whole, setWhole] = useState(current.atomic === 'file');
  const run = useRunImport(current.id);
  useRefreshWhenDone(current);
  const running = current.state === 'running' || run.pending;
  const imported = current.state === 'done' && !current.dryRun;
  const start = (dryRun: boolean) => run.run({ mapping, dryRun, atomic: whole ? 'file' : 'row' });
  return (
    <Stack gap="sm">
      {current.failure && <Alert color="red" title="The import stopped" role="alert">{current.failure} Nothing after that was written; put it right and run it again.</Alert>}
      {run.error ? <ErrorState error={run.error} /> : null}
      {current.state !== 'uploaded' && <ImportProgress current={current} />}
      {(current.state === 'done' || current.state === 'failed') && <ImportErrors current={current} />}
      <Section title="Columns" beside={<Text size="sm" c="dimmed">{importKinds[current.kind]}</Text>}>
        <MappingForm current={current} mapping={mapping} onChange={setMapping} />
        <Group justify="space-between" mt="md">
          <Switch label="All or nothing: one bad row and nothing is written" checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />
          <Group gap="xs">
            <Button variant="default" disabled={running} onClick={() => start(true)}>Dry run</Button>
            <Button disabled={running} onClick={() => start(false)}>{imported ? 'Import again' : 'Import'}</Button>
          </Group>
        </Group>
      </Section>
      <SampleTable current={current} />
    </Stack>
  );
}

/** What was imported shows itself everywhere once it is done. */
function useRefreshWhenDone(current: Import): void {
  const client = useQueryClient();
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && current.state !== 'running' && !current.dryRun) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'imports' && queryKey[0] !== 'session' });
    wasRunning.current = current.state === 'running';
  }, [current.state, current.dryRun, client]);
}
