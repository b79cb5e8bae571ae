import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import type { StepRecord } from '../../domain/collection/facts';
import { stepAfterMove, type MoveRules } from '../../domain/migration/moveRules';
import type { MovePlan } from '../../domain/migration/planMove';
import type { Policy } from '../../domain/policy/types';
import { leavePolicy } from '../approvals/leavePolicy';
import { progressSql, stepRecord, type CollectedInvoice, type CustomerLedger, type ProgressTuple } from '../collection/facts';
import { loadPolicyVersions } from './policyVersions';

/** What a move does to one invoice, and what it was worked out from. */
export interface PlannedMove {
  ledger: CustomerLedger;
  collected: CollectedInvoice;
  earlierIds: readonly number[];
  /** The step that started the policy, as in 'reference@1/to-legal'; null: a migration moves it. */
  startedBy: string | null;
  plan: MovePlan;
}

/** Where moves lead, by which rules. */
export interface MoveTarget {
  /** null: steps started the policy. */
  migrationId: number | null;
  toVersionId: number;
  rules: MoveRules;
}

/** What invoices have on record of an earlier stay on a version. */
export async function readEarlier(trx: Knex.Transaction, invoiceIds: readonly number[], versionId: number): Promise<Map<number, { ids: number[]; records: StepRecord[] }>> {
  const { rows } = await trx.raw<{ rows: { invoice_id: number; progress: ProgressTuple[] | null }[] }>(
    `SELECT k.invoice_id, ${progressSql('k.invoice_id', ':versionId')} AS progress FROM collections k WHERE k.invoice_id = ANY (:invoiceIds)`, { versionId, invoiceIds: [...invoiceIds] });
  return new Map(rows.map(({ invoice_id, progress }) => [invoice_id, { ids: (progress ?? []).map(([, , , , , , , , id]) => id), records: (progress ?? []).map(stepRecord) }]));
}

/** Writes what moves to a version come to: what is carried and what is passed over, the holds, and where the collections are from now on. */
export async function writeMoves(trx: Knex.Transaction, { migrationId, toVersionId, rules }: MoveTarget, moves: readonly PlannedMove[], now: InstantMs): Promise<void> {
  const next = (await loadPolicyVersions(trx, [toVersionId])).get(toVersionId) as Policy;
  await writeCarried(trx, toVersionId, rules, moves, now);
  await writePassed(trx, toVersionId, moves, now);
  const stages = moves.map(({ collected, plan, startedBy }) => ({
    invoice_id: collected.invoiceId, from_version_id: collected.policyVersionId,
    stage: collected.stage === null ? null : stepAfterMove(rules, next, collected.stage),
    passed: [...new Set(plan.passed.map(({ step }) => step))], repeated: plan.repeated, started_by: startedBy,
  }));
  await trx.raw(
    `WITH moves AS (SELECT * FROM jsonb_to_recordset(:moves) AS m (invoice_id bigint, from_version_id bigint, stage text, passed text[], repeated text[], started_by text)),
       written AS (INSERT INTO policy_moves (migration_id, invoice_id, from_version_id, to_version_id, passed, repeated, started_by, at)
         SELECT :migrationId, invoice_id, from_version_id, :to, passed, repeated, started_by, :at FROM moves)
     UPDATE collections k SET policy_version_id = :to, stage = m.stage, state = 'active', outcome = NULL FROM moves m WHERE k.invoice_id = m.invoice_id`,
    { moves: JSON.stringify(stages), migrationId, to: toVersionId, at: new Date(now) },
  );
  await leavePolicy(trx, moves.map(({ collected }) => collected.invoiceId), toVersionId, rules.mode === 'move');
  await carryRequests(trx, moves);
  const holds = moves.flatMap(({ collected, plan }) => collected.invoice.holds.flatMap(({ step }, position) => {
    const heir = plan.after.holds[position]?.step ?? step;
    return heir === step ? [] : [{ invoice_id: collected.invoiceId, step, heir }];
  }));
  if (holds.length > 0) await trx.raw('UPDATE holds h SET step = m.heir FROM jsonb_to_recordset(?) AS m (invoice_id bigint, step text, heir text) WHERE h.invoice_id = m.invoice_id AND h.step = m.step', [JSON.stringify(holds)]);
}

/** What people asked of steps is asked of their heirs; what is not carried counts no more. */
async function carryRequests(trx: Knex.Transaction, moves: readonly PlannedMove[]): Promise<void> {
  const requests = moves.flatMap(({ collected, plan }) => plan.requests.map(({ kind, step, heir }) => ({ invoice_id: collected.invoiceId, kind, step, heir })));
  await trx.raw(
    `UPDATE collection_controls k SET step_now = (SELECT min(m.heir) FROM jsonb_to_recordset(:requests) AS m (invoice_id bigint, kind text, step text, heir text) WHERE m.invoice_id = k.invoice_id AND m.kind = k.kind AND m.step = k.step_now)
     WHERE k.invoice_id = ANY(:invoiceIds) AND k.step_now IS NOT NULL`,
    { requests: JSON.stringify(requests), invoiceIds: moves.map(({ collected }) => collected.invoiceId) });
}

async function writeCarried(trx: Knex.Transaction, toVersionId: number, { mode }: MoveRules, moves: readonly PlannedMove[], now: InstantMs): Promise<void> {
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
    `INSERT INTO carried_decisions (policy_version_id, decision_id, invoice_id, step, restarted, carried_at)
     SELECT :to, m.decision_id, m.invoice_id, coalesce(m.step, k.step, d.step), m.restarted, :at
     FROM jsonb_to_recordset(:rows) AS m (decision_id bigint, invoice_id bigint, step text, restarted boolean) JOIN decisions d ON d.id = m.decision_id
     LEFT JOIN carried_decisions k ON k.decision_id = m.decision_id AND k.policy_version_id = :to
     ON CONFLICT (decision_id, policy_version_id) DO UPDATE SET restarted = excluded.restarted, step = excluded.step, carried_at = excluded.carried_at`,
    { to: toVersionId, rows: JSON.stringify(rows), at: new Date(now) },
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
