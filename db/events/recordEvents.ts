import type { Knex } from 'knex';
import type { EventData, EventKind } from '../../domain/events/kinds';

/** Something that happened, as those who know of it record it. */
export interface NewEvent {
  kind: EventKind;
  /** What makes it one happening among those of its kind: 'p-1', or 'p-1/inv-7'. The same again changes nothing. */
  key: string;
  customerId: number;
  invoiceId: number | null;
  /** On the deployment's clock. */
  at: Date;
  data?: EventData;
}

/** Records what happened, in the transaction in which it did. Answers how many of the events were new. */
export function recordEvents(trx: Knex.Transaction, events: readonly NewEvent[]): Promise<number> {
  if (!events.length) return Promise.resolve(0);
  const rows = events.map(({ kind, key, customerId, invoiceId, at, data }) => ({ kind, key, customer_id: customerId, invoice_id: invoiceId, at: at.toISOString(), data: data ?? {} }));
  return recordSelectedEvents(
    trx,
    'SELECT kind, key, customer_id, invoice_id, at, data FROM jsonb_to_recordset(?::jsonb) AS t (kind text, key text, customer_id bigint, invoice_id bigint, at timestamptz, data jsonb)',
    [JSON.stringify(rows)],
  );
}

/** The same for a query that yields (kind, key, customer_id, invoice_id, at, data), so that a large import stays in the database. */
export async function recordSelectedEvents(trx: Knex.Transaction, select: string, bindings: readonly Knex.RawBinding[] = []): Promise<number> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `INSERT INTO events (kind, key, customer_id, invoice_id, at, data)
     SELECT kind, kind || '/' || key, customer_id, invoice_id, at, data FROM (${select}) happened ON CONFLICT (key) DO NOTHING`,
    bindings as Knex.RawBinding[],
  );
  return rowCount;
}
