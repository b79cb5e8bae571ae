import fc from 'fast-check';
import { daysBetween } from '../../../domain/calendar/dates';
import { noClaims, noControl, type CustomerFacts, type InvoiceFacts } from '../../../domain/collection/facts';
import { capDays } from '../../../domain/contact/arbitrate';
import { strictestOf } from '../../../domain/contact/strictest';
import type { ContactCap, ContactRules, Policy } from '../../../domain/policy/types';
import { simulateLive } from '../../../domain/simulation/simulateLive';
import { ladder } from '../collection/story';

const from = Date.parse('2026-01-01T00:00:00Z');
const until = Date.parse('2026-06-01T00:00:00Z');
const customer: CustomerFacts = {
  id: '1', externalId: 'acme', timeZone: 'UTC', country: null, region: null, language: 'en', businessUnit: null, tier: null, custom: {}, reach: { kind: 'reachable' }, lastContactOn: null, contactsOn: [], pause: null, ledgerVersion: 0,
};

/** A policy that reminds on some days after the due date. */
function reminding(policy: string, days: readonly number[], contact: Partial<ContactRules>): Policy {
  const steps = days.map((day) => `- { id: day-${day}, anchor: due, offset: { days: ${day} }, catchUp: { sendLate: { limitDays: 40 } }, actions: [{ email: { template: overdue-7 } }] }`);
  return { ...ladder(steps.join('\n')), policy, contact: { minimumDaysBetween: 0, merge: 'same-day', ...contact } };
}

function owing(externalId: string, dueOn = '2026-01-05'): InvoiceFacts {
  return {
    id: externalId, externalId, issuedOn: '2025-12-01', dueOn, currency: 'USD', totalMinor: 100_000, openMinor: 100_000, ...noClaims, creditMinor: 0, customerBalanceMinor: 100_000, graceDays: null,
    documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress: [], holds: [],
  };
}

const lived = (policies: readonly Policy[]) => simulateLive([{ customer, collected: policies.map((policy, index) => ({ invoice: owing(`inv-${index}`), policy })), unapplied: [] }], from, until);
const lines = (policies: readonly Policy[]): string[] => lived(policies).map((row) => `${row.on} ${row.invoice} ${row.step} ${row.outcome}`);

test('day 1 and day 3: what one policy allows once a month, a looser one does not do twice', () => {
  const strict = reminding('strict', [1, 40], { caps: [{ messages: 1, per: 'month' }] });
  const loose = reminding('loose', [3, 20], {});
  expect(lines([strict, loose])).toEqual([
    '2026-01-06 inv-0 day-1 executed', '2026-01-08 inv-1 day-3 deferred', '2026-01-25 inv-1 day-20 deferred', '2026-02-05 inv-1 day-20 executed', '2026-02-05 inv-1 day-3 covered',
    '2026-02-14 inv-0 day-40 deferred', '2026-03-07 inv-0 day-40 executed',
  ]);
  expect(lived([strict, loose])[1]?.reason).toBe('the customer was contacted once since 2026-01-06, and 1 a month are allowed');
});

test('the days between contacts of one policy hold for the steps of the other, in either order', () => {
  const strict = reminding('strict', [1], { minimumDaysBetween: 10 });
  const loose = reminding('loose', [2], { minimumDaysBetween: 0 });
  for (const policies of [[strict, loose], [loose, strict]]) {
    expect(lived(policies).filter(({ step, outcome }) => step === 'day-2' && outcome === 'executed').map(({ on }) => on)).toEqual(['2026-01-16']);
  }
});

test('of one day: the policy that wants one email for all keeps the one that wants one for each to it', () => {
  const merging = reminding('merging', [1], { minimumDaysBetween: 1 });
  const single = reminding('single', [1], { minimumDaysBetween: 0, merge: 'per-invoice' });
  const sent = (policies: readonly Policy[]) => lived(policies).filter(({ outcome }) => outcome === 'executed').map(({ on }) => on);
  expect(sent([merging, single])).toEqual(['2026-01-06', '2026-01-07']);
  expect(sent([single, single])).toEqual(['2026-01-06', '2026-01-06']);
});

const caps = fc.array(fc.record<ContactCap>({ messages: fc.integer({ min: 1, max: 4 }), per: fc.constantFrom('week', 'month') }), { maxLength: 2 });
const rules = fc.record<ContactRules>({ minimumDaysBetween: fc.integer({ min: 0, max: 12 }), merge: fc.constantFrom('same-day', 'per-invoice'), caps });
const offsets = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }).map((days) => days.sort((a, b) => a - b));

test('whatever policies a customer is under, what is sent keeps to the caps and the days between contacts of each of them', () => {
  fc.assert(fc.property(fc.array(fc.tuple(offsets, rules), { minLength: 1, maxLength: 4 }), (each) => {
    const policies = each.map(([days, contact], index) => reminding(`p${index}`, days, contact));
    const sent = lived(policies).filter(({ outcome }) => outcome === 'executed').map(({ on }) => on);
    for (const { contact } of policies) {
      for (const { messages, per } of contact.caps ?? []) {
        for (const on of sent) expect(sent.filter((other) => daysBetween(on, other) >= 0 && daysBetween(on, other) < capDays[per]).length).toBeLessThanOrEqual(messages);
      }
      // Emails of one turn, one for each invoice, are one contact as far as spacing goes.
      const days = [...new Set(sent)];
      for (const on of days) expect(days.filter((other) => daysBetween(on, other) > 0 && daysBetween(on, other) < contact.minimumDaysBetween)).toEqual([]);
    }
  }), { numRuns: 300 });
});

describe('the strictest of some rules', () => {
  const rule = (minimumDaysBetween: number, merge: ContactRules['merge'], ...of: ContactCap[]): ContactRules => ({ minimumDaysBetween, merge, caps: of });

  test('takes the longest spacing, the fewest messages of each period, and one email a day where one of them wants it', () => {
    expect(strictestOf([rule(1, 'per-invoice', { messages: 3, per: 'month' }, { messages: 2, per: 'week' }), rule(7, 'same-day', { messages: 4, per: 'week' }), rule(0, 'per-invoice', { messages: 9, per: 'month' })]))
      .toEqual(rule(7, 'same-day', { messages: 2, per: 'week' }, { messages: 3, per: 'month' }));
  });

  test('of one it is that one itself, and of none there is none', () => {
    const only = rule(3, 'same-day');
    expect(strictestOf([only, only])).toBe(only);
    expect(strictestOf([])).toBeNull();
  });

  test('their order does not matter, and taking one in twice changes nothing', () => {
    fc.assert(fc.property(fc.array(rules, { minLength: 2, maxLength: 5 }), fc.nat(), (all, at) => {
      const strictest = strictestOf(all)!;
      expect(strictestOf([...all].reverse())).toEqual(strictest);
      expect(strictestOf([strictest, all[at % all.length]!])).toEqual(strictest);
    }));
  });
});
