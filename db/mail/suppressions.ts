import type { Knex } from 'knex';
import { appendAudit, systemActor, type Actor } from '../audit';
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

/** Locks a customer (null: none) and everyone who has one of the addresses, in the order of their ids. Answers who has. */
export async function lockCustomers(trx: Knex.Transaction, customerId: number | null, addresses: readonly string[]): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { id: number; affected: boolean }[] }>(
    `SELECT c.id, EXISTS (SELECT 1 FROM contacts x WHERE x.customer_id = c.id AND lower(x.email) = ANY (:addresses)) AS affected FROM customers c
     WHERE c.id = :customer OR c.id IN (SELECT customer_id FROM contacts WHERE lower(email) = ANY (:addresses))
     ORDER BY c.id FOR NO KEY UPDATE OF c`,
    { customer: customerId, addresses: [...addresses] },
  );
  return rows.filter(({ affected }) => affected).map(({ id }) => id);
}

/** Suppresses the addresses that a provider's report condemns, and has their customers, who are locked, looked at again. An address that is suppressed already keeps its reason. */
export async function suppressReported(trx: Knex.Transaction, { emails, reason, about }: { emails: readonly string[]; reason: 'bounced' | 'complained'; about: { message: string } | { notice: string } }, customers: readonly number[]): Promise<void> {
  if (!emails.length) return;
  const added = await trx('suppressed_addresses')
    .insert(emails.map((email) => ({ email, reason, message_id: 'message' in about ? about.message : null })))
    .onConflict('email').ignore()
    .returning<{ email: string }[]>('email');
  if (!added.length) return;
  await touchLedger(trx, customers.map((customerId) => ({ customerId, invoiceIds: null, kind: 'contact.changed' })));
  await appendAudit(trx, added.map(({ email }) => ({ actor: systemActor, action: 'address.suppressed', subjectType: 'address', subjectId: email, after: { reason, ...about } })));
}

/** Whether a customer can be reached is part of what decisions are made of. */
async function tell(trx: Knex.Transaction, actor: Actor, action: string, email: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: { customerId: number }[] }>('SELECT DISTINCT customer_id AS "customerId" FROM contacts WHERE lower(email) = lower(?)', [email]);
  await touchLedger(trx, rows.map(({ customerId }) => ({ customerId, invoiceIds: null, kind: 'customer.changed' })));
  await appendAudit(trx, [{ actor, action, subjectType: 'address', subjectId: email.toLowerCase() }]);
}
