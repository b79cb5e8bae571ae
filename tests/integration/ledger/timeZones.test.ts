import { DateTime } from 'luxon';
import { systemActor, verifyAudit } from '../../../db/audit';
import { upsertCustomers } from '../../../db/ledger';
import { down, up } from '../../../db/migrations/0300_time_zones';
import { timeZoneNames } from '../../../domain/calendar/timeZoneNames';
import { examineTimeZones } from '../../../cli/doctor/timeZones';
import { startApi, type TestApi } from '../api/startApi';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
});
afterAll(() => api.stop());

const at = new Date('2026-03-31T12:00:00Z');
const context = { actor: systemActor, at };

/** A day and hour of each month of a quarter of a century. What governments decide from then on, Node.js and PostgreSQL hear of at different times. */
const sampled = Array.from({ length: 25 * 12 }, (_, month) => DateTime.utc(2000 + Math.floor(month / 12), (month % 12) + 1, ((month * 7) % 28) + 1, month % 24));

test('every zone that is accepted is known to PostgreSQL, and the same there at every sampled instant', async () => {
  const { rows: known } = await api.knex.raw<{ rows: { name: string }[] }>('SELECT name FROM pg_timezone_names');
  const names = new Set(known.map(({ name }) => name));
  expect(timeZoneNames.filter((name) => !names.has(name))).toEqual([]);
  expect(timeZoneNames.length).toBeGreaterThan(400);

  const { rows } = await api.knex.raw<{ rows: { zone: string; minutes: number[] }[] }>(
    `SELECT zone, array_agg((extract(epoch FROM (at AT TIME ZONE zone) - (at AT TIME ZONE 'UTC')) / 60)::int ORDER BY at) AS minutes
     FROM unnest(?::text[]) zone CROSS JOIN unnest(?::timestamptz[]) at GROUP BY zone`,
    [[...timeZoneNames], sampled.map((instant) => instant.toJSDate())],
  );
  const different = rows.flatMap(({ zone, minutes }) => sampled.flatMap((instant, index) => {
    const here = Math.round(instant.setZone(zone).offset);
    return here === minutes[index] ? [] : [`${zone} ${instant.toISO()}: ${here} here, ${minutes[index]} there`];
  }));
  expect(rows).toHaveLength(timeZoneNames.length);
  expect(different).toEqual([]);
});

test('a zone that PostgreSQL refuses is refused by the ledger, and one in another case is written as IANA writes it', async () => {
  const results = await upsertCustomers(api.knex, context, [{ externalId: 'cat', name: 'Cat', timeZone: 'CAT' }, { externalId: 'low', name: 'Low', timeZone: 'africa/maputo' }]);
  expect(results).toMatchObject([
    { status: 'refused', errors: [{ field: 'time_zone', value: 'CAT', reason: 'is not an IANA time zone of the form Area/City; did you mean Africa/Maputo?' }] },
    { status: 'created' },
  ]);
  expect(await zones()).toEqual(['low Africa/Maputo']);
});

test('a zone that an older PostgreSQL does not know is refused by itself, and the rest comes in', async () => {
  await api.knex.raw(`ALTER FUNCTION known_time_zone(text) RENAME TO known_really;
    CREATE FUNCTION known_time_zone(zone text) RETURNS boolean LANGUAGE sql AS $$ SELECT coalesce(zone <> 'America/Coyhaique', true) $$`);
  const results = await upsertCustomers(api.knex, context, [{ externalId: 'new', name: 'New', timeZone: 'America/Coyhaique' }, { externalId: 'low', name: 'Lower' }]);
  await api.knex.raw('DROP FUNCTION known_time_zone(text); ALTER FUNCTION known_really(text) RENAME TO known_time_zone');
  expect(results).toMatchObject([{ status: 'refused', errors: [{ field: 'time_zone', reason: expect.stringContaining('time zone data is too old') as string }] }, { status: 'updated' }]);
});

describe('a database of an earlier version, with a customer in CAT and one in BST', () => {
  const pages = ['/overview', '/customers', '/invoices?state=overdue'];
  test('pages fail; the migration gives the zones their names, the audit trail names the customers, and pages answer', async () => {
    await down(api.knex);
    await api.knex.raw(`INSERT INTO customers (external_id, name, time_zone) VALUES ('old-1', 'Old', 'CAT'), ('old-2', 'Old', 'BST'), ('old-3', 'Old', 'Europe/Paris')`);
    await api.knex.raw(`INSERT INTO invoices (external_id, number, customer_id, issued_on, due_on, currency, total_minor) SELECT 'inv-' || id, 'inv-' || id, id, '2026-01-01', '2026-02-01', 'EUR', 100 FROM customers`);
    const reader = await api.as('viewer');
    await reader.get('/overview').expect(500);
    await up(api.knex);

    expect(await zones()).toEqual(['low Africa/Maputo', 'old-1 Africa/Maputo', 'old-2 Asia/Dhaka', 'old-3 Europe/Paris']);
    for (const page of pages) await reader.get(page).expect(200);
    const { rows } = await api.knex.raw<{ rows: { entry: string }[] }>(`SELECT subject_id || ' ' || action AS entry FROM audit_entries WHERE action LIKE '%.time-zone-renamed' ORDER BY 1`);
    expect(rows.map(({ entry }) => entry)).toEqual(['old-1 customer.time-zone-renamed', 'old-2 customer.time-zone-renamed']);
    expect(await verifyAudit(api.knex)).toMatchObject({ kind: 'whole' });
    expect(await examineTimeZones(api.knex)).toEqual({ what: 'time zones', level: 'ok', detail: 'all are known to PostgreSQL' });
  });

  test('the doctor names customers whose zone PostgreSQL does not know', async () => {
    await api.knex.raw(`UPDATE customers SET time_zone = 'CAT' WHERE external_id = 'old-1'`);
    expect(await examineTimeZones(api.knex)).toEqual({ what: 'time zones', level: 'fail', detail: expect.stringContaining('CAT (old-1)') as string });
  });
});

async function zones(): Promise<string[]> {
  const { rows } = await api.knex.raw<{ rows: { zone: string }[] }>(`SELECT external_id || ' ' || time_zone AS zone FROM customers ORDER BY 1`);
  return rows.map(({ zone }) => zone);
}
