import { ActionIcon, Button, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Section } from '../app/Section';
import { CustomerSelect } from '../customers/CustomerSelect';
import { InvoiceSelect } from '../invoices/InvoiceSelect';
import { SegmentSelect } from '../segments/SegmentSelect';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { EmptyState } from '../feedback/EmptyState';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { Instant } from '../format/Instant';
import { formatCount, plural } from '../format/money';
import { useMay } from '../session/useMay';
import { PlainTable } from '../table/PlainTable';
import { assignmentsQuery, useAssignPolicy, useRemoveAssignment } from './drafts/queries';
import { isComplete, staysForm, UnderWayFields, underWayOf } from './drafts/UnderWayFields';
import { policyVersionsQuery } from './queries';

type Kind = 'invoice' | 'customer' | 'segment';
const kindNames: Readonly<Record<Kind, string>> = { invoice: 'Invoice', customer: 'Customer', segment: 'Segment' };

/** Which policy collects whose invoices, in the order in which it is decided. */
export function AssignmentsPanel() {
  const assignments = useQuery(assignmentsQuery);
  const may = useMay()('publish-policy');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<{ id: number; target: string } | null>(null);
  return (
    <Stack gap="sm">
      <Section title="Assignments" beside={<Text size="xs" c="dimmed">invoice before customer before segment, by priority, before everybody</Text>} actions={may && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>Assign a policy</Button>}>
        <Loaded query={assignments} lines={4}>
          {({ items, byDefault, invoicesByDefault }) => (
            <PlainTable
              label="Assignments, the strongest first" rows={items} rowKey={(row) => row.id}
              empty={<EmptyState title="Nothing is assigned">Everybody comes under {byDefault ?? 'no policy yet'}.</EmptyState>}
              footer={<tr><td colSpan={9}>Everybody else: {byDefault ?? 'no policy is published'}, {plural(invoicesByDefault, 'invoice')}</td></tr>}
              columns={[
                { heading: 'Rank', align: 'right', render: (row) => items.indexOf(row) + 1 },
                { heading: 'Whose', render: (row) => kindNames[row.kind] },
                { heading: 'Name', grow: true, render: (row) => row.target },
                { heading: 'Priority', align: 'right', render: (row) => row.priority },
                { heading: 'Policy', render: (row) => row.version ?? row.policy },
                { heading: 'Invoices', align: 'right', render: (row) => formatCount(row.invoices) },
                { heading: 'Reason', grow: true, render: (row) => row.reason },
                { heading: 'Since', render: (row) => <Instant iso={row.assignedAt} /> },
                { heading: '', render: (row) => may && <ActionIcon aria-label={`Take away the assignment of ${row.target}`} onClick={() => setRemoving({ id: row.id, target: row.target })}><IconTrash size={16} aria-hidden /></ActionIcon> },
              ]}
            />
          )}
        </Loaded>
      </Section>
      <Section title="Changes">
        <Loaded query={assignments} lines={2}>
          {({ changes }) => (
            <PlainTable
              label="Changes of assignments" rows={changes} rowKey={(row) => row.id} empty={<EmptyState title="No changes yet" />}
              columns={[
                { heading: 'When', render: (row) => <Instant iso={row.at} /> },
                { heading: 'Whose', render: (row) => `${kindNames[row.kind]} ${row.target}` },
                { heading: 'Change', render: (row) => `${row.policyBefore ?? 'nothing'} → ${row.policyAfter ?? 'nothing'}` },
                { heading: 'Reason', grow: true, render: (row) => row.reason },
                { heading: 'By', render: (row) => row.changedBy },
              ]}
            />
          )}
        </Loaded>
      </Section>
      {adding && <AssignModal onClose={() => setAdding(false)} />}
      {removing && <RemoveModal assignment={removing} onClose={() => setRemoving(null)} />}
    </Stack>
  );
}

function AssignModal({ onClose }: { onClose: () => void }) {
  const assign = useAssignPolicy();
  const { data: versions } = useQuery(policyVersionsQuery);
  const policies = [...new Set((versions?.items ?? []).filter(({ inForce }) => inForce).map(({ policy }) => policy))];
  const [kind, setKind] = useState<Kind>('customer');
  const [target, setTarget] = useState<number | null>(null);
  const [policy, setPolicy] = useState('');
  const [priority, setPriority] = useState<number | string>(100);
  const [reason, setReason] = useState('');
  const [underWay, setUnderWay] = useState(staysForm);
  const chosen = policy || policies[0] || '';
  const confirm = () => {
    if (target === null) return;
    assign.run({ policy: chosen, target: { kind, id: target }, priority: kind === 'segment' ? Number(priority) : undefined, reason: reason.trim(), underWay: underWayOf(underWay) }, ({ migrations }) => {
      notifyDone(migrations.length > 0 ? `Assigned; ${plural(migrations.length, 'move')} of invoices began.` : 'Assigned.');
      onClose();
    });
  };
  return (
    <ConfirmModal opened title="Assign a policy" confirmLabel="Assign" pending={assign.pending} error={assign.error} disabled={target === null || chosen === '' || reason.trim() === '' || !isComplete(underWay)} onConfirm={confirm} onClose={onClose}>
      <NativeSelect label="To a" value={kind} data={(['customer', 'segment', 'invoice'] as const).map((value) => ({ value, label: kindNames[value] }))} onChange={(event) => { setKind(event.currentTarget.value as Kind); setTarget(null); }} />
      {kind === 'customer' ? <CustomerSelect label="Customer" labelShown value={target} onChange={setTarget} /> : kind === 'segment' ? <SegmentSelect value={target} onChange={setTarget} /> : <InvoiceSelect value={target} onChange={setTarget} />}
      {kind === 'segment' && <NumberInput label="Priority" description="Of the segments that a customer is in, the lowest number decides." min={1} max={10_000} value={priority} onChange={setPriority} />}
      <NativeSelect label="Policy" value={chosen} data={policies} onChange={(event) => setPolicy(event.currentTarget.value)} />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <UnderWayFields form={underWay} onChange={setUnderWay} />
    </ConfirmModal>
  );
}

function RemoveModal({ assignment, onClose }: { assignment: { id: number; target: string }; onClose: () => void }) {
  const remove = useRemoveAssignment();
  const [reason, setReason] = useState('');
  const [underWay, setUnderWay] = useState(staysForm);
  return (
    <ConfirmModal
      opened danger title={`Take away the assignment of ${assignment.target}`} confirmLabel="Take away" pending={remove.pending} error={remove.error} disabled={reason.trim() === '' || !isComplete(underWay)} onClose={onClose}
      onConfirm={() => remove.run({ id: assignment.id, reason: reason.trim(), underWay: underWayOf(underWay) }, onClose)}
    >
      <Text size="sm">What is weaker decides from now on.</Text>
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <UnderWayFields form={underWay} onChange={setUnderWay} />
    </ConfirmModal>
  );
}
