import fc from 'fast-check';
import { addDays, dayNumber } from '../../../domain/calendar/dates';
import { instantAt } from '../../../domain/calendar/zones';
import { noControl, type InvoiceFacts } from '../../../domain/collection/facts';
import { defaultMoveRules } from '../../../domain/migration/moveRules';
import { customerAccount } from '../../../domain/simulation/customerAccount';
import { joinComparisons, PolicyComparer } from '../../../domain/simulation/comparePolicies';
import type { LiveLedger } from '../../../domain/simulation/simulateLive';
import { customer as acme, ladder, reference } from '../collection/story';

const now = instantAt(dayNumber('2026-03-02'), 600, 'UTC');
const end = instantAt(dayNumber('2026-04-20'), 0, 'UTC');
const draft = ladder('- {id: nudge, anchor: due, offset: {days: -3}, actions: [{email: {template: due}}]}\n- {id: call, anchor: due, offset: {days: 9}, actions: [{task: {queue: Care, title: Call}}]}');

const invoice = fc.record({ due: fc.integer({ min: -60, max: 40 }), open: fc.integer({ min: 0, max: 100_000 }) });
const ledgers = fc.array(fc.array(invoice, { maxLength: 3 }), { minLength: 1, maxLength: 8 }).map((customers) => customers.map((invoices, position): LiveLedger => {
  const { customer } = customerAccount({ ...acme(), externalId: `c${position}` }, reference);
  return {
    customer, unapplied: [],
    collected: invoices.map(({ due, open }, index) => ({
      policy: reference,
      invoice: {
        id: `${position}-${index}`, externalId: `i${position}-${index}`, issuedOn: '2025-12-01', dueOn: addDays('2026-03-02', due), currency: 'USD', totalMinor: 100_000, openMinor: open, creditMinor: 0, customerBalanceMinor: open,
        promisedMinor: 0, promisedUntil: null, disputedMinor: 0, claimsDueAt: null, graceDays: null, documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress: [], holds: [],
      } satisfies InvoiceFacts,
    })),
  };
}));

test('a ledger compared in parts is compared as a whole', () => {
  const compare = (part: readonly LiveLedger[]) => {
    const comparer = new PolicyComparer({ draft, rules: defaultMoveRules, now, end, applies: () => true });
    comparer.add(part);
    return comparer.result();
  };
  fc.assert(fc.property(ledgers, fc.nat(8), fc.nat(8), (whole, one, other) => {
    const [first, second] = [Math.min(one, other), Math.max(one, other)];
    expect(joinComparisons([whole.slice(0, first), whole.slice(first, second), whole.slice(second)].map(compare))).toEqual(compare(whole));
  }), { numRuns: 60 });
});
