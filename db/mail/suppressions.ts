import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';
import { touchLedger } from '../ledger';
import type { SuppressedAddress } from '../readmodels/messages';

/** Sends nothing to an address any more, by hand. One that has bounced or complained keeps its reason. */
export async function suppressAddress(trx: Knex.Transaction, actor: Actor, email: string): Promise<SuppressedAddress> {
  const { rows } = await trx.raw<{ rows: SuppressedAddress[] }>(
    `INSERT INTO suppressed_addresses (email, reason) VALUES (lower(?), 'by-hand') ON CONFLICT (email) DO UPDATE SET email = EXCLUDED.email RETURNING email, reason, message_id AS "messageId", at`, [email]);
  await tell(trx, actor, 'address.suppressed', email);
  return rows[0] as SuppressedAddress;
}

/** Sends to an address again; false when it was not suppressed. */
export async function releaseAddress(trx: Knex.Transaction, actor: Actor, email: string): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: unknown[] }>('DELETE FROM suppressed_addresses WHERE email = lower(?) RETURNING 1', [email]);
  if (rows.length === 0) return false;
  await tell(trx, actor, 'address.released', email);
  return true;
}

/** Whether a customer can be reached is part of what decisions are made of. */
async function tell(trx: Knex.Transaction, actor: Actor, action: string, email: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: { customerId: number }[] }>('SELECT DISTINCT customer_id AS "customerId" FROM contacts WHERE lower(email) = lower(?)', [email]);
  await touchLedger(trx, rows.map(({ customerId }) => ({ customerId, invoiceIds: null, kind: 'customer.changed' })));
  await appendAudit(trx, [{ actor, action, subjectType: 'address', subjectId: email.toLowerCase() }]);
}
