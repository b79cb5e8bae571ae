import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { writeOffDeadline, writeOffTimeoutDays } from '../../domain/approval/writeOffRequest';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf } from '../ledger';
import { ApprovalError } from './answer';

export interface WriteOffRequest {
  /** All that is open unless given. */
  amountMinor?: number;
  reason: string;
  /** Days in which a credit manager is to answer, and an administrator after that. */
  timeoutDays?: number;
}

/** Asks for a write-off in the inbox of those who may agree to it; answers the request's id, null when there is no such invoice. Throws ApprovalError. */
export async function requestWriteOff(trx: Knex.Transaction, actor: Actor, invoiceId: number, { amountMinor, reason, timeoutDays = writeOffTimeoutDays }: WriteOffRequest, at: Date): Promise<number | null> {
  const invoice = () => trx<{ id: number; customer_id: number; external_id: string; open_minor: number; currency: string }>('invoices').where({ id: invoiceId }).first('id', 'customer_id', 'external_id', 'open_minor', 'currency');
  const found = await invoice();
  if (!found) return null;
  await lockCustomersOf(trx, [found.customer_id]);
  const { open_minor: openMinor, currency, external_id: externalId, customer_id: customerId } = (await invoice()) ?? found;
  if (openMinor <= 0) throw new ApprovalError('nothing-open', `Nothing is open on ${externalId}.`);
  const asked = amountMinor ?? openMinor;
  if (asked > openMinor) throw new ApprovalError('nothing-open', `${asked} is more than the ${openMinor} minor units that are open.`);
  const { time_zone } = await trx('customers').where({ id: customerId }).first('time_zone') as { time_zone: string };
  const pending = await trx('approvals').where({ invoice_id: invoiceId, kind: 'write-off', state: 'pending' }).first('id');
  if (pending) throw new ApprovalError('answered', `A write-off of ${externalId} is asked for already.`);
  const [row] = await trx('approvals').insert({
    key: `write-off/${randomUUID()}`, kind: 'write-off', customer_id: customerId, invoice_id: invoiceId, role: 'credit-manager', amount_minor: asked, currency, reason,
    requested_by: `${actor.kind}:${actor.id}`, requested_at: at, timeout_days: timeoutDays, due_at: new Date(writeOffDeadline(at.getTime(), timeoutDays, time_zone)),
  }, ['id']);
  await appendAudit(trx, [{ actor, action: 'approval.requested', subjectType: 'invoice', subjectId: externalId, after: { kind: 'write-off', amountMinor: asked, currency, reason } }]);
  return row?.id ?? null;
}
