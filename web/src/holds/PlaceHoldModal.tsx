import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CustomerSelect } from '../customers/CustomerSelect';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { holdKinds, usePlaceHold, type HoldKind } from './queries';

/** @param customer when given, the hold is for this customer and no other is offered */
export function PlaceHoldModal({ customer, onClose }: { customer?: { id: number; name: string }; onClose: () => void }) {
  const place = usePlaceHold();
  const [chosen, setChosen] = useState<number | null>(customer?.id ?? null);
  const [kind, setKind] = useState<HoldKind>('credit');
  const [reason, setReason] = useState('');
  const confirm = () => {
    if (chosen === null) return;
    place.run({ customerId: chosen, kind, reason: reason.trim() }, () => {
      notifyDone('The hold is placed.');
      onClose();
    });
  };
  return (
    <ConfirmModal
      opened title={customer ? `Place a hold on ${customer.name}` : 'Place a hold'} confirmLabel="Place the hold" danger pending={place.pending} error={place.error}
      disabled={chosen === null || reason.trim() === ''} onConfirm={confirm} onClose={onClose}
    >
      <Text size="sm">The systems that listen for holds are told at once. A hold placed by hand stays until someone releases it.</Text>
      {!customer && <CustomerSelect label="Customer" labelShown value={chosen} onChange={setChosen} />}
      <NativeSelect label="Kind" value={kind} data={Object.entries(holdKinds).map(([value, label]) => ({ value, label }))} onChange={(event) => setKind(event.currentTarget.value as HoldKind)} />
      <TextInput label="Reason" required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmModal>
  );
}
