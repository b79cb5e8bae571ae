import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Amounts } from '../../conditions/Amounts';
import { nameOf } from './document';
import classes from './DraftPage.module.css';

const kinds = ['fixed', 'percent', 'interest', 'statutory'] as const;
type Kind = (typeof kinds)[number];

const kindNames: readonly { value: Kind; label: string }[] = [
  { value: 'fixed', label: 'A fixed fee' }, { value: 'percent', label: 'A part of what is open' }, { value: 'interest', label: 'Interest by contract' }, { value: 'statutory', label: 'Interest by law' },
];
const beginnings: Readonly<Record<Kind, object>> = { fixed: { fixed: { USD: '40.00' } }, percent: { percent: '1' }, interest: { interest: { rate: '8', dayCount: 'actual/365' } }, statutory: { statutory: 'eu' } };
const laws = [{ value: 'eu', label: 'EU directive 2011/7' }, { value: 'de', label: 'Germany' }, { value: 'uk', label: 'United Kingdom' }];
const dayCounts = ['actual/365', 'actual/360', 'actual/actual', '30/360'];

interface Props {
  of: Readonly<Record<string, unknown>>;
  change: (key: string, value: unknown) => void;
  replace: (value: object) => void;
}

/** A late fee or interest, in any of the four ways to charge. */
export function ChargeFields({ of, change, replace }: Props) {
  const kind = kinds.find((each) => each in of) ?? 'percent';
  const interest = (of.interest ?? {}) as { rate?: unknown; dayCount?: unknown };
  return (
    <div className={classes.fields} style={{ marginTop: 0 }}>
      <NativeSelect label="What is charged" value={kind} data={[...kindNames]} onChange={(event) => replace(beginnings[event.currentTarget.value as Kind])} />
      {kind === 'fixed' && <FixedAmounts label="Fee" value={of.fixed} onChange={(fixed) => change('fixed', fixed)} />}
      {kind === 'percent' && <TextInput label="Percent of what is open" inputMode="decimal" value={nameOf(of.percent)} onChange={(event) => change('percent', event.currentTarget.value)} />}
      {kind === 'interest' && <TextInput label="Percent a year" inputMode="decimal" value={nameOf(interest.rate)} onChange={(event) => change('interest', { ...interest, rate: event.currentTarget.value })} />}
      {kind === 'interest' && <NativeSelect label="Days counted" value={nameOf(interest.dayCount) || 'actual/365'} data={dayCounts} onChange={(event) => change('interest', { ...interest, dayCount: event.currentTarget.value })} />}
      {kind === 'statutory' && <NativeSelect label="By which law" value={nameOf(of.statutory)} data={laws} onChange={(event) => change('statutory', event.currentTarget.value)} />}
    </div>
  );
}

/** One amount for each currency. What the text has there that is no list of amounts is left to the text. */
export function FixedAmounts({ label, value, onChange }: { label: string; value: unknown; onChange: (value: Record<string, string>) => void }) {
  if (!isAmounts(value)) return <Text size="xs" c="dimmed">Amounts are written as texts per currency, as in {'{USD: "40.00"}'}: put them right in the YAML.</Text>;
  return <Stack gap={2}><Text size="sm" fw={500}>{label}</Text><Amounts label={label} value={value} onChange={onChange} /></Stack>;
}

function isAmounts(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((amount) => typeof amount === 'string');
}
