import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { approvalKinds, useAnswerApproval, type Approval } from './queries';

const consequences: Readonly<Record<Approval['kind'], string>> = {
  hold: 'The account is put on hold in the next send window, and the customer is told as the policy says.',
  handoff: 'The invoice is handed to the agency in the next send window.',
  'write-off': 'The amount is written off at once, as far as it is still open.',
};

/** An automation does all that it does together, and waits with it for its email if it has one. */
const ofAutomation = {
  hold: 'The account is put on hold, with all else that the automation does: at once, or with its email in the next send window.',
  handoff: 'The invoice is handed to the agency, with all else that the automation does: at once, or with its email in the next send window.',
} as const;

function consequenceOf({ kind, automationId }: Approval): string {
  return automationId === null || kind === 'write-off' ? consequences[kind] : ofAutomation[kind];
}

/** Agrees to a request or refuses it; a refusal needs a reason, which the decision keeps. */
export function AnswerModal({ approval, approved, onClose }: { approval: Approval; approved: boolean; onClose: () => void }) {
  const answer = useAnswerApproval();
  const [reason, setReason] = useState('');
  const confirm = () => answer.run({ id: approval.id, approved, reason: reason.trim() }, () => {
    notifyDone(approved ? 'Approved. The ledger is looked at again before it is done.' : 'Refused.');
    onClose();
  });
  return (
    <ConfirmModal
      opened title={`${approved ? 'Approve' : 'Refuse'}: ${approvalKinds[approval.kind].toLowerCase()} of ${approval.invoiceNumber}`} confirmLabel={approved ? 'Approve' : 'Refuse'} danger={!approved}
      pending={answer.pending} error={answer.error} disabled={!approved && reason.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">{approval.customerName}, {formatMoney(approval.openMinor, approval.currency)} open{approval.kind === 'write-off' && `, ${formatMoney(approval.amountMinor, approval.currency)} to be written off`}. {approved ? consequenceOf(approval) : 'Nothing is done; the decision keeps your reason.'}</Text>
      <TextInput label={approved ? 'Note' : 'Reason'} required={!approved} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
