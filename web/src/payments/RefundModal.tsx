import { Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useToday } from '../clock/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { Loaded } from '../feedback/Loaded';
import { notifyDone } from '../feedback/notify';
import { formatMoney, moneyInput, parseMoney } from '../format/money';
import { newKey } from '../http/useWrite';
import { paymentQuery, useRefund, type Payment } from './queries';

/** Says that money of a payment went back. */
export function RefundModal({ paymentId, externalId, onClose }: { paymentId: number; externalId: string; onClose: () => void }) {
  const today = useToday();
  const found = useQuery(paymentQuery(paymentId));
  const refund = useRefund(paymentId);
  const [typed, setTyped] = useState<string | null>(null);
  const [refundedOn, setRefundedOn] = useState(today);
  const [reason, setReason] = useState('');
  // Made once per dialog: pressing the button twice records one refund.
  const [reference, setReference] = useState(() => `refund-${newKey().slice(0, 12)}`);
  const currency = found.data?.currency ?? '';
  const leftMinor = found.data ? leftOf(found.data) : 0;
  const text = typed ?? (found.data ? moneyInput(leftMinor, currency) : '');
  const minor = found.data ? parseMoney(text, currency) : null;
  const fits = minor !== null && minor > 0 && minor <= leftMinor;
  const confirm = () => {
    if (!fits) return;
    refund.run({ externalId: reference.trim(), amountMinor: minor, refundedAt: refundedOn, reason: reason.trim() || null }, () => {
      notifyDone(`Refund of ${formatMoney(minor, currency)} recorded.`);
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={`Refund payment ${externalId}`} confirmLabel="Record refund" danger pending={refund.pending} error={refund.error}
      disabled={!fits || refundedOn === '' || reference.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Loaded query={found} lines={2}>{(payment) => <Text size="sm">{consequence(payment, fits ? minor : null)}</Text>}</Loaded>
      <Group grow align="flex-start">
        <TextInput
          label="Amount" required data-autofocus inputMode="decimal" value={text} error={found.data && !fits ? `At most ${moneyInput(leftMinor, currency)}` : null} rightSection={<Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <TextInput type="date" label="Went back on" required max={today} value={refundedOn} onChange={(event) => setRefundedOn(event.currentTarget.value)} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Reference" inputWrapperOrder={['label', 'input', 'description', 'error']} description="The same reference twice is one refund" required value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
        <TextInput label="Reason" inputWrapperOrder={['label', 'input', 'description', 'error']} description="Optional" placeholder="Goods returned" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Group>
    </ConfirmModal>
  );
}

const leftOf = ({ amountMinor, refundedMinor, reversedAt }: Payment): number => (reversedAt === null ? amountMinor - refundedMinor : 0);

function consequence(payment: Payment, minor: number | null): string {
  const { currency, unappliedMinor, reversedAt } = payment;
  if (reversedAt !== null) return 'The payment is reversed: nothing of it is left to give back.';
  const left = `${formatMoney(leftOf(payment), currency)} of the payment is left${unappliedMinor > 0 ? `, of it ${formatMoney(unappliedMinor, currency)} unapplied` : ''}. This records that money went back; it sends none.`;
  if (minor === null) return left;
  const reopened = Math.max(0, minor - unappliedMinor);
  return reopened === 0 ? `${left} Nothing is open again.` : `${left} ${formatMoney(reopened, currency)} of what it settled is open again, what was applied last first, and collection goes on where it was.`;
}
