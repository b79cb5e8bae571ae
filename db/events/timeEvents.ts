import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { recordSelectedEvents } from './recordEvents';

/** The day on which an invoice is so many days past due begins at midnight where its customer is. */
const momentSql = `((i.due_on + w.days)::timestamp AT TIME ZONE c.time_zone)`;
/** No zone is further than 14 hours from UTC, so that a day on either side is enough for the index on due dates. */
const nearSql = (from: string, to: string): string => `i.open_minor > 0 AND i.due_on BETWEEN (${from})::date - w.days - 1 AND (${to})::date - w.days + 1`;

/** Days past due that somebody listens to, each from now on: what lies behind is no news. */
export async function listenToDays(trx: Knex.Transaction, days: readonly number[], now: InstantMs): Promise<void> {
  await trx.raw('INSERT INTO event_sweeps (days, swept_to) SELECT unnest(?::integer[]), ? ON CONFLICT (days) DO NOTHING', [[...days], new Date(now)]);
}

/** Stops telling of days to which nobody listens any more. */
export async function forgetDays(trx: Knex.Transaction): Promise<void> {
  await trx.raw(`DELETE FROM event_sweeps s WHERE NOT EXISTS (
    SELECT 1 FROM automations a JOIN automation_versions v ON v.id = a.active_version_id
    WHERE (v.trigger_kind = 'invoice.due' AND s.days = 0) OR (v.trigger_kind = 'invoice.overdue' AND v.trigger_days = s.days))`);
}

/** Records the days past due that open invoices have reached by now, as far as somebody listens to them; looks at most every so many ms. Answers how many there were. */
export async function sweepTimeEvents(trx: Knex.Transaction, now: InstantMs, everyMs: number): Promise<number> {
  const { rows: due } = await trx.raw<{ rows: unknown[] }>('SELECT 1 FROM event_sweeps WHERE swept_to < ?', [new Date(now - everyMs)]);
  if (due.length === 0) return 0;
  await trx.raw('SELECT 1 FROM event_sweeps ORDER BY days FOR UPDATE');
  const recorded = await recordSelectedEvents(trx, `
    SELECT CASE w.days WHEN 0 THEN 'invoice.due' ELSE 'invoice.overdue' END AS kind, i.external_id || '/' || w.days || '/' || i.due_on AS key, i.customer_id, i.id AS invoice_id,
      ${momentSql} AS at, jsonb_build_object('days', w.days, 'openMinor', i.open_minor, 'currency', i.currency) AS data
    FROM event_sweeps w JOIN invoices i ON ${nearSql('w.swept_to', '?::timestamptz')} JOIN customers c ON c.id = i.customer_id
    WHERE ${momentSql} > w.swept_to AND ${momentSql} <= ?::timestamptz
    ORDER BY at, i.id`, [new Date(now), new Date(now)]);
  await trx.raw('UPDATE event_sweeps SET swept_to = ? WHERE swept_to < ?', [new Date(now), new Date(now)]);
  return recorded;
}

/** SQL of the next instant, after :now and not after :limit, at which a day past due begins that somebody listens to. */
export const nextTimeEventSql = `
  SELECT min(${momentSql}) AS next_at FROM event_sweeps w JOIN invoices i ON ${nearSql(':now::timestamptz', ':limit::timestamptz')} JOIN customers c ON c.id = i.customer_id
  WHERE ${momentSql} > :now AND ${momentSql} <= :limit`;

/** SQL of whether a day past due has begun by :now and has not been told of. */
export const untoldTimeEventSql = `
  SELECT EXISTS (SELECT FROM event_sweeps w JOIN invoices i ON ${nearSql('w.swept_to', ':now::timestamptz')} JOIN customers c ON c.id = i.customer_id
    WHERE ${momentSql} > w.swept_to AND ${momentSql} <= :now)`;
