import type { Knex } from 'knex';
import type { AskedOfFiring } from '../../domain/automation/decideFiring';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Approval } from '../../domain/policy/types';
import { appendAudit, systemActor, type Actor } from '../audit';

/** What somebody was asked about a firing of an automation. */
export interface FiringRequest extends AskedOfFiring {
  invoiceId: number;
}

interface Row {
  invoice_id: number;
  state: string;
  answered_by_name: string | null;
  answered_at: Date | null;
  answer: string | null;
  escalated_at: Date | null;
  due_at: Date;
}

/** What was asked about a firing, and what came of it so far; null: nothing was. */
export async function readFiringRequest(trx: Knex.Transaction, firingId: number): Promise<FiringRequest | null> {
  const row = await trx('approvals').where({ firing_id: firingId }).first<Row | undefined>('invoice_id', 'state', 'answered_by_name', 'answered_at', 'answer', 'escalated_at', 'due_at');
  if (!row) return null;
  const { state, answered_by_name: by, answered_at: answeredAt } = row;
  return {
    invoiceId: row.invoice_id, answer: answeredAt === null ? null : { approved: state === 'approved', by: by ?? 'somebody', reason: row.answer },
    answeredAt: answeredAt?.getTime() ?? null, times: row.escalated_at === null ? 1 : 2, deadline: row.due_at.getTime(),
  };
}

export interface NewFiringRequest {
  firingId: number;
  /** The act itself, as the hold or the hand-off is keyed that comes of it. */
  key: string;
  kind: 'hold' | 'handoff';
  automation: string;
  actor: Actor;
  customerId: number;
  invoice: { id: number; externalId: string; openMinor: number; currency: string };
  approval: Approval;
  reason: string;
  dueAt: InstantMs;
  at: InstantMs;
}

/** Asks for approval of what a firing is to do, once for each firing; or, when the time for an answer is over, asks an administrator. What is asked already is left as it is. */
export async function askForFiring(trx: Knex.Transaction, { firingId, key, kind, automation, actor, customerId, invoice, approval, reason, dueAt, at }: NewFiringRequest): Promise<void> {
  const due = new Date(dueAt);
  const subject = { subjectType: 'invoice' as const, subjectId: invoice.externalId };
  const before = await trx('approvals').where({ firing_id: firingId }).first<{ due_at: Date } | undefined>('due_at');
  if (before) {
    if (before.due_at >= due) return;
    await trx('approvals').where({ firing_id: firingId }).update({ role: 'admin', escalated_at: new Date(at), due_at: due });
    await appendAudit(trx, [{ actor: systemActor, action: 'approval.escalated', ...subject, after: { approval: key, role: 'admin', dueAt: due } }]);
    return;
  }
  await trx('approvals').insert({
    key, kind, customer_id: customerId, invoice_id: invoice.id, firing_id: firingId, role: approval.by, amount_minor: invoice.openMinor, currency: invoice.currency, reason,
    requested_by: `automation:${automation}`, requested_at: new Date(at), due_at: due,
  });
  await appendAudit(trx, [{ actor, action: 'approval.requested', ...subject, after: { approval: key, kind, role: approval.by, dueAt: due, reason } }]);
}

/** Nobody answered in time and it goes ahead, but not yet: nobody is asked any more, and the request leaves the inbox. What comes of it is said when it is done. */
export async function timeOutFiringRequest(trx: Knex.Transaction, firingId: number, waits: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: { key: string; invoice: string }[] }>(
    `UPDATE approvals a SET state = 'timed-out' FROM invoices i WHERE a.firing_id = ? AND a.state = 'pending' AND i.id = a.invoice_id RETURNING a.key, i.external_id AS invoice`, [firingId]);
  await appendAudit(trx, rows.map(({ key, invoice }) => ({ actor: systemActor, action: 'approval.timed-out', subjectType: 'invoice' as const, subjectId: invoice, after: { approval: key, outcome: `goes ahead later: ${waits}` } })));
}

/** What became of firings about which somebody was asked: the request leaves the inbox by itself, with that. An answer stays what it was. */
export async function closeFiringRequests(trx: Knex.Transaction, firingIds: readonly number[], { state, outcome }: { state: 'withdrawn' | 'timed-out'; outcome: string }): Promise<void> {
  if (firingIds.length === 0) return;
  const { rows } = await trx.raw<{ rows: { key: string; before: string; state: string; invoice: string }[] }>(
    `UPDATE approvals a SET outcome = :outcome, state = CASE a.state WHEN 'pending' THEN :state ELSE a.state END FROM invoices i, approvals b
     WHERE a.firing_id = ANY (:firingIds) AND a.outcome IS NULL AND i.id = a.invoice_id AND b.id = a.id RETURNING a.key, b.state AS before, a.state, i.external_id AS invoice`,
    { firingIds: [...firingIds], state, outcome });
  // What an answer, or the want of one, came to is told by what was done, or by the answer; what was to go ahead and came to nothing is told here.
  const told = rows.filter((row) => row.before === 'pending' || (row.before !== 'refused' && !outcome.startsWith('executed')));
  await appendAudit(trx, told.map((row) => ({ actor: systemActor, action: row.before === 'pending' ? `approval.${row.state}` : 'approval.lapsed', subjectType: 'invoice' as const, subjectId: row.invoice, after: { approval: row.key, outcome } })));
}
