import type { Knex } from 'knex';

/** Something that other systems may have asked to be told of. */
export interface Announcement {
  event: 'hold.placed' | 'hold.released' | 'handoff.recorded' | 'automation.fired';
  /** The business fact: an endpoint hears of it once. */
  key: string;
  /** The key of the hold that it is of, so that its release never comes before it; left out: it stands alone. */
  hold?: string | null;
  at: string;
  data: Readonly<Record<string, string | number | null>>;
}

/**
 * Writes a delivery for every active endpoint that subscribes to the event; the worker's dispatcher signs and sends it. One that is switched off hears of the release of a hold that it was told of, once it is on
 * again: else it would keep a customer locked out who has paid.
 */
export async function announce(trx: Knex.Transaction, announcements: readonly Announcement[]): Promise<void> {
  if (announcements.length === 0) return;
  const rows = announcements.map(({ event, key, hold, at, data }) => ({ event, event_key: key, subject: hold ?? null, body: JSON.stringify({ type: event, id: key, timestamp: at, data }) }));
  await trx.raw(
    `INSERT INTO webhook_deliveries (id, endpoint_id, event, event_key, subject, body)
     SELECT gen_random_uuid(), e.id, a.event, a.event_key, a.subject, a.body
     FROM jsonb_populate_recordset(NULL::webhook_deliveries, ?) a JOIN webhook_endpoints e ON a.event = ANY(e.events)
       AND (e.active OR (a.event = 'hold.released' AND EXISTS (SELECT FROM webhook_deliveries p WHERE p.endpoint_id = e.id AND p.subject = a.subject AND p.event = 'hold.placed' AND p.state IN ('waiting', 'delivered'))))
     ON CONFLICT (endpoint_id, event_key) DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
