import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { announce, type Announcement } from '../collection/announce';
import { lockCustomersOf, touchLedger } from '../ledger';
import { findHold, type Hold } from '../readmodels/work';

export class HoldError extends Error {
  override name = 'HoldError';
}

/** Places a hold by hand, on the customer's account; null when there is no such customer. A hold placed by hand is released by hand. */
export async function placeHold(trx: Knex.Transaction, actor: Actor, hold: { customerId: number; kind: Hold['kind']; reason: string }, at: Date): Promise<Hold | null> {
  await lockCustomersOf(trx, [hold.customerId]);
  const { rows: customers } = await trx.raw<{ rows: { external_id: string }[] }>('SELECT external_id FROM customers WHERE id = ?', [hold.customerId]);
  const customer = customers[0];
  if (!customer) return null;
  const key = `by-hand/${randomUUID()}`;
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(
    'INSERT INTO holds (key, customer_id, kind, reason, placed_at, placed_by) VALUES (?, ?, ?, ?, ?, ?) RETURNING id',
    [key, hold.customerId, hold.kind, hold.reason, at, `${actor.kind}:${actor.id}`]);
  const placed = await findHold(trx, rows[0]?.id ?? 0);
  if (!placed) throw new Error('The hold vanished while it was being placed.');
  await announceHold(trx, 'hold.placed', placed, key, customer.external_id, at);
  await appendAudit(trx, [{ actor, action: 'hold.placed', subjectType: 'customer', subjectId: customer.external_id, after: { hold: placed.id, kind: hold.kind, reason: hold.reason } }]);
  return placed;
}

/** Releases a hold; null when there is none. Throws HoldError when it is released already. */
export async function releaseHold(trx: Knex.Transaction, actor: Actor, id: number, reason: string, at: Date): Promise<Hold | null> {
  const found = await findHold(trx, id);
  if (!found) return null;
  await lockCustomersOf(trx, [found.customerId]);
  const { rows } = await trx.raw<{ rows: { external_id: string; key: string }[] }>(
    `UPDATE holds h SET released_at = ?, released_by = ?, release_reason = ? FROM customers c WHERE h.id = ? AND h.released_at IS NULL AND c.id = h.customer_id RETURNING c.external_id, h.key`,
    [at, `${actor.kind}:${actor.id}`, reason, id]);
  const customer = rows[0];
  if (!customer) throw new HoldError(`The hold was released already.`);
  const released = await findHold(trx, id);
  if (!released) throw new Error('The hold vanished while it was being released.');
  await touchLedger(trx, [{ customerId: found.customerId, invoiceIds: found.invoiceId === null ? null : [found.invoiceId], kind: 'hold.released' }]);
  await announceHold(trx, 'hold.released', released, customer.key, customer.external_id, at);
  await appendAudit(trx, [{ actor, action: 'hold.released', subjectType: 'customer', subjectId: customer.external_id, before: { hold: id, kind: released.kind }, after: { reason } }]);
  return released;
}

async function announceHold(trx: Knex.Transaction, event: Announcement['event'], hold: Hold, holdKey: string, customer: string, at: Date): Promise<void> {
  await announce(trx, [{ event, key: `hold-${hold.id}/${event}`, hold: holdKey, at: at.toISOString(), data: { customer, invoice: hold.invoiceNumber, kind: hold.kind, reason: event === 'hold.placed' ? hold.reason : hold.releaseReason } }]);
}
