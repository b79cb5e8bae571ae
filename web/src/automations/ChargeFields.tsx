import { NativeSelect, TextInput } from '@mantine/core';
import { Amounts } from '../conditions/Amounts';
import type { AutomationAction } from './queries';

type Charge = Extract<AutomationAction, { kind: 'charge' }>['charge'];

const kinds: { value: Charge['kind']; label: string }[] = [{ value: 'fixed', label: 'a fixed fee' }, { value: 'percent', label: 'a part of what is open' }, { value: 'interest', label: 'interest by contract' }, { value: 'statutory', label: 'interest by law' }];
const beginnings: Readonly<Record<Charge['kind'], Charge>> = {
  fixed: { kind: 'fixed', amounts: { USD: '40.00' } }, percent: { kind: 'percent', percent: '1.5' }, interest: { kind: 'interest', percent: '8', dayCount: 'actual/365' }, statutory: { kind: 'statutory', preset: 'eu' },
};
const dayCounts = ['actual/360', 'actual/365', 'actual/actual', '30/360'] as const;
const presets: { value: 'eu' | 'de' | 'uk'; label: string }[] = [{ value: 'eu', label: 'European Union' }, { value: 'de', label: 'Germany' }, { value: 'uk', label: 'United Kingdom' }];

export function ChargeFields({ charge, onChange }: { charge: Charge; onChange: (charge: Charge) => void }) {
  return (
    <>
      <NativeSelect label="Charge" data={kinds} value={charge.kind} onChange={(event) => onChange(beginnings[event.currentTarget.value as Charge['kind']])} />
      {charge.kind === 'fixed' && <Amounts label="Fee" value={charge.amounts} onChange={(amounts) => onChange({ ...charge, amounts })} />}
      {(charge.kind === 'percent' || charge.kind === 'interest') && <TextInput label={charge.kind === 'percent' ? 'Percent' : 'Percent a year'} w={120} inputMode="decimal" value={charge.percent} onChange={(event) => onChange({ ...charge, percent: event.currentTarget.value })} />}
      {charge.kind === 'interest' && <NativeSelect label="Days counted" data={[...dayCounts]} value={charge.dayCount} onChange={(event) => onChange({ ...charge, dayCount: event.currentTarget.value as (typeof dayCounts)[number] })} />}
      {charge.kind === 'statutory' && <NativeSelect label="Law of" data={presets} value={charge.preset} onChange={(event) => onChange({ ...charge, preset: event.currentTarget.value as 'eu' })} />}
    </>
  );
}
