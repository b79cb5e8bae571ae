import { noClaims, noControl, type CustomerFacts, type InvoiceFacts } from '../../../domain/collection/facts';
import { simulateLive } from '../../../domain/simulation/simulateLive';
import { ladder } from '../collection/story';

const releasedAt = Date.parse('2026-03-02T20:00:00Z');
const policy = ladder('- { id: hold, anchor: due, offset: { days: 10 }, actions: [{ hold: { kind: credit, releaseNotice: { template: released } } }] }');
const customer = (holdsInForce: number): CustomerFacts => ({
  id: '1', externalId: 'acme', timeZone: 'UTC', country: null, region: null, language: 'en', businessUnit: null, tier: null, custom: {}, reach: { kind: 'reachable' }, lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 0, holdsInForce,
});
const held = (externalId: string, openMinor: number): InvoiceFacts => ({
  id: externalId, externalId, issuedOn: '2026-01-01', dueOn: '2026-01-20', currency: 'USD', totalMinor: 100_000, openMinor, ...noClaims, creditMinor: 0, customerBalanceMinor: openMinor, graceDays: null,
  documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl,
  progress: [{ step: 'hold', action: 'hold', occurrence: 0, outcome: 'executed', reasonCode: 'due', at: Date.parse('2026-01-30T09:00:00Z'), on: '2026-01-30', until: null }],
  holds: [{ step: 'hold', releasedAt: openMinor === 0 ? releasedAt : null, releasedByItself: openMinor === 0 }],
});
/** What becomes of the notice of a release in the evening before, by how many holds the ledger says are in force and what other invoices are held for. */
const told = (holdsInForce: number, ...others: InvoiceFacts[]): string[] => (
  simulateLive([{ customer: customer(holdsInForce), collected: [held('paid', 0), ...others].map((invoice) => ({ invoice, policy })), unapplied: [] }], releasedAt, releasedAt + 2 * 86_400_000)
    .filter(({ action }) => action === 'release-notice').map(({ on, outcome, reason }) => `${on} ${outcome}: ${reason}`)
);

test('a simulation of the ledger counts the holds of its invoices and those that stand on none of them', () => {
  expect(told(0)).toEqual(['2026-03-03 executed: the hold was released']);
  expect(told(1)).toEqual(['2026-03-03 suppressed: another hold on the customer is in force']);
  expect(told(1, held('open', 100_000))).toEqual(['2026-03-03 suppressed: another hold on the customer is in force']);
  expect(told(2, held('open', 100_000))).toEqual(['2026-03-03 suppressed: 2 other holds on the customer are in force']);
});
