import { Anchor, Button } from '@mantine/core';
import { Section } from '../app/Section';
import { StateBadge, type Tone } from '../app/StateBadge';
import { EmptyState } from '../feedback/EmptyState';
import { ErrorState } from '../feedback/ErrorState';
import { Instant } from '../format/Instant';
import { formatCount } from '../format/money';
import { PlainTable } from '../table/PlainTable';
import { importKinds, useImports, type Import } from './queries';

const importStates: Readonly<Record<Import['state'], { label: string; tone: Tone }>> = {
  uploaded: { label: 'Not run yet', tone: 'neutral' },
  running: { label: 'Running', tone: 'active' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
};

const outcomes: Readonly<Record<NonNullable<Import['outcome']>, { label: string; tone: Tone }>> = {
  imported: { label: 'Imported', tone: 'good' },
  'dry-run': { label: 'Dry run', tone: 'neutral' },
  'rolled-back': { label: 'Nothing written', tone: 'bad' },
};

export function ImportState({ current: { state, outcome } }: { current: Import }) {
  const shown = state === 'done' && outcome ? outcomes[outcome] : importStates[state];
  return <StateBadge state={state} {...shown} />;
}

export function PastImports({ onOpen }: { onOpen: (each: Import) => void }) {
  const list = useImports();
  return (
    <Section title="Earlier files">
      {list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.rows && (
        <PlainTable
          label="Earlier files" rows={list.rows} rowKey={(row) => row.id} empty={<EmptyState title="No file has been uploaded yet" />}
          columns={[
            { heading: 'File', grow: true, render: (row) => <Anchor component="button" type="button" size="sm" fw={500} onClick={() => onOpen(row)}>{row.fileName}</Anchor> },
            { heading: 'Kind', render: (row) => importKinds[row.kind] },
            { heading: 'State', render: (row) => <ImportState current={row} /> },
            { heading: 'Created', align: 'right', render: (row) => formatCount(row.progress.created) },
            { heading: 'Updated', align: 'right', render: (row) => formatCount(row.progress.updated) },
            { heading: 'Rejected', align: 'right', render: (row) => formatCount(row.progress.rejected) },
            { heading: 'Uploaded', render: (row) => <Instant iso={row.createdAt} short /> },
            { heading: 'By', render: (row) => row.createdBy },
          ]}
        />
      )}
      {list.hasMore && <Button variant="default" mt="xs" onClick={list.loadMore} loading={list.loadingMore}>More</Button>}
    </Section>
  );
}
