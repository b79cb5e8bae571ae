import { Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { parseMoney } from '../format/money';
import { useOfferDiscount } from './discountQueries';
import type { Invoice } from './queries';

export function OfferDiscountModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const offer = useOfferDiscount(invoice.id);
  const [kind, setKind] = useState('percent');
  const [value, setValue] = useState('2');
  const [forDays, setForDays] = useState(10);
  const terms = termsOf(kind, value, invoice.currency);
  const confirm = () => terms && offer.run({ terms, forDays }, () => {
    notifyDone('Offered.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Offer a discount on ${invoice.number}`} confirmLabel="Offer" pending={offer.pending} error={offer.error} disabled={terms === null} onConfirm={() => void confirm()} onClose={onClose}>
      <Text size="sm">When payments received by the last day come to what is open less the discount, the rest is taken off. The next message about the invoice says so.</Text>
      <Group grow align="start">
        <Select label="Terms" data={[{ value: 'percent', label: 'Percent of what is open' }, { value: 'fixed', label: 'An amount' }]} value={kind} allowDeselect={false} onChange={(next) => setKind(next ?? 'percent')} />
        <TextInput label={kind === 'fixed' ? `Amount, ${invoice.currency}` : 'Percent'} required inputMode="decimal" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        <NumberInput label="Days to pay in" min={0} max={365} value={forDays} onChange={(next) => setForDays(Number(next) || 0)} />
      </Group>
    </ConfirmModal>
  );
}

/** Null until the form says whole terms. */
function termsOf(kind: string, value: string, currency: string) {
  if (kind === 'fixed') {
    const amountMinor = parseMoney(value, currency);
    return amountMinor !== null && amountMinor > 0 ? { kind: 'fixed' as const, amountMinor } : null;
  }
  const percent = value.trim();
  return /^\d{1,2}(\.\d{1,4})?$/.test(percent) && Number(percent) > 0 ? { kind: 'percent' as const, percent } : null;
}
