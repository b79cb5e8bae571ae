import { decideNext } from '../../../domain/collection/decideNext';
import { decideTurn } from '../../../domain/collection/decideTurn';
import { invoiceAfter } from '../../../domain/collection/applyTurn';
import { noClaims, noControl, type CustomerFacts, type InvoiceFacts } from '../../../domain/collection/facts';
import { invoice, ladder, payment, run } from './story';

const policyThat = (onTimeout: string) => ladder(`
- id: hold-10
  anchor: due
  offset: { days: 10 }
  when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }
  actions:
    - hold: { releaseNotice: { template: released }, approval: { by: credit-manager, timeoutDays: 5, onTimeout: ${onTimeout} } }
    - email: { template: hold-notice }
- { id: later, anchor: due, offset: { days: 12 }, actions: [{ task: { queue: Care, title: Call } }] }`);
const told = (onTimeout: string, payments = [] as ReturnType<typeof payment>[]) =>
  run({ policy: policyThat(onTimeout), invoices: [invoice('a', '2026-01-05', '2026-02-01')], payments, to: '2026-03-31' }).map((row) => `${row.on} ${row.step} ${row.action} ${row.outcome}: ${row.reason}`);

describe('a hold that a credit manager has to agree to', () => {
  test('day 10: it waits, the notice of it too; the steps after it go on; nobody answers, so it is left out', () => {
    expect(told('skip')).toEqual([
      '2026-02-11 hold-10 hold deferred: awaits the approval of a credit manager, until 2026-02-16',
      '2026-02-11 hold-10 email deferred: awaits the approval of a credit manager, until 2026-02-16',
      '2026-02-13 later task executed: planned for 2026-02-13',
      '2026-02-16 hold-10 hold skipped: nobody answered within 5 days: it is left out',
      '2026-02-16 hold-10 email skipped: nobody answered within 5 days: it is left out',
    ]);
  });

  test('or it goes ahead', () => {
    expect(told('proceed').slice(-2)).toEqual([
      '2026-02-16 hold-10 hold executed: nobody answered within 5 days: it goes ahead', '2026-02-16 hold-10 email executed: nobody answered within 5 days: it goes ahead',
    ]);
  });

  test('or an administrator is asked, for as long again', () => {
    expect(told('escalate').slice(3)).toEqual([
      '2026-02-16 hold-10 hold deferred: nobody answered within 5 days: awaits the approval of an administrator, until 2026-02-21',
      '2026-02-16 hold-10 email deferred: nobody answered within 5 days: awaits the approval of an administrator, until 2026-02-21',
      '2026-02-21 hold-10 hold skipped: nobody answered within 5 days, an administrator neither: it is left out',
      '2026-02-21 hold-10 email skipped: nobody answered within 5 days, an administrator neither: it is left out',
    ]);
  });

  test('day 13: a payment brings the balance to the limit, and the request is withdrawn by itself', () => {
    expect(told('proceed', [payment('a', '2026-02-13T10:00:00Z', 50_000)]).slice(-2)).toEqual([
      '2026-02-13 hold-10 hold suppressed: balance 500.00 USD is not over 500.00 USD', '2026-02-13 hold-10 email suppressed: balance 500.00 USD is not over 500.00 USD',
    ]);
  });
});

describe('an answer', () => {
  const policy = policyThat('skip');
  const customer: CustomerFacts = {
    id: '1', externalId: 'acme', timeZone: 'UTC', country: null, region: null, language: 'en', businessUnit: null, tier: null, custom: {}, reach: { kind: 'reachable' },
    lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 1,
  };
  const due: InvoiceFacts = {
    id: '1', externalId: 'a', issuedOn: '2026-01-05', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100_000, openMinor: 100_000, creditMinor: 0, customerBalanceMinor: 100_000, graceDays: null,
    documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress: [], holds: [], ...noClaims,
  };
  const asked = invoiceAfter(due, decideTurn(customer, [{ invoice: due, policy }], Date.parse('2026-02-11T09:00:00Z')));
  const answered = (approved: boolean, changes: Partial<InvoiceFacts> = {}): InvoiceFacts =>
    ({ ...asked, approvals: [{ step: 'hold-10', action: 'hold', occurrence: 1, approved, by: 'Mia', reason: approved ? null : 'they promised by phone' }], ...changes });
  const outcome = (facts: InvoiceFacts) => decideTurn(customer, [{ invoice: facts, policy }], Date.parse('2026-02-12T09:00:00Z')).decisions.map(({ action, outcome: came, reason }) => `${action} ${came}: ${reason}`);

  test('while nobody has answered nothing is due before the time is over', () => {
    expect(decideNext(customer, { invoice: asked, policy }, Date.parse('2026-02-12T09:00:00Z'))).toMatchObject({ kind: 'wait', until: Date.parse('2026-02-13T09:00:00Z') });
  });
  test('yes: the hold is placed, and the customer is told', () => {
    expect(outcome(answered(true))).toEqual(['hold executed: approved by Mia', 'email executed: approved by Mia']);
  });
  test('no: neither, and the reason is kept', () => {
    expect(outcome(answered(false))).toEqual(['hold suppressed: refused by Mia: they promised by phone', 'email suppressed: refused by Mia: they promised by phone']);
  });
  test('yes, but what it hung on no longer holds: it is not done', () => {
    expect(outcome(answered(true, { openMinor: 40_000 }))).toEqual(['hold suppressed: balance 400.00 USD is not over 500.00 USD', 'email suppressed: balance 400.00 USD is not over 500.00 USD']);
  });
  test('an answer to the occurrence before a reversal is none to the next', () => {
    const again = answered(true, { progress: [...asked.progress, ...(['hold', 'email'] as const).map((action) => (
      { step: 'hold-10', action, occurrence: 1, outcome: 'suppressed' as const, reasonCode: 'settled' as const, at: 0, on: '2026-02-11', until: null }))] });
    expect(outcome(again).map((line) => line.slice(0, 14))).toEqual(['hold deferred:', 'email deferred']);
  });
});
