import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import pino from 'pino';
import { createCollectionActivities } from '../../activities/collection/activities';
import { systemActor } from '../../db/audit/actor';
import type { ClockReading } from '../../db/clock/clock';
import { isQuiet, nextMilestone, readUnrest } from '../../db/clock/milestones';
import { publishPolicy } from '../../db/policies';
import type { InstantMs } from '../../domain/calendar/dates';
import { workflowBundle } from '../../worker/bundle';
import { createRelay } from '../../worker/relay';
import { wakeCollection } from '../../workflows/contracts/client';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { collectionStateQuery, type CollectionState } from '../../workflows/contracts/messages';
import { taskQueues } from '../../workflows/contracts/queues';
import { quietRuntime, referencePolicy } from '../collection/deployment';
import { freshDatabase } from '../engines/database';
import { startTimeSkippingServer } from './timeSkippingServer';

/** A deployment on real timers, on a Temporal test server that skips the time in between. */
export interface RealTime {
  knex: Knex;
  client: Client;
  now(): Promise<InstantMs>;
  /** Lets virtual time pass up to an instant, with every timer that fires on the way. */
  passTo(instant: InstantMs): Promise<void>;
  /** Waits, in real time, until every workflow sleeps again. */
  settled(): Promise<void>;
  /** Tells a workflow that something changed, although nothing did. */
  disturb(invoice: string): Promise<void>;
  stop(): Promise<void>;
}

/** A timer is set from the instant at which it was asked for, so it fires a little after the milestone. */
const firesWithinMs = 1_000;
const asleep = new Set<CollectionState['phase']>(['waiting', 'done']);

function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * The test server skips past the first workflow task of a delayed start, which then times out. Here workflows sleep on their own timers from the start;
 * that a delayed start is woken is tested on the real server.
 */
const startAtOnce: WorkflowClientInterceptor = {
  start: (input, next) => next({ ...input, options: { ...input.options, startDelay: undefined } }),
};

/** What the mail worker of these tests does: the send window and the provider are tested elsewhere, on their own clock. */
function markSent(knex: Knex) {
  return async ({ messageId }: { messageId: string }): Promise<{ state: 'sent' }> => {
    await knex.raw(`UPDATE messages SET state = 'sent' WHERE id = ?`, [messageId]);
    return { state: 'sent' };
  };
}

export interface RealTimeOptions {
  /** Called with its invoice while an activity of a collection runs, before it answers. */
  duringActivity?: (invoice: string) => Promise<void>;
}

export async function startRealTime({ duringActivity }: RealTimeOptions = {}): Promise<RealTime> {
  quietRuntime();
  const server = await startTimeSkippingServer();
  const database = await freshDatabase({ poolMax: 32 });
  const { knex } = database;
  await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));

  const { now, connection, clientConnection } = server;
  const readClock = async (): Promise<ClockReading> => ({ mode: 'real', now: await now(), target: null, playHoursPerSecond: null });
  const client = new Client({ connection: clientConnection, interceptors: { workflow: [startAtOnce] } });
  const { planNext, performStep, applyControl } = createCollectionActivities({ knex, clock: readClock });
  const disturbed = <Input extends { invoice: string }, Answer>(activity: (input: Input) => Promise<Answer>) => async (input: Input): Promise<Answer> => {
    const answer = await activity(input);
    await duringActivity?.(input.invoice);
    return answer;
  };
  const workers = await Promise.all([
    Worker.create({ connection, taskQueue: taskQueues.collection, workflowBundle: await workflowBundle(), activities: { planNext: disturbed(planNext), performStep: disturbed(performStep), applyControl }, enableNonLocalActivities: false }),
    Worker.create({ connection, taskQueue: taskQueues.mail, activities: { deliverMessage: markSent(knex) } }),
  ]);
  const stopping = new AbortController();
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const relay = createRelay({ knex, client, queues: taskQueues, log, readClock });
  const running = [...workers.map((worker) => worker.run()), relay.run(stopping.signal)];

  const settled = async (): Promise<void> => {
    relay.poke();
    while (!isQuiet(await readUnrest(knex, await now()))) await pauseMs(10);
    const { rows } = await knex.raw<{ rows: { external_id: string }[] }>('SELECT external_id FROM invoices i JOIN collections c ON c.invoice_id = i.id');
    for (const { external_id } of rows) {
      const handle = client.workflow.getHandle(invoiceWorkflowId(external_id));
      while (!asleep.has((await handle.query(collectionStateQuery)).phase)) await pauseMs(10);
    }
  };

  return {
    knex, client, now, settled,
    // From one timer to the next, and never while a workflow task runs: the server would skip past the end of the task's time.
    passTo: async (instant) => {
      for (;;) {
        await settled();
        const from = await now();
        if (from >= instant) return;
        const next = await nextMilestone(knex, from, instant);
        await server.pass(Math.min(instant, (next ?? instant) + firesWithinMs) - from);
      }
    },
    disturb: (invoice) => wakeCollection(client, invoice),
    stop: async () => {
      stopping.abort();
      for (const worker of workers) worker.shutdown();
      await Promise.allSettled(running);
      await server.stop();
      await database.destroy();
    },
  };
}
