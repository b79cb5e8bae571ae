import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { createBatchActivities } from '../activities/batch/activities';
import { createCollectionActivities } from '../activities/collection/activities';
import { createSegmentActivities } from '../activities/segment/activities';
import { createSegmentStepActivities } from '../activities/segment/stepActivities';
import { createMigrationActivities } from '../activities/migration/activities';
import { createCampaignActivities } from '../activities/campaign/activities';
import { createMailActivities, handOverInTurn, type MailDependencies } from '../activities/mail';
import { readClock as readDeploymentClock, type ClockReading } from '../db/clock/clock';
import type { TaskQueues } from '../workflows/contracts/queues';
import { createAutomationRunner } from './automations';
import { workflowBundle } from './bundle';
import { createCampaignTeller } from './campaigns';
import { createClockDriver } from './clockDriver';
import { createWorkerMetrics, type WorkerMetrics } from './metrics';
import { tellMigrations } from './migrations';
import { createNoticeTeller } from './notices';
import { createRelay } from './relay';
import { createSegmentKeeper } from './segmentKeeper';
import { createStatementPost } from './statements';

export interface WorkerDeps {
  knex: Knex;
  connection: NativeConnection;
  client: Client;
  /** As the client has it. */
  dataConverter?: DataConverter;
  queues: TaskQueues;
  log: Logger;
  mail: Omit<MailDependencies, 'knex' | 'observe'>;
  /** The most messages a second that the provider takes, over all workers; undefined: no limit of ours. */
  messagesPerSecond?: number;
  /** The deployment's clock unless given. */
  readClock?: (knex: Knex) => Promise<ClockReading>;
  /** Customers whose invoices a migration moves in one transaction; some hundred unless given. */
  customersPerMigrationPage?: number;
  /** More loops to run beside the relay and the clock's driver, such as the webhook dispatcher. */
  loops?: readonly ((signal: AbortSignal) => Promise<void>)[];
}

export interface RunningWorker {
  metrics: WorkerMetrics;
  /** Fails when a worker or a loop ends by itself; never resolves before stop. */
  ended: Promise<void>;
  /** Finishes what is under way, then ends. */
  stop(): Promise<void>;
}

/** Workflows kept in memory: some 60 KB each. Without a cap the cache grows until the process runs out of it. */
const cachedWorkflowsMax = 1_500;
/** Workflow tasks at once. What they ask of the database at the same time is done as sets, so the more of them, the fewer statements each costs. */
const workflowTasksAtOnce = 64;
/** Segments whose batches are worked on at once; each has some pages side by side. */
const batchesAtOnce = 2;
/** Segments whose runs are gone on with at once, a page at a time each. On a queue of their own: a backlog of batches takes minutes, and a run is not to wait for it. */
const segmentRunsAtOnce = 4;
const messagesAtOnce = 24;
const shutdownGraceTime = '10 s';

/** Starts all that a worker process does: its task queues, the relay, the clock's driver. */
export async function startWorker(deps: WorkerDeps): Promise<RunningWorker> {
  const { knex, connection, client, dataConverter, queues, log } = deps;
  const metrics = createWorkerMetrics(knex);
  const { namespace } = client.options;
  const readClock = deps.readClock ?? readDeploymentClock;
  const mailDeps: MailDependencies = { ...deps.mail, knex, observe: metrics.handedOver };
  // A limit over all workers is kept by the mail's task queue, so then everything goes by it.
  const handOver = deps.messagesPerSecond === undefined ? handOverInTurn(mailDeps) : undefined;
  const collection = await Worker.create({
    connection, namespace, dataConverter, taskQueue: queues.collection,
    workflowBundle: await workflowBundle(),
    activities: { ...createCollectionActivities({ knex, clock: readClock, onDecision: metrics.decided, handOver }), ...createMigrationActivities({ knex, clock: readClock, customersPerPage: deps.customersPerMigrationPage }), ...createCampaignActivities({ knex, clock: readClock }), ...createSegmentStepActivities({ knex, clock: readClock }) },
    enableNonLocalActivities: false,
    maxCachedWorkflows: cachedWorkflowsMax,
    maxConcurrentWorkflowTaskExecutions: workflowTasksAtOnce,
    maxConcurrentLocalActivityExecutions: workflowTasksAtOnce,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 8 },
    shutdownGraceTime,
  });
  const batch = await Worker.create({
    connection, namespace, dataConverter, taskQueue: queues.batch,
    activities: createBatchActivities({ knex, clock: readClock, onDecision: metrics.decided }),
    maxConcurrentActivityTaskExecutions: batchesAtOnce,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    shutdownGraceTime,
  });
  const segment = await Worker.create({
    connection, namespace, dataConverter, taskQueue: queues.segment,
    activities: createSegmentActivities({ knex, clock: readClock }),
    maxConcurrentActivityTaskExecutions: segmentRunsAtOnce,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    shutdownGraceTime,
  });
  const mail = await Worker.create({
    connection, namespace, dataConverter, taskQueue: queues.mail,
    activities: createMailActivities(mailDeps, deps.messagesPerSecond !== undefined),
    maxConcurrentActivityTaskExecutions: messagesAtOnce,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 8 },
    maxTaskQueueActivitiesPerSecond: deps.messagesPerSecond,
    shutdownGraceTime,
  });

  const stopping = new AbortController();
  const relayDeps = { knex, client, queues, log, readClock };
  const relay = createRelay(relayDeps);
  const running = [
    collection.run(),
    batch.run(),
    segment.run(),
    mail.run(),
    relay.run(stopping.signal),
    createClockDriver(relayDeps, relay).run(stopping.signal),
    tellMigrations(relayDeps, stopping.signal),
    createAutomationRunner(relayDeps).run(stopping.signal),
    createCampaignTeller(relayDeps).run(stopping.signal),
    createSegmentKeeper(relayDeps).run(stopping.signal),
    createNoticeTeller(mailDeps, { log, readClock }).run(stopping.signal),
    createStatementPost(relayDeps).run(stopping.signal),
    ...(deps.loops ?? []).map((loop) => loop(stopping.signal)),
  ];
  const ended = Promise.race(running.map(async (part) => {
    await part;
    if (!stopping.signal.aborted) throw new Error('A part of the worker ended by itself.');
    await Promise.allSettled(running);
  }));
  return {
    metrics,
    ended,
    stop: async () => {
      stopping.abort();
      for (const worker of [collection, batch, segment, mail]) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(running);
    },
  };
}
