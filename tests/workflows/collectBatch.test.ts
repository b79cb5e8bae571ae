import { Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';
import { batchWorkflowId, wakeBatch, type BatchStep } from '../../workflows/contracts/batch';
import { taskQueuesNamed } from '../../workflows/contracts/queues';
import { quietRuntime } from '../collection/deployment';
import { startTimeSkippingServer, type TimeSkippingServer } from './timeSkippingServer';

jest.setTimeout(300_000);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const queues = taskQueuesNamed('batch-time');

let server: TimeSkippingServer;
let client: Client;
let workers: Worker[];
let running: Promise<void>[];
/** What the ledger's database answers, and whether the provider takes a message, by the virtual time. */
let collect: (segmentId: number, now: number, calls: number) => BatchStep;
let provider: (now: number) => 'up' | 'down' = () => 'up';
const looks = new Map<number, number[]>();
const sent: { messageId: string; at: number }[] = [];

const wait = (waitMs: number | null, deliver: string[] = []): BatchStep => ({ kind: 'wait', waitMs, at: null, deliver });
const named = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

beforeAll(async () => {
  quietRuntime();
  server = await startTimeSkippingServer();
  client = new Client({ connection: server.clientConnection });
  const { connection } = server;
  workers = await Promise.all([
    Worker.create({ connection, taskQueue: queues.collection, workflowBundle: await workflowBundle(), enableNonLocalActivities: false }),
    Worker.create({
      connection, taskQueue: queues.batch,
      activities: {
        collectDue: async ({ segmentId }: { segmentId: number }) => {
          const now = await server.now();
          const calls = [...(looks.get(segmentId) ?? []), now];
          looks.set(segmentId, calls);
          return collect(segmentId, now, calls.length);
        },
      },
    }),
    Worker.create({
      connection, taskQueue: queues.mail,
      activities: {
        deliverMessages: async ({ messageIds }: { messageIds: string[] }) => {
          const at = await server.now();
          if (provider(at) === 'down') return { left: messageIds };
          sent.push(...messageIds.map((messageId) => ({ messageId, at })));
          return { left: [] };
        },
        deliverMessage: async ({ messageId }: { messageId: string }) => {
          const at = await server.now();
          if (provider(at) === 'down') throw ApplicationFailure.create({ message: 'the provider is down', nonRetryable: false, nextRetryDelay: 6 * hourMs });
          sent.push({ messageId, at });
          return { state: 'sent' };
        },
      },
    }),
  ]);
  running = workers.map((worker) => worker.run());
});
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await server.stop();
});

const statusOf = async (segmentId: number): Promise<string> => (await client.workflow.getHandle(batchWorkflowId(segmentId)).describe()).status.name;

test('day 0: a backlog is worked off at once; day 7: the next milestone, by its own timer; switched off and told, it ends', async () => {
  const start = await server.now();
  let isOff = false;
  collect = (_segment, now, calls) => (isOff ? { kind: 'done', deliver: [] } : calls <= 3 ? { kind: 'more', deliver: named(`day-0-${calls}`, 150) } : calls === 4 ? wait(start + 7 * dayMs - now) : wait(null, calls === 5 ? named('day-7', 2) : []));
  await wakeBatch(client, 1, queues);
  await server.pass(hourMs);
  expect(looks.get(1)).toHaveLength(4);
  expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(450);
  expect(sent).toHaveLength(450);
  await server.pass(7 * dayMs);
  expect(looks.get(1)!.map((at) => Math.floor((at - start) / dayMs))).toEqual([0, 0, 0, 0, 7]);
  expect(sent.filter(({ messageId }) => messageId.startsWith('day-7'))).toHaveLength(2);
  expect(await statusOf(1)).toBe('RUNNING');
  isOff = true;
  await wakeBatch(client, 1, queues);
  await client.workflow.getHandle(batchWorkflowId(1)).result();
});

test('the provider is down for two days: a payment on the first is seen at once, and every message leaves once when the provider is back', async () => {
  const start = await server.now();
  provider = (now) => (now < start + 2 * dayMs ? 'down' : 'up');
  collect = (_segment, _now, calls) => wait(null, calls === 1 ? named('outage', 5) : []);
  await wakeBatch(client, 2, queues);
  await server.pass(hourMs);
  await wakeBatch(client, 2, queues);
  await server.pass(hourMs);
  expect(looks.get(2)).toHaveLength(2);
  expect(looks.get(2)![1]! - start).toBeLessThan(2 * hourMs);
  await server.pass(3 * dayMs);
  expect(sent.filter(({ messageId }) => messageId.startsWith('outage')).map(({ messageId }) => messageId).sort()).toEqual(named('outage', 5));
});

test('a long run continues as new, and is told of what comes after', async () => {
  provider = () => 'up';
  let left = 400;
  collect = () => {
    left -= 1;
    return left > 0 ? { kind: 'more', deliver: [] } : left === 0 ? wait(null) : { kind: 'done', deliver: [] };
  };
  await wakeBatch(client, 3, queues);
  await server.pass(hourMs);
  const first = await client.workflow.getHandle(batchWorkflowId(3)).describe();
  expect(first.status.name).toBe('RUNNING');
  expect(first.raw.workflowExecutionInfo?.firstRunId ?? '').not.toBe(first.runId);
  await wakeBatch(client, 3, queues);
  await client.workflow.getHandle(batchWorkflowId(3)).result();
  expect(looks.get(3)).toHaveLength(401);
});
