import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { UptakeCount } from '../../domain/discount/uptake';
import { nowSql } from './clockSql';

/** Steps, campaigns and people that offer discounts are some dozens; more than this nobody reads. */
export const uptakeRowsMax = 1_000;

export interface DiscountUptakeRow extends UptakeCount {
  source: 'policy' | 'campaign' | 'person';
  sourceName: string;
  currency: string;
  offers: number;
  /** What was open on the invoices when it was offered. */
  offeredOnMinor: number;
  open: number;
  taken: number;
  lost: number;
  /** Taken back, or another offer on the same invoice was taken. */
  withdrawn: number;
}

/** What became of the offers that were made between two days, both included, by what offered them; amounts of different currencies share no row. */
export async function discountUptake(db: Knex, { from, to }: { from?: LocalDate; to?: LocalDate }): Promise<DiscountUptakeRow[]> {
  const { rows } = await db.raw<{ rows: DiscountUptakeRow[] }>(
    `WITH offers AS (
       SELECT o.source, o.source_name, o.currency, o.base_minor, a.minor AS taken_minor, i.open_minor, paid.on_date - i.due_on AS days, paid.minor AS received_minor,
         CASE WHEN a.minor IS NOT NULL THEN 'taken'
              WHEN o.withdrawn_at IS NOT NULL OR EXISTS (SELECT FROM applications d WHERE d.invoice_id = o.invoice_id AND d.discount_offer_id IS NOT NULL AND d.reversed_at IS NULL) THEN 'withdrawn'
              WHEN o.expires_at > ${nowSql} THEN 'open' ELSE 'lost' END AS state
       FROM discount_offers o JOIN invoices i ON i.id = o.invoice_id JOIN customers c ON c.id = o.customer_id
       CROSS JOIN LATERAL (SELECT sum(amount_minor) AS minor FROM applications WHERE discount_offer_id = o.id AND reversed_at IS NULL) a
       CROSS JOIN LATERAL (
         SELECT max((p.received_at AT TIME ZONE c.time_zone)::date) AS on_date, sum(x.amount_minor) AS minor
         FROM applications x JOIN payments p ON p.id = x.payment_id WHERE x.invoice_id = o.invoice_id AND x.reversed_at IS NULL AND x.id > o.after_application_id
       ) paid
       WHERE (:from::date IS NULL OR (o.offered_at AT TIME ZONE c.time_zone)::date >= :from) AND (:to::date IS NULL OR (o.offered_at AT TIME ZONE c.time_zone)::date <= :to)
     )
     SELECT source, source_name AS "sourceName", currency, count(*)::int AS offers, sum(base_minor)::bigint AS "offeredOnMinor",
       (count(*) FILTER (WHERE state = 'open'))::int AS open, (count(*) FILTER (WHERE state = 'taken'))::int AS taken, (count(*) FILTER (WHERE state = 'lost'))::int AS lost,
       (count(*) FILTER (WHERE state = 'withdrawn'))::int AS withdrawn,
       coalesce(sum(taken_minor), 0)::bigint AS "takenMinor", coalesce(sum(received_minor) FILTER (WHERE state = 'taken'), 0)::bigint AS "receivedMinor",
       (sum(days::numeric * base_minor) FILTER (WHERE state = 'taken') / sum(base_minor) FILTER (WHERE state = 'taken' AND days IS NOT NULL))::float AS "takenDays",
       (sum(days::numeric * base_minor) FILTER (WHERE state = 'lost' AND open_minor <= 0) / sum(base_minor) FILTER (WHERE state = 'lost' AND open_minor <= 0 AND days IS NOT NULL))::float AS "lostDays"
     FROM offers GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT :limit`, { from: from ?? null, to: to ?? null, limit: uptakeRowsMax });
  return rows;
}
