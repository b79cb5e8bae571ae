import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { ReasonCode } from '../../domain/collection/facts';
import { isClosing } from '../../domain/collection/progress';
import type { Policy } from '../../domain/policy/types';
import { appendAudit } from '../audit';
import type { Actor } from '../audit/actor';
import { loadPolicyVersions } from '../policies';
import { lockCustomer } from './collections';

/** What a person asks of one invoice's collection. */
export interface ControlRecord {
  requestId: string;
  /** The invoice's external id. */
  invoice: string;
  kind: 'pause' | 'resume' | 'skip-step' | 'send-now' | 'stop';
  step: string | null;
  /** ISO instant; null: until resumed. */
  until: string | null;
  actor: Actor;
  reason: string | null;
  at: InstantMs;
}

/** The control of a collection after a request: what a repeat of the request answers too. */
export interface ControlOutcome {
  requestId: string;
  kind: ControlRecord['kind'];
  at: string;
  paused: boolean;
  pausedUntil: string | null;
  stopped: boolean;
}

/** A request that makes no sense as things stand; the message is for the person who made it. */
export class ControlRefusedError extends Error {
  override name = 'ControlRefusedError';
}

interface CollectionRow {
  invoice_id: number;
  customer_id: number;
  policy_version_id: number;
  state: 'active' | 'done';
  outcome: string | null;
  paused: boolean;
  paused_until: Date | null;
  stopped: boolean;
  /** The customer's collection is stopped as a whole. */
  customer_stopped: boolean;
}

/** Applies a request and keeps it: the control, the collection's row, the audit trail, and word to the workflow. Throws ControlRefusedError. */
export async function recordControl(trx: Knex.Transaction, control: ControlRecord): Promise<ControlOutcome> {
  const before = await lockCollection(trx, control.invoice);
  const { rows: repeats } = await trx.raw<{ rows: { result: ControlOutcome }[] }>('SELECT result FROM collection_controls WHERE request_id = ?', [control.requestId]);
  if (repeats[0]) return repeats[0].result;
  await refuseNonsense(trx, control, before);

  const after = controlled(control, before);
  const result: ControlOutcome = {
    requestId: control.requestId, kind: control.kind, at: new Date(control.at).toISOString(),
    paused: after.paused, pausedUntil: after.paused_until?.toISOString() ?? null, stopped: after.stopped,
  };
  await trx.raw('UPDATE collections SET paused = ?, paused_until = ?, stopped = ? WHERE invoice_id = ?', [after.paused, after.paused_until, after.stopped, before.invoice_id]);
  if (control.kind === 'pause' || control.kind === 'resume') await forgetOtherPauses(trx, before.invoice_id);
  await trx.raw(
    'INSERT INTO collection_controls (request_id, invoice_id, kind, step, step_now, until, actor, reason, at, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    [control.requestId, before.invoice_id, control.kind, control.step, control.step, control.until, `${control.actor.kind}:${control.actor.id}`, control.reason, new Date(control.at), JSON.stringify(result)],
  );
  await askForPlan(trx, before, control.kind);
  await appendAudit(trx, [{
    actor: control.actor, action: `collection.${control.kind}`, subjectType: 'invoice', subjectId: control.invoice,
    before: stateOf(before), after: { ...stateOf(after), step: control.step, reason: control.reason },
  }]);
  return result;
}

/** What is asked for in so many words holds instead of what was asked for, and of what replies want, until then. */
async function forgetOtherPauses(trx: Knex.Transaction, invoiceId: number): Promise<void> {
  await trx.raw('UPDATE collections SET asked_until = NULL WHERE invoice_id = ? AND asked_until IS NOT NULL', [invoiceId]);
  await trx.raw('UPDATE reply_invoices SET paused_until = NULL WHERE invoice_id = ? AND paused_until IS NOT NULL', [invoiceId]);
}

/**
 * A control changes what is decided as a change of the ledger does. The workflow that applies it plans afresh by itself, so its event is born relayed: a
 * signal would only race with the answer.
 */
async function askForPlan(trx: Knex.Transaction, { invoice_id, customer_id }: CollectionRow, kind: ControlRecord['kind']): Promise<void> {
  await trx.raw('UPDATE customers SET ledger_version = ledger_version + 1 WHERE id = ?', [customer_id]);
  await trx.raw(
    `WITH event AS (INSERT INTO outbox (customer_id, invoice_id, kind, relayed_at) VALUES (?, ?, ?, now()) RETURNING id)
     UPDATE collections SET requested_seq = greatest(requested_seq, (SELECT id FROM event)) WHERE invoice_id = ?`,
    [customer_id, invoice_id, `control.${kind}`, invoice_id],
  );
}

async function lockCollection(trx: Knex.Transaction, invoice: string): Promise<CollectionRow> {
  const { rows: owners } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM invoices WHERE external_id = ?', [invoice]);
  if (!owners[0]) throw new ControlRefusedError(`There is no invoice ${invoice}.`);
  await lockCustomer(trx, owners[0].customer_id);
  const { rows } = await trx.raw<{ rows: CollectionRow[] }>(
    `SELECT c.invoice_id, c.customer_id, c.policy_version_id, c.state, c.outcome, c.paused, c.paused_until, c.stopped, k.stopped AS customer_stopped
     FROM collections c JOIN invoices i ON i.id = c.invoice_id JOIN customers k ON k.id = c.customer_id WHERE i.external_id = ?`,
    [invoice],
  );
  if (!rows[0]) throw new ControlRefusedError(`Invoice ${invoice} is not under collection.`);
  return rows[0];
}

async function refuseNonsense(trx: Knex.Transaction, control: ControlRecord, before: CollectionRow): Promise<void> {
  const { kind, invoice, step, until, at } = control;
  if (before.customer_stopped && kind !== 'stop') throw new ControlRefusedError(`The collection of the whole customer is stopped: resume it there first.`);
  if (kind === 'resume' ? !before.paused && !before.stopped : before.state === 'done') {
    throw new ControlRefusedError(kind === 'resume' ? `The collection of ${invoice} is neither paused nor stopped.` : `The collection of ${invoice} is over: ${before.outcome}.`);
  }
  if (kind === 'pause' && until !== null && Date.parse(until) <= at) {
    throw new ControlRefusedError(`A pause lasts until an instant to come; it is ${new Date(at).toISOString()} now.`);
  }
  if (kind === 'skip-step' || kind === 'send-now') {
    const policy = (await loadPolicyVersions(trx, [before.policy_version_id])).get(before.policy_version_id);
    if (policy) await refuseStep(trx, policy, invoice, step, before);
  }
}

async function refuseStep(trx: Knex.Transaction, policy: Policy, invoice: string, stepId: string | null, { invoice_id, policy_version_id }: CollectionRow): Promise<void> {
  const step = policy.steps.find(({ id }) => id === stepId);
  if (!step) throw new ControlRefusedError(`${policy.policy}@${policy.version} has no step "${stepId}"; its steps are ${policy.steps.map(({ id }) => id).join(', ')}.`);
  const { rows } = await trx.raw<{ rows: { action: string; reason_code: ReasonCode }[] }>(
    `SELECT DISTINCT ON (d.action) d.action, CASE WHEN m.restarted THEN 'restarted' ELSE d.reason_code END AS reason_code
     FROM decisions d LEFT JOIN carried_decisions m ON m.decision_id = d.id AND m.policy_version_id = :version
     WHERE d.invoice_id = :invoice AND (d.policy_version_id = :version OR m.decision_id IS NOT NULL) AND coalesce(m.step, d.step) = :step AND d.outcome <> 'deferred'
     ORDER BY d.action, d.id DESC`,
    { invoice: invoice_id, version: policy_version_id, step: step.id },
  );
  const ended = new Set(rows.filter(({ reason_code }) => !isClosing(reason_code)).map(({ action }) => action));
  if (step.actions.every(({ kind }) => ended.has(kind))) throw new ControlRefusedError(`The step "${step.id}" of ${invoice} is over.`);
}

function controlled(control: ControlRecord, before: CollectionRow): CollectionRow {
  switch (control.kind) {
    case 'pause':
      return { ...before, paused: true, paused_until: control.until === null ? null : new Date(control.until) };
    case 'resume':
      return { ...before, paused: false, paused_until: null, stopped: false };
    case 'stop':
      return { ...before, stopped: true };
    case 'skip-step':
    case 'send-now':
      return before;
  }
}

function stateOf({ paused, paused_until, stopped }: CollectionRow): object {
  return { paused, pausedUntil: paused_until?.toISOString() ?? null, stopped };
}
