import { runReplay, type ReplayReport } from '../../../cli/replay/runReplay';
import { policyFile, quietRuntime } from '../../collection/deployment';
import { generatedLedger } from '../../collection/generatedLedger';
import { withReplayEngines } from '../../collection/replayEngines';
import { readWritten, type Written } from '../../collection/written';

// A ledger that is lived through takes most of a minute on two cores, and several times that on a busy machine.
jest.setTimeout(900_000);
beforeAll(quietRuntime);

interface Lived extends Written {
  report: ReplayReport;
  workflows: Record<string, number>;
}

/** Chosen among a hundred seeds: so few invoices, of which decisions of nearly every kind are made. */
const size = { seed: 36, customers: 8, invoices: 25, from: '2026-01-20', days: 10 };

/** What of it is held to be reached: action, outcome and the code of the reason. */
const kinds = {
  'reference.yaml': [
    'email covered merged', 'email deferred disputed', 'email executed due', 'email skipped collapsed', 'email skipped late', 'email suppressed condition', 'email suppressed do-not-contact', 'email suppressed no-address', 'email suppressed settled',
    'handoff deferred disputed', 'handoff executed due', 'hold deferred disputed', 'hold executed due', 'hold suppressed condition', 'notify executed due', 'release executed released', 'release-notice executed released', 'release-notice suppressed do-not-contact',
    'task deferred disputed', 'task deferred promised', 'task executed due',
  ],
  'strict.yaml': [
    'email covered merged', 'email deferred disputed', 'email deferred promised', 'email deferred spacing', 'email executed due', 'email skipped collapsed', 'email skipped late', 'email suppressed condition', 'email suppressed do-not-contact', 'email suppressed no-address', 'email suppressed settled',
    'handoff deferred disputed', 'handoff executed due', 'hold deferred promised', 'hold executed due', 'hold suppressed condition', 'notify executed due', 'release executed released', 'release-notice executed released', 'release-notice suppressed do-not-contact',
    'task deferred disputed', 'task executed due', 'task skipped collapsed',
  ],
};

/** Lives the same ledger through, with promises, disputes, payments of every kind, in one mode or the other. */
function live(policyName: string, inBatches: boolean): Promise<Lived> {
  return withReplayEngines('batches', async ({ knex, temporal, client }) => {
    const report = await runReplay({ ledger: generatedLedger(size), ...policyFile(policyName), inBatches, knex, temporal });
    const workflows: Record<string, number> = {};
    for await (const { type } of client.workflow.list()) workflows[type] = (workflows[type] ?? 0) + 1;
    return { report, workflows, ...await readWritten(knex) };
  });
}

describe.each(['reference.yaml', 'strict.yaml'] as const)('half a year of a ledger under %s', (policy) => {
  let each: Lived;
  let batches: Lived;
  beforeAll(async () => {
    // Side by side: each mostly waits, for its engines and for the clock.
    [each, batches] = await Promise.all([live(policy, false), live(policy, true)]);
  });

  test('every decision, message and effect is the same in batches as with a workflow for each invoice, row for row', () => {
    expect(batches.decisions).toEqual(each.decisions);
    expect(batches.messages).toEqual(each.messages);
    expect(batches.effects).toEqual(each.effects);
    expect(batches.decisions.length).toBeGreaterThan(size.invoices);
    expect(batches.kinds).toEqual(expect.arrayContaining(kinds[policy]));
  });

  test('and both ways the same as the simulator says, with no message doubled', () => {
    for (const { report } of [each, batches]) expect(report).toMatchObject({ mismatches: 0, firstMismatches: [], remindersToPaidInvoices: 0, doubledMessages: 0 });
  });

  test('invoices that nobody disputes or promises never had a workflow of their own', () => {
    expect(each.workflows.collectInvoice).toBeGreaterThan(size.invoices / 2);
    expect(batches.workflows).toMatchObject({ collectBatch: expect.any(Number), handOver: expect.any(Number) });
    expect(batches.workflows.collectInvoice ?? 0).toBeLessThan(each.workflows.collectInvoice!);
  });
});
