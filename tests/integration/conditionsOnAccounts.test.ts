import { runReplay } from '../../cli/replay/runReplay';
import { simulate } from '../../domain/simulation/simulate';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { quietRuntime } from '../collection/deployment';
import { generatedLedger } from '../collection/generatedLedger';
import { withReplayEngines } from '../collection/replayEngines';

jest.setTimeout(600_000);
beforeAll(quietRuntime);

const generated = generatedLedger({ seed: 31, customers: 9, invoices: 45, from: '2026-01-20', days: 25 });
const amounts = (minor: string): string => `{ ${['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD'].map((code) => `${code}: "${minor}.00"`).join(', ')}, JPY: "${minor}" }`;

const source = `
policy: accounts
version: 1
title: Asks for what customers owe, promised, dispute and were told
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri], holidays: none }
contact: { minimumDaysBetween: 0, merge: same-day }
steps:
  - { id: first, anchor: due, offset: { days: 2 }, when: { field: customer.overdue, op: ">", value: ${amounts('100')} }, actions: [{ email: { template: overdue } }] }
  - { id: several, anchor: due, offset: { days: 6 }, when: { all: [{ field: customer.openInvoices, op: ">", value: 2 }, { field: customer.overdueShare, op: ">=", value: 40 }] }, actions: [{ email: { template: overdue } }] }
  - { id: quiet, anchor: due, offset: { days: 9 }, when: { all: [{ field: invoice.contacts, op: "<", value: 2 }, { field: customer.contactsIn7Days, op: "<=", value: 2 }] }, actions: [{ email: { template: overdue } }] }
  - { id: frozen, anchor: due, offset: { days: 10 }, when: { field: customer.openDispute, op: "=", value: "no" }, actions: [{ hold: { kind: credit } }] }
  - { id: broken, anchor: due, offset: { days: 14 }, when: { any: [{ field: customer.brokenPromises, op: ">", value: 0 }, { field: customer.daysSinceBrokenPromise, op: "<=", value: 10 }] }, actions: [{ task: { queue: customer-care, title: Call } }] }
  - { id: kept, anchor: due, offset: { days: 16 }, when: { field: customer.keptPromises, op: ">", value: 0 }, actions: [{ task: { queue: customer-care, title: Thank } }] }
  - { id: limit, anchor: due, offset: { days: 20 }, when: { any: [{ field: customer.creditUsed, op: ">", value: 50 }, { field: customer.overCreditLimit, op: "=", value: "yes" }] }, actions: [{ task: { queue: sales, title: Limit } }] }
  - { id: claims, anchor: due, offset: { days: 22 }, when: { any: [{ field: invoice.disputed, op: ">", value: ${amounts('0')} }, { field: invoice.activePromise, op: "=", value: "yes" }, { field: customer.disputed, op: ">", value: ${amounts('0')} }, { field: customer.promised, op: ">", value: ${amounts('0')} }] }, actions: [{ task: { queue: sales, title: Claims } }] }
`;

test('what the engine decides by conditions on accounts, promises, disputes and contacts is what the simulator says, row for row', async () => {
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { policy } = parsed;
  const customers = generated.customers.map((customer, index) => (index % 3 === 0 ? customer : { ...customer, creditLimitMinor: index % 3 === 1 ? 0 : 500_000, creditLimitCurrency: 'USD' }));
  const ledger = { ...generated, customers };
  // Every condition decides something: it holds for some and not for others.
  const simulated = simulate(ledger, policy, '2026-01-20', '2026-08-01');
  for (const { id } of policy.steps) {
    const of = simulated.filter(({ step }) => step === id);
    expect({ id, acts: of.some(({ outcome }) => outcome === 'executed'), refuses: of.some(({ outcome, reason }) => outcome === 'suppressed' && reason !== 'nothing is open') }).toEqual({ id, acts: true, refuses: true });
  }
  const report = await withReplayEngines('accounts', ({ knex, temporal }) => runReplay({ ledger, policy, source, knex, temporal }));
  expect(report.firstMismatches).toEqual([]);
  expect(report).toMatchObject({ mismatches: 0, remindersToPaidInvoices: 0, doubledMessages: 0 });
  expect(report.decisions).toBe(report.simulated);
  expect(report.decisions).toBeGreaterThan(report.invoices);
});
