import fc from 'fast-check';
import { instantAt } from '../../domain/calendar/zones';
import { dayNumber } from '../../domain/calendar/dates';
import { noControl, type InvoiceFacts, type StepRecord } from '../../domain/collection/facts';
import { mappingProblems, type MoveRules } from '../../domain/migration/moveRules';
import { planMove } from '../../domain/migration/planMove';
import { planStart } from '../../domain/migration/startPolicy';
import { simulateLive } from '../../domain/simulation/simulateLive';
import { customerAccount } from '../../domain/simulation/customerAccount';
import { customer as acme, ladder, reference } from './collection/story';

const { customer } = customerAccount(acme(), reference);
const at = (date: string): number => instantAt(dayNumber(date), 10 * 60, 'UTC');
const done = (step: string, on: string, more: Partial<StepRecord> = {}): StepRecord => ({ step, action: 'email', occurrence: 1, outcome: 'executed', reasonCode: 'due', at: at(on), on, until: null, ...more });
const invoice = (progress: StepRecord[], more: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
  id: '1', externalId: 'inv-1', issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100, openMinor: 100, creditMinor: 0, customerBalanceMinor: 100,
  documentState: 'issued', type: 'standard', businessUnit: null, custom: {}, control: noControl, progress, holds: [], ...more,
} as InvoiceFacts);
const step = (id: string, days: number, actions = '{email: {template: due}}', more = ''): string => `- {id: ${id}, anchor: due, offset: {days: ${days}}, actions: [${actions}]${more}}`;
const move: MoveRules = { mode: 'move', mapping: {}, missed: 'pass' };
const restart: MoveRules = { mode: 'restart', mapping: {}, missed: 'run' };

const old = ladder([step('first', 0), step('week', 7, '{email: {template: overdue-7}}'), step('call', 14, '{task: {queue: Care, title: Call}}')].join('\n'));
const after = (plan: ReturnType<typeof planMove>, policy: typeof old, now: number, until: string): string[] =>
  simulateLive([{ customer, collected: [{ invoice: plan.after, policy }], unapplied: [] }], now, at(until)).map((row) => `${row.on} ${row.step} ${row.action} ${row.outcome}`);

describe('day 8: the first two letters are out, and the invoice moves', () => {
  const facts = invoice([done('first', '2026-03-01'), done('week', '2026-03-08')]);
  const now = at('2026-03-09');

  test('to the same ladder: nothing is repeated, and the next step comes on its day', () => {
    const plan = planMove(customer, { invoice: facts, policy: old }, old, move, now);
    expect(plan).toMatchObject({ passed: [], repeated: [], dueAtOnce: [] });
    expect(after(plan, old, now, '2026-12-31')).toEqual(['2026-03-15 call task executed']);
  });

  test('to one whose steps have other names: by the mapping what was done counts', () => {
    const next = ladder([step('a', 0), step('b', 8, '{email: {template: overdue-7}}'), step('c', 20, '{task: {queue: Care, title: Call}}')].join('\n'));
    const plan = planMove(customer, { invoice: facts, policy: old }, next, { ...move, mapping: { first: 'a', week: 'b', call: 'c' } }, now);
    expect(plan.carried.map(({ step: to }) => to)).toEqual(['a', 'b']);
    expect(plan.repeated).toEqual([]);
    expect(after(plan, next, now, '2026-12-31')).toEqual(['2026-03-21 c task executed']);
  });

  test('without a mapping the letters go out again, and it is said beforehand; a step before the first is passed over', () => {
    const next = ladder([step('a', 9), step('b', 10, '{email: {template: overdue-7}}')].join('\n'));
    const plan = planMove(customer, { invoice: facts, policy: old }, next, move, now);
    expect(plan.repeated).toEqual(['a', 'b']);
    expect(after(plan, next, now, '2026-12-31')).toEqual(['2026-03-10 a email executed', '2026-03-11 b email executed']);
  });

  test('a new step below what was reached is passed over, and so is what the new version adds to a step that ran', () => {
    const next = ladder([step('first', 0), step('extra', 3), step('week', 7, '{email: {template: overdue-7}}, {task: {queue: Care, title: Look}}'), step('late', 8), step('call', 14, '{task: {queue: Care, title: Call}}')].join('\n'));
    const plan = planMove(customer, { invoice: facts, policy: old }, next, move, now);
    expect(plan.passed.map((each) => `${each.step} ${each.action}`)).toEqual(['extra email', 'week task']);
    // Its day is today.
    expect(plan.dueAtOnce).toEqual(['late']);
    expect(after(plan, next, now, '2026-12-31')).toEqual(['2026-03-09 late email executed', '2026-03-15 call task executed']);
  });

  test('new steps whose day is over are passed over, or run late where that is asked for', () => {
    const next = ladder([step('first', 0), step('week', 7, '{email: {template: overdue-7}}'), step('eighth', 7, '{email: {template: overdue-30}}')].join('\n'));
    expect(planMove(customer, { invoice: facts, policy: old }, next, move, now).passed.map((each) => each.step)).toEqual(['eighth']);
    const run = planMove(customer, { invoice: facts, policy: old }, next, { ...move, missed: 'run' }, now);
    expect(run).toMatchObject({ passed: [], dueAtOnce: ['eighth'] });
    expect(after(run, next, now, '2026-12-31')).toEqual(['2026-03-09 eighth email executed']);
  });

  test('a restart sends again only what is older than the spacing', () => {
    const spaced = { ...old, contact: { ...old.contact, minimumDaysBetween: 3 } };
    const plan = planMove(customer, { invoice: facts, policy: old }, spaced, restart, now);
    expect(plan.carried).toEqual([{ position: 1, step: 'week' }]);
    expect(plan.repeated).toEqual(['first']);
  });

  test('a letter within the spacing does not go out under another step either', () => {
    const next = { ...ladder([step('other', 8, '{email: {template: overdue-7}}', ', exemptFromSpacing: true')].join('\n')), contact: { ...old.contact, minimumDaysBetween: 3 } };
    const plan = planMove(customer, { invoice: facts, policy: old }, next, move, now);
    expect(plan.repeated).toEqual([]);
    expect(after(plan, next, now, '2026-12-31')).toEqual([]);
  });
});

test('a restart places no second hold and hands nothing off twice', () => {
  const held = ladder([step('hold', 5, '{hold: {}}, {email: {template: hold-notice}}'), step('off', 6, '{handoff: {}}')].join('\n'));
  const facts = invoice([done('hold', '2026-03-06', { action: 'hold' }), done('hold', '2026-03-06'), done('off', '2026-03-07', { action: 'handoff' })], { holds: [{ step: 'hold', releasedAt: null, releasedByItself: false }] });
  const plan = planMove(customer, { invoice: facts, policy: held }, held, restart, at('2026-04-01'));
  expect(plan.carried.map(({ position }) => position)).toEqual([0, 2]);
  expect(plan.repeated).toEqual(['hold']);
});

describe('day 40: the late fee of day 10 is charged, and the ladder begins anew', () => {
  const fee = ladder([step('remind', 3), step('late-fee', 10, '{charge: {fixed: {USD: "40.00"}}}'), step('second-fee', 60, '{charge: {fixed: {USD: "40.00"}}}')].join('\n'));
  const facts = invoice([done('remind', '2026-03-04'), done('late-fee', '2026-03-11', { action: 'charge' })]);
  const now = at('2026-04-10');

  test('it is not charged again; the reminder comes again, and the fee of another step on its day', () => {
    const plan = planMove(customer, { invoice: facts, policy: fee }, fee, restart, now);
    expect(plan.repeated).toEqual(['remind']);
    expect(after(plan, fee, now, '2026-12-31')).toEqual(['2026-04-10 remind email executed', '2026-04-30 second-fee charge executed']);
  });

  test('a plan that says the step has no heir charges it again, and its preview says so', () => {
    const plan = planMove(customer, { invoice: facts, policy: fee }, fee, { ...restart, mapping: { 'late-fee': null } }, now);
    expect(plan.repeated).toEqual(['remind']);
    expect(plan.dueAtOnce).toContain('late-fee');
    expect(after(plan, fee, now, '2026-12-31')).toContain('2026-04-10 late-fee charge executed');
  });

  test('nor what an earlier stay on that policy has charged', () => {
    const plan = planMove(customer, { invoice: invoice([]), policy: old }, fee, restart, now, [done('remind', '2026-03-04'), done('late-fee', '2026-03-11', { action: 'charge' })]);
    expect(plan.forgotten).toEqual([0]);
    expect(after(plan, fee, now, '2026-12-31')).not.toContain('2026-04-10 late-fee charge executed');
  });
});

test('a hold that an automation placed stays its own: no step of the policy to come inherits it', () => {
  const next = ladder(step('block', 3, '{hold: {}}'));
  const hold = { step: 'automation:late/7/1-hold', releasedAt: null, releasedByItself: false, automation: { hold: 'credit' as const, when: null } };
  expect(planMove(customer, { invoice: invoice([], { holds: [hold] }), policy: old }, next, move, at('2026-03-09')).after.holds).toEqual([hold]);
});

test('a hold whose step has no heir goes to the first step that holds, and where none does it ends with the debt', () => {
  const held = ladder(step('hold', 5, '{hold: {}}'));
  const facts = invoice([done('hold', '2026-03-06', { action: 'hold' })], { holds: [{ step: 'hold', releasedAt: null, releasedByItself: false }] });
  const now = at('2026-04-01');
  const other = ladder([step('note', 6, '{notify: {audience: a, title: t}}'), step('block', 40, '{hold: {kind: lock-out}}')].join('\n'));
  const moved = planMove(customer, { invoice: facts, policy: held }, other, move, now);
  expect(moved.after.holds).toMatchObject([{ step: 'block' }]);
  expect(after(moved, other, now, '2026-12-31')).toEqual([]);
  const none = ladder(step('note', 60, '{notify: {audience: a, title: t}}'));
  const orphan = planMove(customer, { invoice: facts, policy: held }, none, move, now);
  expect(after(orphan, none, now, '2026-12-31')).toEqual(['2026-04-30 note notify executed']);
  const paid = { ...orphan, after: { ...orphan.after, openMinor: 0 } };
  expect(after(paid, none, now, '2026-12-31')).toEqual(['2026-04-01 hold release executed', '2026-04-01 note notify suppressed']);
});

test('a stay of long ago: restarting there begins the next occurrence, moving back counts what was done there', () => {
  const now = at('2026-03-09');
  const away = invoice([]);
  const earlier = [done('first', '2026-03-01')];
  expect(planMove(customer, { invoice: away, policy: old }, old, move, now, earlier).after.progress[0]).toMatchObject({ reasonCode: 'due' });
  const anew = planMove(customer, { invoice: away, policy: old }, old, { ...restart, missed: 'pass' }, now, earlier);
  expect(anew.forgotten).toEqual([0]);
  expect(anew.passed).toContainEqual(expect.objectContaining({ step: 'first', occurrence: 2 }));
});

describe('a hold that was lifted in February, and a version that tells of releases', () => {
  const holding = (more: string) => ladder(step('stop', 5, `{hold: {kind: credit${more}}}`, ', when: {field: invoice.balance, op: ">", value: {USD: "500.00"}}'));
  const telling = { ...holding(', releaseNotice: {template: hold-released}'), version: 2 };
  const lifted = invoice([done('stop', '2026-03-06', { action: 'hold' }), done('stop', '2026-03-20', { action: 'release', reasonCode: 'released' })], { totalMinor: 100_000, openMinor: 20_000, customerBalanceMinor: 20_000, holds: [{ step: 'stop', releasedAt: at('2026-03-20'), releasedByItself: true }] });
  const notices = (old: typeof telling, now: string) => {
    const plan = planMove(customer, { invoice: lifted, policy: old }, telling, move, at(now));
    return { passed: plan.passed.map((each) => `${each.step} ${each.action}`), sent: after(plan, telling, at(now), '2026-12-31') };
  };

  test('nobody is told of it in July', () => {
    expect(notices(holding(''), '2026-07-01')).toEqual({ passed: ['stop release-notice'], sent: [] });
  });

  test('a notice that is still owed is sent', () => {
    expect(notices({ ...telling, version: 1 }, '2026-03-20')).toEqual({ passed: [], sent: ['2026-03-20 stop release-notice executed'] });
  });
});

test('what the spacing of the old version holds back is asked again by that of the new one, and is not late by it', () => {
  const spaced = (days: number) => ({ ...ladder(step('first', 0, '{email: {template: due}}', ', catchUp: skip')), contact: { ...old.contact, minimumDaysBetween: days } });
  const facts = invoice([done('first', '2026-03-01', { outcome: 'deferred', reasonCode: 'spacing', until: at('2026-03-30') })]);
  const contacted = { ...customer, lastContactOn: '2026-02-28', contactsOn: ['2026-02-28'] };
  const told = (days: number) => {
    const plan = planMove(contacted, { invoice: facts, policy: spaced(30) }, { ...spaced(days), version: 2 }, move, at('2026-03-10'));
    return simulateLive([{ customer: contacted, collected: [{ invoice: plan.after, policy: { ...spaced(days), version: 2 } }], unapplied: [] }], at('2026-03-10'), at('2026-12-31')).map((row) => `${row.on} ${row.outcome}`);
  };
  expect(told(3)).toEqual(['2026-03-10 executed']);
  expect(told(20)).toEqual(['2026-03-10 deferred', '2026-03-20 executed']);
});

describe('what a person asked of a step', () => {
  const asked = (progress: StepRecord[], control: Partial<InvoiceFacts['control']>) => invoice(progress, { control: { ...noControl, ...control } });
  const renamed = ladder([step('a', 0), step('b', 7, '{email: {template: overdue-7}}'), step('week', 40)].join('\n'));
  const mapping = { first: 'a', week: 'b', call: null };

  test('goes to the heir of the step, and counts no more where it has none; a step of the same name has nothing of it', () => {
    const plan = planMove(customer, { invoice: asked([done('first', '2026-03-01')], { skips: ['week', 'call'] }), policy: old }, renamed, { ...move, mapping }, at('2026-03-03'));
    expect(plan.requests).toEqual([{ kind: 'skip-step', step: 'week', heir: 'b' }]);
    expect(plan.after.control.skips).toEqual(['b']);
    expect(after(plan, renamed, at('2026-03-03'), '2026-12-31')).toEqual(['2026-03-03 b email skipped', '2026-04-10 week email executed']);
  });

  test('does not come back once it was fulfilled: neither with the same ladder begun anew, nor with a policy that a step starts', () => {
    const facts = asked([done('first', '2026-03-01'), done('week', '2026-03-02', { reasonCode: 'send-now' }), done('call', '2026-03-03', { action: 'task', outcome: 'skipped', reasonCode: 'skipped-by-person' })], { sendNow: ['week'], skips: ['call'] });
    const again = planMove(customer, { invoice: facts, policy: old }, old, { ...restart, missed: 'pass' }, at('2026-03-20'));
    expect([again.requests, again.after.control]).toEqual([[], noControl]);
    const legal = ladder([step('warn', 40), step('week', 60, '{email: {template: overdue-30}}, {handoff: {}}')].join('\n'), '', 'legal');
    const started = planStart(customer, { invoice: facts, policy: old }, legal, at('2026-03-20'));
    expect(simulateLive([{ customer, collected: [{ invoice: started.after, policy: legal }], unapplied: [] }], at('2026-03-20'), at('2026-12-31')).map(({ on, step: id, action }) => `${on} ${id} ${action}`))
      .toEqual(['2026-04-10 warn email', '2026-04-30 week handoff', '2026-04-30 week email']);
  });

  test('and is still to come: the next version of the policy has it, also begun anew; another policy has not', () => {
    const facts = asked([done('first', '2026-03-01')], { sendNow: ['call'] });
    expect(planMove(customer, { invoice: facts, policy: old }, { ...old, version: 2 }, restart, at('2026-03-20')).after.control.sendNow).toEqual(['call']);
    expect(planStart(customer, { invoice: facts, policy: old }, { ...old, policy: 'legal' }, at('2026-03-20')).after.control).toEqual(noControl);
  });
});

test('a mapping names steps that are there', () => {
  expect(mappingProblems({ ...move, mapping: { first: 'week', nothing: 'week', week: 'never', call: null } }, [old], old)).toEqual([
    { path: 'mapping.nothing', message: 'no invoice under way has a step "nothing" (allowed: first, week, call)' },
    { path: 'mapping.week', message: 'the new version has no step "never" (allowed: first, week, call, or null for none)' },
  ]);
});

test('whatever has been done: after a move to the same ladder nothing done is done again', () => {
  fc.assert(fc.property(fc.subarray(['first', 'week', 'call']), fc.integer({ min: 0, max: 40 }), fc.constantFrom('pass' as const, 'run' as const), (ids, day, missed) => {
    const facts = invoice(ids.map((id) => done(id, '2026-03-01', { action: id === 'call' ? 'task' : 'email' })));
    const now = at('2026-03-01') + day * 86_400_000;
    const plan = planMove(customer, { invoice: facts, policy: old }, old, { ...move, missed }, now);
    expect(plan.repeated).toEqual([]);
    const again = after(plan, old, now, '2026-12-31').filter((row) => row.endsWith('executed')).map((row) => row.split(' ')[1]!);
    expect(again.filter((id) => ids.includes(id))).toEqual([]);
  }));
});

describe('nothing that was sent within the spacing is sent again', () => {
  const templates = ['due', 'overdue-7', 'overdue-30', 'hold-notice'];
  const spacingDays = 7;
  // The same letters under other names and on other days, some left out.
  const ladderOf = fc.record({ prefix: fc.constantFrom('a', 'b'), letters: fc.subarray(templates, { minLength: 1 }), days: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 }) }).map(({ prefix, letters, days }) => {
    const ordered = [...days].sort((one, other) => one - other);
    const policy = ladder(letters.map((template, index) => step(`${prefix}-${template}`, ordered[index]!, `{email: {template: ${template}}}`)).join('\n'));
    return { ...policy, contact: { ...policy.contact, minimumDaysBetween: spacingDays } };
  });
  const rules = fc.record({ mode: fc.constantFrom('move' as const, 'restart' as const), missed: fc.constantFrom('pass' as const, 'run' as const) });

  test('whatever the ladders, the mapping and the day', () => {
    fc.assert(fc.property(ladderOf, ladderOf, rules, fc.integer({ min: 1, max: 60 }), fc.boolean(), (before, next, { mode, missed }, dayOfMove, mapped) => {
      const now = at('2026-03-01') + dayOfMove * 86_400_000;
      const lived: StepRecord[] = [];
      simulateLive([{ customer, collected: [{ invoice: invoice([]), policy: before }], unapplied: [] }], at('2026-03-01'), now)
        .forEach((row) => lived.push(done(row.step, row.on, { action: row.action as StepRecord['action'], outcome: row.outcome, reasonCode: row.outcome === 'executed' ? 'due' : 'collapsed', at: Date.parse(row.at) })));
      const letterOf = (policy: typeof before, id: string): string | undefined => {
        const action = policy.steps.find((each) => each.id === id)?.actions[0];
        return action?.kind === 'email' ? action.template : undefined;
      };
      const recent = new Set(lived.filter(({ outcome, on }) => outcome === 'executed' && dayNumber(on) + spacingDays > Math.floor(now / 86_400_000)).map((record) => letterOf(before, record.step)));
      const mapping = mapped ? Object.fromEntries(before.steps.flatMap(({ id }) => next.steps.filter((heir) => letterOf(next, heir.id) === letterOf(before, id)).map((heir) => [id, heir.id]))) : {};
      const plan = planMove(customer, { invoice: invoice(lived), policy: before }, next, { mode, missed, mapping }, now);
      const sent = simulateLive([{ customer, collected: [{ invoice: plan.after, policy: next }], unapplied: [] }], now, now + 90 * 86_400_000).filter(({ outcome }) => outcome === 'executed').map((row) => letterOf(next, row.step));
      expect(sent.filter((letter) => recent.has(letter))).toEqual([]);
    }), { numRuns: 300 });
  });
});
