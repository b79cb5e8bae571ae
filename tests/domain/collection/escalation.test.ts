import fc from 'fast-check';
import { recipientsOf } from '../../../domain/collection/escalation';
import type { Decision } from '../../../domain/collection/decision';
import type { Policy } from '../../../domain/policy/types';
import { simulate } from '../../../domain/simulation/simulate';
import { ledgers, policies } from './generated';
import { customer, invoice, ladder, policyFrom, tell } from './story';

const policy = ladder(`
- { id: remind, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: warn, anchor: due, offset: { days: 30 }, actions: [{ email: { template: overdue-30 } }] }
- { id: last, anchor: due, offset: { days: 45 }, actions: [{ email: { template: overdue-45 } }, { leadership: { title: "{customer} owes {open}", to: [owner-manager, admin] } }] }
`, 'escalation: { from: warn, whenNone: { queue: Sales } }');

const boss = { contacts: [{ role: 'billing' as const, email: 'bills@acme.example' }, { role: 'escalation' as const, email: 'boss@acme.example' }] };

describe('escalation contacts, from a stage of the ladder on', () => {
  test('day 30: a customer without one is written to all the same, and people are asked for one, once', () => {
    expect(tell({ policy, invoices: [invoice('inv-1', '2026-01-01', '2026-02-01')] })).toEqual([
      '2026-02-08 inv-1 remind email executed',
      '2026-03-03 inv-1 warn email executed',
      '2026-03-03 inv-1 warn find-contact executed',
      '2026-03-18 inv-1 last leadership executed',
      '2026-03-18 inv-1 last email executed',
    ]);
  });

  test('day 30: a customer who has one is asked about by nobody', () => {
    expect(tell({ policy, customers: [customer('acme', boss)], invoices: [invoice('inv-1', '2026-01-01', '2026-02-01')] }).filter((line) => line.includes('find-contact'))).toEqual([]);
  });

  test('day 30: one email about two invoices asks once', () => {
    const lines = tell({ policy, invoices: [invoice('inv-1', '2026-01-01', '2026-02-01'), invoice('inv-2', '2026-01-01', '2026-02-01')], to: '2026-03-10' });
    expect(lines.filter((line) => line.includes('find-contact'))).toEqual(['2026-03-03 inv-1 warn find-contact executed']);
  });

  test('whom an email goes to: escalation contacts from the stage on, never before it, and once', () => {
    const email = (step: string, of: Policy = policy, to: ('billing' | 'escalation')[] = ['billing']): Decision => ({ action: 'email', step, policy: of, effect: { kind: 'email', template: 'due', to, attachInvoice: false } }) as unknown as Decision;
    expect(recipientsOf([email('remind')])).toEqual(['billing']);
    expect(recipientsOf([email('warn')])).toEqual(['billing', 'escalation']);
    expect(recipientsOf([email('last', policy, ['escalation'])])).toEqual(['escalation']);
    // What is covered brings its recipients with it.
    expect(recipientsOf([email('remind', ladder('- { id: remind, anchor: due, offset: { days: 1 }, actions: [{ email: { template: due } }] }')), email('last')])).toEqual(['billing', 'escalation']);
  });

  test('whatever the ledger and the policy: the stage changes no other decision, and asks only where an email went out to somebody without such a contact', () => {
    fc.assert(fc.property(ledgers, policies, (ledger, generated) => {
      const { escalation: _, ...without } = generated;
      const rows = simulate(ledger, generated, '2026-01-01', '2026-12-31');
      expect(rows.filter(({ action }) => action !== 'find-contact')).toEqual(simulate(ledger, without, '2026-01-01', '2026-12-31'));
      const asked = rows.filter(({ action }) => action === 'find-contact');
      expect(new Set(asked.map(({ invoice: of }) => of)).size).toBe(asked.length);
      for (const row of asked) {
        const stage = generated.steps.findIndex(({ id }) => id === generated.escalation?.fromStep);
        expect(generated.steps.findIndex(({ id }) => id === row.step)).toBeGreaterThanOrEqual(stage);
        expect(ledger.customers.find(({ externalId }) => externalId === row.customer)?.contacts?.some(({ role }) => role === 'escalation')).toBe(false);
        expect(rows.some((other) => other.at === row.at && other.invoice === row.invoice && other.step === row.step && other.action === 'email' && ['executed', 'covered'].includes(other.outcome))).toBe(true);
      }
    }), { numRuns: 100 });
  });

  test('a stage that no step has is refused, with the nearest one', () => {
    expect(() => policyFrom('{policy: p, version: 1, escalation: {from: warm}, steps: [{id: warn, anchor: due, offset: {days: 1}, actions: [{email: {template: due}}]}]}'))
      .toThrow('escalation.from: no step has the id "warm", did you mean "warn"?');
  });
});
