import { NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { useSetGrace, type Invoice } from './queries';

/** Days of grace of one invoice, with the reason that the audit trail keeps. */
export function GraceModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const set = useSetGrace(invoice.id);
  const [days, setDays] = useState<string | number>(invoice.graceDays ?? '');
  const [reason, setReason] = useState('');
  const graceDays = days === '' ? null : Number(days);
  const confirm = () => set.run({ graceDays, reason: reason.trim() }, () => {
    notifyDone(graceDays === null ? 'As its customer or the policy says.' : 'Grace saved.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Grace of invoice ${invoice.number}`} confirmLabel="Save" pending={set.pending} error={set.error} disabled={reason.trim() === '' || graceDays === invoice.graceDays} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">Steps that come after the due date wait so many days more, for this invoice alone. Those that still come move at once; what was sent stays sent.</Text>
      <NumberInput label="Days of grace" description="Empty: as its customer or the policy says" min={0} max={365} allowDecimal={false} value={days} onChange={setDays} data-autofocus />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
