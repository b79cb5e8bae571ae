import { Alert, Button, Code, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ConditionBuilder } from '../conditions/ConditionBuilder';
import type { ConditionDocument } from '../conditions/document';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { ErrorState } from '../feedback/ErrorState';
import { notifyDone } from '../feedback/notify';
import { plural } from '../format/money';
import { useBegunWith } from '../http/useBegunWith';
import { PlainTable } from '../table/PlainTable';
import { useCreateSegment, usePreviewSegment, useUpdateSegment, type Segment, type SegmentForm, type SegmentPreview } from './queries';

const start: ConditionDocument = { field: 'customer.balance', op: '>', value: { USD: '100.00' } };

export function NewSegmentModal({ onClose, onMade }: { onClose: () => void; onMade: (segment: Segment) => void }) {
  const create = useCreateSegment();
  return <SegmentModal title="New segment" confirmLabel="Make the segment" pending={create.pending} error={create.error} onClose={onClose} onSave={(form, key) => create.run({ ...form, key }, onMade)} />;
}

export function EditSegmentModal({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const update = useUpdateSegment(useBegunWith(segment));
  const save = (form: SegmentForm) => update.run(form, () => {
    notifyDone('Saved.');
    onClose();
  });
  return <SegmentModal title={`Edit ${segment.title}`} confirmLabel="Save" segment={segment} pending={update.pending} error={update.error} onClose={onClose} onSave={save} />;
}

interface Props {
  title: string;
  confirmLabel: string;
  segment?: Segment;
  pending: boolean;
  error: unknown;
  onSave: (form: SegmentForm, key: string) => void;
  onClose: () => void;
}

function SegmentModal({ title, confirmLabel, segment, pending, error, onSave, onClose }: Props) {
  const [name, setName] = useState(segment?.title ?? '');
  const [description, setDescription] = useState(segment?.description ?? '');
  const [condition, setCondition] = useState<ConditionDocument | null>(segment ? (segment.condition as ConditionDocument) : start);
  const preview = usePreviewSegment();
  const change = (next: ConditionDocument | null) => {
    setCondition(next);
    preview.reset();
  };
  const key = segment?.key ?? keyOf(name);
  const save = () => { if (condition) onSave({ title: name.trim(), description: description.trim() || null, condition }, key); };
  return (
    <ConfirmModal opened size="min(960px, 94vw)" title={title} confirmLabel={confirmLabel} pending={pending} error={error} disabled={condition === null || key === ''} onConfirm={save} onClose={onClose}>
      <Group grow align="start">
        <TextInput label="Name" required data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} description={segment ? undefined : `Policies know it as ${key || '…'}`} />
        <Textarea label="Description" autosize minRows={1} maxRows={4} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
      </Group>
      <Text size="sm" fw={500}>Customers of whom this holds</Text>
      <ConditionBuilder subject="customer" value={condition} onChange={change} without={['customer.segments']} label="Condition" />
      <Group><Button variant="default" disabled={condition === null} loading={preview.pending} onClick={() => condition && preview.run(condition)}>Show whom it selects</Button></Group>
      {preview.error ? <ErrorState error={preview.error} /> : null}
      {preview.output && <Preview preview={preview.output} />}
    </ConfirmModal>
  );
}

function Preview({ preview }: { preview: SegmentPreview }) {
  if (!preview.valid) {
    return (
      <Alert color="red" role="alert" title="The condition cannot be read">
        {preview.errors.map((fault, index) => <Text size="sm" key={index}>{fault.path && <Code>{fault.path}</Code>} {fault.message}{fault.allowed ? ` (allowed: ${fault.allowed})` : ''}</Text>)}
      </Alert>
    );
  }
  return (
    <Stack gap={6} role="status">
      <Text size="sm"><b>{plural(preview.total, 'customer')}</b> now: {preview.conditionText}</Text>
      <PlainTable
        label="Customers that the condition selects" rows={preview.customers} rowKey={({ customerId }) => customerId} empty={<Text size="sm" c="dimmed">Nobody. The segment follows the ledger: whoever comes to fulfil it joins.</Text>}
        columns={[{ heading: 'Customer', render: (row) => <Link className="plain" to={`/customers/${row.customerId}`}>{row.customerName}</Link> }, { heading: 'Why', grow: true, render: (row) => row.reason }]}
      />
      {preview.total > preview.customers.length && <Text size="xs" c="dimmed">The first {preview.customers.length} are listed.</Text>}
    </Stack>
  );
}

/** A name as policies write it: "North, late payers" is north-late-payers. */
function keyOf(title: string): string {
  return title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
}
