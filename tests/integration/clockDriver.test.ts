import type { Client } from '@temporalio/client';
import pino from 'pino';
import { systemActor } from '../../db/audit/actor';
import { readClock, requestAdvance, startManualClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { createClockDriver } from '../../worker/clockDriver';
import { taskQueues } from '../../workflows/contracts/queues';
import { freshDatabase, type FreshDatabase } from '../engines/database';
import { until } from '../processes/product';

const begins = Date.parse('2026-01-05T00:00:00Z');
const dayMs = 86_400_000;
const withinMs = 60_000;
jest.setTimeout(2 * withinMs);

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
  await startManualClock(database.knex, begins);
});
afterEach(() => database.destroy());

/** Runs a driver alone: nobody relays, so that what is written stays unrest until the test says so. `meanwhile` happens just before the driver reads the clock. */
async function withDriver(meanwhile: () => Promise<void>, work: (driver: { waits: () => Promise<void> }) => Promise<void>): Promise<void> {
  const { knex } = database;
  let pokes = 0;
  const stopping = new AbortController();
  const deps = { knex, client: {} as Client, queues: taskQueues, log: pino({ level: 'silent' }), readClock: async () => meanwhile().then(() => readClock(knex)) };
  const driver = createClockDriver(deps, { run: async () => undefined, poke: () => void (pokes += 1) }).run(stopping.signal);
  try {
    await work({
      waits: async () => {
        const seen = pokes;
        await until('the driver to wait for the relay', withinMs, async () => pokes >= seen + 2);
      },
    });
  } finally {
    stopping.abort();
    await driver;
  }
}

async function writeInvoice(at: number): Promise<void> {
  const context = { actor: systemActor, at: new Date(at) };
  await upsertCustomers(database.knex, context, [{ externalId: 'C-1', name: 'Ada' }]);
  await upsertInvoices(database.knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-01-06', dueOn: '2026-01-19', currency: 'USD', totalMinor: 10_000 }]);
}

async function relayAll(): Promise<void> {
  await database.knex('outbox').update({ relayed_at: database.knex.fn.now() });
}

test('what is written the moment an advance is over is done before the next one leaves that instant', async () => {
  const { knex } = database;
  const [first, second] = [begins + dayMs, begins + 2 * dayMs];
  let written = false;
  const feed = async (): Promise<void> => {
    const { now, target } = await readClock(knex);
    if (written || now !== first || target !== null) return;
    written = true;
    await writeInvoice(first);
    await requestAdvance(knex, second);
  };
  await withDriver(feed, async ({ waits }) => {
    await requestAdvance(knex, first);
    await waits();
    expect(await readClock(knex)).toMatchObject({ now: first, target: second });
    await relayAll();
    await until('the second advance to be over', withinMs, async () => (await readClock(knex)).target === null);
    expect((await readClock(knex)).now).toBe(second);
  });
});

test('an advance is over when nothing moves at its target, not as soon as the clock is there', async () => {
  const { knex } = database;
  const target = begins + dayMs;
  let written = false;
  const write = async (): Promise<void> => {
    if (written || (await readClock(knex)).now !== target) return;
    written = true;
    await writeInvoice(target);
  };
  await withDriver(write, async ({ waits }) => {
    await requestAdvance(knex, target);
    await waits();
    expect(await readClock(knex)).toMatchObject({ now: target, target });
    await relayAll();
    await until('the advance to be over', withinMs, async () => (await readClock(knex)).target === null);
  });
});
