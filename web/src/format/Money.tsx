import { formatMoney } from './money';
import classes from './Money.module.css';

/** An amount with its currency in a quieter shade, so that the figures stand out in a column. */
export function Money({ minor, currency, strong }: { minor: number; currency: string; strong?: boolean }) {
  const text = formatMoney(minor, currency);
  return <span className={strong ? classes.strong : classes.money}>{text.slice(0, -currency.length - 1)} <span className={classes.code}>{currency}</span></span>;
}
