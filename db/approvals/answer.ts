import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, touchLedger, writeOffInvoices } from '../ledger';

export class ApprovalError extends Error {
  override name = 'ApprovalError';
  constructor(readonly code: 'answered' | 'not-yours' | 'nothing-open', message: string) {
    super(message);
  }
}

export interface ApprovalAnswer {
  approved: boolean;
  /** Needed to refuse. */
  reason: string | null;
  actor: Actor;
  /** Whether whoever answers is an administrator. */
  isAdmin: boolean;
  at: Date;
}

interface Row {
  id: number;
  key: string;
  kind: 'hold' | 'handoff' | 'write-off';
  customer_id: number;
  invoice_id: number;
  role: 'credit-manager' | 'admin';
  amount_minor: number;
  state: string;
  reason: string | null;
  requested_by: string;
  due_at: Date | null;
  invoice: string;
  open_minor: number;
}

/**
 * Keeps what a person answered. A hold or hand-off is then done by its invoice's workflow, which looks at the ledger again first; a write-off is done here, by the ledger as it
 * is now. False when there is no such request. Throws ApprovalError for one that has been answered, is over, or is for somebody else.
 */
export async function answerApproval(trx: Knex.Transaction, id: number, answer: ApprovalAnswer): Promise<boolean> {
  const found = await read(trx, id);
  if (!found) return false;
  await lockCustomersOf(trx, [found.customer_id]);
  // Locked too: who switches an automation off closes what it asked without its customers.
  const request = (await read(trx, id, 'FOR UPDATE OF a')) ?? found;
  refuseNonsense(request, answer);
  const outcome = request.kind === 'write-off' && answer.approved ? await writeOff(trx, request, answer) : null;
  await trx.raw(
    `UPDATE approvals SET state = ?, answered_by = ?, answered_by_name = ?, answered_at = ?, answer = ?, outcome = coalesce(?, outcome) WHERE id = ?`,
    [answer.approved ? 'approved' : 'refused', `${answer.actor.kind}:${answer.actor.id}`, answer.actor.name, answer.at, answer.reason, outcome ?? (request.kind === 'write-off' ? 'not written off' : null), id],
  );
  await appendAudit(trx, [{
    actor: answer.actor, action: answer.approved ? 'approval.approved' : 'approval.refused', subjectType: 'invoice', subjectId: request.invoice,
    after: { approval: request.key, kind: request.kind, reason: answer.reason, outcome },
  }]);
  if (request.kind !== 'write-off') await touchLedger(trx, [{ customerId: request.customer_id, invoiceIds: [request.invoice_id], kind: 'approval.answered' }]);
  return true;
}

async function read(trx: Knex.Transaction, id: number, lock: 'FOR UPDATE OF a' | '' = ''): Promise<Row | null> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT a.id, a.key, a.kind, a.customer_id, a.invoice_id, a.role, a.amount_minor, a.state, a.reason, a.requested_by, a.due_at, i.external_id AS invoice, i.open_minor
     FROM approvals a JOIN invoices i ON i.id = a.invoice_id WHERE a.id = ? ${lock}`, [id]);
  return rows[0] ?? null;
}

function refuseNonsense(request: Row, { actor, isAdmin, at }: ApprovalAnswer): void {
  if (request.state !== 'pending') throw new ApprovalError('answered', `This request is ${request.state} already.`);
  if (request.due_at !== null && request.due_at <= at) throw new ApprovalError('answered', 'The time for an answer is over.');
  if (request.role === 'admin' && !isAdmin) throw new ApprovalError('not-yours', 'An administrator has to answer this request.');
  if (request.requested_by === `${actor.kind}:${actor.id}`) throw new ApprovalError('not-yours', 'Somebody other than who asked for it has to answer.');
}

async function writeOff(trx: Knex.Transaction, request: Row, { actor, at }: ApprovalAnswer): Promise<string> {
  if (request.open_minor <= 0) throw new ApprovalError('nothing-open', `Nothing is open on ${request.invoice} any more: refuse the request.`);
  // What has been paid since it was asked for is not written off.
  const amountMinor = Math.min(request.amount_minor, request.open_minor);
  await writeOffInvoices(trx, { actor, at }, [{ externalId: request.key, invoiceExternalId: request.invoice, amountMinor, reason: request.reason }]);
  return amountMinor === request.amount_minor ? 'written off' : `written off in part: ${amountMinor} of ${request.amount_minor} minor units were still open`;
}
