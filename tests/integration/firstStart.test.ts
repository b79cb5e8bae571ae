import { prepareDatabase, type Wishes } from '../../cli/start/firstStart';
import { readClock } from '../../db/clock/clock';
import { freshDatabase, type FreshDatabase } from '../engines/database';

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.destroy());

const start = (demo: Wishes['demo'], realTime = false) => prepareDatabase(database.knex, { demo, realTime, say: () => undefined });
const customers = async (): Promise<number> => Number((await database.knex('customers').count<{ count: string }[]>())[0]?.count);
const mode = async (): Promise<string> => (await readClock(database.knex)).mode;

test('begun empty on real time and started again without options: it stays empty, and on real time', async () => {
  expect((await start('none', true)).admin).not.toBeNull();
  expect((await start('first-start')).admin).toBeNull();
  expect({ customers: await customers(), mode: await mode() }).toEqual({ customers: 0, mode: 'real' });
});

test('begun with the demo on real time and started again without options: the clock stays', async () => {
  await start('first-start', true);
  const begun = await customers();
  expect(begun).toBeGreaterThan(0);
  await start('first-start');
  expect({ customers: await customers(), mode: await mode() }).toEqual({ customers: begun, mode: 'real' });
});

test('begun empty, and the demo asked for by setup: it is there, on a manual clock', async () => {
  await start('none');
  await start('asked');
  expect({ isEmpty: (await customers()) === 0, mode: await mode() }).toEqual({ isEmpty: false, mode: 'manual' });
});
