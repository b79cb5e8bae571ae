import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { classifyBehaviour, settledLookedAt } from '../../domain/behaviour/classify';
import { countedAtSql } from '../ledger/countedAtSql';

interface Row {
  customer_id: number;
  days_late: number[] | null;
  reversals: number;
  write_offs: number;
}

const historySql = `
  SELECT c.id AS customer_id,
    (SELECT json_agg((s.settled_at AT TIME ZONE c.time_zone)::date - s.due_on ORDER BY s.settled_at DESC, s.id) FROM (
       SELECT i.id, i.due_on, max(${countedAtSql({ application: 'a', invoice: 'i', zone: 'c.time_zone' })}) AS settled_at
       FROM invoices i JOIN applications a ON a.invoice_id = i.id AND a.reversed_at IS NULL
       WHERE i.customer_id = c.id AND i.document_state = 'issued' AND i.total_minor > 0 AND i.open_minor = 0
       GROUP BY i.id HAVING bool_or(a.payment_id IS NOT NULL) ORDER BY settled_at DESC, i.id LIMIT ${settledLookedAt}) s) AS days_late,
    (SELECT count(*)::int FROM payments p WHERE p.customer_id = c.id AND p.reversed_at IS NOT NULL) AS reversals,
    (SELECT count(*)::int FROM write_offs w JOIN invoices i ON i.id = w.invoice_id WHERE i.customer_id = c.id AND w.reversed_at IS NULL) AS write_offs
  FROM customers c WHERE c.id = ANY(?)`;

/** Works out anew how customers pay, and writes what has changed. */
export async function refreshBehaviour(trx: Knex, customerIds: readonly number[], now: InstantMs): Promise<void> {
  if (customerIds.length === 0) return;
  const { rows } = await trx.raw<{ rows: Row[] }>(historySql, [[...customerIds]]);
  const classes = rows.map(({ customer_id, days_late, reversals, write_offs }) => ({
    customer_id, ...classifyBehaviour({ daysLate: days_late ?? [], reversals, writeOffs: write_offs }),
  }));
  await trx.raw(
    `INSERT INTO customer_behaviour (customer_id, class, reason, updated_at)
     SELECT t.customer_id, t.class, t.reason, ? FROM jsonb_to_recordset(?::jsonb) AS t (customer_id bigint, class text, reason text)
     ON CONFLICT (customer_id) DO UPDATE SET class = excluded.class, reason = excluded.reason, updated_at = excluded.updated_at
     WHERE (customer_behaviour.class, customer_behaviour.reason) IS DISTINCT FROM (excluded.class, excluded.reason)`,
    [new Date(now), JSON.stringify(classes)],
  );
}
