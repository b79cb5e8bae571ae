import type { Knex } from 'knex';
import { depthMax } from '../../domain/automation/types';
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

/**
 * The same for a query that yields (kind, key, customer_id, invoice_id, at, data), so that a large import stays in the database. The active
 * automations that listen get a firing for each event, in this very statement.
 */
export async function recordSelectedEvents(trx: Knex.Transaction, select: string, bindings: readonly Knex.RawBinding[] = []): Promise<number> {
  const { rows: [counted] } = await trx.raw<{ rows: { recorded: number }[] }>(
    `WITH happened AS (
       INSERT INTO events (kind, key, customer_id, invoice_id, at, data)
       SELECT kind, kind || '/' || key, customer_id, invoice_id, at, data FROM (${select}) told
       ON CONFLICT (key) DO NOTHING
       RETURNING id, kind, customer_id, invoice_id, at, data, depth
     ), heard AS (
       INSERT INTO automation_firings (version_id, event_id, automation_id, customer_id, invoice_id, state, decided_at, reason)
       SELECT v.id, h.id, a.id, h.customer_id, h.invoice_id,
         CASE WHEN h.depth < ${depthMax} THEN 'waiting' ELSE 'bounded' END, CASE WHEN h.depth < ${depthMax} THEN NULL ELSE h.at END,
         CASE WHEN h.depth < ${depthMax} THEN NULL ELSE h.depth || ' automations have followed from one another already; an event any deeper starts none' END
       FROM happened h
       JOIN automation_versions v ON v.trigger_kind = h.kind AND (v.trigger_days IS NULL OR v.trigger_days = (h.data ->> 'days')::integer)
       JOIN automations a ON a.active_version_id = v.id
       ORDER BY h.id, v.id
     )
     SELECT count(*)::integer AS recorded FROM happened`,
    bindings as Knex.RawBinding[],
  );
  return counted?.recorded ?? 0;
}
