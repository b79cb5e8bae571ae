import { decideMember, type MemberFacts } from '../../../domain/campaign/decideMember';
import { nextRunAt } from '../../../domain/campaign/nextRun';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { conditionFacts } from '../condition/facts';

const at = Date.parse;
const now = at('2026-03-10T10:00:00Z');
const email = { id: 'first', afterDays: 0, action: { kind: 'email', template: 'overdue-7', to: ['billing'] } } as const;
type Invoice = ReturnType<typeof invoiceFacts>;
const invoiceFacts = (changes: Parameters<typeof conditionFacts>[0] = {}) => conditionFacts(changes);

function member(changes: Partial<MemberFacts<Invoice>> = {}): MemberFacts<Invoice> {
  return { invoices: [invoiceFacts()], responses: [], step: email, contact: () => ({ kind: 'now' }), dueAt: now, now, ...changes };
}

describe('one step for one customer', () => {
  test('who has answered is left alone, however it answered', () => {
    for (const response of ['paid', 'promised', 'disputed', 'replied'] as const) expect(decideMember(member({ responses: [response] }))).toMatchObject({ kind: 'stop', reason: response });
  });

  test('nothing open, covered by money in hand, paused, stopped: nobody is written to', () => {
    const none = { kind: 'stop', reason: 'nothing-open' };
    expect(decideMember(member({ invoices: [] }))).toMatchObject(none);
    for (const claim of ['promisedMinor', 'disputedMinor'] as const) expect(decideMember(member({ invoices: [invoiceFacts({ invoice: { openMinor: 100, [claim]: 100 } })] }))).toMatchObject(none);
    expect(decideMember(member({ invoices: [invoiceFacts({ invoice: { openMinor: 100, disputedMinor: 99 } })] }))).toMatchObject({ kind: 'act' });
    expect(decideMember(member({ invoices: [invoiceFacts({ invoice: { openMinor: 100, creditMinor: 100 } })] }))).toMatchObject(none);
    expect(decideMember(member({ invoices: [invoiceFacts({ customer: { pause: { until: null } } })] }))).toMatchObject(none);
    expect(decideMember(member({ invoices: [invoiceFacts({ invoice: { control: { pause: null, stopped: true, skips: [], sendNow: [] } } })] }))).toMatchObject(none);
  });

  test('a task asks nobody for leave; an email waits for it, and is given up after a month', () => {
    const day = 86_400_000;
    const later = (days: number) => (): ReturnType<MemberFacts<Invoice>['contact']> => ({ kind: 'later', code: 'cap', reason: 'two a week', until: now + days * day });
    expect(decideMember(member({ contact: later(3) }))).toEqual({ kind: 'later', until: now + 3 * day, reason: 'two a week' });
    expect(decideMember(member({ contact: later(31) }))).toMatchObject({ kind: 'stop', reason: 'no-contact-possible', why: { code: 'cap', words: 'two a week' } });
    expect(decideMember(member({ contact: () => ({ kind: 'never', code: 'no-address', reason: 'none' }) }))).toMatchObject({ kind: 'stop', reason: 'unreachable', why: { code: 'no-address', words: 'none' } });
    expect(decideMember(member({ contact: later(3), step: { id: 'call', afterDays: 0, action: { kind: 'task', queue: 'q', title: 't', dueInDays: 1 } } }))).toMatchObject({ kind: 'act' });
  });
});

describe('an escalation', () => {
  const day = 86_400_000;
  const task = { queue: 'q', title: 't', dueInDays: 1 };
  const escalate = (template: string | null, withTask: boolean): MemberFacts<Invoice>['step'] => ({ id: 'up', afterDays: 0, action: { kind: 'escalate', template, task: withTask ? task : null, audience: null } });
  const later = (days: number) => (): ReturnType<MemberFacts<Invoice>['contact']> => ({ kind: 'later', code: 'cap', reason: 'two a week', until: now + days * day });
  const never = (): ReturnType<MemberFacts<Invoice>['contact']> => ({ kind: 'never', code: 'no-address', reason: 'none' });

  test('asks for leave to write as an email does; its task is there all the same where nobody may be written to', () => {
    expect(decideMember(member({ step: escalate('overdue', true) }))).toMatchObject({ kind: 'act', writes: true });
    expect(decideMember(member({ step: escalate('overdue', true), contact: later(3) }))).toMatchObject({ kind: 'later' });
    expect(decideMember(member({ step: escalate('overdue', true), contact: later(31) }))).toMatchObject({ kind: 'act', writes: false });
    expect(decideMember(member({ step: escalate('overdue', true), contact: never }))).toMatchObject({ kind: 'act', writes: false });
    expect(decideMember(member({ step: escalate('overdue', false), contact: never }))).toMatchObject({ kind: 'stop', reason: 'unreachable', why: { code: 'no-address', words: 'none' } });
    expect(decideMember(member({ step: escalate(null, true), contact: later(3) }))).toMatchObject({ kind: 'act', writes: false });
  });

  test('whoever has answered is not escalated', () => {
    for (const response of ['paid', 'promised', 'disputed', 'replied'] as const) expect(decideMember(member({ step: escalate('overdue', true), responses: [response] }))).toMatchObject({ kind: 'stop', reason: response });
  });
});

describe('when runs begin', () => {
  test('at once, at a time, and never again', () => {
    expect(nextRunAt({ kind: 'now' }, now, null)).toBe(now);
    expect(nextRunAt({ kind: 'now' }, now, now)).toBeNull();
    expect(nextRunAt({ kind: 'at', at: now + 5 }, now, null)).toBe(now + 5);
    expect(nextRunAt({ kind: 'at', at: now - 5 }, now, null)).toBe(now);
    expect(nextRunAt({ kind: 'at', at: now }, now, now)).toBeNull();
  });

  test('every year on the day, the day itself included when it is launched on it', () => {
    const yearly = { kind: 'yearly', month: 3, day: 10 } as const;
    expect(nextRunAt(yearly, now, null)).toBe(now);
    expect(nextRunAt(yearly, now, now)).toBe(at('2027-03-10T00:00:00Z'));
    expect(nextRunAt(yearly, at('2026-03-11T00:00:00Z'), null)).toBe(at('2027-03-10T00:00:00Z'));
    expect(nextRunAt(yearly, at('2026-03-09T23:59:00Z'), null)).toBe(at('2026-03-10T00:00:00Z'));
    expect(nextRunAt(yearly, at('2028-06-01T00:00:00Z'), at('2027-03-10T00:00:00Z'))).toBe(at('2029-03-10T00:00:00Z'));
  });
});

describe('documents', () => {
  const problems = (changes: object): string[] => {
    const read = readCampaign(campaignDocument.parse({ title: 'x', audience: { segment: 'late' }, schedule: { kind: 'now' }, steps: [email], ...changes }));
    return 'problems' in read ? read.problems.map(({ path, message }) => `${path}: ${message}`) : [];
  };

  test('a campaign for nobody in particular, two steps of a name, and groups that do not add up are refused with their place', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ audience: {} })).toEqual([expect.stringMatching(/^audience: /)]);
    expect(problems({ steps: [email, email] })).toEqual([expect.stringMatching(/^steps\[1\]\.id: /)]);
    expect(problems({ experiment: { holdoutPercent: 10, horizonDays: 30, variants: [{ name: 'a', percent: 50 }, { name: 'b', percent: 50 }] } })).toEqual([expect.stringContaining('add up to 110')]);
    expect(problems({ experiment: { holdoutPercent: 0, horizonDays: 30 } })).toEqual([expect.stringContaining('compares nothing')]);
    expect(problems({ experiment: { holdoutPercent: 10, horizonDays: 30 } })).toEqual([]);
  });
});
