import { Group, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { plural } from '../format/money';
import type { Schema } from '../http/client';
import { useMay } from '../session/useMay';
import { segmentCollectionQuery, useSetCollection } from './collection';
import type { Segment } from './queries';

/** Who collects the invoices of a segment's members, and the switch from a workflow for each to batches and back. */
export function CollectionSwitch({ segment }: { segment: Segment }) {
  const may = useMay();
  const { data } = useQuery(segmentCollectionQuery(segment.id));
  const set = useSetCollection(segment.id);
  const [asked, setAsked] = useState<boolean | null>(null);
  if (!data || segment.archived) return null;
  const close = () => setAsked(null);
  return (
    <>
      <Group gap="sm">
        <Switch
          label="Collect in batches" checked={data.inBatches} disabled={!may('manage-segments')} aria-describedby="collection-standing"
          onChange={({ currentTarget }) => setAsked(currentTarget.checked)}
        />
        <Text id="collection-standing" size="sm" c="dimmed">{standing(data)}</Text>
      </Group>
      {asked !== null && (
        <ConfirmModal
          opened title={asked ? `Collect ${segment.title} in batches` : `Give each invoice of ${segment.title} its own workflow`} confirmLabel={asked ? 'Collect in batches' : 'Give each its own'}
          pending={set.pending} error={set.error} onConfirm={() => set.run(asked, close)} onClose={close}
        >
          {asked ? (
            <>
              <Text size="sm">One workflow then makes the decisions of all invoices of this segment’s customers, some hundred at a time, in place of one workflow for each invoice. That is how a ledger of very many invoices is collected quickly.</Text>
              <Text size="sm">What is decided stays exactly the same: the same steps on the same days, to the same people. An invoice that is disputed, promised, awaiting approval or paused by hand keeps a workflow of its own while it is.</Text>
            </>
          ) : (
            <Text size="sm">What is decided stays exactly the same. Starting a workflow for each of many invoices takes a while; until an invoice has its own, the batches go on with it.</Text>
          )}
        </ConfirmModal>
      )}
    </>
  );
}

function standing({ inBatches, batched, ownWorkflow, elsewhere, handingOver }: Schema<'SegmentCollection'>): string {
  if (!inBatches && batched === 0) return 'Each invoice has a workflow of its own.';
  const parts = [`${plural(batched, 'invoice')} in batches`, `${ownWorkflow} with a workflow of their own`, ...(elsewhere > 0 ? [`${elsewhere} in the batches of another segment`] : [])];
  return `${parts.join(', ')}${handingOver ? '; being handed over' : ''}.`;
}
