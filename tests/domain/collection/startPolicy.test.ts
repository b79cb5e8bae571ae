import fc from 'fast-check';
import { daysBetween } from '../../../domain/calendar/dates';
import type { DecisionRow } from '../../../domain/collection/decision';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { describeStep } from '../../../domain/policy/describePolicy';
import type { Policy, Step } from '../../../domain/policy/types';
import { simulate } from '../../../domain/simulation/simulate';
import { ledgers, startingPolicies } from './generated';
import { invoice, ladder, payment, run, tell, type Story } from './story';

const at = (id: string, days: number, actions: string, more = ''): string => `- {id: ${id}, anchor: due, offset: {days: ${days}}, actions: [${actions}]${more}}`;
const email = (template: string): string => `{email: {template: ${template}}}`;
const start = (policy: string): string => `{startPolicy: {policy: ${policy}}}`;
const legal = ladder([at('warn', 20, email('overdue-14')), at('sue', 40, '{handoff: {}}')].join('\n'), '', 'legal');
const due = [invoice('inv-1', '2026-01-01', '2026-02-01')];
const under = (story: Story): string[] => run(story).map((row) => `${row.on} ${row.policyVersion} ${row.step} ${row.action} ${row.outcome}`);

describe('day 10: a step starts another policy', () => {
  const policy = ladder([at('remind', 5, email('overdue-7')), at('give-over', 10, start('legal')), at('later', 12, email('overdue-30'))].join('\n'));

  test('the ladder of the other begins, and what the first still had is left behind', () => {
    expect(under({ policy, others: [legal], invoices: due })).toEqual([
      '2026-02-06 test@1 remind email executed',
      '2026-02-11 test@1 give-over start-policy executed',
      '2026-02-21 legal@1 warn email executed',
      '2026-03-13 legal@1 sue handoff executed',
    ]);
  });

  test('back on the first, what was handed off there stays handed off', () => {
    const circle = ladder([at('give', 3, '{handoff: {}}', ', catchUp: {sendLate: {limitDays: 60}}'), at('over', 5, start('legal'))].join('\n'));
    const back = ladder([at('back', 10, start('test'))].join('\n'), '', 'legal');
    expect(under({ policy: circle, others: [back], invoices: due }).filter((row) => row.includes('handoff'))).toEqual(['2026-02-04 test@1 give handoff executed']);
  });

  test('a payment on the day before keeps the invoice where it is', () => {
    expect(under({ policy, others: [legal], invoices: due, payments: [payment('inv-1', '2026-02-10')] })).toEqual([
      '2026-02-06 test@1 remind email executed', '2026-02-10 test@1 give-over start-policy suppressed', '2026-02-10 test@1 later email suppressed',
    ]);
  });

  test('steps of the other whose day is over go by their catch-up rule: the latest of them runs at once', () => {
    const ahead = ladder([at('first', 2, email('due')), at('second', 4, email('overdue-14')), at('left-out', 6, '{task: {queue: Care, title: Call}}', ', catchUp: skip'), at('third', 30, email('overdue-30'))].join('\n'), '', 'legal');
    expect(under({ policy, others: [ahead], invoices: due })).toEqual([
      '2026-02-06 test@1 remind email executed',
      '2026-02-11 test@1 give-over start-policy executed',
      '2026-02-11 legal@1 left-out task skipped', '2026-02-11 legal@1 first email skipped', '2026-02-11 legal@1 second email executed',
      '2026-03-03 legal@1 third email executed',
    ]);
  });

  test('with minimum notice no level of the other is left out', () => {
    const noticed = ladder([at('first', 2, email('due')), at('second', 4, email('overdue-14'))].join('\n'), 'minimumNoticeDays: 7', 'legal');
    expect(under({ policy, others: [noticed], invoices: due }).slice(2)).toEqual([
      '2026-02-11 legal@1 first email executed', '2026-02-11 legal@1 second email deferred', '2026-02-18 legal@1 second email executed',
    ]);
  });

  test('what was sent within the spacing of the other is not sent again, and the customer is not written to sooner', () => {
    const spaced = ladder([at('remind', 5, email('overdue-7')), at('warn', 8, email('overdue-14'))].join('\n'), '', 'legal');
    const lines = under({ policy, others: [{ ...spaced, contact: { ...spaced.contact, minimumDaysBetween: 7 } }], invoices: due });
    expect(lines.slice(2)).toEqual(['2026-02-11 legal@1 warn email deferred', '2026-02-13 legal@1 warn email executed']);
  });

  test('a hold that is on goes with the invoice, and is released when it is paid', () => {
    const holding = ladder([at('stop', 5, '{hold: {}}'), at('give-over', 10, start('legal'))].join('\n'));
    const next = ladder([at('lock', 15, '{hold: {}}'), at('warn', 20, email('overdue-14'))].join('\n'), '', 'legal');
    expect(under({ policy: holding, others: [next], invoices: due, payments: [payment('inv-1', '2026-02-25')] })).toEqual([
      '2026-02-06 test@1 stop hold executed', '2026-02-11 test@1 give-over start-policy executed', '2026-02-21 legal@1 warn email executed', '2026-02-25 legal@1 lock release executed',
    ]);
  });

  test('a hold that was lifted before stays with the ladder that is left: the other one goes its way, also where a step of it has the same name', () => {
    const stop = ladder([`- {id: final, anchor: due, offset: {days: 5}, when: {field: invoice.balance, op: ">", value: {USD: "500.00"}}, actions: [{hold: {}}]}`, at('give-over', 10, start('legal'))].join('\n'));
    const court = ladder([at('final', 20, `{hold: {}}, ${email('overdue-30')}, {handoff: {}}`)].join('\n'), '', 'legal');
    expect(under({ policy: stop, others: [court], invoices: due, payments: [payment('inv-1', '2026-02-08', 60_000)] })).toEqual([
      '2026-02-06 test@1 final hold executed', '2026-02-08 test@1 final release executed', '2026-02-11 test@1 give-over start-policy executed',
      '2026-02-21 legal@1 final hold executed', '2026-02-21 legal@1 final handoff executed', '2026-02-21 legal@1 final email executed',
    ]);
  });

  test('a step does all else first: while its email waits for the spacing, the invoice stays', () => {
    const both = ladder([at('remind', 9, email('overdue-7')), at('give-over', 10, `${start('legal')}, ${email('overdue-14')}`)].join('\n'));
    expect(under({ policy: { ...both, contact: { ...both.contact, minimumDaysBetween: 3 } }, others: [legal], invoices: due }).slice(1)).toEqual([
      '2026-02-11 test@1 give-over email deferred', '2026-02-13 test@1 give-over email executed', '2026-02-13 test@1 give-over start-policy executed',
      '2026-02-21 legal@1 warn email executed', '2026-03-13 legal@1 sue handoff executed',
    ]);
  });

  test('of two steps of one day the first takes the invoice with it', () => {
    const two = ladder([at('one', 10, start('legal')), at('other', 10, start('court'))].join('\n'));
    const court = ladder(at('judge', 30, email('overdue-30')), '', 'court');
    expect(under({ policy: two, others: [legal, court], invoices: due }).map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual(['test@1 one', 'legal@1 warn', 'legal@1 sue']);
  });
});

describe('circles', () => {
  const there = ladder(at('over', 10, start('back')));
  const back = ladder(at('over', 10, `${start('test')}, {task: {queue: Care, title: Look}}`), '', 'back');

  test('each policy is started once for an invoice: the second round ends with the reason', () => {
    const rows = run({ policy: there, others: [back], invoices: due });
    expect(rows.map((row) => `${row.policyVersion} ${row.action} ${row.outcome}: ${row.reason}`)).toEqual([
      'test@1 start-policy executed: planned for 2026-02-11',
      'back@1 task executed: planned for 2026-02-11', 'back@1 start-policy executed: planned for 2026-02-11',
      'test@1 start-policy suppressed: back was started for this invoice before',
    ]);
  });

  test('whatever policies start each other: every simulation ends, and no policy is started twice for an invoice', () => {
    fc.assert(fc.property(ledgers, startingPolicies, (ledger, [policy, ...others]) => {
      const started = simulate(ledger, policy!, '2026-01-01', '2026-12-31', { others }).filter(({ action, outcome }) => action === 'start-policy' && outcome === 'executed');
      const names = started.map(({ invoice: id, step, policyVersion }) => `${id} ${[policy!, ...others].find((each) => policyVersion.startsWith(each.policy))!.steps.find((each) => each.id === step)!.actions.map((each) => (each.kind === 'start-policy' ? each.policy : '')).join('')}`);
      expect(new Set(names).size).toBe(names.length);
    }), { numRuns: 150 });
  });
});

describe('across policies that start each other', () => {
  const simulated = (check: (rows: DecisionRow[], policyOf: (row: DecisionRow) => Policy, stepOf: (row: DecisionRow) => Step) => void): void => {
    fc.assert(fc.property(ledgers, startingPolicies, (ledger, policies) => {
      const policyOf = (row: DecisionRow) => policies.find(({ policy }) => row.policyVersion.startsWith(policy))!;
      check(simulate(ledger, policies[0]!, '2026-01-01', '2026-12-31', { others: policies.slice(1) }), policyOf, (row) => policyOf(row).steps.find(({ id }) => id === row.step)!);
    }), { numRuns: 100 });
  };

  test('a customer is never written to sooner than the policy that writes allows', () => {
    simulated((rows, policyOf, stepOf) => {
      const last = new Map<string, string>();
      for (const row of rows.filter((each) => each.action === 'email' && each.outcome === 'executed' && !stepOf(each).exemptFromSpacing)) {
        const before = last.get(row.customer);
        if (before !== undefined && before !== row.on) expect(daysBetween(before, row.on)).toBeGreaterThanOrEqual(policyOf(row).contact.minimumDaysBetween);
        last.set(row.customer, row.on);
      }
    });
  });

  test('an invoice is decided on by one policy at a time: the first, until a step starts another', () => {
    simulated((rows, _policyOf, stepOf) => {
      const on = new Map<string, string>();
      // What is decided with the start in one round is decided by the policy that is left.
      const from = new Map<string, string>();
      for (const row of rows) {
        const name = row.policyVersion.split('@')[0]!;
        expect([on.get(row.invoice) ?? 'first', from.get(`${row.invoice} ${row.at}`)]).toContain(name);
        if (row.action !== 'start-policy' || row.outcome !== 'executed') continue;
        const start = stepOf(row).actions.find((action) => action.kind === 'start-policy');
        on.set(row.invoice, start?.kind === 'start-policy' ? start.policy : '');
        from.set(`${row.invoice} ${row.at}`, name);
      }
    });
  });

  test('a simulation that is cut short says what the longer one says', () => {
    fc.assert(fc.property(ledgers, startingPolicies, fc.constantFrom('2026-02-10', '2026-03-15', '2026-05-01'), (ledger, [policy, ...others], until) => {
      const whole = simulate(ledger, policy!, '2026-01-01', '2026-12-31', { others }).filter((row) => row.on <= until);
      expect(simulate(ledger, policy!, '2026-01-01', until, { others })).toEqual(whole);
    }), { numRuns: 50 });
  });
});

describe('the document', () => {
  const text = (name: string): string => `policy: own\nversion: 1\nsteps: [{id: a, anchor: due, offset: {days: 1}, actions: [{startPolicy: {policy: ${name}}}]}]`;

  test('names a policy that there is, which is another one', () => {
    const checked = (name: string) => {
      const parsed = parsePolicy(text(name), 'yaml', { policies: ['own', 'legal', 'strict'] });
      return parsed.ok ? 'right' : parsed.errors.map(({ path, message, allowed }) => `${path}: ${message} (${allowed})`);
    };
    expect(checked('legal')).toBe('right');
    expect(checked('legl')).toEqual(['steps[0].actions[0].startPolicy.policy: no policy is called "legl", did you mean "legal"? (one of legal, strict)']);
    expect(checked('own')).toEqual(['steps[0].actions[0].startPolicy.policy: a policy cannot start itself (legal, strict)']);
  });

  test('says it in words', () => {
    const parsed = parsePolicy(text('legal'));
    expect(parsed.ok && describeStep(parsed.policy.steps[0]!).actions).toEqual(['start the policy legal']);
  });

  test('a simulation that does not know the policy says which', () => {
    expect(() => tell({ policy: ladder(at('over', 1, start('legal'))), invoices: due })).toThrow('step "over" of test starts the policy "legal", which is not known here');
  });
});
