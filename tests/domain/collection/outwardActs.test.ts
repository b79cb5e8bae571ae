import type { Collected } from '../../../domain/collection/decision';
import { decideTurn } from '../../../domain/collection/decideTurn';
import { noClaims, noControl, type CustomerFacts, type InvoiceFacts, type StepRecord } from '../../../domain/collection/facts';
import type { Policy } from '../../../domain/policy/types';
import { ladder } from './story';

const customer: CustomerFacts = {
  id: '1', externalId: 'acme', timeZone: 'UTC', country: null, region: null, language: 'en', businessUnit: null, tier: null, custom: {},
  reach: { kind: 'reachable' }, lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 1,
};
const invoice: InvoiceFacts = {
  id: '1', externalId: 'inv-1', issuedOn: '2026-01-05', dueOn: '2026-02-02', currency: 'USD', totalMinor: 100_000, openMinor: 100_000, ...noClaims, creditMinor: 0, customerBalanceMinor: 100_000,
  graceDays: null, documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress: [], holds: [],
};
const email = ladder(`- { id: due, title: Due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due } }] }`);

function decided(of: CustomerFacts, collected: Collected, at: string): string[] {
  return decideTurn(of, [collected], Date.parse(at)).decisions.map(({ step, action, occurrence, outcome, code }) => `${step} ${action} ${occurrence} ${outcome} (${code})`);
}

function record(more: Partial<StepRecord>): StepRecord {
  return { step: 'due', action: 'email', occurrence: 1, outcome: 'executed', reasonCode: 'due', at: Date.parse('2026-02-02T09:00:00Z'), on: '2026-02-02', until: null, ...more };
}

test('a reminder that was paid before its hand-over comes again when the payment is taken back', () => {
  const progress = [record({ outcome: 'suppressed', reasonCode: 'paid-before-hand-over' })];
  expect(decided(customer, { policy: email, invoice: { ...invoice, openMinor: 0, progress } }, '2026-02-03T10:00:00Z')).toEqual([]);
  expect(decided(customer, { policy: email, invoice: { ...invoice, progress } }, '2026-02-04T10:00:00Z')).toEqual(['due email 2 executed (due)']);
});

test('a reminder that was taken out of its email comes again on its day', () => {
  const progress = [record({ outcome: 'suppressed', reasonCode: 'taken-back' })];
  const moved = { ...invoice, dueOn: '2026-03-02', progress };
  expect(decided(customer, { policy: email, invoice: moved }, '2026-02-03T10:00:00Z')).toEqual([]);
  expect(decided(customer, { policy: email, invoice: moved }, '2026-03-02T09:00:00Z')).toEqual(['due email 2 executed (due)']);
});

test('nobody is told of a hold that is over', () => {
  const policy = ladder(`- { id: due, title: Hold, anchor: due, offset: { days: 0 }, actions: [{ hold: { kind: credit } }, { email: { template: hold-notice } }] }`);
  const held = { ...invoice, progress: [record({ action: 'hold' })], holds: [{ step: 'due', releasedAt: Date.parse('2026-02-02T12:00:00Z'), releasedByItself: false }] };
  expect(decided(customer, { policy, invoice: held }, '2026-02-03T10:00:00Z')).toEqual(['due email 1 suppressed (released)']);
});

test('days between contacts are the customer’s days, also where the policy sends in another zone', () => {
  const tokyo: Policy = { ...email, calendar: { ...email.calendar, timeZone: 'Asia/Tokyo' }, contact: { ...email.contact, minimumDaysBetween: 1 } };
  // It is 09:30 on 3 February in Tokyo, and still the evening of the day of the last contact in New York.
  const newYork = { ...customer, timeZone: 'America/New_York', lastContactOn: '2026-02-02', contactsOn: ['2026-02-02'] };
  const turn = decideTurn(newYork, [{ policy: tokyo, invoice }], Date.parse('2026-02-03T00:30:00Z'));
  expect(turn.decisions.map(({ outcome, code, until }) => [outcome, code, until])).toEqual([['deferred', 'spacing', Date.parse('2026-02-03T05:00:00Z')]]);
  expect(decided(newYork, { policy: tokyo, invoice }, '2026-02-03T05:00:00Z')).toEqual(['due email 1 executed (due)']);
});

test('what a person asks to be sent now is not in the same email a second time as later today', () => {
  const policy = ladder(`- { id: due, title: Due, anchor: due, offset: { days: 0 }, at: "14:00", actions: [{ email: { template: due } }] }`);
  const asked = { ...invoice, control: { ...noControl, sendNow: ['due'] } };
  expect(decided(customer, { policy, invoice: asked }, '2026-02-02T10:00:00Z')).toEqual(['due email 1 executed (send-now)']);
});

test('an email at 09:00 does not speak of an invoice that a person paused until its step at 14:00', () => {
  const policy = ladder(`- { id: due, title: Due, anchor: due, offset: { days: 0 }, at: "14:00", actions: [{ email: { template: due } }] }`);
  const other = { ...invoice, id: '2', externalId: 'inv-2', control: { ...noControl, sendNow: ['due'] } };
  const paused = { ...invoice, control: { ...noControl, pause: { until: Date.parse('2026-02-02T14:00:00Z') } } };
  const lines = (of: InvoiceFacts): string[] => decideTurn(customer, [{ policy, invoice: other }, { policy, invoice: of }], Date.parse('2026-02-02T09:00:00Z')).decisions.map((each) => `${each.invoice.externalId} ${each.outcome}`);
  expect(lines(invoice)).toEqual(['inv-1 executed', 'inv-2 covered']);
  expect(lines(paused)).toEqual(['inv-2 executed']);
});
