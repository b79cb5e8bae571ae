import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createSegmentActivities } from '../../activities/segment/activities';
import { systemActor } from '../../db/audit';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { controlRun, setRun, type RunControl } from '../../db/segments/controlRun';
import { isMembershipOwed, keepMembership } from '../../db/segments/keepMembership';
import { createSegment } from '../../db/segments/segments';
import { dateOfDay, dayMs } from '../../domain/calendar/dates';
import { readRun } from '../../domain/segment/readRun';
import type { SegmentRun } from '../../domain/segment/types';
import { workflowBundle } from '../../worker/bundle';
import { taskQueuesNamed } from '../../workflows/contracts/queues';
import { segmentChangedSignal, segmentWorkflowId, wakeSegment, type CollectSegment, type MembersStep } from '../../workflows/contracts/segment';
import { quietRuntime } from '../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../engines/database';
import { startTimeSkippingServer, type TimeSkippingServer } from './timeSkippingServer';

jest.setTimeout(300_000);

const queues = taskQueuesNamed('segment-time');
const customers = ['FIVE', 'FOUR', 'ONE', 'THREE', 'TWO'];
/** A segment whose steps are told by the test, beside that of the ledger. */
const told = 1_000_000;

let database: FreshDatabase;
let knex: Knex;
let server: TimeSkippingServer;
let client: Client;
let workers: Worker[];
let running: Promise<void>[];
let segmentId: number;
let steps: MembersStep[] = [];
/** Whether the worker dies after pages were committed and before it could say so. */
let dies = (_calls: number): boolean => false;
let calls = 0;
/** Messages that were handed over, as often as they were. */
let handedOver: string[] = [];

beforeAll(async () => {
  quietRuntime();
  [server, database] = await Promise.all([startTimeSkippingServer(), freshDatabase()]);
  knex = database.knex;
  client = new Client({ connection: server.clientConnection });
  const ledger = createSegmentActivities({ knex, customersPerPage: 2, limits: { pagesMax: 2 }, clock: async () => ({ mode: 'real', now: await server.now(), target: null, playHoursPerSecond: null }) });
  const collectMembers = async (of: CollectSegment): Promise<MembersStep> => {
    if (of.segmentId === told) return steps.shift() ?? { kind: 'done', deliver: [] };
    const step = await ledger.collectMembers(of);
    calls += 1;
    if (dies(calls)) throw new Error('the worker died after it had committed');
    return step;
  };
  const deliverMessages = async ({ messageIds }: { messageIds: string[] }): Promise<{ left: string[] }> => {
    handedOver.push(...messageIds);
    if (!messageIds[0]?.startsWith('told')) await knex('messages').whereIn('id', messageIds).update({ state: 'sent' });
    return { left: [] };
  };
  workers = await Promise.all([
    Worker.create({ connection: server.connection, taskQueue: queues.collection, workflowBundle: await workflowBundle(), enableNonLocalActivities: false }),
    Worker.create({ connection: server.connection, taskQueue: queues.segment, activities: { collectMembers } }),
    Worker.create({ connection: server.connection, taskQueue: queues.mail, activities: { deliverMessages } }),
  ]);
  running = workers.map((worker) => worker.run());
  await fill();
});
afterAll(async () => {
  for (const worker of workers ?? []) worker.shutdown();
  await Promise.all(running ?? []);
  await server?.stop();
  await database?.destroy();
});

/** Five customers in UTC, two of them to a page, and a run every day of the month that begins tomorrow. */
async function fill(): Promise<void> {
  const now = await server.now();
  const today = dateOfDay(Math.floor(now / dayMs));
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, customers.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
  await upsertInvoices(knex, context, customers.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2020-01-01', dueOn: '2020-02-01', currency: 'EUR', totalMinor: 10_000 })));
  segmentId = (await knex.transaction((trx) => createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { invoices: 'some' } }, now))).id;
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7 + 1;
  const read = readRun({
    // The next Tuesday that is not today, so that no weekend closes the window.
    rhythm: { every: 'week', weekday: weekday === 2 ? 3 : 2, interval: 1 }, timeZone: 'UTC', atMinute: 600, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 2,
    actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Look at {customer}', instructions: null, dueInDays: 1 }, { kind: 'notify', audience: 'sales', title: 'Told' }],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await knex.transaction((trx) => setRun(trx, systemActor, segmentId, read.run, false, now));
  await wakeSegment(client, segmentId, queues);
}

async function nextRunAt(): Promise<number> {
  return (await knex('segments').where({ id: segmentId }).first<{ next_run_at: Date }>('next_run_at')).next_run_at.getTime();
}

async function passBeyondNextRun(): Promise<number> {
  const at = await nextRunAt();
  await server.pass(at + 60_000 - (await server.now()));
  await until(async () => (await nextRunAt()) > at && (await knex('segment_runs').where({ state: 'running' }).first()) === undefined);
  return at;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Sorted: customers who come at once get their ids in no order that is promised. */
async function keys(run: number): Promise<string[]> {
  return (await knex('messages').where('idempotency_key', 'like', `segment:all/run-${run}/%`).pluck<string[]>('idempotency_key')).sort();
}

test('the first Tuesday: its own timer wakes it, and it pages through its members, two at a time', async () => {
  const at = await passBeyondNextRun();
  expect(await keys(1)).toEqual(customers.map((name) => `segment:all/run-1/${name}`));
  const { rows: [{ first }] } = await knex.raw<{ rows: [{ first: Date }] }>(`SELECT min(queued_at) AS first FROM messages`);
  expect(first.getTime()).toBeGreaterThanOrEqual(at);
  await until(async () => (await knex('messages').where({ state: 'queued' })).length === 0);
});

/** One run in which every other call dies after it has committed its pages: what it queued is handed over by the one that takes over. */
async function liveThroughDeaths(): Promise<void> {
  calls = 0;
  handedOver = [];
  dies = (call) => call % 2 === 1;
  await passBeyondNextRun();
  dies = () => false;
  expect(calls).toBeGreaterThan(3);
  await until(async () => (await knex('messages').where({ state: 'queued' })).length === 0);
}

async function keysOf(table: 'tasks' | 'notifications', run: number): Promise<string[]> {
  return (await knex(table).where('key', 'like', `segment:all/run-${run}/%`).pluck<string[]>('key')).sort();
}

test('the second: the worker dies after every other call whose pages it has committed, and nobody is written to twice or left out, nor is a task or a notice', async () => {
  await liveThroughDeaths();
  expect(await keys(2)).toEqual(customers.map((name) => `segment:all/run-2/${name}`));
  expect(await keysOf('tasks', 2)).toEqual(customers.map((name) => `segment:all/run-2/${name}/2-task`));
  expect(await keysOf('notifications', 2)).toEqual(customers.map((name) => `segment:all/run-2/${name}/3-notify`));
  expect(new Set(handedOver).size).toBe(customers.length);
});

async function control(control: RunControl): Promise<void> {
  await knex.transaction(async (trx) => controlRun(trx, systemActor, segmentId, control, await server.now()));
  await client.workflow.getHandle(segmentWorkflowId(segmentId)).signal(segmentChangedSignal);
}

test('the third is skipped, and the fourth is asked for by a person in between', async () => {
  await control('skip-next');
  await passBeyondNextRun();
  expect(await keys(3)).toEqual([]);
  await control('run-now');
  await until(async () => (await keys(4)).length === customers.length);
  await until(async () => (await knex('segment_runs').where({ state: 'running' }).first()) === undefined);
});

test('paused, it lets its day pass without a run; resumed, it waits for the next', async () => {
  const at = await nextRunAt();
  await control('pause');
  await server.pass(at + dayMs - (await server.now()));
  expect(await knex('segment_runs').where('number', '>', 4)).toEqual([]);
  await control('resume');
  await until(async () => (await nextRunAt()) > at);
  expect(await knex('segment_runs').where('number', '>', 4)).toEqual([]);
});

test('statements: the worker dies after every other call whose pages it has committed, and each customer gets one statement', async () => {
  const run = (await knex('segments').where({ id: segmentId }).first<{ run: SegmentRun }>('run')).run;
  await knex.transaction(async (trx) => setRun(trx, systemActor, segmentId, { ...run, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open' }] }, false, await server.now()));
  await client.workflow.getHandle(segmentWorkflowId(segmentId)).signal(segmentChangedSignal);
  await liveThroughDeaths();
  expect(await keys(5)).toEqual(customers.map((name) => `segment:all/run-5/${name}/statement`));
  const { rows } = await knex.raw<{ rows: { customer_id: number; count: number }[] }>('SELECT customer_id, count(*)::int AS count FROM statements GROUP BY customer_id');
  expect(rows.map(({ count }) => count)).toEqual(customers.map(() => 1));
  expect(new Set(handedOver).size).toBe(customers.length);
});

test('a segment without a schedule ends its workflow', async () => {
  await knex.transaction(async (trx) => setRun(trx, systemActor, segmentId, null, false, await server.now()));
  const handle = client.workflow.getHandle(segmentWorkflowId(segmentId));
  await handle.signal(segmentChangedSignal);
  await handle.result();
});

test('a workflow that has gone on for hundreds of calls continues as new, and hands over every message', async () => {
  handedOver = [];
  steps = Array.from({ length: 320 }, (_, call): MembersStep => ({ kind: 'more', deliver: call % 50 === 0 ? [`told-${call}-a`, `told-${call}-b`] : [] }));
  const handle = await client.workflow.start('collectSegment', { workflowId: segmentWorkflowId(told), taskQueue: queues.collection, args: [{ segmentId: told }] });
  await handle.result();
  expect(steps).toEqual([]);
  await until(async () => handedOver.length >= 14);
  expect(handedOver.sort()).toEqual([0, 50, 100, 150, 200, 250, 300].flatMap((call) => [`told-${call}-a`, `told-${call}-b`]).sort());
  const history = await client.workflow.getHandle(segmentWorkflowId(told), handle.firstExecutionRunId).fetchHistory();
  expect(history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
});
