import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { createNamespace } from '../../engines/temporalNamespace';
import { workflowBundle } from '../../worker/bundle';
import { updateCollection, wakeCollection } from '../../workflows/contracts/client';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { pauseCollectionUpdate, resumeCollectionUpdate, stopCollectionUpdate, type ControlResult } from '../../workflows/contracts/messages';
import type { NextPlan } from '../../workflows/contracts/plan';
import { taskQueuesNamed } from '../../workflows/contracts/queues';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { quietRuntime, temporalAddress } from '../collection/deployment';

jest.setTimeout(600_000);

/*
 * A person's request is applied while the workflow plans or acts, and either answers first. What the workflow did then it has to do again when it is replayed, which happens
 * whenever it is not in a worker's memory any more.
 */

/** What is asked of one invoice, each after a while, and how long the ledger takes over each of its answers, both in milliseconds. */
interface Life {
  asks: { after: number; what: 'pause' | 'resume' | 'wake' }[];
  answersAfter: number[];
}
/** The server drops a workflow task after ten seconds, and the worker asks for more time at eight. */
const ofATask = 11_000;
const life = fc.record<Life>({
  asks: fc.array(fc.record({ after: fc.constantFrom(0, 0, 20, 100, 400), what: fc.constantFrom('pause', 'resume', 'wake', 'wake') }), { minLength: 2, maxLength: 8 }),
  answersAfter: fc.array(fc.oneof({ weight: 40, arbitrary: fc.constantFrom(0, 5, 30, 120, 500) }, { weight: 1, arbitrary: fc.constant(ofATask) }), { minLength: 5, maxLength: 20 }),
});
const lives = new Map(fc.sample(life, { numRuns: 120, seed: 20 }).map((made, index) => [`LIFE-${index}`, made]));

const queues = taskQueuesNamed('interleavings');
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const answers = new Map<string, number>();
const stopped = new Set<string>();
const delivered: string[] = [];

/** Counts the answers of an invoice; each comes as late as its life says. */
async function answer(invoice: string): Promise<number> {
  const count = (answers.get(invoice) ?? 0) + 1;
  answers.set(invoice, count);
  const { answersAfter } = lives.get(invoice)!;
  await pause(answersAfter[count % answersAfter.length]!);
  return count;
}

/** Every plan is another one, so each shows another entry in Temporal's lists; some of them deliver, and some act. */
async function plan({ invoice }: { invoice: string }): Promise<NextPlan> {
  const count = await answer(invoice);
  const listing = { customerId: 'C-1', stage: `step-${count}`, nextMilestone: null, dueDate: '2026-01-19', policyVersion: 'standard@1' };
  if (stopped.has(invoice)) return { kind: 'done', outcome: 'stopped', listing, deliver: [] };
  const deliver = count % 3 === 0 ? [`${invoice}/${count}`] : [];
  if (count % 4 === 0) return { kind: 'act', step: 'due', listing, deliver };
  return { kind: 'wait', waitMs: count % 2 === 0 ? null : 86_400_000, at: null, step: null, why: 'nothing is due', listing, deliver };
}

let client: Client;
let clientConnection: Connection;
let connection: NativeConnection;
let workers: Worker[];
let running: Promise<void>[];

beforeAll(async () => {
  quietRuntime();
  const namespace = `test-${randomUUID()}`;
  clientConnection = await Connection.connect({ address: temporalAddress() });
  await createNamespace(clientConnection, namespace, Object.values(collectionAttributes), () => undefined);
  connection = await NativeConnection.connect({ address: temporalAddress() });
  client = new Client({ connection: clientConnection, namespace });
  workers = await Promise.all([
    Worker.create({
      connection, namespace, taskQueue: queues.collection, workflowBundle: await workflowBundle(), enableNonLocalActivities: false,
      activities: {
        planNext: plan,
        performStep: plan,
        applyControl: async ({ invoice, kind, requestId }: { invoice: string; kind: ControlResult['kind']; requestId: string }): Promise<ControlResult> => {
          if (kind === 'stop') stopped.add(invoice);
          await answer(invoice);
          return { requestId, kind, at: '2026-01-05T00:00:00Z', paused: kind === 'pause', pausedUntil: null, stopped: kind === 'stop' };
        },
      },
    }),
    Worker.create({ connection, namespace, taskQueue: queues.mail, activities: { deliverMessage: async ({ messageId }: { messageId: string }) => void delivered.push(messageId) } }),
  ]);
  running = workers.map((worker) => worker.run());
});
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await connection.close();
  await clientConnection.close();
});

const asked = () => ({ requestId: randomUUID(), actor: { kind: 'user' as const, id: '7', name: 'Grace' }, reason: null });

async function live(invoice: string, { asks }: Life): Promise<void> {
  const answered: Promise<unknown>[] = [];
  for (const { after, what } of asks) {
    await pause(after);
    if (what === 'wake') answered.push(wakeCollection(client, invoice, queues));
    else if (what === 'pause') answered.push(updateCollection(client, invoice, pauseCollectionUpdate, { ...asked(), until: null }, queues));
    else answered.push(updateCollection(client, invoice, resumeCollectionUpdate, asked(), queues));
  }
  await Promise.all(answered);
  await updateCollection(client, invoice, stopCollectionUpdate, asked(), queues);
  await client.workflow.getHandle(invoiceWorkflowId(invoice)).result();
}

test('whatever is asked of an invoice while it is planned for and acted on, its workflow does the same when it is replayed', async () => {
  await Promise.all([...lives].map(([invoice, made]) => live(invoice, made)));
  const histories = await Promise.all([...lives.keys()].map(async (invoice) => {
    const workflowId = invoiceWorkflowId(invoice);
    return { workflowId, history: await client.workflow.getHandle(workflowId).fetchHistory() };
  }));
  const faults: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: await workflowBundle() }, histories)) {
    if (error) faults.push(`${workflowId}: ${/TMPRL[^"]*/.exec(error.message)?.[0] ?? error.message}`);
  }
  expect(faults).toEqual([]);
  expect(new Set(delivered).size).toBe(delivered.length);
});
