import { ActionIcon, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';

/** One amount for each currency. */
export function Amounts({ label, value, onChange }: { label: string; value: Record<string, string>; onChange: (value: Record<string, string>) => void }) {
  const rows = Object.entries(value);
  const put = (at: number, currency: string, amount: string) => onChange(Object.fromEntries(rows.map((row, index) => (index === at ? [currency, amount] : row))));
  return (
    <Stack gap={4}>
      {rows.map(([currency, amount], index) => (
        <Group gap={4} key={index} wrap="nowrap">
          <TextInput aria-label={`${label}: currency`} value={currency} onChange={(event) => put(index, event.currentTarget.value.toUpperCase().slice(0, 3), amount)} w={58} />
          <TextInput aria-label={`${label}: amount in ${currency}`} inputMode="decimal" value={amount} onChange={(event) => put(index, currency, event.currentTarget.value)} w={100} />
          {rows.length > 1 && <ActionIcon variant="subtle" color="gray" aria-label={`Take ${currency} off`} onClick={() => onChange(Object.fromEntries(rows.filter((_, at) => at !== index)))}><IconX size={14} aria-hidden /></ActionIcon>}
          {index === rows.length - 1 && <ActionIcon variant="subtle" aria-label={`${label}: another currency`} onClick={() => onChange({ ...value, ['EUR' in value ? '' : 'EUR']: '0.00' })}><IconPlus size={14} aria-hidden /></ActionIcon>}
        </Group>
      ))}
    </Stack>
  );
}
