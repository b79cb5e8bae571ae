import { addDays, dateOfDay, dayMs, dayNumber, daysBetween, type LocalDate } from '../calendar/dates';
import { sumByCurrency, type Money } from '../money/money';
import type { AccountEntry, Aging, EntryKind, LastStatement, OpenItem, StatementAccount, StatementContent, StatementEntry, StatementRule, StatementStanding } from './types';

/** The last day past due of each bucket but the last, which has no end. */
export const agingBounds: readonly number[] = [0, 30, 60, 90, 120];
/** So many entries are told one by one; what is older is one sum, so that an account of many years still makes a letter. */
export const entriesMax = 1_000;

/** The first day that a statement tells of: the day after the last statement, else a month back. */
export function statementFrom(to: LocalDate, last: Pick<LastStatement, 'to'> | null): LocalDate {
  if (!last) return addDays(monthBack(to), 1);
  return last.to < to ? addDays(last.to, 1) : to;
}

function monthBack(date: LocalDate): LocalDate {
  const day = new Date(dayNumber(date) * dayMs);
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 1, 1);
  const daysInMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 0)).getUTCDate();
  return dateOfDay(first / dayMs + Math.min(day.getUTCDate(), daysInMonth) - 1);
}

/**
 * The statement of an account from one day to another. It begins with the balance that the last one ended with: what changed meanwhile on days that were told of is an entry of its
 * own. With none before it (null), the opening balance is what makes the entries end at what is open. `closing` is always what is open less what is unapplied, and the buckets add up to what is open.
 */
export function makeStatement(account: StatementAccount, { from, to, lastClosing }: { from: LocalDate; to: LocalDate; lastClosing: readonly Money[] | null }): StatementContent {
  const closing = balanceOf(account);
  const moved = sumByCurrency(account.entries);
  const opening = lastClosing ? new Map(lastClosing.map(({ currency, amountMinor }) => [currency, amountMinor])) : difference(closing, moved);
  const corrections = [...difference(difference(closing, opening), moved)].filter(([, amountMinor]) => amountMinor !== 0)
    .map(([currency, amountMinor]): AccountEntry => ({ kind: 'correction', on: from, reference: null, currency, amountMinor }));
  return {
    from, to, opening: amountsOf(opening), closing: amountsOf(closing), entries: entriesOf([...corrections, ...account.entries], opening),
    items: [...account.items].sort(byDueDate), aging: agingOf(account.items, to), unapplied: account.unapplied,
  };
}

/** What the rule of a segment asks about a statement. */
export function standingOf({ entries, items, unapplied }: StatementContent): StatementStanding {
  return { open: items.length > 0 || unapplied.length > 0, moved: entries.length > 0 };
}

export function isWanted(rule: StatementRule, { open, moved }: StatementStanding): boolean {
  switch (rule) {
    case 'always': return true;
    case 'open': return open;
    case 'open-or-moved': return open || moved;
  }
}

function balanceOf({ items, unapplied }: StatementAccount): Map<string, number> {
  const open = sumByCurrency(items.map(({ currency, openMinor }) => ({ currency, amountMinor: openMinor })));
  return difference(open, sumByCurrency(unapplied));
}

function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...new Set([...a.keys(), ...b.keys()])].sort().map((currency) => [currency, (a.get(currency) ?? 0) - (b.get(currency) ?? 0)]));
}

function amountsOf(balances: ReadonlyMap<string, number>): Money[] {
  return [...balances].filter(([, amountMinor]) => amountMinor !== 0).map(([currency, amountMinor]) => ({ currency, amountMinor })).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** On one day what is owed comes before what is paid, as an account is kept. */
const orderOf: readonly EntryKind[] = [
  'correction', 'invoice', 'late-fee', 'interest', 'compensation', 'payment', 'credit-note', 'discount', 'write-off', 'payment-refunded', 'payment-reversed', 'discount-reversed', 'write-off-reversed', 'charge-waived',
];

function entriesOf(entries: readonly AccountEntry[], opening: ReadonlyMap<string, number>): StatementEntry[] {
  const sorted = [...entries].sort((a, b) => Number(b.kind === 'correction') - Number(a.kind === 'correction') || compare(a.on, b.on) || orderOf.indexOf(a.kind) - orderOf.indexOf(b.kind) || compare(a.reference ?? '', b.reference ?? ''));
  const balances = new Map(opening);
  return shortened(sorted).map(({ kind, on, reference, currency, amountMinor }) => {
    const balance = (balances.get(currency) ?? 0) + amountMinor;
    balances.set(currency, balance);
    return { date: on, kind, reference, amount: { currency, amountMinor }, balance: { currency, amountMinor: balance } };
  });
}

function shortened(entries: readonly AccountEntry[]): readonly AccountEntry[] {
  if (entries.length <= entriesMax) return entries;
  const [early, late] = [entries.slice(0, -entriesMax), entries.slice(-entriesMax)];
  const on = early.at(-1)!.on;
  return [...[...sumByCurrency(early)].map(([currency, amountMinor]): AccountEntry => ({ kind: 'correction', on, reference: null, currency, amountMinor })), ...late];
}

function agingOf(items: readonly OpenItem[], to: LocalDate): Aging[] {
  const currencies = [...new Set(items.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const bucketsMinor = [...agingBounds, Infinity].map(() => 0);
    for (const item of items) {
      if (item.currency !== currency) continue;
      const bucket = bucketOf(daysBetween(item.dueOn, to));
      bucketsMinor[bucket] = (bucketsMinor[bucket] ?? 0) + item.openMinor;
    }
    return { currency, bucketsMinor, openMinor: bucketsMinor.reduce((sum, each) => sum + each, 0) };
  });
}

function bucketOf(daysPastDue: number): number {
  const bucket = agingBounds.findIndex((bound) => daysPastDue <= bound);
  return bucket === -1 ? agingBounds.length : bucket;
}

function byDueDate(a: OpenItem, b: OpenItem): number {
  return compare(a.dueOn, b.dueOn) || compare(a.reference, b.reference) || Number(a.kind !== 'invoice') - Number(b.kind !== 'invoice') || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
