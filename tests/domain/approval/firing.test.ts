import * as fc from 'fast-check';
import { decideFiring, type AskedOfFiring, type FiringDecision, type FiringInput, type Standing } from '../../../domain/automation/decideFiring';
import { checkAutomation } from '../../../domain/automation/checkAutomation';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument, type AutomationDocument } from '../../../domain/automation/schema';
import { deferDaysMax, type Automation } from '../../../domain/automation/types';
import { recipientCalendar } from '../../../domain/calendar/sendingCalendar';
import { noControl } from '../../../domain/collection/facts';
import { conditionFacts } from '../condition/facts';

const dayMs = 86_400_000;
/** A Tuesday. */
const now = Date.parse('2026-03-10T10:00:00Z');
const calendar = recipientCalendar({ timeZone: 'UTC', window: { opensMinute: 540, closesMinute: 1020 }, weekdays: [1, 2, 3, 4, 5], holidays: 'none' }, { timeZone: 'UTC', country: null, region: null });
const hold = { kind: 'hold', hold: 'credit', approval: { timeoutDays: 2 } };
const task = { kind: 'task', queue: 'collections', title: 'Call' };
const document = (changes: object): AutomationDocument => automationDocument.parse({
  title: 'Large', trigger: { kind: 'payment.partial' }, when: { field: 'invoice.balance', op: '>', value: { USD: '400.00' } }, actions: [hold, task], ...changes,
});

function automation(changes: object = {}): Automation {
  const read = readAutomation(document(changes));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.automation;
}

type Facts = Parameters<typeof conditionFacts>[0];

function decide(changes: Partial<FiringInput> = {}, facts: Facts = {}): FiringDecision {
  return decideFiring({
    automation: automation(), event: { kind: 'payment.partial', at: now, depth: 0, data: {} }, candidates: [conditionFacts({ ...facts, customer: { timeZone: 'UTC', ...facts?.customer } })], customer: null, firedAt: [],
    contact: () => ({ kind: 'now' }), calendar: () => calendar, asked: null, now, ...changes,
  });
}

const waiting: AskedOfFiring = { answer: null, times: 1, deadline: Date.parse('2026-03-12T09:00:00Z'), answeredAt: null };
const approved: AskedOfFiring = { ...waiting, answer: { approved: true, by: 'Mia', reason: null }, answeredAt: now };
const refused: AskedOfFiring = { ...waiting, answer: { approved: false, by: 'Mia', reason: 'they pay' }, answeredAt: now };
const silences: [string, Facts, string][] = [
  ['promised', { invoice: { promisedMinor: 45_000 } }, 'the customer has promised to pay'], ['disputed', { invoice: { disputedMinor: 45_000 } }, 'what is open is disputed'],
  ['paused', { invoice: { control: { ...noControl, pause: { until: null } } } }, 'paused by a person'], ['paused as a customer', { customer: { pause: { until: null } } }, 'paused by a person'],
];

test('somebody is asked first, and has until a morning on which the customer may be written to; nothing is done before that, not even the task', () => {
  expect(decide()).toMatchObject({ kind: 'asks', position: 0, approval: { by: 'credit-manager', timeoutDays: 2, onTimeout: 'skip' }, why: 'awaits the approval of a credit manager', until: waiting.deadline });
  expect(decide({ automation: automation({ actions: [task, { kind: 'handoff', approval: { by: 'admin', timeoutDays: 4 } }] }) })).toMatchObject({ kind: 'asks', position: 1, why: 'awaits the approval of an administrator', until: Date.parse('2026-03-16T09:00:00Z') });
});

test('agreed to, all of it is done, and it says by whom; refused, none of it', () => {
  expect(decide({ asked: approved })).toMatchObject({ kind: 'fired', agreed: 'approved by Mia', actions: [{ withheld: null }, { withheld: null }] });
  expect(decide({ asked: refused })).toEqual({ kind: 'lapsed', code: 'refused', reason: 'refused by Mia: they pay' });
});

test('what is not met, paid, void, stopped or in hand any more lapses at once, answered or not, with the reason', () => {
  for (const asked of [waiting, approved]) {
    expect(decide({ asked }, { invoice: { openMinor: 40_000 } })).toMatchObject({ kind: 'not-met', reason: 'balance 400.00 USD is not over 400.00 USD' });
    expect(decide({ asked }, { invoice: { openMinor: 0 } })).toEqual({ kind: 'lapsed', code: 'withdrawn', reason: 'nothing is open' });
    expect(decide({ asked }, { invoice: { documentState: 'void' } })).toMatchObject({ kind: 'lapsed', reason: 'the invoice is void' });
    expect(decide({ asked }, { invoice: { control: { ...noControl, stopped: true } } })).toMatchObject({ kind: 'lapsed', reason: 'collection was stopped by a person' });
    expect(decide({ asked }, { invoice: { creditMinor: 45_000 } })).toMatchObject({ kind: 'lapsed', reason: 'unapplied cash or credit of the customer covers what is open' });
  }
});

test.each(silences)('%s: nobody is asked about it; a question that was asked stays open; agreed to, it is not done all the same', (_name, facts, reason) => {
  expect(decide({ automation: automation({ when: null }) }, facts)).toMatchObject({ kind: 'fired', agreed: null, actions: [{ withheld: reason }, { withheld: null }] });
  expect(decide({ asked: waiting }, facts)).toMatchObject({ kind: 'asks', until: waiting.deadline });
  expect(decide({ asked: approved }, facts)).toEqual({ kind: 'lapsed', code: 'withdrawn', reason: `${reason}, so that it is not done: approved by Mia` });
});

test('what stands already is not done again, and nobody is asked about it; a question about it is needless at once', () => {
  const about = (standing: Standing) => ({ candidates: [{ ...conditionFacts({ customer: { timeZone: 'UTC' } }), standing }] });
  const handoff = automation({ actions: [{ kind: 'handoff', approval: { timeoutDays: 2 } }, task] });
  const [withAgency, held] = [{ isHandedOver: true, holds: [] }, { isHandedOver: false, holds: ['credit'] }];
  expect(decide({ automation: handoff, ...about(withAgency) })).toMatchObject({ kind: 'fired', agreed: null, actions: [{ withheld: 'it has been handed over already' }, { withheld: null }] });
  expect(decide(about(held))).toMatchObject({ kind: 'fired', agreed: null, actions: [{ withheld: 'its hold from before still stands' }, { withheld: null }] });
  for (const asked of [waiting, approved]) expect(decide({ automation: handoff, asked, ...about(withAgency) })).toEqual({ kind: 'lapsed', code: 'withdrawn', reason: 'it has been handed over already' });
  expect(decide({ automation: handoff, ...about(held) })).toMatchObject({ kind: 'asks' });
  expect(decide(about({ isHandedOver: true, holds: ['lock-out'] }))).toMatchObject({ kind: 'asks' });
});

test('one firing holds once and hands over once, however often its actions say so', () => {
  const twice = automation({ actions: [{ kind: 'hold', hold: 'credit' }, { kind: 'hold', hold: 'lock-out' }, { kind: 'hold', hold: 'credit', releaseNotice: { template: 'released' } }, { kind: 'handoff' }, { kind: 'handoff', agency: 'Quay Law' }] });
  expect(decide({ automation: twice })).toMatchObject({ actions: [{ withheld: null }, { withheld: null }, { withheld: 'its hold from before still stands' }, { withheld: null }, { withheld: 'it has been handed over already' }] });
});

test('a part is promised or disputed, so that the rest is not over the limit: the question stays open, and what is agreed to is not done', () => {
  const part = { invoice: { disputedMinor: 10_000 } };
  expect(decide({}, part)).toMatchObject({ kind: 'not-met' });
  expect(decide({ asked: waiting }, part)).toMatchObject({ kind: 'asks', reason: 'balance 450.00 USD is over 400.00 USD' });
  expect(decide({ asked: approved }, part)).toEqual({ kind: 'lapsed', code: 'withdrawn', reason: 'what is open is disputed, so that it is not done: approved by Mia' });
  expect(decide({ asked: approved }, { invoice: { disputedMinor: 4_000 } })).toMatchObject({ kind: 'fired' });
});

test('nobody answers: left out, done, or an administrator is asked for as long again and it is left out after that', () => {
  const later = (onTimeout: string, asked: AskedOfFiring) => decide({ automation: automation({ actions: [{ ...hold, approval: { timeoutDays: 2, onTimeout } }] }), asked, now: asked.deadline });
  expect(later('skip', waiting)).toEqual({ kind: 'lapsed', code: 'timed-out', reason: 'nobody answered within 2 days: it is left out' });
  expect(later('proceed', waiting)).toMatchObject({ kind: 'fired', agreed: 'nobody answered within 2 days: it goes ahead' });
  expect(later('escalate', waiting)).toMatchObject({ kind: 'asks', why: 'nobody answered within 2 days: awaits the approval of an administrator', until: Date.parse('2026-03-16T09:00:00Z') });
  expect(later('escalate', { ...waiting, times: 2, deadline: Date.parse('2026-03-16T09:00:00Z') })).toMatchObject({ kind: 'lapsed', code: 'timed-out', reason: 'nobody answered within 2 days, an administrator neither: it is left out' });
});

test('its email waits for the send window from the answer on, not from the event, and the hold with it', () => {
  const answeredAt = now + 40 * dayMs;
  const until = answeredAt + deferDaysMax * dayMs;
  const input: Partial<FiringInput> = { automation: automation({ actions: [hold, { kind: 'email', template: 'overdue-30' }] }), asked: { ...approved, answeredAt }, now: answeredAt, contact: () => ({ kind: 'later', code: 'spacing', reason: 'contacted yesterday', until }) };
  expect(decide(input)).toEqual({ kind: 'deferred', reason: 'contacted yesterday', until });
});

test('nobody is asked more often than it may fire; what was asked is not held against itself', () => {
  expect(decide({ firedAt: [now] })).toMatchObject({ kind: 'bounded' });
  expect(decide({ firedAt: [now], asked: approved })).toMatchObject({ kind: 'fired' });
});

test('nothing that needs approval is ever done unasked: only agreed to, or after the time for it where it goes ahead by itself', () => {
  const answers = fc.constantFrom(null, waiting, approved, refused, { ...waiting, times: 2 });
  const when = fc.integer({ min: 0, max: 30 }).map((days) => now + days * dayMs);
  fc.assert(fc.property(answers, when, fc.constantFrom('proceed', 'skip', 'escalate'), fc.constantFrom(...silences.map(([, facts]) => facts), {}), (asked, at, onTimeout, facts) => {
    const decision = decide({ automation: automation({ actions: [task, { ...hold, approval: { onTimeout } }] }), asked, now: at }, facts);
    if (decision.kind !== 'fired') return;
    const held = decision.actions.find(({ action }) => action.kind === 'hold')!;
    const inTime = asked?.answer?.approved === true || (asked !== null && asked.answer === null && onTimeout === 'proceed' && at >= asked.deadline);
    expect(held.withheld !== null || (inTime && decision.agreed !== null)).toBe(true);
  }));
});

test('what is written: one approval for the whole, its parts as a policy has them, and a notice whose template is there', () => {
  expect(readAutomation(document({ actions: [hold, { kind: 'handoff', approval: {} }] }))).toEqual({
    problems: [{ path: 'actions[1].approval', message: 'another action needs an approval already; allowed: one approval in an automation: it is for all that the automation does' }],
  });
  for (const approval of [{ by: 'collector' }, { timeoutDays: 0 }, { onTimeout: 'forget' }, { until: 3 }]) expect(automationDocument.safeParse({ ...document({}), actions: [{ ...hold, approval }] }).success).toBe(false);
  expect(automation({ actions: [{ ...hold, releaseNotice: { template: 'released' } }] }).actions).toEqual([{ kind: 'hold', hold: 'credit', releaseNotice: { template: 'released', to: ['billing'] }, approval: { by: 'credit-manager', timeoutDays: 2, onTimeout: 'skip' } }]);
  const names = { templates: [{ name: 'hold-released', kind: 'customer' as const }], policies: [], segments: [], customFields: [], queues: ['collections'], taskTemplates: [] };
  const checked = (template: string) => checkAutomation(document({ actions: [{ ...hold, releaseNotice: { template } }] }), names);
  expect(checked('hold-released')).toEqual([]);
  expect(checked('hold-relesed')).toEqual([{ path: 'actions[0].releaseNotice.template', message: expect.stringContaining('no template "hold-relesed" is published, did you mean "hold-released"?') as string }]);
});
