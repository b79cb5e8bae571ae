import { SegmentedControl, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { AmountInput } from '../invoices/AmountInput';
import { useAmount } from '../invoices/useAmount';
import { resolutions, useResolveDispute, type Dispute } from './queries';

type Kind = keyof typeof resolutions;

export function ResolveModal({ dispute, onClose }: { dispute: Dispute; onClose: () => void }) {
  const disputedMinor = Math.min(dispute.amountMinor, dispute.openMinor);
  const amount = useAmount({ openMinor: disputedMinor, currency: dispute.currency });
  const [kind, setKind] = useState<Kind>('valid');
  const [note, setNote] = useState('');
  const resolve = useResolveDispute(dispute.id);
  const confirm = () => {
    const said = note.trim() || undefined;
    if (kind === 'split' && amount.minor === null) return;
    resolve.run(kind === 'split' ? { resolution: kind, creditMinor: amount.minor ?? 0, note: said } : { resolution: kind, note: said }, () => {
      notifyDone('The dispute is resolved.');
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title="Resolve the dispute" confirmLabel="Resolve" pending={resolve.pending} error={resolve.error}
      disabled={kind === 'split' && (amount.minor === null || amount.minor >= disputedMinor)} onConfirm={confirm} onClose={onClose}
    >
      <SegmentedControl fullWidth orientation="vertical" aria-label="How it ends" data={Object.entries(resolutions).map(([value, label]) => ({ value, label }))} value={kind} onChange={(value) => setKind(value as Kind)} />
      {kind === 'valid' && <Text size="sm">A credit note of {formatMoney(disputedMinor, dispute.currency)} is issued for the invoice.</Text>}
      {kind === 'invalid' && <Text size="sm">Collection goes on with all that is open, at the step that is due.</Text>}
      {kind === 'split' && <><Text size="sm">A credit note is issued for this part; the rest is asked for again.</Text><AmountInput amount={amount} currency={dispute.currency} /></>}
      <Textarea label="Note" description="Optional" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
