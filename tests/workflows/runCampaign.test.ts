import { Client } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Advanced } from '../../db/campaigns/advance';
import { workflowBundle } from '../../worker/bundle';
import { campaignChangedSignal, type OfferedCampaign } from '../../workflows/contracts/campaign';
import { taskQueuesNamed } from '../../workflows/contracts/queues';
import type { runCampaign } from '../../workflows/runCampaign/runCampaign';
import { quietRuntime } from '../collection/deployment';
import { startTimeSkippingServer, type TimeSkippingServer } from './timeSkippingServer';

jest.setTimeout(300_000);

const hourMs = 3_600_000;
const queues = taskQueuesNamed('campaign-time');
const wait = (waitMs: number | null): Advanced => ({ kind: 'wait', waitMs, deliver: [] });
const more: Advanced = { kind: 'more', waitMs: null, deliver: [] };
const ended: Advanced = { kind: 'ended', waitMs: null, deliver: [] };

let server: TimeSkippingServer;
let client: Client;
let workers: Worker[];
let running: Promise<void>[];
/** What the ledger's database and the mail provider answer, by the virtual time. */
let advance: (runId: number, now: number, calls: number) => Advanced;
let offer: (runId: number, now: number) => OfferedCampaign;
const pages = new Map<number, number[]>();
const offers = new Map<number, number[]>();

function noted(calls: Map<number, number[]>, runId: number, now: number): number {
  const list = [...(calls.get(runId) ?? []), now];
  calls.set(runId, list);
  return list.length;
}

beforeAll(async () => {
  quietRuntime();
  server = await startTimeSkippingServer();
  client = new Client({ connection: server.clientConnection });
  workers = await Promise.all([
    Worker.create({
      connection: server.connection, taskQueue: queues.collection, workflowBundle: await workflowBundle(), enableNonLocalActivities: false,
      activities: { advanceCampaign: async ({ runId }: { runId: number }) => { const now = await server.now(); return advance(runId, now, noted(pages, runId, now)); } },
    }),
    Worker.create({
      connection: server.connection, taskQueue: queues.mail,
      activities: { offerCampaignMessages: async ({ runId }: { runId: number }) => { const now = await server.now(); noted(offers, runId, now); return offer(runId, now); } },
    }),
  ]);
  running = workers.map((worker) => worker.run());
});
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await server.stop();
});

async function begin(runId: number) {
  return client.workflow.start<typeof runCampaign>('runCampaign', { workflowId: `campaign-run:${runId}`, taskQueue: queues.collection, args: [{ runId }] });
}

test('the provider is down for two days: every page is decided at once, a pause is seen, and what waits leaves when it is back', async () => {
  const start = await server.now();
  const backAt = start + 48 * hourMs;
  let isStopped = false;
  advance = (_runId, _now, calls) => (isStopped ? ended : calls < 20 ? more : wait(null));
  offer = (_runId, now) => ({ offered: 96, nextInMs: now < backAt ? hourMs : null });
  const handle = await begin(1);
  await server.pass(hourMs / 2);
  expect(pages.get(1)!.filter((at) => at < start + hourMs)).toHaveLength(20);
  const before = pages.get(1)!.length;
  await server.pass(5 * hourMs);
  await handle.signal(campaignChangedSignal);
  await server.pass(60_000);
  expect(pages.get(1)!.length).toBeGreaterThan(before);
  await server.pass(60 * hourMs);
  const after = offers.get(1)!.filter((at) => at > backAt);
  expect(after).toHaveLength(1);
  isStopped = true;
  await handle.signal(campaignChangedSignal);
  await expect(handle.result()).resolves.toBe('ended');
});

test('day 0: a page; day 7: the next step, by its own timer; the run ends once its last message has left', async () => {
  const start = await server.now();
  const days = (at: number): number => Math.round((at - start) / (24 * hourMs));
  let lastLeaves = Infinity;
  advance = (_runId, now, calls) => {
    if (calls === 1) return wait(7 * 24 * hourMs);
    lastLeaves = Math.min(lastLeaves, now + 24 * hourMs);
    return ended;
  };
  offer = (_runId, now) => ({ offered: 1, nextInMs: now < lastLeaves && lastLeaves < Infinity ? lastLeaves - now : null });
  const handle = await begin(2);
  await server.pass(7.5 * 24 * hourMs);
  expect(pages.get(2)!.map(days)).toEqual([0, 7]);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await server.pass(24 * hourMs);
  await expect(handle.result()).resolves.toBe('ended');
  expect(pages.get(2)!.map(days)).toEqual([0, 7]);
});

test('a long run continues as new, and nothing that it was at is lost', async () => {
  let left = 1_200;
  advance = () => { left -= 1; return left > 0 ? more : ended; };
  offer = () => ({ offered: 10, nextInMs: null });
  const handle = await begin(3);
  await expect(handle.result()).resolves.toBe('ended');
  const history = await client.workflow.getHandle('campaign-run:3', handle.firstExecutionRunId).fetchHistory();
  expect(history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
  expect(pages.get(3)).toHaveLength(1_200);
});
