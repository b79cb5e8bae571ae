import { automationDocument } from '../../../domain/automation/schema';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { actionText } from '../../../domain/policy/describePolicy';
import { escalatedTask } from '../../../domain/task/escalation';
import { customer, invoice, ladder, payment, policyFrom, tell } from '../collection/story';

const step = (escalate: string): string => `- { id: raise, anchor: due, offset: { days: 60 }, when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }, actions: [{ escalate: ${escalate} }] }`;

test('an escalation is an urgent task that says who raised it, and why', () => {
  expect(escalatedTask({ queue: 'Credit', title: 'Decide about {invoice}' }, 'reference@1/raise', 'planned for 2026-04-02')).toEqual({
    queue: 'Credit', title: 'Decide about {invoice}', instructions: 'Escalated by reference@1/raise: planned for 2026-04-02', priority: 1,
  });
});

test('a step and an automation that say the same of it mean the same, also of what they leave out', () => {
  const { steps: [raise] } = ladder(step('{ queue: Credit, title: Decide }'));
  const automation = readAutomation(automationDocument.parse({ title: 'Raise', trigger: { kind: 'promise.broken' }, actions: [{ kind: 'escalate', queue: 'Credit', title: 'Decide' }] }));
  expect(raise!.actions).toEqual([{ kind: 'escalate', queue: 'Credit', title: 'Decide', audience: 'credit-manager' }]);
  expect(automation).toMatchObject({ automation: { actions: raise!.actions } });
  expect(actionText(raise!.actions[0]!)).toBe('escalate to Credit, and tell credit-manager: Decide');
});

test('day 60: what is still open is raised once, though the customer must not be written to; what is promised waits, and what is paid is not raised', () => {
  const policy = ladder(step('{ queue: Credit, title: Decide, audience: sales }'));
  const invoices = ['open', 'promised', 'paid', 'little'].map((id) => invoice(id, '2026-01-01', '2026-02-01'));
  expect(tell({
    policy, customers: [customer('acme', { doNotContact: true })], invoices, payments: [payment('paid', '2026-03-01'), payment('little', '2026-03-01', 50_000)],
    promises: [{ externalId: 'p', invoiceExternalId: 'promised', madeAt: '2026-04-01', promisedOn: '2026-04-10', currency: 'USD', amountMinor: 100_000 }], to: '2026-06-30',
  }).sort()).toEqual([
    '2026-03-01 paid raise escalate suppressed',
    '2026-04-02 little raise escalate suppressed',
    '2026-04-02 open raise escalate executed',
    '2026-04-02 promised raise escalate deferred',
    '2026-04-11 promised raise escalate executed',
  ]);
});

test('a field that no task has is refused, with the nearest one; and what is to be decided must be said', () => {
  const of = (escalate: string) => () => policyFrom(`policy: p\nversion: 1\nsteps:\n  ${step(escalate)}\n`);
  expect(of('{ queue: Credit, title: "Decide about {invoise}" }')).toThrow('steps[0].actions[0].escalate.title: {invoise} is no field of a task, did you mean "invoice"?');
  expect(of('{ queue: Credit }')).toThrow('steps[0].actions[0].escalate.title');
});
