import fc from 'fast-check';
import { dayNumber } from '../../../domain/calendar/dates';
import { startOfDay } from '../../../domain/calendar/zones';
import { defaultMoveRules } from '../../../domain/migration/moveRules';
import type { ConditionDocument } from '../../../domain/policy/schema';
import { parseCondition } from '../../../domain/policy/readCondition';
import type { Policy } from '../../../domain/policy/types';
import { readRun, type SegmentRunDocument } from '../../../domain/segment/readRun';
import { nextRun } from '../../../domain/segment/cadence';
import { arrivingInvoice } from '../../../domain/simulation/arrivingInvoice';
import { PolicyComparer } from '../../../domain/simulation/comparePolicies';
import { customerAccount } from '../../../domain/simulation/customerAccount';
import type { SegmentDecisionRow } from '../../../domain/simulation/segments';
import { simulate } from '../../../domain/simulation/simulate';
import { simulateLive, type LiveLedger, type LiveSegment } from '../../../domain/simulation/simulateLive';
import { ledgers, policies } from '../collection/generated';
import { customer, invoice, ladder } from '../collection/story';

const from = '2026-01-01';
const to = '2026-06-30';
const now = startOfDay(dayNumber(from), 'UTC');
const end = startOfDay(dayNumber(to) + 1, 'UTC');
/** 2026-01-06 is a Tuesday. */
const everyTuesday: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: null, invoices: { which: 'overdue', where: null }, minimumDaysBetween: 3,
  actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Call', instructions: null, dueInDays: 1 }],
};

function segment(key: string, condition: ConditionDocument, changes: Partial<SegmentRunDocument> = {}, live: Partial<LiveSegment> = {}): LiveSegment {
  const read = readRun({ ...everyTuesday, ...changes });
  const parsed = parseCondition(condition, { subject: 'customer' });
  if (!read.ok || !parsed.ok) throw new Error('the segment is wrong');
  return { key, title: key, condition: parsed.condition, run: read.run, consolidated: false, paused: false, nextRunAt: nextRun(read.run.cadence, now), number: 0, skipNext: false, ...live };
}

const late: ConditionDocument = { invoices: 'some', where: { field: 'invoice.daysPastDue', op: '>', value: 10 } };
const quiet: ConditionDocument = { not: { field: 'customer.daysSinceContact', op: '<', value: 9 } };
const everybody: ConditionDocument = { field: 'customer.openInvoices', op: '>=', value: 0 };

const chosen = fc.record({ consolidated: fc.boolean(), spacing: fc.integer({ min: 0, max: 9 }), weekday: fc.integer({ min: 1, max: 5 }) }).map(({ consolidated, spacing, weekday }) => [
  segment('late', late, { minimumDaysBetween: spacing, rhythm: { every: 'week', weekday, interval: 1 } }, { consolidated }),
  segment('quiet', quiet, { timeZone: 'Asia/Tokyo', invoices: { which: 'open', where: null } }),
  segment('statements', everybody, { rhythm: { every: 'month', day: 3 }, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'always' }] }),
]);

test('beside a live ledger the runs of segments come to what they come to beside files, wherever nothing happens to it, though who is a member is asked far less often', () => {
  fc.assert(fc.property(ledgers, policies, chosen, (generated, policy, of) => {
    const ledger = { customers: generated.customers.map((each) => ({ ...each, timeZone: 'UTC' })), invoices: generated.invoices.filter(({ totalMinor }) => totalMinor > 0).map((each) => ({ ...each, issuedOn: from })), payments: [], creditNotes: [] };
    const expected: SegmentDecisionRow[] = [];
    const steps = simulate(ledger, policy, from, to, { segments: { of, since: now, onDecision: (row) => void expected.push(row) } });
    const lived: SegmentDecisionRow[] = [];
    const accounts = ledger.customers.map((record): LiveLedger => ({
      customer: { ...customerAccount(record, policy).customer, behaviour: 'new' }, unapplied: [],
      collected: ledger.invoices.filter(({ customerExternalId }) => customerExternalId === record.externalId).map((each) => ({ policy, invoice: arrivingInvoice(each, record.graceDays ?? null) })),
    }));
    const rows = simulateLive(accounts, now, end, { segments: { of, onDecision: (row) => void lived.push(row) } });
    const text = (all: readonly object[]): string[] => all.map((row) => JSON.stringify(row)).sort();
    // Beside files the ledger's version counts the invoices that arrive; that is all that is different.
    const comparable = (all: readonly object[]): string[] => text(all.map((row) => ({ ...row, ledgerVersion: 0 })));
    expect(comparable(rows)).toEqual(comparable(steps));
    expect(text(lived)).toEqual(text(expected));
  }), { numRuns: 120 });
});

/** One customer with one invoice due on New Year's Day. */
function owing(policy: Policy, waits?: LiveLedger['waits']): LiveLedger {
  const record = customer('acme');
  return { customer: customerAccount(record, policy).customer, unapplied: [], collected: [{ policy, invoice: arrivingInvoice(invoice('inv-1', '2025-12-01', '2026-01-01'), null) }], ...(waits ? { waits } : {}) };
}
function reminding(day: number, minimumDaysBetween = 6): Policy {
  const policy = ladder(`- { id: remind, anchor: due, offset: { days: ${day} }, actions: [{ email: { template: overdue-7 } }] }`);
  return { ...policy, contact: { ...policy.contact, minimumDaysBetween } };
}

test('a draft that writes the day before takes the place of the week’s contact: the run’s email is gone from that week, and the customer is contacted as before', () => {
  const days = (until: string) => startOfDay(dayNumber(until), 'UTC');
  const comparer = new PolicyComparer({ draft: { ...reminding(4), version: 2 }, rules: { ...defaultMoveRules, missed: 'run' }, applies: () => true, now, end: days('2026-01-10'), segments: [segment('late', everybody, { minimumDaysBetween: 6 })] });
  comparer.add([owing(reminding(40))]);
  const { today, draft, newlyContacted, noLongerContacted, changed, segments, days: mails } = comparer.result();
  expect({ today, draft }).toMatchObject({ today: { emails: 0, segmentEmails: 1, tasks: 1 }, draft: { emails: 1, segmentEmails: 0, tasks: 1 } });
  expect({ newlyContacted, noLongerContacted }).toEqual({ newlyContacted: 0, noLongerContacted: 0 });
  expect(changed).toMatchObject([{ customerId: 'acme', contact: null, difference: 2 }]);
  expect(segments).toEqual([{ segment: 'late', title: 'late', runs: 1, today: { segmentEmails: 1, statements: 0, tasks: 1, notices: 0 }, draft: { segmentEmails: 0, statements: 0, tasks: 1, notices: 0 } }]);
  expect(mails).toEqual([{ on: '2026-01-05', today: 0, draft: 1 }, { on: '2026-01-06', today: 1, draft: 0 }]);
});

test('a segment that is paused does nothing, one whose next run is left out begins with the one after, and what waits in a run that is under way goes at its hour, its task not a second time', () => {
  const runsOf = (of: LiveSegment, waits?: LiveLedger['waits']) => {
    const acts: string[] = [];
    simulateLive([owing(reminding(90, 0), waits)], now, startOfDay(dayNumber('2026-01-15'), 'UTC'), { segments: { of: [of], onAct: ({ actions, on }) => void acts.push(`${on} ${actions.map(({ kind }) => kind).join('+')}`) } });
    return acts;
  };
  expect(runsOf(segment('late', everybody))).toEqual(['2026-01-06 email+task', '2026-01-13 email+task']);
  expect(runsOf(segment('late', everybody, {}, { paused: true }), new Map([['late', { until: now + 1 }]]))).toEqual([]);
  expect(runsOf(segment('late', everybody, {}, { skipNext: true }))).toEqual(['2026-01-13 email+task']);
  // Friday, nine o'clock; and one that the run has not come to yet, which is decided on at once and waits for the window.
  const friday = startOfDay(dayNumber('2026-01-02'), 'UTC') + 9 * 3_600_000;
  expect(runsOf(segment('late', everybody, {}, { number: 3 }), new Map([['late', { until: friday }]]))).toEqual(['2026-01-02 email', '2026-01-06 email+task', '2026-01-13 email+task']);
  expect(runsOf(segment('late', everybody, { invoices: { which: 'open', where: null } }, { number: 3 }), new Map([['late', { until: null }]]))[0]).toBe('2026-01-01 task');
});
