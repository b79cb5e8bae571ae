import { Autocomplete, NativeSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { Amounts } from './Amounts';
import type { ConditionField, ConditionValue, Op } from './document';

interface Props {
  field: ConditionField;
  op: Op;
  value: ConditionValue | undefined;
  label: string;
  onChange: (value: ConditionValue) => void;
}

/** What a field is compared with, by its type and operator. */
export function ValueInput({ field, op, value, label, onChange }: Props) {
  if (op === 'is-set') return null;
  if (op === 'in' || op === 'not-in') {
    const numbers = field.type === 'number';
    const change = (texts: string[]) => onChange(numbers ? texts.map(Number).filter(Number.isFinite) : texts);
    return <TagsInput aria-label={label} placeholder="Type, then Enter" data={field.choices ?? []} value={Array.isArray(value) ? value.map(String) : []} onChange={change} w={260} />;
  }
  switch (field.type) {
    case 'money': return <Amounts label={label} value={typeof value === 'object' && !Array.isArray(value) ? value : {}} onChange={onChange} />;
    case 'number':
    case 'share':
      return <NumberInput aria-label={label} suffix={field.type === 'share' ? '%' : undefined} value={typeof value === 'number' ? value : 0} onChange={(next) => onChange(Number(next) || 0)} w={110} />;
    case 'date': return <TextInput aria-label={label} placeholder="2026-03-01 or today-30d" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} w={170} />;
    case 'text':
      if (field.choices && field.othersToo) return <Autocomplete aria-label={label} data={[...field.choices]} value={String(value ?? '')} onChange={onChange} w={190} />;
      if (field.choices) return <NativeSelect aria-label={label} data={[...field.choices]} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
      return <TextInput aria-label={label} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} w={170} />;
    case 'custom': return <TextInput aria-label={label} placeholder="A text, a number or a date" value={String(value ?? '')} onChange={(event) => onChange(customValue(event.currentTarget.value))} w={170} />;
    case 'set': return null;
  }
}

/** A custom field is compared with what is typed: a plain number as a number, all else as it is. */
function customValue(text: string): string | number {
  return /^-?(0|[1-9]\d{0,14})(\.\d*[1-9])?$/.test(text) ? Number(text) : text;
}
