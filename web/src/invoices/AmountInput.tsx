import { Text, TextInput } from '@mantine/core';
import type { useAmount } from './useAmount';

/** Right-aligned as the figures around it, with its currency. */
export function AmountInput({ amount, currency }: { amount: ReturnType<typeof useAmount>; currency: string }) {
  return (
    <TextInput
      label="Amount" required inputMode="decimal" data-autofocus styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
      rightSection={<Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44}
      value={amount.text} error={amount.error} onChange={(event) => amount.setText(event.currentTarget.value)}
    />
  );
}
