import fc from 'fast-check';
import type { Ledger } from '../../../domain/simulation/timeline';
import { daysBetween } from '../../../domain/calendar/dates';
import { parseCondition } from '../../../domain/policy/readCondition';
import type { ConditionDocument } from '../../../domain/policy/schema';
import type { Policy } from '../../../domain/policy/types';
import { readRun, type SegmentRunDocument } from '../../../domain/segment/readRun';
import type { SegmentDecisionRow, SimulatedSegment } from '../../../domain/simulation/segments';
import { simulate } from '../../../domain/simulation/simulate';
import { ledgers, policies } from '../collection/generated';
import { customer, invoice, ladder, payment } from '../collection/story';

/** 2026-03-03 is a Tuesday. */
const everyTuesday: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 0,
  actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }],
};

function segment(changes: Partial<SegmentRunDocument> = {}, { condition = { invoices: 'some' } as ConditionDocument, consolidated = true, key = 'all' } = {}): SimulatedSegment {
  const read = readRun({ ...everyTuesday, ...changes });
  const parsed = parseCondition(condition, { subject: 'customer' });
  if (!read.ok || !parsed.ok) throw new Error('the segment is wrong');
  return { key, condition: parsed.condition, run: read.run, consolidated };
}

interface Story extends Partial<Ledger> {
  segments?: SimulatedSegment[];
  policy?: Policy;
  from?: string;
  to?: string;
}

/** A ladder that only calls, so that the segment alone writes. */
const calls = ladder('- { id: call, title: Call, anchor: due, offset: { days: 90 }, actions: [ { task: { queue: q, title: t, dueInDays: 1 } } ] }');
const reminders = (days: readonly number[], extra = ''): Policy => ladder(days.map((day) => `- { id: day-${day}, title: "Day ${day}", anchor: due, offset: { days: ${day} }, catchUp: skip, actions: [ { email: { template: overdue-7, to: [billing] } } ] }`).join('\n'), extra);

function tell({ segments = [segment()], policy = calls, from = '2026-03-01', to = '2026-03-31', customers = [customer()], invoices = [], payments = [], creditNotes = [], promises = [], disputes = [] }: Story) {
  const runs: SegmentDecisionRow[] = [];
  const rows = simulate({ customers, invoices, payments, creditNotes, promises, disputes }, policy, from, to, { segments: { of: segments, since: Date.parse(`${from}T00:00:00Z`), onDecision: (row) => void runs.push(row) } });
  const ladderMail = rows.filter(({ action, outcome }) => action === 'email' && outcome === 'executed').map(({ on, step }) => `${on} ${step}`);
  return { runs: runs.map(({ at, outcome, reason, invoices: listed }) => `${at.slice(0, 16)} ${outcome} ${reason}${listed.length > 0 ? ` ${listed.join(',')}` : ''}`), ladderMail, contacts: [...ladderMail.map((line) => line.slice(0, 10)), ...runs.filter(({ outcome, invoices: listed }) => outcome === 'executed' && listed.length > 0).map(({ on }) => on)].sort() };
}

const owed = invoice('inv-1', '2026-01-01', '2026-02-01');

test('Tuesday: one email for all that is owed, and no reminder of a single invoice, for as long as the customer is in the segment', () => {
  const story = tell({ policy: reminders([30, 31, 32]), invoices: [owed, invoice('inv-2', '2026-01-01', '2026-02-02')], to: '2026-03-10' });
  expect(story.runs).toEqual(['2026-03-03T09:00 executed due inv-1,inv-2', '2026-03-10T09:00 executed due inv-1,inv-2']);
  expect(story.ladderMail).toEqual([]);
});

test('Tuesday, six o’clock: planned; eight: the customer pays; nine, when the window opens: nothing is sent', () => {
  const early = [segment({ atMinute: 360 })];
  expect(tell({ segments: early, invoices: [owed], to: '2026-03-04' }).runs).toEqual(['2026-03-03T09:00 executed due inv-1']);
  expect(tell({ segments: early, invoices: [owed], payments: [payment('inv-1', '2026-03-03T08:00:00Z')], to: '2026-03-04' }).runs).toEqual(['2026-03-03T09:00 suppressed condition']);
  expect(tell({ segments: early, invoices: [owed, invoice('inv-2', '2026-01-01', '2026-02-02')], payments: [payment('inv-1', '2026-03-03T08:00:00Z')], to: '2026-03-04' }).runs).toEqual(['2026-03-03T09:00 executed due inv-2']);
});

test('promised for Tuesday: nothing is said that day; broken at its end, it is listed the week after', () => {
  const promises = [{ externalId: 'p', invoiceExternalId: 'inv-1', madeAt: '2026-03-02', promisedOn: '2026-03-03', currency: 'USD', amountMinor: 100_000 }];
  expect(tell({ invoices: [owed], promises, to: '2026-03-10' }).runs).toEqual(['2026-03-03T09:00 suppressed settled', '2026-03-10T09:00 executed due inv-1']);
});

test('disputed in part, the rest is asked for; in whole, nothing is, until a credit note settles it', () => {
  const dispute = (amountMinor: number | null) => [{ externalId: 'd', invoiceExternalId: 'inv-1', openedAt: '2026-03-02', currency: 'USD', amountMinor, reason: 'price' as const, resolved: { at: '2026-03-09', resolution: { kind: 'valid' as const } } }];
  expect(tell({ invoices: [owed], disputes: dispute(40_000), to: '2026-03-10' }).runs).toEqual(['2026-03-03T09:00 executed due inv-1', '2026-03-10T09:00 executed due inv-1']);
  expect(tell({ invoices: [owed], disputes: dispute(null), to: '2026-03-10' }).runs).toEqual(['2026-03-03T09:00 suppressed settled']);
});

test('the night on which the clocks go forward in New York: nine o’clock there is an hour earlier from then on', () => {
  const there = [segment({ rhythm: { every: 'week', weekday: 1, interval: 1 }, timeZone: 'America/New_York' })];
  expect(tell({ segments: there, customers: [customer('acme', { timeZone: 'America/New_York', country: 'US' })], invoices: [owed], to: '2026-03-10' }).runs)
    .toEqual(['2026-03-02T14:00 executed due inv-1', '2026-03-09T13:00 executed due inv-1']);
});

test('the first business day of January in Germany is the second; that of February is a Monday', () => {
  const monthly = [segment({ rhythm: { every: 'month-business-day', nth: 1 }, timeZone: 'Europe/Berlin', holidays: { country: 'DE', region: null } })];
  expect(tell({ segments: monthly, from: '2025-12-30', to: '2026-02-10', customers: [customer('acme', { timeZone: 'Europe/Berlin', country: 'DE' })], invoices: [invoice('inv-1', '2025-11-01', '2025-12-01')] }).runs)
    .toEqual(['2026-01-02T08:00 executed due inv-1', '2026-02-02T08:00 executed due inv-1']);
});

test('a reminder and a run fall on nine o’clock: the reminder goes, and the run waits for the days between contacts', () => {
  const story = tell({ segments: [segment({ minimumDaysBetween: 2 }, { consolidated: false })], policy: reminders([30]), invoices: [owed], to: '2026-03-06' });
  expect(story.ladderMail).toEqual(['2026-03-03 day-30']);
  expect(story.runs).toEqual(['2026-03-05T09:00 executed due inv-1']);
});

test('a ladder that writes every day and two segments compete for one customer: never more than two contacts in seven days', () => {
  const segments = [segment({}, { consolidated: false, key: 'tuesdays' }), segment({ rhythm: { every: 'week', weekday: 4, interval: 1 } }, { consolidated: false, key: 'thursdays' })];
  const policy = ladder(Array.from({ length: 20 }, (_, day) => `- { id: day-${day + 20}, title: "Day", anchor: due, offset: { days: ${day + 20} }, catchUp: { sendLate: { limitDays: 3 } }, actions: [ { email: { template: overdue-7, to: [billing] } } ] }`).join('\n'));
  const capped: Policy = { ...policy, contact: { ...policy.contact, caps: [{ messages: 2, per: 'week' }] } };
  const { contacts } = tell({ segments, policy: capped, invoices: [owed] });
  expect(contacts.length).toBeGreaterThan(4);
  for (const day of contacts) expect(contacts.filter((other) => daysBetween(day, other) >= 0 && daysBetween(day, other) < 7).length).toBeLessThanOrEqual(2);
  expect(tell({ segments, policy, invoices: [owed] }).contacts.length).toBeGreaterThan(contacts.length);
});

test('who pays down to the threshold leaves the segment, and hears of the rest from its ladder again', () => {
  const large = [segment({}, { condition: { field: 'customer.balance', op: '>', value: { USD: '500.00' } } })];
  const story = tell({ segments: large, policy: reminders([31, 38, 45]), invoices: [owed], payments: [payment('inv-1', '2026-03-09', 50_000)], to: '2026-03-20' });
  expect(story.runs).toEqual(['2026-03-03T09:00 executed due inv-1']);
  expect(story.ladderMail).toEqual(['2026-03-11 day-38', '2026-03-18 day-45']);
});

test('a segment of slow payers: who has paid three invoices late on average joins with the third, who has paid three on time never does', () => {
  const slow = [segment({}, { condition: { all: [{ field: 'customer.behaviour', op: '=', value: 'slow' }, { invoices: 'some' }] } as ConditionDocument })];
  const paid = ['2026-01-05', '2026-01-06', '2026-01-07'].map((due, index) => invoice(`paid-${index}`, '2025-12-01', due));
  const story = (days: readonly string[]) => tell({ segments: slow, invoices: [owed, ...paid], payments: paid.map(({ externalId }, index) => payment(externalId, days[index]!)), from: '2026-01-01', to: '2026-03-10' }).runs.map((line) => line.slice(0, 10));
  expect(story(['2026-01-20', '2026-01-25', '2026-01-30'])[0]).toBe('2026-02-03');
  expect(story(['2026-01-05', '2026-01-06', '2026-01-07'])).toEqual([]);
  // More than thirty days late on average is at risk, and no longer slow.
  expect(story(['2026-02-05', '2026-02-08', '2026-02-12'])).toEqual([]);
});

describe('minimum notice of a customer to whom a segment writes once for all', () => {
  const climbing = ladder(`
- { id: remind, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: warn, anchor: due, offset: { days: 14 }, actions: [{ email: { template: overdue-14 } }] }
- { id: hold, anchor: due, offset: { days: 21 }, actions: [{ hold: {} }] }
- { id: off, anchor: due, offset: { days: 28 }, actions: [{ handoff: {} }] }`, 'minimumNoticeDays: 7');
  const late = invoice('inv-1', '2026-01-25', '2026-02-25');
  const ladderOf = ({ segments = [segment()], invoices = [late], payments = [], customers = [customer()], to = '2026-04-05' }: Story): string[] =>
    simulate({ customers, invoices, payments, creditNotes: [], promises: [], disputes: [] }, climbing, '2026-03-01', to, { segments: { of: segments, since: Date.parse('2026-03-01T00:00:00Z') } })
      .filter((row) => row.invoice === 'inv-1').map(({ on, step, outcome }) => `${on} ${step} ${outcome}`);
  const onThe20th = segment({ rhythm: { every: 'month', day: 20 } });

  test('Tuesday’s email is the notice: each level comes seven days after the email that told of the one before', () => {
    expect(ladderOf({})).toEqual([
      '2026-03-04 remind suppressed', '2026-03-11 warn deferred', '2026-03-17 warn suppressed', '2026-03-18 hold deferred', '2026-03-24 hold executed', '2026-03-25 off deferred', '2026-03-31 off executed',
    ]);
  });

  test('a run once a month: the level after waits for it, is looked at every seven days, and comes seven days after the run', () => {
    expect(ladderOf({ segments: [onThe20th], to: '2026-04-30' })).toEqual([
      '2026-03-04 remind suppressed', '2026-03-11 warn deferred', '2026-03-18 warn deferred', '2026-03-25 warn deferred', '2026-03-27 warn suppressed',
      '2026-03-27 hold deferred', '2026-04-03 hold deferred', '2026-04-10 hold deferred', '2026-04-17 hold deferred', '2026-04-24 hold deferred', '2026-04-27 hold executed', '2026-04-27 off deferred',
    ]);
  });

  test('day 9: the customer leaves the segment before it wrote: the next letter is the first word, and the hold has its notice from it', () => {
    const two = segment({ rhythm: { every: 'month', day: 20 } }, { condition: { field: 'customer.openInvoices', op: '>=', value: 2 } as ConditionDocument });
    expect(ladderOf({ segments: [two], invoices: [late, invoice('inv-2', '2026-01-25', '2026-03-20')], payments: [payment('inv-2', '2026-03-06')], to: '2026-03-20' })).toEqual([
      '2026-03-04 remind suppressed', '2026-03-11 warn executed', '2026-03-18 hold executed',
    ]);
  });

  describe('a hold that would be the first word', () => {
    const holding = (more = ''): Policy => ladder(`
- { id: remind, anchor: due, offset: { days: 7 }, catchUp: skip, actions: [{ email: { template: overdue-7 } }] }
- { id: hold, anchor: due, offset: { days: 14 }, actions: [{ hold: {} }] }${more}`, 'minimumNoticeDays: 7');
    const two = segment({ rhythm: { every: 'month', day: 20 } }, { condition: { field: 'customer.openInvoices', op: '>=', value: 2 } as ConditionDocument });
    const second = invoice('inv-2', '2026-01-25', '2026-03-20');
    const told = (story: Story, policy = holding()): string[] =>
      simulate({ customers: [customer()], invoices: [late, second], payments: [], creditNotes: [], promises: [], disputes: [], ...story }, policy, '2026-03-01', '2026-04-05', { segments: { of: story.segments ?? [two], since: Date.parse('2026-03-01T00:00:00Z') } })
        .filter((row) => row.invoice === 'inv-1').map(({ on, step, outcome }) => `${on} ${step} ${outcome}`);

    test('day 9: the customer leaves the segment before it wrote; day 14: the letter that fell to the segment is the first word, and the hold has its notice from it', () => {
      expect(told({ payments: [payment('inv-2', '2026-03-06')] })).toEqual(['2026-03-04 remind suppressed', '2026-03-11 remind executed', '2026-03-11 hold deferred', '2026-03-18 hold executed']);
    });

    test('the hold waited for the segment already when the customer left: the letter comes when it is looked at again', () => {
      expect(told({ payments: [payment('inv-2', '2026-03-13')] })).toEqual(['2026-03-04 remind suppressed', '2026-03-11 hold deferred', '2026-03-18 remind executed', '2026-03-18 hold deferred', '2026-03-25 hold executed']);
    });

    test('paid before it: nobody hears of it; the condition of the hold does not hold: no letter is sent for its sake', () => {
      expect(told({ payments: [payment('inv-2', '2026-03-06'), payment('inv-1', '2026-03-10')] })).toEqual(['2026-03-04 remind suppressed', '2026-03-10 hold suppressed']);
      const large = ladder('- { id: remind, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }\n- { id: hold, anchor: due, offset: { days: 14 }, when: { field: invoice.balance, op: ">", value: { USD: "2000.00" } }, actions: [{ hold: {} }] }', 'minimumNoticeDays: 7');
      expect(told({ payments: [payment('inv-2', '2026-03-06')] }, large)).toEqual(['2026-03-04 remind suppressed', '2026-03-11 hold suppressed']);
    });

    test('the letter keeps to the days between contacts, and is not late for having waited, whatever its catch-up', () => {
      const policy = holding();
      const three = segment({ rhythm: { every: 'month', day: 20 } }, { condition: { field: 'customer.openInvoices', op: '>=', value: 3 } as ConditionDocument });
      const spaced: Policy = { ...policy, contact: { ...policy.contact, minimumDaysBetween: 5 } };
      expect(told({ segments: [three], invoices: [late, second, invoice('inv-3', '2026-01-01', '2026-03-02')], payments: [payment('inv-2', '2026-03-06')] }, spaced)).toEqual([
        '2026-03-04 remind suppressed', '2026-03-11 remind deferred', '2026-03-14 remind executed', '2026-03-14 hold deferred', '2026-03-21 hold executed',
      ]);
    });

    test('whatever the ledger and the policy: no deed is lost for want of a word that fell to a segment, and none comes before its notice', () => {
      fc.assert(fc.property(ledgers, policies, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 28 }), (ledger, policy, least, day) => {
        const of = segment({ rhythm: { every: 'month', day } }, { condition: { field: 'customer.openInvoices', op: '>=', value: least } as ConditionDocument });
        const rows = simulate(ledger, policy, '2026-01-01', '2026-12-31', { segments: { of: [of], since: Date.parse('2026-01-01T00:00:00Z') } });
        for (const [index, row] of rows.entries()) {
          if (!row.reason.endsWith('so no notice was given')) continue;
          const before = rows.slice(0, index).filter((other) => other.invoice === row.invoice && row.reason.startsWith(`${other.step}, `) && other.outcome !== 'deferred' && other.action === 'email').at(-1);
          expect(before?.reason ?? '').not.toContain('writes to the customer once for all invoices');
        }
      }), { numRuns: 150 });
    });
  });

  test('whom no address reaches nobody gives notice: nothing is held', () => {
    expect(ladderOf({ customers: [customer('acme', { contacts: [] })] })).toEqual(['2026-03-04 remind suppressed', '2026-03-11 warn suppressed', '2026-03-18 hold suppressed', '2026-03-25 off suppressed']);
  });
});

const monthly = segment({ rhythm: { every: 'month-business-day', nth: 1 }, timeZone: 'UTC', minimumDaysBetween: 30, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open-or-moved' }] }, { condition: { field: 'customer.openInvoices', op: '>=', value: 0 } as ConditionDocument, consolidated: false });

test('a statement on the first business day: while something is open or has moved, then no more; it neither waits for a reminder of the day before nor holds one back', () => {
  const story = tell({ segments: [monthly], policy: reminders([28, 29, 30, 58], ''), invoices: [owed], payments: [payment('inv-1', '2026-04-10')], from: '2026-01-15', to: '2026-07-31' });
  expect(story.runs).toEqual(['2026-02-02T09:00 executed due', '2026-03-02T09:00 executed due', '2026-04-01T09:00 executed due', '2026-05-01T09:00 executed due', '2026-06-01T09:00 suppressed settled', '2026-07-01T09:00 suppressed settled']);
  expect(story.ladderMail).toContain('2026-03-02 day-29');
});

test('a disputed and a promised invoice are on the statement; a customer who is not to be contacted gets none', () => {
  const promises = [{ externalId: 'p', invoiceExternalId: 'inv-1', madeAt: '2026-02-20', promisedOn: '2026-03-20', currency: 'USD', amountMinor: 100_000 }];
  expect(tell({ segments: [monthly], invoices: [owed], promises, from: '2026-02-15', to: '2026-03-10' }).runs).toEqual(['2026-03-02T09:00 executed due']);
  expect(tell({ segments: [monthly], customers: [customer('acme', { doNotContact: true })], invoices: [owed], from: '2026-02-15', to: '2026-03-10' }).runs).toEqual(['2026-03-02T09:00 suppressed do-not-contact']);
});

test('a task beside the email that fell to the segment is no notice: the account is held only once the segment has written, and its notice is over', () => {
  const monthly = segment({ rhythm: { every: 'month', day: 28 } });
  const held = (beside: string): string[] => simulate({ customers: [customer()], invoices: [invoice('inv-1', '2026-01-25', '2026-02-25')], payments: [], creditNotes: [] }, ladder(`
- { id: warn, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }${beside}] }
- { id: hold, anchor: due, offset: { days: 14 }, actions: [{ hold: {} }] }`, 'minimumNoticeDays: 7'), '2026-03-01', '2026-04-10', { segments: { of: [monthly], since: Date.parse('2026-03-01T00:00:00Z') } })
    .filter(({ action, outcome }) => action === 'hold' && outcome === 'executed').map(({ on }) => on);
  expect(held('')).toEqual(['2026-04-06']);
  expect(held(', { task: { queue: q, title: t, dueInDays: 1 } }')).toEqual(['2026-04-06']);
});
