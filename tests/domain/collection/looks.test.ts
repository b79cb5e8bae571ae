import fc from 'fast-check';
import type { Policy } from '../../../domain/policy/types';
import { simulate } from '../../../domain/simulation/simulate';
import type { Ledger } from '../../../domain/simulation/timeline';
import { ledgers, policies, startingPolicies } from './generated';
import { back, invoice, ladder, payment, run } from './story';

/** Money on account in a currency in which nothing is owed: every invoice of the customer is looked at, and nothing about it has changed. */
const looks = fc.array(fc.record({ customer: fc.nat(20), minute: fc.integer({ min: 20 * 1_440, max: 200 * 1_440 }) }), { minLength: 1, maxLength: 12 });

function looked(ledger: Ledger, times: readonly { customer: number; minute: number }[]): Ledger {
  const payments = times.map(({ customer, minute }, index) => ({
    externalId: `look-${index}`, customerExternalId: ledger.customers[customer % ledger.customers.length]!.externalId, invoiceExternalId: null,
    receivedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(), currency: 'XTS', amountMinor: 1,
  }));
  return { ...ledger, payments: [...ledger.payments, ...payments] };
}

test('whoever looks at an invoice in between, and whenever: nothing is decided otherwise', () => {
  const sets = fc.oneof(policies.map((policy): Policy[] => [policy]), startingPolicies);
  fc.assert(fc.property(ledgers, sets, looks, (ledger, [policy, ...others], times) => {
    const decided = (of: Ledger) => simulate(of, policy!, '2026-01-01', '2026-12-31', { others });
    expect(decided(looked(ledger, times))).toEqual(decided(ledger));
  }), { numRuns: 300 });
});

test('money on account while a reminder waits for its day ends nothing: once the bank has taken it back, the reminder comes', () => {
  const policy: Policy = { ...ladder('- {id: remind, anchor: due, offset: {days: 1}, actions: [{email: {template: due}}]}'), contact: { minimumDaysBetween: 7, merge: 'same-day' } };
  const onAccount = payment(null, '2026-02-06T12:00:00Z', 200_000);
  const story = { policy, invoices: [invoice('a', '2026-01-05', '2026-02-01'), invoice('b', '2026-01-05', '2026-02-03')], payments: [onAccount], refunds: [back(onAccount, 'reversal', '2026-02-08T12:00:00Z')] };
  expect(run(story).map(({ on, invoice: of, outcome }) => `${on} ${of} ${outcome}`)).toEqual(['2026-02-02 a executed', '2026-02-04 b deferred', '2026-02-09 b executed']);
});

test('a reminder that is held back until later today goes with the email that leaves before: spacing does not starve it', () => {
  const policy: Policy = { ...ladder('- {id: due, anchor: due, offset: {days: 0}, actions: [{email: {template: due}}]}\n- {id: second, anchor: due, offset: {days: 6}, at: "14:00", actions: [{email: {template: overdue-7}}]}'), contact: { minimumDaysBetween: 7, merge: 'same-day' } };
  const weekly = Array.from({ length: 8 }, (_, week) => new Date(Date.UTC(2026, 1, 2 + 7 * week)).toISOString().slice(0, 10));
  const rows = run({ policy, invoices: weekly.map((dueOn, week) => invoice(`w${week}`, '2026-01-05', dueOn)), to: '2026-04-30' }).filter(({ step, outcome }) => step === 'second' && (outcome === 'executed' || outcome === 'covered'));
  // Held back for a day by the letter of its own due date, each goes with the next invoice's.
  expect(rows.slice(0, 7).map(({ invoice: of, on }) => `${of} ${on}`)).toEqual(weekly.slice(1).map((next, week) => `w${week} ${next}`));
});
