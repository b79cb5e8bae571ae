import { useState } from 'react';
import { moneyInput, parseMoney } from '../format/money';
import type { Invoice } from './queries';

/** An amount as it is typed, starting at all that is open. `minor` is null until it is an amount above zero. */
export function useAmount({ openMinor, currency }: Pick<Invoice, 'openMinor' | 'currency'>) {
  const [text, setText] = useState(() => moneyInput(openMinor, currency));
  const parsed = parseMoney(text, currency);
  const minor = parsed !== null && parsed > 0 ? parsed : null;
  return { text, setText, minor, error: minor === null ? `Write an amount in ${currency}, such as ${moneyInput(openMinor, currency)}` : null };
}
