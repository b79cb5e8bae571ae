import fc from 'fast-check';
import { addDays } from '../../../domain/calendar/dates';
import { sumByCurrency } from '../../../domain/money/money';
import { entriesMax, isWanted, makeStatement, standingOf, statementFrom } from '../../../domain/statement/makeStatement';
import type { AccountEntry, OpenItem, StatementAccount } from '../../../domain/statement/types';

const to = '2026-11-02';
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const day = fc.integer({ min: -200, max: 0 }).map((back) => addDays(to, back));
const entry: fc.Arbitrary<AccountEntry> = fc.record({
  kind: fc.constantFrom('invoice' as const, 'payment' as const, 'credit-note' as const, 'payment-reversed' as const), on: day, reference: fc.string({ maxLength: 8 }), currency, amountMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
});
const item: fc.Arbitrary<OpenItem> = fc.record({
  kind: fc.constantFrom('invoice' as const, 'late-fee' as const), reference: fc.string({ maxLength: 8 }), issuedOn: day, dueOn: fc.integer({ min: -200, max: 60 }).map((days) => addDays(to, days)), currency,
  totalMinor: fc.constant(1_000_000), openMinor: fc.integer({ min: 1, max: 1_000_000 }), disputedMinor: fc.constant(0), promisedMinor: fc.constant(0),
});
const account: fc.Arbitrary<StatementAccount> = fc.record({
  entries: fc.array(entry, { maxLength: 30 }), items: fc.array(item, { maxLength: 20 }),
  unapplied: fc.array(fc.record({ kind: fc.constant('payment' as const), reference: fc.constant('p'), on: day, currency, amountMinor: fc.integer({ min: 1, max: 1_000 }) }), { maxLength: 5 }),
});
const closingBefore = fc.uniqueArray(fc.record({ currency, amountMinor: fc.integer({ min: -1_000_000, max: 1_000_000 }) }), { selector: (each) => each.currency, maxLength: 3 });

describe('whatever an account is', () => {
  test('a statement ends with what is open less what is unapplied, its entries lead there from where it begins, and its buckets add up to what is open, to the cent', () => {
    fc.assert(fc.property(account, fc.option(closingBefore), (of, lastClosing) => {
      const statement = makeStatement(of, { from: '2026-10-03', to, lastClosing });
      const open = sumByCurrency(of.items.map((each) => ({ currency: each.currency, amountMinor: each.openMinor })));
      const unapplied = sumByCurrency(of.unapplied);
      const [opening, closing, moved] = [statement.opening, statement.closing, statement.entries.map(({ amount }) => amount)].map(sumByCurrency);
      for (const name of ['EUR', 'JPY', 'KWD']) {
        const after = closing!.get(name) ?? 0;
        expect(after).toBe((open.get(name) ?? 0) - (unapplied.get(name) ?? 0));
        expect((opening!.get(name) ?? 0) + (moved!.get(name) ?? 0)).toBe(after);
        expect(statement.entries.filter(({ balance }) => balance.currency === name).at(-1)?.balance.amountMinor ?? after).toBe(after);
        expect(statement.aging.find((each) => each.currency === name)?.bucketsMinor.reduce((sum, each) => sum + each, 0) ?? 0).toBe(open.get(name) ?? 0);
      }
      if (lastClosing) expect(sumByCurrency(statement.opening)).toEqual(new Map(lastClosing.filter(({ amountMinor }) => amountMinor !== 0).sort((a, b) => (a.currency < b.currency ? -1 : 1)).map((each) => [each.currency, each.amountMinor])));
    }));
  });
});

const invoice = (dueOn: string, openMinor: number): OpenItem => ({ kind: 'invoice', reference: 'INV-1', issuedOn: '2026-06-01', dueOn, currency: 'EUR', totalMinor: openMinor, openMinor, disputedMinor: 0, promisedMinor: 0 });

test('the day on which it is due an item is not late; 30 days after it is in the first bucket, 31 in the second, 121 in the last', () => {
  const items = [0, 1, 30, 31, 60, 61, 90, 91, 120, 121].map((late, index) => invoice(addDays(to, -late), 10 ** index));
  expect(makeStatement({ entries: [], items, unapplied: [] }, { from: to, to, lastClosing: null }).aging[0]?.bucketsMinor).toEqual([1, 110, 11_000, 1_100_000, 110_000_000, 1_000_000_000]);
});

test('what was changed on days that the last statement told of is an entry of its own, so that this one begins where that one ended', () => {
  const statement = makeStatement({ entries: [], items: [invoice('2026-10-01', 70_00)], unapplied: [] }, { from: '2026-10-03', to, lastClosing: [{ currency: 'EUR', amountMinor: 100_00 }] });
  expect(statement.entries).toEqual([{ date: '2026-10-03', kind: 'correction', reference: null, amount: { currency: 'EUR', amountMinor: -30_00 }, balance: { currency: 'EUR', amountMinor: 70_00 } }]);
});

test('an account of very many entries tells the latest one by one, and the rest as a sum', () => {
  const entries = Array.from({ length: entriesMax + 500 }, (_, index): AccountEntry => ({ kind: 'invoice', on: addDays(to, index - 2_000), reference: String(index), currency: 'EUR', amountMinor: 1 }));
  const statement = makeStatement({ entries, items: [invoice(to, entries.length)], unapplied: [] }, { from: '2020-01-01', to, lastClosing: [] });
  expect(statement.entries).toHaveLength(entriesMax + 1);
  expect(statement.entries[0]).toMatchObject({ kind: 'correction', amount: { amountMinor: 500 } });
  expect(statement.entries.at(-1)?.balance.amountMinor).toBe(entries.length);
});

test.each([
  ['2026-03-31', null, '2026-03-01'], ['2026-11-02', null, '2026-10-03'], ['2024-03-30', null, '2024-03-01'], ['2026-01-15', null, '2025-12-16'], ['2026-11-02', '2026-10-01', '2026-10-02'], ['2026-11-02', '2026-11-02', '2026-11-02'],
])('a statement of %s after one of %s begins on %s', (on, last, from) => {
  expect(statementFrom(on, last === null ? null : { to: last })).toBe(from);
});

test.each([
  ['open-or-moved', false, false, false], ['open-or-moved', false, true, true], ['open-or-moved', true, false, true], ['open', false, true, false], ['open', true, false, true], ['always', false, false, true],
] as const)('by the rule %s, with open %s and moved %s, it is sent: %s', (rule, open, moved, sent) => {
  expect(isWanted(rule, { open, moved })).toBe(sent);
});

test('credit that is left over counts as open', () => {
  const statement = makeStatement({ entries: [], items: [], unapplied: [{ kind: 'credit-note', reference: 'CN-1', on: to, currency: 'EUR', amountMinor: 5 }] }, { from: to, to, lastClosing: null });
  expect(standingOf(statement)).toEqual({ open: true, moved: false });
  expect(statement.closing).toEqual([{ currency: 'EUR', amountMinor: -5 }]);
});
