import { NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CustomerSelect } from '../customers/CustomerSelect';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { plural } from '../format/money';
import { InvoiceSelect } from '../invoices/InvoiceSelect';
import { SegmentSelect } from '../segments/SegmentSelect';
import { useAssignPolicy, type PolicyAssignment } from './drafts/queries';
import { isComplete, staysForm, UnderWayFields, underWayOf } from './drafts/UnderWayFields';
import { policyChoicesQuery } from './queries';

type Kind = PolicyAssignment['kind'];
export const assigneeKinds: Readonly<Record<Kind, string>> = { invoice: 'Invoice', customer: 'Customer', segment: 'Segment' };

/** Assigns a policy to an invoice, a customer or a segment; to one of them, where `to` says which. */
export function AssignPolicyModal({ to, onClose }: { to?: { kind: Kind; id: number; name: string }; onClose: () => void }) {
  const assign = useAssignPolicy();
  const { data: versions } = useQuery(policyChoicesQuery);
  const policies = [...new Set((versions?.items ?? []).map(({ policy }) => policy))];
  const [kind, setKind] = useState<Kind>(to?.kind ?? 'customer');
  const [target, setTarget] = useState<number | null>(to?.id ?? null);
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
    <ConfirmModal opened title={to ? `Assign a policy to ${to.name}` : 'Assign a policy'} confirmLabel="Assign" pending={assign.pending} error={assign.error} disabled={target === null || chosen === '' || reason.trim() === '' || !isComplete(underWay)} onConfirm={confirm} onClose={onClose}>
      {to ? <Text size="sm">An assignment of a single invoice goes before that of its customer, and both before those of segments.</Text> : <TargetFields kind={kind} target={target} onKind={(next) => { setKind(next); setTarget(null); }} onTarget={setTarget} />}
      {kind === 'segment' && <NumberInput label="Priority" description="Of the segments that a customer is in, the lowest number decides." min={1} max={10_000} value={priority} onChange={setPriority} />}
      <NativeSelect label="Policy" value={chosen} data={policies} onChange={(event) => setPolicy(event.currentTarget.value)} />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <UnderWayFields form={underWay} onChange={setUnderWay} />
    </ConfirmModal>
  );
}

function TargetFields({ kind, target, onKind, onTarget }: { kind: Kind; target: number | null; onKind: (kind: Kind) => void; onTarget: (id: number | null) => void }) {
  return (
    <>
      <NativeSelect label="To a" value={kind} data={(['customer', 'segment', 'invoice'] as const).map((value) => ({ value, label: assigneeKinds[value] }))} onChange={(event) => onKind(event.currentTarget.value as Kind)} />
      {kind === 'customer' ? <CustomerSelect label="Customer" labelShown value={target} onChange={onTarget} /> : kind === 'segment' ? <SegmentSelect value={target} onChange={onTarget} /> : <InvoiceSelect labelShown value={target} onChange={onTarget} />}
    </>
  );
}
