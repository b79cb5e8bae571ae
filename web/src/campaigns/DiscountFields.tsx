import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { Amounts } from '../conditions/Amounts';
import type { CampaignStep } from './queries';

export type Discount = NonNullable<Extract<CampaignStep['action'], { kind: 'email' }>['discount']>;

/** A part of each invoice, or an amount in each currency, for who pays in time. */
export function DiscountFields({ discount, onChange }: { discount: Discount; onChange: (discount: Discount) => void }) {
  const { forDays } = discount;
  return (
    <>
      <NativeSelect label="Discount of" data={[{ value: 'percent', label: 'percent' }, { value: 'fixed', label: 'an amount' }]} value={discount.fixed ? 'fixed' : 'percent'} onChange={(event) => onChange(event.currentTarget.value === 'fixed' ? { fixed: { USD: '25.00' }, forDays } : { percent: '2', forDays })} />
      {discount.fixed ? <Amounts label="Discount" value={discount.fixed} onChange={(fixed) => onChange({ fixed, forDays })} /> : <TextInput label="Percent" w={80} inputMode="decimal" value={discount.percent ?? ''} onChange={(event) => onChange({ percent: event.currentTarget.value, forDays })} />}
      <NumberInput label="if paid within days" w={140} min={1} max={365} allowDecimal={false} value={forDays} onChange={(days) => onChange({ ...discount, forDays: Number(days) || 1 })} />
    </>
  );
}
