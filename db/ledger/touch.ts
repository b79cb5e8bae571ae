import type { Knex } from 'knex';
import { watchCreditLimits } from './creditLimits';

export interface LedgerChange {
  customerId: number;
  /** null: every invoice of the customer that is under collection. */
  invoiceIds: number[] | null;
  /** 'invoice.created', 'payment.applied', … */
  kind: string;
}

/**
 * Says that customers' ledgers changed: raises their version, and writes the outbox rows from which workflows hear of it.
 * Call it once in the transaction that made the changes, with all of them.
 */
export async function touchLedger(trx: Knex.Transaction, changes: readonly LedgerChange[]): Promise<void> {
  const rows = changes.flatMap(({ customerId, invoiceIds, kind }) => (invoiceIds ?? [null]).map((invoiceId) => ({ customer_id: customerId, invoice_id: invoiceId, kind })));
  if (!rows.length) return;
  await touchSelected(trx, 'SELECT customer_id, invoice_id, kind FROM jsonb_to_recordset(?::jsonb) AS t (customer_id bigint, invoice_id bigint, kind text)', [JSON.stringify(rows)]);
}

/**
 * Says that customers' ledgers changed in a way that no workflow has to hear of, since nothing that is collected hangs on it, such as a late fee. With the customers locked.
 */
export async function raiseLedgerVersion(trx: Knex.Transaction, customerIds: readonly number[]): Promise<void> {
  if (customerIds.length > 0) await trx.raw('UPDATE customers SET ledger_version = ledger_version + 1 WHERE id = ANY (?)', [[...new Set(customerIds)]]);
}

/** As touchLedger, for a query that yields (customer_id, invoice_id, kind), so that a large import stays in the database. */
export async function touchSelected(trx: Knex.Transaction, select: string, bindings: readonly Knex.RawBinding[] = []): Promise<void> {
  // Customers are locked in the order of their ids, here as everywhere, so that two writers cannot wait for each other.
  await trx.raw(`SELECT count(*) FROM (SELECT id FROM customers WHERE id IN (SELECT customer_id FROM (${select}) changes) ORDER BY id FOR NO KEY UPDATE) locked`, bindings as Knex.RawBinding[]);
  await trx.raw(
    `WITH changes AS MATERIALIZED (${select}),
     raised AS (
       UPDATE customers SET ledger_version = ledger_version + 1
       WHERE id IN (SELECT DISTINCT customer_id FROM changes)
     ),
     written AS (
       INSERT INTO outbox (customer_id, invoice_id, kind)
       SELECT customer_id, invoice_id, kind FROM (
         SELECT customer_id, invoice_id, kind FROM changes
         UNION ALL
         -- A hold may hang on the customer's balance: whatever changes that may release it, also where the ladder has ended.
         SELECT DISTINCT h.customer_id, h.invoice_id, 'account.changed' FROM holds h
         WHERE h.released_at IS NULL AND h.invoice_id IS NOT NULL AND h.customer_id IN (SELECT customer_id FROM changes)
           AND h.invoice_id NOT IN (SELECT invoice_id FROM changes WHERE invoice_id IS NOT NULL)
       ) every ORDER BY customer_id, invoice_id
       RETURNING id, customer_id, invoice_id
     ),
     asked AS (
       SELECT invoice_id, max(seq) AS seq FROM (
         SELECT invoice_id, id AS seq FROM written WHERE invoice_id IS NOT NULL
         UNION ALL
         SELECT c.invoice_id, w.id FROM written w JOIN collections c ON c.customer_id = w.customer_id AND c.state = 'active' WHERE w.invoice_id IS NULL
       ) every GROUP BY invoice_id
     )
     UPDATE collections c SET requested_seq = a.seq FROM asked a WHERE c.invoice_id = a.invoice_id AND c.requested_seq < a.seq`,
    bindings as Knex.RawBinding[],
  );
  await watchCreditLimits(trx, `SELECT customer_id FROM (${select}) changes`, bindings);
}
