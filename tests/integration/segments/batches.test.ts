import type { Knex } from 'knex';
import { runReplay, type ReplayReport } from '../../../cli/replay/runReplay';
import { readDecisionRows } from '../../../db/collection/decisionRows';
import { policyFile, quietRuntime } from '../../collection/deployment';
import { generatedLedger } from '../../collection/generatedLedger';
import { withReplayEngines } from '../../collection/replayEngines';

// A ledger that is lived through takes most of a minute on two cores, and several times that on a busy machine.
jest.setTimeout(900_000);
beforeAll(quietRuntime);

interface Lived {
  report: ReplayReport;
  decisions: string[];
  messages: string[];
  effects: string[];
  workflows: Record<string, number>;
}

const size = { seed: 21, customers: 10, invoices: 45, from: '2026-01-20', days: 15 };

/** Lives the same ledger through, with promises, disputes, payments of every kind, in one mode or the other. */
function live(policyName: string, inBatches: boolean): Promise<Lived> {
  return withReplayEngines('batches', async ({ knex, temporal, client }) => {
    const report = await runReplay({ ledger: generatedLedger(size), ...policyFile(policyName), inBatches, knex, temporal });
    const workflows: Record<string, number> = {};
    for await (const { type } of client.workflow.list()) workflows[type] = (workflows[type] ?? 0) + 1;
    return { report, workflows, ...await written(knex) };
  });
}

async function written(knex: Knex): Promise<Pick<Lived, 'decisions' | 'messages' | 'effects'>> {
  const text = async (sql: string): Promise<string[]> => (await knex.raw<{ rows: { text: string }[] }>(`SELECT text FROM (${sql}) t ORDER BY text`)).rows.map((row) => row.text);
  return {
    decisions: (await readDecisionRows(knex)).map((row) => JSON.stringify(row)).sort(),
    messages: await text(`SELECT concat_ws(' ', m.idempotency_key, m.template, m.to_addresses::text, m.contact_on, m.queued_at, m.state, m.subject, string_agg(i.external_id || '/' || l.step, ',' ORDER BY i.external_id, l.step)) AS text
      FROM messages m JOIN message_invoices l ON l.message_id = m.id JOIN invoices i ON i.id = l.invoice_id GROUP BY m.id`),
    effects: await text(`SELECT 'task ' || key || ' ' || state AS text FROM tasks UNION ALL SELECT 'hold ' || key || ' ' || coalesce(released_at::text, '') FROM holds UNION ALL SELECT 'handoff ' || key FROM handoffs`),
  };
}

describe.each(['reference.yaml', 'strict.yaml'])('half a year of a ledger under %s', (policy) => {
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
