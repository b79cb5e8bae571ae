import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf } from '../ledger';

export class OwnerError extends Error {
  override name = 'OwnerError';
}

/** Says whose account a customer is, or nobody's; false when there is no such customer. Throws OwnerError. Nothing that is decided hangs on it. */
export async function setCustomerOwner(trx: Knex.Transaction, actor: Actor, customerId: number, userId: number | null): Promise<boolean> {
  await lockCustomersOf(trx, [customerId]);
  const { rows } = await trx.raw<{ rows: { external_id: string; owner_id: number | null; name: string | null }[] }>(
    'SELECT c.external_id, c.owner_id, u.name FROM customers c LEFT JOIN users u ON u.id = ? AND u.active WHERE c.id = ?', [userId, customerId]);
  const customer = rows[0];
  if (!customer) return false;
  if (userId !== null && customer.name === null) throw new OwnerError(`There is no active user ${userId}.`);
  await trx.raw('UPDATE customers SET owner_id = ?, row_version = row_version + 1, updated_at = now() WHERE id = ?', [userId, customerId]);
  await appendAudit(trx, [{ actor, action: 'customer.owner-changed', subjectType: 'customer', subjectId: customer.external_id, before: { ownerId: customer.owner_id }, after: { ownerId: userId, name: customer.name } }]);
  return true;
}
