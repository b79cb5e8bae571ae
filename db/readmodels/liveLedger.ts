import type { Knex } from 'knex';
import type { LiveLedger } from '../../domain/simulation/simulateLive';
import { readFacts } from '../collection/facts';

const customersPerRead = 200;

/**
 * Every customer of whom anything is or was collected that still matters: what is active, what is still open, and what a hold hangs on.
 * Read in chunks, so that a large ledger is never in memory as a whole.
 */
export async function* readLiveLedger(db: Knex): AsyncGenerator<LiveLedger[]> {
  for (let after = 0; ;) {
    const { rows } = await db.raw<{ rows: { customerId: number; invoiceIds: number[] }[] }>(
      `SELECT k.customer_id AS "customerId", array_agg(k.invoice_id::integer) AS "invoiceIds" FROM collections k JOIN invoices i ON i.id = k.invoice_id
       WHERE k.customer_id > ? AND (k.state = 'active' OR i.open_minor > 0 OR EXISTS (SELECT FROM holds h WHERE h.invoice_id = k.invoice_id AND h.released_at IS NULL))
       GROUP BY k.customer_id ORDER BY k.customer_id LIMIT ?`, [after, customersPerRead]);
    if (rows.length === 0) return;
    const customerIds = rows.map(({ customerId }) => customerId);
    const ledgers = await readFacts(db, customerIds, { kind: 'invoices', invoiceIds: rows.flatMap(({ invoiceIds }) => invoiceIds) });
    const unapplied = await readUnapplied(db, customerIds);
    yield ledgers.map(({ customerId, customer, collected }) => ({ customer, collected, unapplied: unapplied.get(customerId) ?? [] }));
    after = rows.at(-1)?.customerId ?? after;
    if (rows.length < customersPerRead) return;
  }
}

async function readUnapplied(db: Knex, customerIds: readonly number[]): Promise<Map<number, { currency: string; amountMinor: number }[]>> {
  const { rows } = await db.raw<{ rows: { customerId: number; currency: string; amountMinor: number }[] }>(
    `SELECT customer_id AS "customerId", currency, sum(unapplied_minor)::bigint AS "amountMinor" FROM (
       SELECT customer_id, currency, unapplied_minor FROM payments WHERE customer_id = ANY (?) AND unapplied_minor > 0
       UNION ALL SELECT customer_id, currency, unapplied_minor FROM credit_notes WHERE customer_id = ANY (?) AND unapplied_minor > 0) u GROUP BY 1, 2`, [[...customerIds], [...customerIds]]);
  const byCustomer = new Map<number, { currency: string; amountMinor: number }[]>();
  for (const { customerId, currency, amountMinor } of rows) byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), { currency, amountMinor }]);
  return byCustomer;
}
