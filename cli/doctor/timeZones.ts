import type { Knex } from 'knex';
import type { Finding } from './examine';

const namedMax = 5;

/** Whether PostgreSQL knows the zone of every customer: where it does not, pages that show the customer fail. */
export async function examineTimeZones(knex: Knex): Promise<Finding> {
  const { rows } = await knex.raw<{ rows: { zone: string; customers: string[]; count: number }[] }>(
    `SELECT time_zone AS zone, (array_agg(external_id ORDER BY id))[:?] AS customers, count(*)::int AS count
     FROM customers WHERE time_zone IN (SELECT time_zone FROM (SELECT DISTINCT time_zone FROM customers) d WHERE NOT known_time_zone(time_zone)) GROUP BY time_zone ORDER BY 1`, [namedMax]);
  if (rows.length === 0) return { what: 'time zones', level: 'ok', detail: 'all are known to PostgreSQL' };
  const named = rows.map(({ zone, customers, count }) => `${zone} (${customers.join(', ')}${count > namedMax ? ` and ${count - namedMax} more` : ''})`);
  return { what: 'time zones', level: 'fail', detail: `PostgreSQL does not know ${named.join('; ')}: give these customers another time zone, or PostgreSQL newer time zone data` };
}
