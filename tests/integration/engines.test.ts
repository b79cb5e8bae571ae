import { freshDatabase } from '../engines/database';

test('each test file gets its own migrated database', async () => {
  const one = await freshDatabase();
  const other = await freshDatabase();
  try {
    await one.knex('business_units').insert({ code: 'north', name: 'North' });
    expect(await one.knex('business_units')).toHaveLength(1);
    expect(await other.knex('business_units')).toHaveLength(0);
  } finally {
    await one.destroy();
    await other.destroy();
  }
});
