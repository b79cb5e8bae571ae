import Holidays from 'date-holidays';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { daysBetween } from '../../../domain/calendar/dates';
import { levelBefore } from '../../../domain/collection/notice';
import type { DecisionRow } from '../../../domain/collection/decision';
import type { Policy } from '../../../domain/policy/types';
import { simulate } from '../../../domain/simulation/simulate';
import type { Ledger } from '../../../domain/simulation/timeline';
import { ledgers, policies } from './generated';

const from = '2026-01-01';
const to = '2026-12-31';
const runs = { numRuns: 150 };

/** The open balance of an invoice at an instant, worked out from the records alone, by other means than the simulator's. */
function openAt(ledger: Ledger, externalId: string, at: string): number {
  const invoice = ledger.invoices.find((each) => each.externalId === externalId)!;
  const zone = ledger.customers.find((each) => each.externalId === invoice.customerExternalId)!.timeZone!;
  const moment = (text: string) => (text.includes('T') ? DateTime.fromISO(text, { zone }) : DateTime.fromISO(text, { zone }).startOf('day'));
  const paid = [...ledger.payments.map((each) => ({ ...each, when: moment(each.receivedAt) })), ...ledger.creditNotes.map((each) => ({ ...each, when: moment(each.issuedOn) }))]
    .filter((each) => each.invoiceExternalId === externalId && each.when.toMillis() <= Date.parse(at))
    .reduce((sum, each) => sum + each.amountMinor, 0);
  return Math.max(0, invoice.totalMinor - paid);
}

/** What is neither promised nor disputed of an invoice at an instant, told event by event, by other means than the simulator's. */
function claimableAt(ledger: Ledger, externalId: string, at: string): number {
  const invoice = ledger.invoices.find((each) => each.externalId === externalId)!;
  const zone = ledger.customers.find((each) => each.externalId === invoice.customerExternalId)!.timeZone!;
  const day = (text: string, plus = 0) => Math.max(DateTime.fromISO(text, { zone }).startOf('day').plus({ days: plus }).toMillis(), DateTime.fromISO('2026-01-01', { zone }).toMillis(), DateTime.fromISO(invoice.issuedOn, { zone }).toMillis());
  const moment = (text: string) => (text.includes('T') ? Math.max(DateTime.fromISO(text, { zone }).toMillis(), day('2026-01-01')) : day(text));
  const mine = <R extends { invoiceExternalId?: string | null }>(records: readonly R[] = []): R[] => records.filter((each) => each.invoiceExternalId === externalId);
  let open = invoice.totalMinor;
  let promised = { left: 0, until: 0 };
  const disputes = new Map<string, number>();
  const disputed = () => Math.min(open, [...disputes.values()].reduce((sum, each) => sum + each, 0));
  const events = [
    ...mine(ledger.creditNotes).map((each) => ({ when: day(each.issuedOn), rank: 1, happen: () => { open -= Math.min(open, each.amountMinor); } })),
    ...mine(ledger.disputes).flatMap((each) => (each.resolved ? [{ when: Math.max(day(each.resolved.at), day(each.openedAt)), rank: 3, happen: () => { disputes.delete(each.externalId); } }] : [])),
    ...mine(ledger.disputes).map((each) => ({ when: day(each.openedAt), rank: 2, happen: () => {
      const free = open - disputed();
      disputes.set(each.externalId, Math.min(each.amountMinor ?? free, free));
    } })),
    ...mine(ledger.promises).map((each) => ({ when: day(each.madeAt), rank: 4, happen: () => {
      const amount = Math.min(each.amountMinor, open - disputed());
      if (amount > 0) promised = { left: amount, until: DateTime.fromISO(each.promisedOn, { zone }).plus({ days: 1 }).toMillis() };
    } })),
    ...mine(ledger.payments).map((each) => ({ when: moment(each.receivedAt), rank: 5, happen: (when: number) => {
      const applied = Math.min(open, each.amountMinor);
      open -= applied;
      if (when < promised.until) promised.left -= Math.min(promised.left, applied);
    } })),
  ].sort((a, b) => a.when - b.when || a.rank - b.rank);
  for (const { when, happen } of events) if (when <= Date.parse(at)) happen(when);
  return open - disputed() - (Date.parse(at) < promised.until ? Math.min(promised.left, open - disputed()) : 0);
}

function customerOf(ledger: Ledger, row: DecisionRow) {
  return ledger.customers.find((each) => each.externalId === row.customer)!;
}

const acts = (row: DecisionRow) => (row.outcome === 'executed' || row.outcome === 'covered') && !row.action.startsWith('release');
const isContact = (policy: Policy) => (row: DecisionRow) =>
  row.action === 'email' && row.outcome === 'executed' && !policy.steps.find((step) => step.id === row.step)!.exemptFromSpacing;

function holds(check: (rows: DecisionRow[], ledger: Ledger, policy: Policy) => void): void {
  fc.assert(fc.property(ledgers, policies, (ledger, policy) => check(simulate(ledger, policy, from, to), ledger, policy)), runs);
}

describe('invariants, on generated ledgers and policies', () => {
  test('1: nothing is executed for an invoice of which all is promised or disputed', () => {
    holds((rows, ledger) => {
      for (const row of rows) if (acts(row)) expect(claimableAt(ledger, row.invoice, row.at)).toBeGreaterThan(0);
    });
  });

  test('1: nothing is executed for an invoice that has nothing open, and the open balance on record is right', () => {
    holds((rows, ledger) => {
      for (const row of rows) {
        expect(row.openMinor).toBe(openAt(ledger, row.invoice, row.at));
        if (acts(row)) expect(row.openMinor).toBeGreaterThan(0);
      }
    });
  });

  test('2 and 6: every step and action of a collected invoice ends in exactly one row', () => {
    holds((rows, ledger, policy) => {
      // What is disputed and never resolved is never decided.
      const unresolved = new Set(ledger.disputes?.filter(({ resolved }) => resolved === null).map(({ invoiceExternalId }) => invoiceExternalId));
      const ended = new Map<string, number>();
      for (const row of rows.filter(({ outcome, action }) => outcome !== 'deferred' && !action.startsWith('release'))) {
        const key = `${row.invoice}/${row.step}/${row.action}`;
        ended.set(key, (ended.get(key) ?? 0) + 1);
      }
      for (const [key, count] of ended) expect([key, count]).toEqual([key, 1]);
      for (const invoice of new Set(rows.map((row) => row.invoice).filter((each) => !unresolved.has(each)))) {
        for (const step of policy.steps) for (const action of step.actions) expect([`${invoice}/${step.id}/${action.kind}`, ended.get(`${invoice}/${step.id}/${action.kind}`)]).toEqual([`${invoice}/${step.id}/${action.kind}`, 1]);
      }
    });
  });

  test('3: contacts of one customer keep their distance, and merged days have one email', () => {
    holds((rows, ledger, policy) => {
      for (const customer of ledger.customers) {
        const days = rows.filter((row) => row.customer === customer.externalId && isContact(policy)(row)).map((row) => row.on);
        const apart = policy.contact.merge === 'same-day' ? days : [...new Set(days)];
        for (let i = 1; i < apart.length; i += 1) expect(daysBetween(apart[i - 1]!, apart[i]!)).toBeGreaterThanOrEqual(policy.contact.minimumDaysBetween);
      }
    });
  });

  test('3: no seven and no thirty days have more messages than the caps allow, emails of one day counted each', () => {
    holds((rows, ledger, policy) => {
      for (const customer of ledger.customers) {
        const days = rows.filter((row) => row.customer === customer.externalId && isContact(policy)(row)).map((row) => row.on);
        for (const { messages, per } of policy.contact.caps ?? []) {
          for (const first of days) {
            const within = days.filter((day) => daysBetween(first, day) >= 0 && daysBetween(first, day) < (per === 'week' ? 7 : 30));
            expect(within.length).toBeLessThanOrEqual(messages);
          }
        }
      }
    });
  });

  test('no level is reached without the level before it having been executed, and at least its notice earlier, whatever is paid when', () => {
    holds((rows, _ledger, policy) => {
      if (!policy.minimumNoticeDays) return;
      const done = (invoice: string, step: string) => rows.filter((row) => row.invoice === invoice && row.step === step && acts(row)).map((row) => row.on).sort();
      policy.steps.forEach((step, position) => {
        const level = levelBefore(policy, position);
        if (!level || step.exemptFromSpacing || (step.anchor === 'due' && step.offset.count <= 0)) return;
        for (const invoice of new Set(rows.map((row) => row.invoice))) {
          const [reached] = done(invoice, step.id);
          if (reached === undefined) continue;
          const noticeOn = done(invoice, level.id).filter((on) => on <= reached).at(-1);
          expect(noticeOn).toBeDefined();
          expect(daysBetween(noticeOn!, reached)).toBeGreaterThanOrEqual(policy.minimumNoticeDays!);
        }
      });
    });
  });

  test('4: nothing is sent outside the recipient’s window, weekdays and holidays', () => {
    holds((rows, ledger) => {
      for (const row of rows.filter((each) => each.outcome === 'executed' && (each.action === 'email' || each.action === 'release-notice'))) {
        const customer = customerOf(ledger, row);
        const local = DateTime.fromISO(row.at, { zone: customer.timeZone! });
        expect(local.toISODate()).toBe(row.on);
        expect(local.hour).toBeGreaterThanOrEqual(9);
        expect(local.hour).toBeLessThan(17);
        expect(local.weekday).toBeLessThanOrEqual(5);
        if (customer.country) {
          const found = (customer.region ? new Holidays(customer.country, customer.region) : new Holidays(customer.country)).isHoliday(local.toJSDate());
          expect(found ? found.filter((holiday) => holiday.type === 'public') : []).toEqual([]);
        }
      }
    });
  });

  test('5: the decisions do not depend on the order in which invoices and customers are listed', () => {
    holds((rows, ledger, policy) => {
      const turned = { ...ledger, customers: [...ledger.customers].reverse(), invoices: [...ledger.invoices].reverse() };
      const key = (row: DecisionRow) => JSON.stringify(row);
      expect(simulate(turned, policy, from, to).map(key).sort()).toEqual(rows.map(key).sort());
    });
  });

  test('5: what happens later does not change what was decided before', () => {
    fc.assert(fc.property(ledgers, policies, fc.integer({ min: 1, max: 11 }), (ledger, policy, month) => {
      const until = `2026-${String(month).padStart(2, '0')}-15`;
      const whole = simulate(ledger, policy, from, to).filter((row) => row.on <= until);
      expect(simulate(ledger, policy, from, until)).toEqual(whole);
    }), runs);
  });

  test('a merged email is led by an executed row of the same customer and instant', () => {
    holds((rows) => {
      for (const row of rows.filter(({ outcome }) => outcome === 'covered')) {
        const [invoice, step] = row.reason.replace('in the same email as ', '').split('/');
        expect(rows.some((lead) => lead.at === row.at && lead.customer === row.customer && lead.invoice === invoice && lead.step === step && lead.outcome === 'executed')).toBe(true);
      }
    });
  });

  test('a hold is released once nothing is open', () => {
    holds((rows, ledger) => {
      for (const row of rows.filter(({ action, outcome }) => action === 'hold' && outcome === 'executed')) {
        const released = rows.filter((each) => each.invoice === row.invoice && each.step === row.step && each.action === 'release');
        expect(released.length).toBeLessThanOrEqual(1);
        if (openAt(ledger, row.invoice, '2026-12-31T00:00:00Z') === 0) expect(released).toHaveLength(1);
      }
    });
  });
});
