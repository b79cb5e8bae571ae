import type { Knex } from 'knex';
import { appendAudit, type Actor } from '../audit';

export interface Note {
  id: number;
  customerId: number;
  invoiceId: number | null;
  author: string;
  body: string;
  at: Date;
}

/** Writes a note; null when there is no such customer, or the invoice is not the customer's. */
export async function addNote(trx: Knex.Transaction, actor: Actor, note: { customerId: number; invoiceId: number | null; body: string }, at: Date): Promise<Note | null> {
  const { rows } = await trx.raw<{ rows: (Note & { externalId: string })[] }>(
    `WITH written AS (
       INSERT INTO notes (customer_id, invoice_id, author, body, at)
       SELECT c.id, i.id, ?, ?, ? FROM customers c LEFT JOIN invoices i ON i.id = ? AND i.customer_id = c.id WHERE c.id = ? AND (?::bigint IS NULL OR i.id IS NOT NULL) RETURNING *)
     SELECT w.id, w.customer_id AS "customerId", w.invoice_id AS "invoiceId", w.author, w.body, w.at, c.external_id AS "externalId" FROM written w JOIN customers c ON c.id = w.customer_id`,
    [actor.name, note.body, at, note.invoiceId, note.customerId, note.invoiceId]);
  const found = rows[0];
  if (!found) return null;
  const { externalId, ...written } = found;
  await appendAudit(trx, [{ actor, action: 'note.written', subjectType: 'customer', subjectId: externalId, after: { note: written.id, body: written.body } }]);
  return written;
}
