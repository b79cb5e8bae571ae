import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unappliedQuery } from '../customers/queries';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { formatMoney } from '../format/money';
import { usePayCharge, type Charge } from './chargeQueries';

/** Puts what is left of a payment on a charge: a payment never goes to one by itself. */
export function PayChargeModal({ charge, customerId, onClose }: { charge: Charge; customerId: number; onClose: () => void }) {
  const unapplied = useQuery(unappliedQuery(customerId));
  const pay = usePayCharge(charge.invoiceId);
  const [chosen, setChosen] = useState('');
  const payments = (unapplied.data ?? []).filter(({ kind, currency }) => kind === 'payment' && currency === charge.currency);
  const payment = payments.find(({ id }) => String(id) === chosen) ?? payments[0];
  const amountMinor = payment ? Math.min(payment.unappliedMinor, charge.openMinor) : 0;
  const confirm = () => {
    if (!payment) return;
    pay.run({ id: charge.id, paymentId: payment.id }, () => {
      notifyDone(`${formatMoney(amountMinor, charge.currency)} put on the charge.`);
      onClose();
    });
  };
  return (
    <ConfirmModal opened title="Pay a charge" confirmLabel="Pay" disabled={!payment} pending={pay.pending} error={pay.error} onConfirm={confirm} onClose={onClose}>
      <Text size="sm">{formatMoney(charge.openMinor, charge.currency)} is open of this charge ({charge.basis}).</Text>
      {unapplied.data && payments.length === 0
        ? <Text size="sm">Nothing is left of the customer's payments in {charge.currency}. Record a payment first; what it leaves over can be put on the charge.</Text>
        : <NativeSelect label="From what is left of" value={payment ? String(payment.id) : ''} onChange={(event) => setChosen(event.currentTarget.value)} data={payments.map(({ id, externalId, unappliedMinor }) => ({ value: String(id), label: `${externalId}, ${formatMoney(unappliedMinor, charge.currency)} left` }))} />}
      {payment && <Text size="sm">{formatMoney(amountMinor, charge.currency)} goes to the charge.</Text>}
    </ConfirmModal>
  );
}
