import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { assessHolds } from '../../../domain/collection/assessHolds';
import { recipientCalendar } from '../../../domain/calendar/sendingCalendar';
import { checkAutomation } from '../../../domain/automation/checkAutomation';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { describeCondition } from '../../../domain/condition/describe';
import { evaluateCondition } from '../../../domain/condition/evaluate';
import { fieldsOfEvents, findEventField } from '../../../domain/condition/eventFields';
import { namedSegments } from '../../../domain/condition/named';
import { eventKinds, type EventData, type EventKind } from '../../../domain/events/kinds';
import { parseCondition } from '../../../domain/policy/readCondition';
import type { Condition } from '../../../domain/policy/types';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { conditionFacts } from './facts';

function read(event: EventKind, document: object): Condition {
  const parsed = parseCondition(document, { subject: 'invoice', event });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.condition;
}
const seen = (kind: EventKind, document: object, data: EventData) => evaluateCondition(read(kind, document), { ...conditionFacts(), event: { kind, data } });

describe('a condition asks about the event itself', () => {
  test.each<[EventKind, object, EventData, boolean, string]>([
    ['segment.joined', { field: 'event.segment', op: '=', value: 'vip' }, { segment: 'vip' }, true, 'segment of the event vip is vip'],
    ['segment.left', { field: 'event.segment', op: 'in', value: ['vip', 'late'] }, { segment: 'small' }, false, 'segment of the event small is none of vip, late'],
    ['task.overdue', { field: 'event.queue', op: '=', value: 'Collections' }, { queue: 'Collections', title: 'Call' }, true, 'queue of the task Collections is Collections'],
    // A queue is found whatever its case.
    ['task.overdue', { field: 'event.queue', op: '=', value: 'collections' }, { queue: 'Collections', title: 'Call' }, true, 'queue of the task Collections is collections'],
    ['task.overdue', { field: 'event.queue', op: '!=', value: 'COLLECTIONS' }, { queue: 'Collections', title: 'Call' }, false, 'queue of the task Collections is COLLECTIONS'],
    ['task.overdue', { field: 'event.queue', op: 'in', value: ['Sales', 'collections'] }, { queue: 'Collections', title: 'Call' }, true, 'queue of the task Collections is one of Sales, collections'],
    ['task.overdue', { field: 'event.title', op: '=', value: 'call' }, { queue: 'Collections', title: 'Call' }, false, 'title of the task Call is not call'],
    ['reply.classified', { field: 'event.class', op: '=', value: 'question' }, { class: 'question', confidence: 0.9 }, true, 'kind of reply question is question'],
    ['reply.classified', { field: 'event.confidence', op: '>=', value: 0.9 }, { class: 'question', confidence: 0.8 }, false, 'how sure its kind is, from 0 to 1 0.8 is not at least 0.9'],
    ['email.bounced', { field: 'event.permanent', op: '=', value: 'yes' }, { permanent: false }, false, 'whether it comes back for good no is not yes'],
    ['promise.made', { field: 'event.promisedOn', op: '>', value: 'today+7d' }, { promisedOn: '2026-03-18' }, true, 'promised day 2026-03-18 is over 2026-03-17'],
    ['policy.assigned', { field: 'event.policyBefore', op: '=', value: 'gentle' }, { before: null, after: 'strict' }, false, 'policy that was assigned before is not set'],
  ])('%s: %j of %j', (kind, document, data, holds, reason) => {
    expect(seen(kind, document, data)).toMatchObject({ holds, reason });
  });

  test('money in the currency of the event, whatever that of the invoice is: below, at and above the threshold', () => {
    const over = { field: 'event.amount', op: '>', value: { EUR: '100.00', JPY: '500' } };
    expect(seen('payment.received', over, { amountMinor: 99_99, currency: 'EUR' }).holds).toBe(false);
    expect(seen('payment.received', over, { amountMinor: 100_00, currency: 'EUR' })).toMatchObject({ holds: false, reason: 'amount of the event 100.00 EUR is not over 100.00 EUR', inputs: { 'event.amount': '100.00 EUR' } });
    expect(seen('payment.received', over, { amountMinor: 100_01, currency: 'EUR' }).holds).toBe(true);
    expect(seen('payment.received', over, { amountMinor: 501, currency: 'JPY' }).holds).toBe(true);
    expect(seen('payment.received', over, { amountMinor: 100_01, currency: 'USD' })).toMatchObject({ holds: false, reason: 'no threshold in USD for amount of the event 100.01 USD' });
    expect(seen('payment.received', over, {})).toMatchObject({ holds: false, reason: 'amount of the event is not set' });
    fc.assert(fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), (amountMinor, threshold) => {
      const limit = { field: 'event.amount', op: '>=', value: { JPY: String(threshold) } };
      expect(seen('payment.received', limit, { amountMinor, currency: 'JPY' }).holds).toBe(amountMinor >= threshold);
    }));
  });

  test('in words', () => {
    expect(describeCondition(read('segment.joined', { all: [{ field: 'event.segment', op: '=', value: 'vip' }, { field: 'invoice.daysPastDue', op: '>', value: 3 }] }))).toBe('segment of the event is vip and more than 3 days past due');
    expect(describeCondition(read('payment.received', { field: 'event.amount', op: '>', value: { USD: '1000.00' } }))).toBe('amount of the event is more than $1,000');
  });
});

describe('what an event does not tell is refused, with its place and what does', () => {
  const problems = (trigger: object, when: object): unknown => readAutomation(automationDocument.parse({ title: 'x', trigger, when, actions: [{ kind: 'webhook' }] }));
  test('in automations', () => {
    expect(problems({ kind: 'segment.joined' }, { all: [{ field: 'event.queue', op: '=', value: 'Collections' }] })).toEqual({ problems: [{ path: 'when.all[0].field', message: expect.stringContaining('segment.joined does not tell event.queue: task.overdue does; allowed: event.segment, ') as string }] });
    expect(problems({ kind: 'email.replied' }, { field: 'event.class', op: '=', value: 'question' })).toMatchObject({ problems: [{ path: 'when.field', message: expect.stringContaining('email.replied does not tell event.class: reply.classified does') as string }] });
    expect(problems({ kind: 'task.overdue' }, { field: 'event.que', op: '=', value: 'x' })).toMatchObject({ problems: [{ path: 'when.field', message: expect.stringContaining('unknown field "event.que", did you mean "event.queue"?') as string }] });
    expect(problems({ kind: 'reply.classified' }, { field: 'event.class', op: '=', value: 'queston' })).toMatchObject({ problems: [{ path: 'when.value', message: expect.stringContaining('did you mean "question"?') as string }] });
    expect(problems({ kind: 'payment.received' }, { field: 'event.amount', op: '>', value: 5 })).toMatchObject({ problems: [{ path: 'when.value' }] });
  });

  test('in campaigns that an event starts, and in those that none does', () => {
    const campaign = (schedule: object) => readCampaign(campaignDocument.parse({
      title: 'x', audience: { when: { field: 'event.segment', op: '=', value: 'vip' } }, schedule, steps: [{ id: 'one', afterDays: 0, action: { kind: 'task', queue: 'a', title: 'b' } }],
    }));
    expect(campaign({ kind: 'event', event: 'segment.left' })).toMatchObject({ campaign: { audience: { when: { field: 'event.segment' } } } });
    expect(campaign({ kind: 'now' })).toMatchObject({ problems: [{ path: 'audience.when.field', message: expect.stringContaining('event.segment is of an event') as string }] });
    expect(campaign({ kind: 'event', event: 'payment.received' })).toMatchObject({ problems: [{ path: 'audience.when.field', message: expect.stringContaining('payment.received does not tell event.segment: segment.joined, segment.left do') as string }] });
  });

  test('in policies and in conditions on customers: nothing happens there', () => {
    const policy = parsePolicy('policy: p\nversion: 1\nsteps:\n  - { id: a, anchor: due, offset: { days: 1 }, when: { field: event.segment, op: "=", value: vip }, actions: [{ notify: { audience: collections, title: Look } }] }\n');
    expect(policy).toMatchObject({ ok: false, errors: [{ path: 'steps[0].when.field', message: expect.stringContaining('is of an event') as string }] });
    expect(parseCondition({ field: 'event.segment', op: '=', value: 'vip' }, { subject: 'customer' })).toMatchObject({ ok: false, errors: [{ path: 'field' }] });
  });

  test('a segment that is not there is refused wherever it is named: alone, and in a list', () => {
    const check = (when: object) => checkAutomation(automationDocument.parse({ title: 'x', trigger: { kind: 'segment.joined' }, when, actions: [{ kind: 'webhook' }] }), { templates: [], policies: [], segments: ['vip'], customFields: [], queues: ['q', 'Collections'], taskTemplates: [] });
    expect(check({ field: 'event.segment', op: '=', value: 'vip' })).toEqual([]);
    expect(check({ field: 'event.segment', op: '=', value: 'vipp' })).toEqual([{ path: 'when.value', message: 'there is no segment "vipp", did you mean "vip"?; allowed: vip' }]);
    expect(check({ not: { field: 'event.segment', op: 'in', value: ['vip', 'gone'] } })).toEqual([{ path: 'when.not.value[1]', message: 'there is no segment "gone"; allowed: vip' }]);
    // As it has been read, too.
    expect(namedSegments(read('segment.joined', { field: 'event.segment', op: '!=', value: 'vip' }))).toEqual([{ segment: 'vip', path: ['value'] }]);
    expect(namedSegments(read('segment.joined', { field: 'event.segment', op: 'in', value: ['vip', 'late'] })).map(({ segment }) => segment)).toEqual(['vip', 'late']);
  });
});

test('every field of an event is told by one of its kinds under one name and one type, and is explained in the docs', () => {
  const text = readFileSync(join(__dirname, '../../../docs/automations.md'), 'utf8');
  for (const kind of Object.keys(eventKinds) as EventKind[]) {
    for (const field of fieldsOfEvents[kind]) {
      expect(field).toMatchObject({ of: 'event', name: expect.stringMatching(/^event\.[a-zA-Z]+$/) as string });
      expect(findEventField(field.name)).toMatchObject({ type: field.type, title: field.title });
      expect(text.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${field.name}\``)) ?? field.name).toContain(`\`${kind}\``);
    }
  }
});

test('a hold that an automation placed stands by the event that set it off, whatever the invoice becomes', () => {
  const when = read('payment.partial', { all: [{ field: 'event.leftOpen', op: '>', value: { USD: '400.00' } }, { field: 'invoice.balance', op: '>', value: { USD: '100.00' } }] });
  const released = (openMinor: number, event?: EventData) => {
    const { customer, invoice } = conditionFacts({ invoice: { openMinor, holds: [{ step: 'automation:a/1/1-hold', releasedAt: null, releasedByItself: false, automation: { hold: 'credit', when, ...(event ? { event: { kind: 'payment.partial', data: event } } : {}) } }] } });
    const policy = parsePolicy('policy: p\nversion: 1\nsteps:\n  - { id: a, anchor: due, offset: { days: 1 }, actions: [{ notify: { audience: collections, title: Look } }] }\n');
    if (!policy.ok) throw new Error(JSON.stringify(policy.errors));
    const now = Date.parse('2026-03-10T10:00:00Z');
    return assessHolds(customer, { invoice, policy: policy.policy }, recipientCalendar(policy.policy.calendar, customer), now).items.map(({ verdict }) => verdict);
  };
  expect(released(300_00, { openMinor: 450_00, currency: 'USD' })).toEqual([]);
  expect(released(100_00, { openMinor: 450_00, currency: 'USD' })).toMatchObject([{ reason: 'released: balance 100.00 USD is not over 100.00 USD' }]);
});
