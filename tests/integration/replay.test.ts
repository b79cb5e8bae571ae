import path from 'node:path';
import { runReplay, type ReplayReport } from '../../cli/replay/runReplay';
import { readSegmentFile, type SegmentOfFile } from '../../cli/segmentFile';
import { policyFile, quietRuntime } from '../collection/deployment';
import { generatedLedger, type GeneratedSize } from '../collection/generatedLedger';
import { withReplayEngines } from '../collection/replayEngines';

// A replay of a hundred invoices takes most of a minute on two cores, and several times that on a busy machine.
jest.setTimeout(600_000);
beforeAll(quietRuntime);

function replay(policyName: string, size: GeneratedSize, segments?: readonly SegmentOfFile[]): Promise<ReplayReport> {
  return withReplayEngines('replay', ({ knex, temporal }) => runReplay({ ledger: generatedLedger(size), ...policyFile(policyName), segments, knex, temporal }));
}

function expectFaultless(report: ReplayReport): void {
  expect(report.segmentMismatches).toEqual([]);
  expect(report.firstMismatches).toEqual([]);
  expect(report).toMatchObject({ mismatches: 0, remindersToPaidInvoices: 0, doubledMessages: 0 });
  expect(report.decisions).toBe(report.simulated);
  expect(report.decisions).toBeGreaterThan(report.invoices);
}

// Under the strict strategy tests/integration/segments/batches.test.ts lives a ledger, with a workflow for each invoice and in batches, and holds both to the simulator.
describe('what the engine decides on a generated ledger is what the simulator says, row for row', () => {
  test('under the reference strategy: partial payments, credit notes, several currencies and zones, half a year', async () => {
    const size = { seed: 77, customers: 10, invoices: 50, from: '2026-01-20', days: 20 };
    const { customers, invoices, payments, creditNotes } = generatedLedger(size);
    expect(new Set(customers.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(4);
    expect(new Set(invoices.map(({ currency }) => currency)).size).toBeGreaterThan(3);
    const paidInParts = invoices.filter(({ externalId, totalMinor }) => payments.some((payment) => payment.invoiceExternalId === externalId && payment.amountMinor < totalMinor));
    expect(paidInParts.length).toBeGreaterThan(3);
    expect(creditNotes.filter(({ invoiceExternalId }) => invoiceExternalId !== null).length).toBeGreaterThan(2);
    const report = await replay('reference.yaml', size);
    expectFaultless(report);
    expect(Object.keys(report.byOutcome).sort()).toEqual(expect.arrayContaining(['covered', 'executed', 'suppressed']));
  });

  test('under a policy and two segments together, one of which keeps single reminders back: decisions of steps and of runs', async () => {
    const segments = await readSegmentFile(path.join(__dirname, '../collection/segments.yaml'));
    const report = await replay('reference.yaml', { seed: 13, customers: 12, invoices: 40, from: '2026-01-20', days: 20 }, segments);
    expectFaultless(report);
    expect(report.segmentDecisions).toBeGreaterThan(50);
  });
});
