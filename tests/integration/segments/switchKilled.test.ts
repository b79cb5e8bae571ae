import { systemActor } from '../../../db/audit';
import { readClock, requestAdvance } from '../../../db/clock/clock';
import { readDecisionRows } from '../../../db/collection/decisionRows';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { createSegment } from '../../../db/segments/segments';
import { setBatched } from '../../../db/segments/setBatched';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { simulate } from '../../../domain/simulation/simulate';
import { referencePolicy } from '../../collection/deployment';
import { startKillable, type Killable } from '../../processes/killable';
import { countsOf } from '../../standins/resend/control';

// A worker of its own process is started seven times, which takes some seconds each, and more on a busy machine.
jest.setTimeout(900_000);

const day = (number: number, hour = 0): number => Date.parse('2026-01-05T00:00:00Z') + number * 86_400_000 + hour * 3_600_000;
const customers = Array.from({ length: 24 }, (_, index) => ({ externalId: `C-${index}`, name: `Customer ${index}`, contacts: [{ role: 'billing' as const, email: `c${index}@example.com` }] }));
/** Issued over a week, so that there is something due on most days. */
const invoices: InvoiceRecord[] = customers.flatMap(({ externalId }, index) => [1, 2].map((number) => {
  const on = (offset: number): string => new Date(day((index + number) % 5 + offset)).toISOString().slice(0, 10);
  return { externalId: `${externalId}/${number}`, customerExternalId: externalId, issuedOn: on(0), dueOn: on(14), currency: 'USD', totalMinor: 100_000 };
}));

let deployment: Killable;
let segmentId: number;

beforeAll(async () => {
  deployment = await startKillable({ startsAt: day(0), policy: referencePolicy(), seed: 3 });
  const { knex } = deployment;
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(knex, context, customers);
  await knex.transaction(async (trx) => {
    segmentId = (await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, day(0))).id;
  });
  await upsertInvoices(knex, context, invoices);
  await deployment.worker.start();
  await deployment.settle();
});
afterAll(() => deployment?.stop());

const count = (sql: string): Promise<number> => deployment.count(sql);

/** How far a switch has come when the worker dies. */
const moments: Record<string, (batched: boolean, before: number) => Promise<boolean>> = {
  'as soon as it is asked for': async () => true,
  'when it is written whose the invoices are, and none of their workflows may have heard': async (batched) => await count(`collections WHERE state = 'active' AND (batch_segment_id IS NOT NULL) = ${batched}`) > 0,
  'when the events of it are being relayed': async (_, before) => await count(`outbox WHERE id > ${before} AND kind = 'collection.handed-over' AND relayed_at IS NOT NULL`) > 0,
  'when the first workflows have planned as they are told': async (_, before) => await count(`collections WHERE planned_seq > ${before}`) > 0,
};

/** Switches, advances the clock over a day in which things are due, and kills the worker in the middle of it. */
async function switchAndKill(batched: boolean, to: number, moment: (batched: boolean, before: number) => Promise<boolean>): Promise<void> {
  const { knex, worker, until, settle } = deployment;
  const { now } = await readClock(knex);
  const before = await count('outbox');
  await knex.transaction((trx) => setBatched(trx, systemActor, segmentId, batched, now));
  await requestAdvance(knex, to);
  await until('the moment of the kill', () => moment(batched, before), 2);
  await worker.kill();
  await worker.start();
  await settle();
}

test('day 12 to day 32: the worker is killed with SIGKILL in the middle of switches between the modes; all decisions are made, each message is accepted once, and whoever is to collect does', async () => {
  await deployment.advanceTo(day(12));
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
  await deployment.advanceTo(day(80));

  const foretold = simulate({ customers, invoices, payments: [], creditNotes: [] }, referencePolicy().policy, '2026-01-05', new Date(day(80)).toISOString().slice(0, 10));
  const text = (row: object): string => JSON.stringify(row, Object.keys(row).sort());
  const until80 = (rows: { at: string }[]): string[] => rows.filter(({ at: instant }) => Date.parse(instant) <= day(80)).map(text).sort();
  const lived = until80(await readDecisionRows(deployment.knex));
  expect(lived.length).toBeGreaterThan(invoices.length * 5);
  expect(lived).toEqual(until80(foretold));
  const messages = await count('messages');
  expect(countsOf(deployment.provider)).toMatchObject({ accepted: messages, keysAcceptedTwice: [], messagesAcceptedTwice: [] });
  expect(await count(`messages WHERE state NOT IN ('sent', 'delivered')`)).toBe(0);
});
