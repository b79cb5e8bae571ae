import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { systemActor } from '../../../db/audit';
import { readClock, requestAdvance, startManualClock } from '../../../db/clock/clock';
import { isQuiet, readUnrest } from '../../../db/clock/milestones';
import { readDecisionRows } from '../../../db/collection/decisionRows';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { createSegment } from '../../../db/segments/segments';
import { setBatched } from '../../../db/segments/setBatched';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { simulate } from '../../../domain/simulation/simulate';
import { createNamespace } from '../../../engines/temporalNamespace';
import { collectionAttributes } from '../../../workflows/contracts/searchAttributes';
import { referencePolicy, temporalAddress } from '../../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { until, workerProcess, type ProductProcess } from '../../processes/product';
import { countsOf } from '../../standins/resend/control';
import { ResendStandIn } from '../../standins/resend/standIn';

// A worker of its own process is started seven times, which takes some seconds each, and more on a busy machine.
jest.setTimeout(900_000);

const withinMs = 240_000;
const day = (number: number, hour = 0): number => Date.parse('2026-01-05T00:00:00Z') + number * 86_400_000 + hour * 3_600_000;
const customers = Array.from({ length: 24 }, (_, index) => ({ externalId: `C-${index}`, name: `Customer ${index}`, contacts: [{ role: 'billing' as const, email: `c${index}@example.com` }] }));
/** Issued over a week, so that there is something due on most days. */
const invoices: InvoiceRecord[] = customers.flatMap(({ externalId }, index) => [1, 2].map((number) => {
  const on = (offset: number): string => new Date(day((index + number) % 5 + offset)).toISOString().slice(0, 10);
  return { externalId: `${externalId}/${number}`, customerExternalId: externalId, issuedOn: on(0), dueOn: on(14), currency: 'USD', totalMinor: 100_000 };
}));

let database: FreshDatabase;
let provider: ResendStandIn;
let worker: ProductProcess;
let segmentId: number;
const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-switch-'));

beforeAll(async () => {
  database = await freshDatabase();
  const { knex } = database;
  provider = new ResendStandIn({ seed: 3 });
  const resendUrl = await provider.listen();
  const temporal = { address: temporalAddress(), namespace: `switch-${randomUUID()}` };
  const connection = await Connection.connect({ address: temporal.address });
  await createNamespace(connection, temporal.namespace, Object.values(collectionAttributes), () => undefined);
  await connection.close();
  await startManualClock(knex, day(0));
  await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(knex, context, customers);
  await knex.transaction(async (trx) => {
    segmentId = (await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, day(0))).id;
  });
  await upsertInvoices(knex, context, invoices);
  worker = await workerProcess({ engines: { folder, postgres: { url: database.url }, temporal }, resendUrl });
  await worker.start();
  await settle();
});
afterAll(async () => {
  await worker?.kill();
  await provider?.close();
  await database?.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const unrest = async () => readUnrest(database.knex, (await readClock(database.knex)).now);

function settle(): Promise<void> {
  return until('nothing to move', withinMs, async () => isQuiet(await unrest()), async () => JSON.stringify(await unrest()));
}

async function advanceTo(instant: number): Promise<void> {
  await requestAdvance(database.knex, instant);
  await until('the clock to be there', withinMs, async () => (await readClock(database.knex)).target === null, async () => JSON.stringify(await unrest()));
  await settle();
}

async function count(sql: string): Promise<number> {
  const { rows } = await database.knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM ${sql}`);
  return rows[0]!.count;
}

/** How far a switch has come when the worker dies. */
const moments: Record<string, (batched: boolean, before: number) => Promise<boolean>> = {
  'as soon as it is asked for': async () => true,
  'when it is written whose the invoices are, and none of their workflows may have heard': async (batched) => await count(`collections WHERE state = 'active' AND (batch_segment_id IS NOT NULL) = ${batched}`) > 0,
  'when the events of it are being relayed': async (_, before) => await count(`outbox WHERE id > ${before} AND kind = 'collection.handed-over' AND relayed_at IS NOT NULL`) > 0,
  'when the first workflows have planned as they are told': async (_, before) => await count(`collections WHERE planned_seq > ${before}`) > 0,
};

/** Switches, advances the clock over a day in which things are due, and kills the worker in the middle of it. */
async function switchAndKill(batched: boolean, to: number, moment: (batched: boolean, before: number) => Promise<boolean>): Promise<void> {
  const { knex } = database;
  const { now } = await readClock(knex);
  const before = await count('outbox');
  await knex.transaction((trx) => setBatched(trx, systemActor, segmentId, batched, now));
  await requestAdvance(knex, to);
  await until('the moment of the kill', withinMs, () => moment(batched, before), undefined, 2);
  await worker.kill();
  await worker.start();
  await until('the clock to be there', withinMs, async () => (await readClock(knex)).target === null, async () => JSON.stringify(await unrest()));
  await settle();
}

test('day 12 to day 32: the worker is killed with SIGKILL in the middle of switches between the modes; all decisions are made, each message is accepted once, and whoever is to collect does', async () => {
  await advanceTo(day(12));
  let at = 12;
  let batched = false;
  for (const moment of Object.values(moments)) {
    batched = !batched;
    at += 3;
    await switchAndKill(batched, day(at), moment);
    expect(await count(`collections WHERE state = 'active' AND (batch_segment_id IS NULL) = ${batched}`)).toBe(0);
  }
  // Once more into batches, in the middle of what is due there.
  const written = await count('decisions');
  await switchAndKill(true, day(at + 8), async () => await count('decisions') > written);
  expect(await count(`collections WHERE state = 'active' AND batch_segment_id IS NULL`)).toBe(0);
  await advanceTo(day(80));

  const foretold = simulate({ customers, invoices, payments: [], creditNotes: [] }, referencePolicy().policy, '2026-01-05', new Date(day(80)).toISOString().slice(0, 10));
  const text = (row: object): string => JSON.stringify(row, Object.keys(row).sort());
  const until80 = (rows: { at: string }[]): string[] => rows.filter(({ at: instant }) => Date.parse(instant) <= day(80)).map(text).sort();
  const lived = until80(await readDecisionRows(database.knex));
  expect(lived.length).toBeGreaterThan(invoices.length * 5);
  expect(lived).toEqual(until80(foretold));
  const messages = await count('messages');
  expect(countsOf(provider)).toMatchObject({ accepted: messages, keysAcceptedTwice: [], messagesAcceptedTwice: [] });
  expect(await count(`messages WHERE state NOT IN ('sent', 'delivered')`)).toBe(0);
});
