import fc from 'fast-check';
import { dayCounts } from '../../../domain/charges/interest';
import { statutoryPresets } from '../../../domain/charges/statutory';
import { formatMoney } from '../../../domain/money/money';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { policyDocumentOf, printPolicy } from '../../../domain/policy/printPolicy';
import { contactRoles, holdKinds, policyDocument, weekdayNames } from '../../../domain/policy/schema';
import type { Action, Comparison, Condition, Policy, SendingCalendar, Step } from '../../../domain/policy/types';

const line = fc.string({ minLength: 1, maxLength: 40 }).map((text) => text.trim()).filter((text) => text.length > 0);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const roles = fc.subarray([...contactRoles], { minLength: 1 });
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CHF');

const value: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ op: fc.constantFrom('>', '>=', '<', '<=', '=', '!=' as const), minorByCurrency: fc.dictionary(currency, fc.integer({ min: 0, max: 10 ** 12 }), { minKeys: 1 }) })
    .map(({ op, minorByCurrency }): Comparison => ({ field: 'invoice.balance', op, value: { kind: 'money', minorByCurrency: { ...minorByCurrency } } })),
  fc.record({ op: fc.constantFrom('>', '<=', '!=' as const), number: fc.integer() }).map(({ op, number }): Comparison => ({ field: 'invoice.daysPastDue', op, value: { kind: 'number', number } })),
  fc.record({ op: fc.constantFrom('=', '!=' as const), text: fc.string() }).map(({ op, text }): Comparison => ({ field: 'customer.tier', op, value: { kind: 'text', text } })),
  fc.record({ op: fc.constantFrom('in', 'not-in' as const), values: fc.array(fc.string(), { minLength: 1, maxLength: 3 }) })
    .map(({ op, values }): Comparison => ({ field: 'customer.country', op, value: { kind: 'list', values } })),
  fc.boolean().map((boolean): Comparison => ({ field: 'customer.custom.vip', op: '=', value: { kind: 'boolean', boolean } })),
  fc.constant<Comparison>({ field: 'invoice.dueOn', op: '<', value: { kind: 'date', date: '2026-03-01' } }),
  fc.constant<Comparison>({ field: 'customer.custom.segment', op: 'is-set', value: { kind: 'none' } }),
);
const condition = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    value,
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('tree').map((not) => ({ not })),
  ),
})).tree;

const approval = fc.option(fc.record({ by: fc.constantFrom('credit-manager' as const, 'admin' as const), timeoutDays: fc.integer({ min: 1, max: 90 }), onTimeout: fc.constantFrom('proceed' as const, 'skip' as const, 'escalate' as const) }), { nil: undefined });
const fees = fc.dictionary(currency, fc.integer({ min: 1, max: 10 ** 12 }), { minKeys: 1 }).map((made) => ({ ...made }));
const rate = fc.integer({ min: 1, max: 9_999_999 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('email' as const), template: name, to: roles, attachInvoice: fc.boolean() }),
  fc.record({ kind: fc.constant('task' as const), queue: line, title: line, instructions: fc.option(line), dueInDays: fc.integer({ min: 0, max: 365 }), template: fc.constant('first-call') }, { requiredKeys: ['kind', 'queue', 'title', 'instructions', 'dueInDays'] }),
  fc.record({ kind: fc.constant('notify' as const), audience: line, title: line }),
  fc.record({ kind: fc.constant('escalate' as const), queue: line, title: line.filter((text) => !text.includes('{')), audience: line }),
  fc.record({ kind: fc.constant('leadership' as const), template: name, to: fc.uniqueArray(fc.constantFrom('owner', 'owner-manager', 'admin', 'cfo@example.com'), { minLength: 1 }), title: line, text: fc.option(line) }),
  fc.record({ kind: fc.constant('hold' as const), hold: fc.constantFrom(...holdKinds), releaseNotice: fc.option(fc.record({ template: name, to: roles })), approval }),
  fc.record({ kind: fc.constant('handoff' as const), agency: fc.option(line) }),
  fc.record({ kind: fc.constant('charge' as const), terms: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), minorByCurrency: fees }),
    fc.record({ kind: fc.constant('percent' as const), rate }),
    fc.record({ kind: fc.constant('interest' as const), rate, dayCount: fc.constantFrom(...dayCounts) }),
    fc.record({ kind: fc.constant('statutory' as const), preset: fc.constantFrom(...statutoryPresets) })) }),
  fc.record({ kind: fc.constant('discount' as const), terms: fc.oneof(fc.record({ kind: fc.constant('fixed' as const), minorByCurrency: fees }), fc.record({ kind: fc.constant('percent' as const), rate })), forDays: fc.integer({ min: 0, max: 365 }) }),
  fc.record({ kind: fc.constant('start-policy' as const), policy: name }),
);
const catchUp = fc.oneof(
  fc.constantFrom({ rule: 'collapse' as const }, { rule: 'skip' as const }),
  fc.integer({ min: 1, max: 90 }).map((limitDays) => ({ rule: 'send-late' as const, limitDays })),
);
const step: fc.Arbitrary<Step> = fc.record({
  id: name,
  title: line,
  anchor: fc.constant('due' as const),
  offset: fc.record({ unit: fc.constantFrom('days' as const, 'businessDays' as const), count: fc.integer({ min: -100, max: 100 }) }),
  atMinute: fc.option(fc.integer({ min: 600, max: 900 })),
  when: fc.option(condition),
  catchUp,
  exemptFromSpacing: fc.boolean(),
  minimumNoticeDays: fc.option(fc.integer({ min: 0, max: 365 }), { nil: undefined }),
  actions: fc.uniqueArray(action, { minLength: 1, selector: (made) => made.kind }),
});
const policy: fc.Arbitrary<Policy> = fc.record({
  policy: name,
  version: fc.integer({ min: 1, max: 999 }),
  title: line,
  calendar: fc.record({
    timeZone: fc.constantFrom('customer', 'Europe/Berlin', 'America/New_York'),
    window: fc.record({ opensMinute: fc.integer({ min: 0, max: 600 }), closesMinute: fc.integer({ min: 901, max: 1440 }) }),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidays: fc.constantFrom<SendingCalendar['holidays']>('customer', 'none', { country: 'DE', region: 'BY' }, { country: 'JP', region: null }),
  }),
  contact: fc.record({
    minimumDaysBetween: fc.integer({ min: 0, max: 60 }),
    merge: fc.constantFrom('same-day' as const, 'per-invoice' as const),
    caps: fc.option(fc.array(fc.record({ messages: fc.integer({ min: 1, max: 31 }), per: fc.constantFrom('week' as const, 'month' as const) }), { minLength: 1, maxLength: 4 }), { nil: undefined }),
  }),
  minimumNoticeDays: fc.option(fc.integer({ min: 1, max: 365 }), { nil: undefined }),
  graceDays: fc.option(fc.integer({ min: 1, max: 365 }), { nil: undefined }),
  stage: fc.option(fc.record({ at: fc.nat(5), queue: line, title: line, dueInDays: fc.integer({ min: 0, max: 365 }) }), { nil: undefined }),
  // In the order in which they run, as a policy has to be.
  steps: fc.uniqueArray(step, { minLength: 1, maxLength: 6, selector: (made) => made.id }).map((steps) => [...steps].sort((one, other) => one.offset.count - other.offset.count)),
}).map(({ stage, ...made }) => {
  if (!stage) return made;
  const { at, ...whenNone } = stage;
  return { ...made, escalation: { fromStep: made.steps[at % made.steps.length]!.id, whenNone } };
  // A policy never starts itself.
}).filter((made) => !made.steps.some(({ actions }) => actions.some((each) => each.kind === 'start-policy' && each.policy === made.policy)));

test('what is printed is read as the same policy, as YAML and as JSON', () => {
  fc.assert(fc.property(policy, fc.constantFrom('yaml' as const, 'json' as const), (made, format) => {
    const text = printPolicy(made, format);
    expect(parsePolicy(text, format)).toEqual({ ok: true, policy: made });
  }));
});

test('a printed document has the shape of the schema', () => {
  fc.assert(fc.property(policy, (made) => {
    expect(policyDocument.safeParse(policyDocumentOf(made)).error).toBeUndefined();
  }));
});

test('what is not said is filled in', () => {
  const parsed = parsePolicy('policy: x\nversion: 3\nsteps: [{id: a, anchor: due, offset: {days: 1}, actions: [{hold: {}}, {handoff: {}}, {task: {queue: q, title: t}}, {email: {template: due}}]}]');
  expect(parsed).toEqual({
    ok: true,
    policy: {
      policy: 'x', version: 3, title: 'x',
      calendar: { timeZone: 'customer', window: { opensMinute: 540, closesMinute: 1020 }, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' },
      contact: { minimumDaysBetween: 1, merge: 'same-day' },
      steps: [{
        id: 'a', title: 'a', anchor: 'due', offset: { unit: 'days', count: 1 }, atMinute: null, when: null, catchUp: { rule: 'collapse' }, exemptFromSpacing: false,
        actions: [
          { kind: 'hold', hold: 'credit', releaseNotice: null },
          { kind: 'handoff', agency: null },
          { kind: 'task', queue: 'q', title: 't', instructions: null, dueInDays: 1 },
          { kind: 'email', template: 'due', to: ['billing'], attachInvoice: false },
        ],
      }],
    },
  });
});

test('the catch-up rule of the policy is that of every step that has none', () => {
  const parsed = parsePolicy('policy: x\nversion: 1\ncatchUp: skip\nsteps:\n  - {id: a, anchor: due, offset: {days: 1}, actions: [{hold: {}}]}\n  - {id: b, anchor: previous, offset: {days: 1}, catchUp: collapse, actions: [{hold: {}}]}');
  expect(parsed.ok && parsed.policy.steps.map((made) => made.catchUp.rule)).toEqual(['skip', 'collapse']);
});

test('weekdays are in the order of the week, once each, however they are written', () => {
  const parsed = parsePolicy('policy: x\nversion: 1\ncalendar: {weekdays: [fri, mon, mon]}\nsteps: [{id: a, anchor: due, offset: {days: 1}, actions: [{hold: {}}]}]');
  expect(parsed.ok && parsed.policy.calendar.weekdays.map((day) => weekdayNames[day - 1])).toEqual(['mon', 'fri']);
});

test('amounts keep their minor units in currencies of 0, 2 and 3 decimals', () => {
  const value = Object.fromEntries([['JPY', 75_000], ['USD', 50_000], ['KWD', 150_000]].map(([code, minor]) => [code, formatMoney(Number(minor), String(code))]));
  expect(value).toEqual({ JPY: '75000', USD: '500.00', KWD: '150.000' });
});
