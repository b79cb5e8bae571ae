import { Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '../feedback/ConfirmModal';
import { notifyDone } from '../feedback/notify';
import { parseMoney } from '../format/money';
import { useCharge, type ChargeRule } from './chargeQueries';
import type { Invoice } from './queries';

const rules = [
  { value: 'statutory:eu', label: 'Statutory, EU directive 2011/7' }, { value: 'statutory:de', label: 'Statutory, Germany (§ 288 BGB)' }, { value: 'statutory:uk', label: 'Statutory, United Kingdom' },
  { value: 'interest', label: 'Interest by contract' }, { value: 'percent', label: 'A percentage of what is open' }, { value: 'fixed', label: 'A fixed fee' },
];
const dayCounts = ['actual/365', 'actual/360', 'actual/actual', '30/360'] as const;

export function ChargeModal({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const charge = useCharge(invoice.id);
  const [kind, setKind] = useState('interest');
  const [value, setValue] = useState('');
  const [dayCount, setDayCount] = useState<(typeof dayCounts)[number]>('actual/365');
  const rule = ruleOf(kind, value, dayCount, invoice.currency);
  const confirm = () => rule && charge.run(rule, () => {
    notifyDone('Charged.');
    onClose();
  });
  return (
    <ConfirmModal opened title={`Charge ${invoice.number}`} confirmLabel="Charge" pending={charge.pending} error={charge.error} disabled={rule === null} onConfirm={() => void confirm()} onClose={onClose}>
      <Text size="sm">Interest is for each day after the due date that has not been charged for, on what was open and undisputed, up to today.</Text>
      <Select label="Rule" data={rules} value={kind} allowDeselect={false} onChange={(next) => setKind(next ?? 'interest')} />
      {!kind.startsWith('statutory') && <Group grow align="start">
        <TextInput label={kind === 'fixed' ? `Amount, ${invoice.currency}` : kind === 'interest' ? 'Percent a year' : 'Percent'} required inputMode="decimal" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        {kind === 'interest' && <Select label="Day count" data={[...dayCounts]} value={dayCount} allowDeselect={false} onChange={(next) => setDayCount(dayCounts.find((each) => each === next) ?? 'actual/365')} />}
      </Group>}
    </ConfirmModal>
  );
}

/** Null until the form says a whole rule. */
function ruleOf(kind: string, value: string, dayCount: (typeof dayCounts)[number], currency: string): ChargeRule | null {
  const preset = (['eu', 'de', 'uk'] as const).find((each) => kind === `statutory:${each}`);
  if (preset) return { kind: 'statutory', preset };
  if (kind === 'fixed') {
    const amountMinor = parseMoney(value, currency);
    return amountMinor !== null && amountMinor > 0 ? { kind: 'fixed', amountMinor } : null;
  }
  const percent = value.trim();
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent) || Number(percent) === 0) return null;
  return kind === 'percent' ? { kind: 'percent', percent } : { kind: 'interest', percent, dayCount };
}
