import { setImmediate as turn } from 'node:timers/promises';
import { isAway } from '../../db/away';
import { freshDatabase, type FreshDatabase } from '../engines/database';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase({ poolMax: 2 });
});
afterAll(() => database.destroy());

test('a connection that PostgreSQL ended is handed to nobody else: only the query that was under way on it is lost', async () => {
  const { knex } = database;
  let reading = true;
  const refused: string[] = [];
  const readers = [1, 2, 3].map(async () => {
    while (reading) {
      await knex.raw('SELECT 1').catch((error: Error) => void refused.push(error.message));
      await turn();
    }
  });
  for (let ended = 0; ended < 60; ended += 1) {
    const lost: unknown = await knex.raw('SELECT pg_terminate_backend(pg_backend_pid())').then(() => null, (error: unknown) => error);
    expect(lost).toMatchObject({ code: '57P01' });
    expect(isAway(lost)).toBe(true);
  }
  reading = false;
  await Promise.all(readers);
  expect(refused).toEqual([]);
}, 60_000);
