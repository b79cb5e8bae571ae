/** The deployment's clock, in SQL. */
export const nowSql = `(SELECT CASE WHEN mode = 'manual' THEN virtual_now ELSE now() END FROM clock)`;

/** The customer's own date; `c` is the customer. */
export const todaySql = `(${nowSql} AT TIME ZONE c.time_zone)::date`;

/**
 * The date in every zone that a customer is in: worked out once per zone, since the conversion is what costs when it is done per invoice.
 * Join it as `zones z ON z.time_zone = c.time_zone`.
 */
export const zonesSql = `zones AS MATERIALIZED (SELECT time_zone, (${nowSql} AT TIME ZONE time_zone)::date AS today FROM (SELECT DISTINCT time_zone FROM customers) d)`;

/** Whether a pause holds now: one with an end is over by itself. */
export const pausedSql = (alias: string): string => `(${alias}.paused AND (${alias}.paused_until IS NULL OR ${alias}.paused_until > ${nowSql}))`;
