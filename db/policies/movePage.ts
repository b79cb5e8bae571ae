import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { StepRecord } from '../../domain/collection/facts';
import type { MoveRules } from '../../domain/migration/moveRules';
import { stepAfterMove } from '../../domain/migration/moveRules';
import { planMove, type MovePlan } from '../../domain/migration/planMove';
import type { Policy } from '../../domain/policy/types';
import { progressSql, readFacts, stepRecord, type CollectedInvoice, type CustomerLedger, type ProgressTuple } from '../collection/facts';
import { touchLedger } from '../ledger/touch';
import type { MigrationState } from './migrations';
import { loadPolicyVersions } from './policyVersions';
import { customersUnderWay, invoicesUnderWay, type MoveScope } from './underWay';

export interface MigrationProgress {
  state: MigrationState;
  moved: number;
  total: number;
}

interface Row extends MigrationProgress {
  id: number;
  to_version_id: number;
  scope: MoveScope;
  rules: MoveRules;
  after_customer_id: number;
}

interface PlannedMove {
  ledger: CustomerLedger;
  collected: CollectedInvoice;
  earlierIds: readonly number[];
  plan: MovePlan;
}

/**
 * Moves the invoices of the next customers, and notes how far it is, in one transaction: whoever dies in between has done nothing, and the next goes
 * on where the last ended. Answers the state as it is then; one that is not running is left alone.
 */
export async function movePage(trx: Knex.Transaction, migrationId: number, now: InstantMs, customersMax: number): Promise<MigrationProgress> {
  const { rows: [row] } = await trx.raw<{ rows: Row[] }>('SELECT id, state, moved, total, to_version_id, scope, rules, after_customer_id FROM policy_migrations WHERE id = ? FOR UPDATE', [migrationId]);
  if (!row) throw new Error(`There is no migration ${migrationId}.`);
  if (row.state !== 'running') return { state: row.state, moved: row.moved, total: row.total };
  const customerIds = await customersUnderWay(trx, row.scope, row.to_version_id, row.after_customer_id, customersMax);
  if (customerIds.length > 0) return moveCustomers(trx, row, customerIds, now);
  // From the start once more: what came under collection behind it while it went on. It is over when nothing is left from the first customer on.
  const over = row.after_customer_id === 0;
  await trx.raw(`UPDATE policy_migrations SET after_customer_id = 0, problem = NULL, state = ?, ended_at = ? WHERE id = ?`, [over ? 'done' : 'running', over ? new Date(now) : null, migrationId]);
  return { state: over ? 'done' : 'running', moved: row.moved, total: row.total };
}

/** Why the last page failed, for whoever looks at it; the page is tried again. */
export async function noteMigrationProblem(knex: Knex, migrationId: number, problem: string): Promise<void> {
  await knex.raw('UPDATE policy_migrations SET problem = ? WHERE id = ?', [problem, migrationId]);
}

async function moveCustomers(trx: Knex.Transaction, row: Row, customerIds: readonly number[], now: InstantMs): Promise<MigrationProgress> {
  await trx.raw('SELECT FROM customers WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE', [[...customerIds]]);
  const moves = await planMoves(trx, row, customerIds, now);
  await writeMoves(trx, row, moves, now);
  const count = (has: (plan: MovePlan) => boolean): number => moves.filter(({ plan }) => has(plan)).length;
  const moved = row.moved + moves.length;
  await trx.raw(
    `UPDATE policy_migrations SET after_customer_id = ?, moved = ?, total = greatest(total, ?), passed = passed + ?, repeated = repeated + ?, due_at_once = due_at_once + ?, problem = NULL WHERE id = ?`,
    [customerIds.at(-1) ?? row.after_customer_id, moved, moved, count(({ passed }) => passed.length > 0), count(({ repeated }) => repeated.length > 0), count(({ dueAtOnce }) => dueAtOnce.length > 0), row.id],
  );
  return { state: 'running', moved, total: Math.max(row.total, moved) };
}

async function planMoves(trx: Knex.Transaction, { scope, rules, to_version_id: toVersionId }: Row, customerIds: readonly number[], now: InstantMs): Promise<PlannedMove[]> {
  const invoiceIds = await invoicesUnderWay(trx, scope, toVersionId, customerIds);
  const next = (await loadPolicyVersions(trx, [toVersionId])).get(toVersionId) as Policy;
  const earlier = await readEarlier(trx, invoiceIds, toVersionId);
  const ledgers = await readFacts(trx, customerIds, { kind: 'invoices', invoiceIds });
  return ledgers.flatMap((ledger) => ledger.collected.map((collected): PlannedMove => {
    const stay = earlier.get(collected.invoiceId) ?? { ids: [], records: [] };
    return { ledger, collected, earlierIds: stay.ids, plan: planMove(ledger.customer, collected, next, rules, now, stay.records) };
  }));
}

/** What invoices have on record of an earlier stay on a version. */
async function readEarlier(trx: Knex.Transaction, invoiceIds: readonly number[], versionId: number): Promise<Map<number, { ids: number[]; records: StepRecord[] }>> {
  const { rows } = await trx.raw<{ rows: { invoice_id: number; progress: ProgressTuple[] | null }[] }>(
    `SELECT k.invoice_id, ${progressSql('k.invoice_id', ':versionId')} AS progress FROM collections k WHERE k.invoice_id = ANY (:invoiceIds)`, { versionId, invoiceIds: [...invoiceIds] });
  return new Map(rows.map(({ invoice_id, progress }) => [invoice_id, { ids: (progress ?? []).map(([, , , , , , , , id]) => id), records: (progress ?? []).map(stepRecord) }]));
}

async function writeMoves(trx: Knex.Transaction, { id, to_version_id: toVersionId, rules }: Row, moves: readonly PlannedMove[], now: InstantMs): Promise<void> {
  if (moves.length === 0) return;
  const next = (await loadPolicyVersions(trx, [toVersionId])).get(toVersionId) as Policy;
  await writeCarried(trx, toVersionId, rules, moves);
  await writePassed(trx, toVersionId, moves, now);
  const stages = moves.map(({ collected, plan }) => ({
    invoice_id: collected.invoiceId, from_version_id: collected.policyVersionId,
    stage: collected.stage === null ? null : stepAfterMove(rules, next, collected.stage),
    passed: [...new Set(plan.passed.map(({ step }) => step))], repeated: plan.repeated,
  }));
  await trx.raw(
    `WITH moves AS (SELECT * FROM jsonb_to_recordset(:moves) AS m (invoice_id bigint, from_version_id bigint, stage text, passed text[], repeated text[])),
       written AS (INSERT INTO policy_moves (migration_id, invoice_id, from_version_id, to_version_id, passed, repeated, at)
         SELECT :id, invoice_id, from_version_id, :to, passed, repeated, :at FROM moves)
     UPDATE collections k SET policy_version_id = :to, stage = m.stage, state = 'active', outcome = NULL FROM moves m WHERE k.invoice_id = m.invoice_id`,
    { moves: JSON.stringify(stages), id, to: toVersionId, at: new Date(now) },
  );
  const holds = moves.flatMap(({ collected, plan }) => collected.invoice.holds.flatMap(({ step }, position) => {
    const heir = plan.after.holds[position]?.step ?? step;
    return heir === step ? [] : [{ invoice_id: collected.invoiceId, step, heir }];
  }));
  if (holds.length > 0) await trx.raw('UPDATE holds h SET step = m.heir FROM jsonb_to_recordset(?) AS m (invoice_id bigint, step text, heir text) WHERE h.invoice_id = m.invoice_id AND h.step = m.step', [JSON.stringify(holds)]);
  await touchLedger(trx, moves.map(({ collected: { customerId, invoiceId } }) => ({ customerId, invoiceIds: [invoiceId], kind: 'policy.moved' })));
}

async function writeCarried(trx: Knex.Transaction, toVersionId: number, { mode }: MoveRules, moves: readonly PlannedMove[]): Promise<void> {
  const rows = moves.flatMap(({ collected, earlierIds, plan }) => {
    const own = new Set(earlierIds);
    const { invoiceId, decisionIds } = collected;
    // Moving back, what is on record there from an earlier stay counts as it is. Beginning anew, it counts only where it is carried.
    const carried = plan.carried.filter(({ position }) => mode === 'restart' || !own.has(decisionIds[position]!));
    const kept = new Set(carried.map(({ position }) => decisionIds[position]));
    return [
      ...carried.map(({ position, step }) => ({ decision_id: decisionIds[position], invoice_id: invoiceId, step, restarted: false })),
      ...plan.forgotten.filter((position) => !kept.has(earlierIds[position])).map((position) => ({ decision_id: earlierIds[position], invoice_id: invoiceId, step: null, restarted: true })),
    ];
  });
  if (rows.length === 0) return;
  await trx.raw(
    `INSERT INTO carried_decisions (policy_version_id, decision_id, invoice_id, step, restarted)
     SELECT :to, m.decision_id, m.invoice_id, coalesce(m.step, k.step, d.step), m.restarted
     FROM jsonb_to_recordset(:rows) AS m (decision_id bigint, invoice_id bigint, step text, restarted boolean) JOIN decisions d ON d.id = m.decision_id
     LEFT JOIN carried_decisions k ON k.decision_id = m.decision_id AND k.policy_version_id = :to
     ON CONFLICT (decision_id, policy_version_id) DO UPDATE SET restarted = excluded.restarted, step = excluded.step`,
    { to: toVersionId, rows: JSON.stringify(rows) },
  );
}

/** Every step of the new ladder ends in a decision, also one that was passed over. */
async function writePassed(trx: Knex.Transaction, toVersionId: number, moves: readonly PlannedMove[], now: InstantMs): Promise<void> {
  const rows = moves.flatMap(({ ledger, collected, plan }) => plan.passed.map(({ step, action, occurrence, plannedAt }) => ({
    invoice_id: collected.invoiceId, customer_id: collected.customerId, policy_version_id: toVersionId, step, action, occurrence, outcome: 'skipped', reason_code: 'moved',
    reason: 'the invoice was past this place of the ladder when it moved to this policy version', at: new Date(now), on_date: localDateAt(now, ledger.customer.timeZone), planned_at: new Date(plannedAt),
    open_minor: collected.invoice.openMinor, currency: collected.invoice.currency, ledger_version: ledger.customer.ledgerVersion, inputs: {},
  })));
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!).join(', ');
  await trx.raw(`INSERT INTO decisions (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::decisions, ?) ON CONFLICT DO NOTHING`, [JSON.stringify(rows)]);
}
