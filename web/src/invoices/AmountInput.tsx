import { Text, TextInput } from '@mantine/core';
import { moneyInput } from '../format/money';
import type { useAmount } from './useAmount';

/** Right-aligned as the figures around it, with its currency. `mostMinor`: more is refused. */
export function AmountInput({ amount, currency, mostMinor }: { amount: ReturnType<typeof useAmount>; currency: string; mostMinor?: number }) {
  const tooMuch = mostMinor !== undefined && amount.minor !== null && amount.minor > mostMinor;
  return (
    <TextInput
      label="Amount" required inputMode="decimal" data-autofocus styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
      rightSection={<Text size="xs" c="dimmed">{currency}</Text>} rightSectionWidth={44}
      value={amount.text} error={amount.error ?? (tooMuch ? `At most ${moneyInput(mostMinor, currency)}` : null)} onChange={(event) => amount.setText(event.currentTarget.value)}
    />
  );
}
