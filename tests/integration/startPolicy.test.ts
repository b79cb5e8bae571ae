import type { Knex } from 'knex';
import { runReplay, type ReplayReport } from '../../cli/replay/runReplay';
import { quietRuntime } from '../collection/deployment';
import { generatedLedger } from '../collection/generatedLedger';
import { withReplayEngines } from '../collection/replayEngines';
import { startingPolicies } from '../collection/startingPolicies';
import { linesOf, readWritten, type Written } from '../collection/written';

// A ledger that is lived through takes most of a minute on two cores, and several times that on a busy machine.
jest.setTimeout(900_000);
beforeAll(quietRuntime);

interface Lived extends Written {
  report: ReplayReport;
  moves: string[];
}

/** Lives a ledger through under policies that start each other, with a workflow for each invoice or in batches. The first few transactions in which a policy is started fail at their very end. */
function live(inBatches: boolean): Promise<Lived> {
  return withReplayEngines('starts', async ({ knex, temporal }) => {
    await failAtFirst(knex, 3);
    const ledger = generatedLedger({ seed: 44, customers: 8, invoices: 25, from: '2026-01-20', days: 10 });
    const report = await runReplay({ ledger, ...startingPolicies(), inBatches, knex, temporal });
    return { report, ...await readWritten(knex), moves: await movesOf(knex) };
  });
}

/** A sequence counts what was rolled back too. */
async function failAtFirst(knex: Knex, times: number): Promise<void> {
  await knex.raw(`
    CREATE SEQUENCE tries;
    CREATE FUNCTION fail_at_first() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('tries') <= ${times} THEN RAISE EXCEPTION 'the machine stops in the middle'; END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER fail_at_first AFTER INSERT ON policy_assignment_changes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_at_first();
  `);
}

/** The moves of invoices to other policies, the assignments, and the events that tell of them. */
function movesOf(knex: Knex): Promise<string[]> {
  return linesOf(knex, `SELECT concat_ws(' ', i.external_id, m.started_by, v.policy, m.at) AS line FROM policy_moves m JOIN invoices i ON i.id = m.invoice_id JOIN policy_versions v ON v.id = m.to_version_id
    UNION ALL SELECT concat_ws(' ', i.external_id, 'assigned', a.policy, a.reason, a.assigned_by, a.assigned_at) FROM policy_assignments a JOIN invoices i ON i.id = a.invoice_id
    UNION ALL SELECT concat_ws(' ', i.external_id, 'event', e.data ->> 'before', e.data ->> 'after', e.at) FROM events e JOIN invoices i ON i.id = e.invoice_id WHERE e.kind = 'policy.assigned'`);
}

describe('a ledger under policies whose steps start each other', () => {
  let each: Lived;
  let batches: Lived;
  beforeAll(async () => {
    each = await live(false);
    batches = await live(true);
  });

  test.each([['with a workflow for each invoice', () => each], ['in batches', () => batches]] as const)('%s every decision is what the simulator says, row for row, though the machine stops in the middle of the first', (_mode, lived) => {
    expect(lived().report.firstMismatches).toEqual([]);
    expect(lived().report).toMatchObject({ mismatches: 0, remindersToPaidInvoices: 0, doubledMessages: 0 });
    const decisions = lived().decisions.map((row) => JSON.parse(row) as { policyVersion: string; action: string; outcome: string });
    // The ledger is one in which every policy is started, and a circle is cut.
    const started = decisions.filter(({ action }) => action === 'start-policy').map(({ policyVersion, outcome }) => `${policyVersion} ${outcome}`);
    expect([...new Set(started)]).toEqual(expect.arrayContaining(['opening@1 executed', 'firm@1 executed', 'opening@1 suppressed', 'firm@1 suppressed', 'last@3 suppressed']));
    expect([...new Set(decisions.map(({ policyVersion }) => policyVersion))].sort()).toEqual(['firm@1', 'last@3', 'opening@1']);
  });

  test('in batches every decision, message, effect and assignment is the same', () => {
    expect(batches.decisions).toEqual(each.decisions);
    expect(batches.messages).toEqual(each.messages);
    expect(batches.effects).toEqual(each.effects);
    expect(batches.moves).toEqual(each.moves);
  });

  test('each policy that was started is one move, one assignment with the step as its reason, and one event', () => {
    const executed = each.decisions.filter((row) => row.includes('"action":"start-policy","outcome":"executed"')).length;
    expect(executed).toBeGreaterThan(20);
    expect(each.moves.filter((line) => / (opening@1|firm@1|last@3)\//.test(line) && !line.includes('assigned'))).toHaveLength(executed);
    expect(each.moves.filter((line) => line.includes(' event '))).toHaveLength(executed);
    expect(each.moves.find((line) => line.includes(' assigned '))).toMatch(/ assigned (opening|firm|last) Step (opening@1|firm@1|last@3)\/[a-z-]+: planned for 2026-\d\d-\d\d/);
  });
});
