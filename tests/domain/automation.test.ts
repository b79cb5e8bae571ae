import * as fc from 'fast-check';
import { decideFiring, type Candidate, type FiringInput } from '../../domain/automation/decideFiring';
import { readAutomation } from '../../domain/automation/readAutomation';
import { automationDocument } from '../../domain/automation/schema';
import { deferDaysMax, depthMax, type Automation } from '../../domain/automation/types';
import type { ContactVerdict } from '../../domain/contact/arbitrate';
import { recipientCalendar } from '../../domain/calendar/sendingCalendar';
import { conditionFacts } from './condition/facts';

const dayMs = 86_400_000;
const now = Date.parse('2026-03-10T10:00:00Z');
const weekdays = recipientCalendar({ timeZone: 'UTC', window: { opensMinute: 540, closesMinute: 1020 }, weekdays: [1, 2, 3, 4, 5], holidays: 'none' }, { timeZone: 'UTC', country: null, region: null });

function automation(changes: object = {}): Automation {
  const read = readAutomation(automationDocument.parse({
    title: 'Large and late', trigger: { kind: 'invoice.overdue', days: 30 }, when: { field: 'invoice.balance', op: '>', value: { USD: '400.00' } },
    actions: [{ kind: 'email', template: 'overdue-30' }, { kind: 'task', queue: 'collections', title: 'Call' }], ...changes,
  }));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.automation;
}

function candidate(changes: Parameters<typeof conditionFacts>[0] = {}): Candidate {
  const { customer, invoice } = conditionFacts(changes);
  return { customer, invoice };
}

function input(changes: Partial<FiringInput> = {}): FiringInput {
  return { automation: automation(), event: { kind: 'invoice.overdue', at: now, depth: 0, data: { days: 30 } }, candidates: [candidate()], customer: null, firedAt: [], contact: () => ({ kind: 'now' }), calendar: () => weekdays, asked: null, now, ...changes };
}

test('the condition holds: it fires, says why, and with what inputs', () => {
  expect(decideFiring(input())).toMatchObject({
    kind: 'fired', reason: 'balance 450.00 USD is over 400.00 USD', inputs: { 'invoice.balance': '450.00 USD' }, actions: [{ action: { kind: 'email' }, withheld: null }, { action: { kind: 'task' }, withheld: null }],
  });
});

test('at the threshold it does not fire', () => {
  expect(decideFiring(input({ candidates: [candidate({ invoice: { openMinor: 400_00 } })] }))).toMatchObject({ kind: 'not-met', inputs: { 'invoice.balance': '400.00 USD' } });
});

test('an event about a customer fires for the oldest invoice on which the condition holds, and for none without an open one', () => {
  const small = candidate({ invoice: { id: '1', openMinor: 1 } });
  const large = candidate({ invoice: { id: '2', openMinor: 900_00 } });
  expect(decideFiring(input({ candidates: [small, large] }))).toMatchObject({ kind: 'fired', candidate: { invoice: { id: '2' } } });
  expect(decideFiring(input({ candidates: [], automation: automation({ when: null }) }))).toMatchObject({ kind: 'not-met', reason: 'the customer has no open invoice' });
});

describe('an event about a customer of whom nothing is open', () => {
  const joined = (changes: object, segment = 'vip') => decideFiring(input({
    automation: automation({ trigger: { kind: 'segment.joined' }, when: null, ...changes }), event: { kind: 'segment.joined', at: now, depth: 0, data: { segment } }, candidates: [], customer: { ...conditionFacts().customer, owes: { open: [], unapplied: {} } },
    contact: () => { throw new Error('not asked'); },
  }));
  const task = { kind: 'task', queue: 'collections', title: 'Call' };

  test('fires for the customer: what needs no invoice is done, all else is left out with the reason', () => {
    const without = 'it is about an invoice, and the customer has no open one';
    const actions = [
      { kind: 'email', template: 'overdue-30' }, task, { kind: 'notify', audience: 'sales', title: 'Look' }, { kind: 'leadership', title: 'Look' }, { kind: 'hold', hold: 'credit' }, { kind: 'pause', days: 3 },
      { kind: 'escalate', queue: 'sales', title: 'Decide' }, { kind: 'assign-policy', policy: 'strict', of: 'invoice' }, { kind: 'assign-policy', policy: 'strict', of: 'customer' }, { kind: 'webhook' },
    ];
    expect(joined({ actions })).toMatchObject({ kind: 'fired', candidate: { invoice: null }, actions: [without, null, null, without, without, null, null, without, null, null].map((withheld) => ({ withheld })) });
    expect(joined({ actions: [{ kind: 'handoff' }, { kind: 'discount', discount: { percent: '2', forDays: 3 } }, { kind: 'charge', charge: { kind: 'percent', percent: '1' } }, task] }))
      .toMatchObject({ actions: [without, without, without, null].map((withheld) => ({ withheld })) });
  });

  test('does not where all that it does is about an invoice', () => {
    expect(joined({ actions: [{ kind: 'email', template: 'overdue-30' }, { kind: 'hold', hold: 'credit' }] })).toEqual({ kind: 'not-met', reason: 'the customer has no open invoice', inputs: {} });
  });

  test('holds its condition against the customer and the event; an invoice there is none to hold it against', () => {
    const segment = { field: 'event.segment', op: '=', value: 'vip' };
    expect(joined({ actions: [task], when: segment })).toMatchObject({ kind: 'fired', reason: 'segment of the event vip is vip' });
    expect(joined({ actions: [task], when: segment }, 'other')).toMatchObject({ kind: 'not-met', reason: 'segment of the event other is not vip' });
    expect(joined({ actions: [task], when: { field: 'customer.tier', op: '=', value: 'gold' } })).toMatchObject({ kind: 'fired' });
    expect(joined({ actions: [task], when: { field: 'invoice.balance', op: '>', value: { USD: '0.00' } } })).toMatchObject({ kind: 'not-met', reason: 'balance is not set' });
    expect(joined({ actions: [task], when: { field: 'customer.balance', op: '<=', value: { USD: '0.00' } } })).toMatchObject({ kind: 'fired' });
  });
});

test('nobody is written to who owes nothing, or whose collection is paused or stopped; the task is there all the same', () => {
  const all = automation({ when: null });
  const withheld = (changes: Parameters<typeof conditionFacts>[0]): unknown => {
    const decision = decideFiring(input({ automation: all, candidates: [candidate(changes)] }));
    return decision.kind === 'fired' ? decision.actions.map((each) => each.withheld) : decision.kind;
  };
  expect(withheld({ invoice: { openMinor: 0 } })).toEqual(['nothing is open', null]);
  expect(withheld({ invoice: { openMinor: 100, creditMinor: 100 } })).toEqual(['unapplied cash or credit of the customer covers what is open', null]);
  expect(withheld({ customer: { pause: { until: null } } })).toEqual(['paused by a person', null]);
  expect(withheld({ customer: { pause: { until: now } } })).toEqual([null, null]);
  expect(withheld({ invoice: { openMinor: 100, promisedMinor: 100 } })).toEqual(['the customer has promised to pay', null]);
  expect(withheld({ invoice: { openMinor: 100, disputedMinor: 100 } })).toEqual(['what is open is disputed', null]);
  expect(withheld({ invoice: { openMinor: 100, disputedMinor: 99 } })).toEqual([null, null]);
  expect(withheld({ invoice: { control: { pause: null, stopped: true, skips: [], sendNow: [] } } })).toEqual(['collection was stopped by a person', null]);
});

test('where a segment writes to the customer once for all invoices no email about one goes out, save the invoice itself; what else it does happens', () => {
  const consolidated = [candidate({ customer: { consolidatedBy: 'key-accounts' } })];
  const decided = (changes: object) => decideFiring(input({ automation: automation({ when: null, ...changes }), candidates: consolidated, contact: () => ({ kind: 'later', code: 'spacing', reason: 'not asked', until: now + dayMs }) }));
  expect(decided({})).toMatchObject({ kind: 'fired', actions: [{ withheld: 'segment key-accounts writes to the customer once for all invoices' }, { withheld: null }] });
  expect(decided({ actions: [{ kind: 'email', template: 'overdue-30', attachInvoice: true }] })).toMatchObject({ kind: 'fired', actions: [{ withheld: 'segment key-accounts writes to the customer once for all invoices' }] });
  expect(decided({ trigger: { kind: 'invoice.created' }, actions: [{ kind: 'email', template: 'invoice', attachInvoice: true }] })).toMatchObject({ kind: 'deferred', reason: 'not asked' });
});

test('an email that has to wait defers the firing; one that would wait too long, or reaches nobody, is withheld', () => {
  const later = (days: number): ContactVerdict => ({ kind: 'later', code: 'spacing', reason: 'the customer was contacted yesterday', until: now + days * dayMs });
  expect(decideFiring(input({ contact: () => later(2) }))).toEqual({ kind: 'deferred', reason: 'the customer was contacted yesterday', until: now + 2 * dayMs });
  expect(decideFiring(input({ contact: () => later(deferDaysMax + 1) }))).toMatchObject({ kind: 'fired', actions: [{ withheld: 'the customer was contacted yesterday' }, { withheld: null }] });
  expect(decideFiring(input({ contact: () => ({ kind: 'never', code: 'do-not-contact', reason: 'the customer asked not to be contacted' }) }))).toMatchObject({ kind: 'fired', actions: [{ withheld: 'the customer asked not to be contacted' }, { withheld: null }] });
});

test('without an email nothing has to wait for the window', () => {
  expect(decideFiring(input({ automation: automation({ actions: [{ kind: 'hold', hold: 'credit' }] }), contact: () => { throw new Error('not asked'); } }))).toMatchObject({ kind: 'fired' });
});

test('no circle closes: an automation whose action is its own event ends at the depth bound, whatever its limit', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 365 }), (firings, days) => {
    const looping = automation({ when: null, limit: { firings, days } });
    const firedAt: number[] = [];
    let depth = 0;
    while (decideFiring(input({ automation: looping, event: { kind: 'invoice.overdue', at: now, depth, data: {} }, firedAt })).kind === 'fired') {
      firedAt.push(now);
      depth += 1;
      expect(depth).toBeLessThanOrEqual(depthMax);
    }
    expect(depth).toBe(Math.min(depthMax, firings));
  }));
});

test('whatever automations set off one another, it ends: no chain is longer than the bound, and no more fire than its branches allow', () => {
  const kinds = ['payment.partial', 'promise.made', 'dispute.opened', 'task.overdue'] as const;
  // Each automation listens to one kind of event, and what it does is some events itself.
  const web = fc.array(fc.record({ listens: fc.constantFrom(...kinds), causes: fc.array(fc.constantFrom(...kinds), { maxLength: 4 }), firings: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(web, fc.constantFrom(...kinds), (automations, first) => {
    const all = automations.map((each) => ({ ...each, parsed: automation({ trigger: { kind: each.listens }, when: null, limit: { firings: each.firings, days: 365 } }), firedAt: [] as number[] }));
    const events: { kind: (typeof kinds)[number]; depth: number }[] = [{ kind: first, depth: 0 }];
    let fired = 0;
    for (let event = events.shift(); event; event = events.shift()) {
      for (const each of all.filter(({ listens }) => listens === event.kind)) {
        if (decideFiring(input({ automation: each.parsed, event: { ...event, at: now, data: {} }, firedAt: each.firedAt })).kind !== 'fired') continue;
        each.firedAt.push(now);
        fired += 1;
        expect(event.depth).toBeLessThan(depthMax);
        events.push(...each.causes.map((kind) => ({ kind, depth: event.depth + 1 })));
      }
    }
    const branches = all.length * 4;
    expect(fired).toBeLessThanOrEqual(all.length * (1 + branches + branches ** 2));
    for (const each of all) expect(each.firedAt.length).toBeLessThanOrEqual(each.firings);
  }));
});

test('in any stretch of the days of the limit it fires at most so often, whatever happens when', () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 10 }), fc.array(fc.integer({ min: 0, max: 40 * 24 }), { maxLength: 60 }),
    (firings, days, hours) => {
      const limited = automation({ when: null, limit: { firings, days } });
      const firedAt: number[] = [];
      for (const hour of [...hours].sort((a, b) => a - b)) {
        const at = now + hour * 3_600_000;
        if (decideFiring(input({ automation: limited, event: { kind: 'payment.partial', at, depth: 0, data: {} }, firedAt, now: at })).kind === 'fired') firedAt.push(at);
      }
      for (const at of firedAt) expect(firedAt.filter((other) => other > at - days * dayMs && other <= at).length).toBeLessThanOrEqual(firings);
    },
  ));
});

test('what is wrong with a document is said with its place', () => {
  const problems = (changes: object): unknown => readAutomation(automationDocument.parse({ title: 'x', trigger: { kind: 'invoice.created' }, actions: [{ kind: 'webhook' }], ...changes }));
  expect(problems({ when: { field: 'invoice.balanse', op: '>', value: { USD: '1.00' } } })).toMatchObject({ problems: [{ path: 'when.field', message: expect.stringContaining('invoice.balance') as string }] });
  expect(problems({ actions: [{ kind: 'email', template: 'due' }, { kind: 'email', template: 'overdue' }] })).toMatchObject({ problems: [{ path: 'actions[1]' }] });
  expect(() => problems({ trigger: { kind: 'invoice.overdue' } })).toThrow('past due');
});

test('a fee is read for each currency, exactly; what is no amount is said with its place', () => {
  const read = (charge: object) => readAutomation(automationDocument.parse({ title: 'Fee', trigger: { kind: 'promise.broken' }, actions: [{ kind: 'charge', charge }] }));
  expect(read({ kind: 'fixed', amounts: { USD: '40.00', JPY: '4000' } })).toMatchObject({ automation: { actions: [{ kind: 'charge', charge: { kind: 'fixed', minorByCurrency: { USD: 40_00, JPY: 4_000 } } }] } });
  expect(read({ kind: 'interest', percent: '8.25', dayCount: 'actual/365' })).toMatchObject({ automation: { actions: [{ charge: { kind: 'interest', rate: 82_500 } }] } });
  expect(read({ kind: 'fixed', amounts: { JPY: '40.00' } })).toMatchObject({ problems: [{ path: 'actions[0].charge.amounts.JPY' }] });
  expect(read({ kind: 'fixed', amounts: {} })).toMatchObject({ problems: [{ path: 'actions[0].charge.amounts' }] });
});
