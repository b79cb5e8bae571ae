import type { Knex } from 'knex';
import { approvalOf } from '../../domain/approval/gate';
import type { Decided } from '../collection/decisions';
import { effectKey } from '../collection/keys';
import { leftPolicy } from './leavePolicy';

/**
 * Keeps the inbox in step with what was decided, in the same transaction: a step that awaits approval has a row that people answer, one that an administrator is asked
 * about now says so, and one that has ended leaves the inbox by itself with what came of it.
 */
export async function recordApprovals(trx: Knex.Transaction, made: readonly Decided[]): Promise<void> {
  const gated = made.filter(({ decision: { effect } }) => effect !== null && approvalOf(effect) !== null && (effect.kind === 'hold' || effect.kind === 'handoff'));
  await ask(trx, gated.filter(({ decision: { outcome, code, action, effect } }) => outcome === 'deferred' && code === 'approval' && action === effect?.kind));
  await close(trx, gated.filter(({ decision: { outcome, action, effect } }) => outcome !== 'deferred' && action === effect?.kind));
}

async function ask(trx: Knex.Transaction, asked: readonly Decided[]): Promise<void> {
  if (asked.length === 0) return;
  const rows = asked.map(({ decision, collected }) => ({
    key: effectKey(decision), kind: decision.action, customer_id: collected.customerId, invoice_id: collected.invoiceId, policy_version_id: collected.policyVersionId,
    step: decision.step, occurrence: decision.occurrence, role: (decision.effect && approvalOf(decision.effect)?.by) ?? 'credit-manager',
    amount_minor: decision.invoice.openMinor, currency: decision.invoice.currency, reason: decision.reason, requested_by: 'policy', requested_at: new Date(decision.at),
    due_at: decision.until === null ? null : new Date(decision.until),
  }));
  const columns = 'key, kind, customer_id, invoice_id, policy_version_id, step, occurrence, role, amount_minor, currency, reason, requested_by, requested_at, due_at';
  await trx.raw(
    `INSERT INTO approvals (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::approvals, ?)
     ON CONFLICT (key) DO UPDATE SET role = CASE approvals.state WHEN 'pending' THEN 'admin' ELSE excluded.role END, escalated_at = CASE approvals.state WHEN 'pending' THEN excluded.requested_at END,
       due_at = excluded.due_at, reason = excluded.reason, state = 'pending', outcome = NULL
     WHERE (approvals.state = 'pending' AND approvals.due_at < excluded.due_at) OR (approvals.state = 'withdrawn' AND approvals.outcome = ?)`,
    [JSON.stringify(rows), leftPolicy],
  );
}

async function close(trx: Knex.Transaction, ended: readonly Decided[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ decision }) => ({
    key: effectKey(decision), state: decision.code === 'approval-timeout' ? 'timed-out' : 'withdrawn', outcome: `${decision.outcome}: ${decision.reason}`,
  }));
  // What was answered keeps its answer; only what came of it is added.
  await trx.raw(
    `UPDATE approvals a SET outcome = e.outcome, state = CASE a.state WHEN 'pending' THEN e.state ELSE a.state END
     FROM jsonb_populate_recordset(NULL::approvals, ?) e WHERE a.key = e.key AND a.outcome IS NULL`,
    [JSON.stringify(rows)],
  );
}
