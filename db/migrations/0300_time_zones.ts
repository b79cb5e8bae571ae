import type { Knex } from 'knex';
import { timeZoneNamed, zoneMeantBy } from '../../domain/calendar/checkTimeZone';
import { appendAudit } from '../audit/appendAudit';
import { systemActor } from '../audit/actor';

/**
 * Customers had zones that PostgreSQL does not know, so that pages failed, or takes for others than we do. They get the Area/City by which their
 * mail was timed so far, and the audit trail names each; so do people who get mail about their work. And: what PostgreSQL is asked before it gets a zone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE FUNCTION known_time_zone(zone text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
      PERFORM now() AT TIME ZONE zone;
      RETURN true;
    EXCEPTION WHEN invalid_parameter_value THEN
      RETURN false;
    END $$;
  `);
  const { rows: zones } = await knex.raw<{ rows: { zone: string }[] }>('SELECT time_zone AS zone FROM customers UNION SELECT time_zone FROM users');
  const changes = zones.flatMap(({ zone }) => {
    const name = timeZoneNamed(zone) ?? zoneMeantBy(zone) ?? 'UTC';
    return name === zone ? [] : [{ zone, name }];
  });
  for (const { zone, name } of changes) {
    const { rows: customers } = await knex.raw<{ rows: { id: string }[] }>('UPDATE customers SET time_zone = ?, row_version = row_version + 1 WHERE time_zone = ? RETURNING external_id AS id', [name, zone]);
    const { rows: users } = await knex.raw<{ rows: { id: string }[] }>('UPDATE users SET time_zone = ? WHERE time_zone = ? RETURNING id::text AS id', [name, zone]);
    const renamed = { actor: systemActor, before: { timeZone: zone }, after: { timeZone: name } };
    await knex.transaction((trx) => appendAudit(trx, [
      ...customers.map(({ id }) => ({ ...renamed, action: 'customer.time-zone-renamed', subjectType: 'customer', subjectId: id })),
      ...users.map(({ id }) => ({ ...renamed, action: 'user.time-zone-renamed', subjectType: 'user', subjectId: id })),
    ]));
  }
}

/** The names stay: what they replaced broke pages. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION known_time_zone(text)');
}
