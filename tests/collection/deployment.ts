import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { Knex } from 'knex';
import pino from 'pino';
import { systemActor } from '../../db/audit/actor';
import { readClock, requestAdvance, startManualClock } from '../../db/clock/clock';
import { isQuiet, readUnrest } from '../../db/clock/milestones';
import { publishPolicy } from '../../db/policies';
import type { Policy } from '../../domain/policy/types';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { createNamespace } from '../../engines/temporalNamespace';
import { localOutbox } from '../../integrations/mail/outbox';
import { startWorker, type RunningWorker } from '../../worker/startWorker';
import { taskQueues } from '../../workflows/contracts/queues';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { freshDatabase } from '../engines/database';

/** A whole deployment on a manual clock for one test file: a database and a Temporal namespace of its own, and a worker in this process. */
export interface Deployment {
  knex: Knex;
  client: Client;
  /** Stops the worker of this deployment, or starts it again. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  /** Advances the clock to an instant and waits until it is there and nothing moves. */
  advanceTo(instant: string | number): Promise<void>;
  /** Waits until nothing moves at the clock's time. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  startsAt: string;
  /** The reference strategy unless given. */
  policy?: { policy: Policy; source: string };
  /** That of all tests unless given. */
  temporalAddress?: string;
  /** Temporal's own unless given. */
  dataConverter?: DataConverter;
}

/** A machine that is busy takes minutes over what takes seconds; a hang is still found. */
const settleWithinMs = 240_000;

export async function startDeployment({ startsAt, policy = referencePolicy(), temporalAddress: address = temporalAddress(), dataConverter }: DeploymentOptions): Promise<Deployment> {
  quietRuntime();
  const database = await freshDatabase({ poolMax: 32 });
  const { knex } = database;
  await startManualClock(knex, Date.parse(startsAt));
  await knex.transaction((trx) => publishPolicy(trx, { ...policy, actor: systemActor }));

  const namespace = `test-${randomUUID()}`;
  const clientConnection = await Connection.connect({ address });
  await createNamespace(clientConnection, namespace, Object.values(collectionAttributes), () => undefined);
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: clientConnection, namespace, dataConverter });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination({ dest: 2, sync: true }));
  let worker: RunningWorker | null = null;
  const startOwn = async (): Promise<void> => {
    worker = await startWorker({ knex, connection, client, dataConverter, queues: taskQueues, log, mail: testMail });
  };
  const stopOwn = async (): Promise<void> => {
    await worker?.stop();
    worker = null;
  };
  await startOwn();

  const waitUntil = async (holds: () => Promise<boolean>, what: string): Promise<void> => {
    const until = Date.now() + settleWithinMs;
    while (!(await holds())) {
      if (Date.now() > until) throw new Error(`Not ${what} within ${settleWithinMs / 1_000} s: ${JSON.stringify(await readUnrest(knex, (await readClock(knex)).now))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const settle = (): Promise<void> => waitUntil(async () => isQuiet(await readUnrest(knex, (await readClock(knex)).now)), 'quiet');
  return {
    knex, client, settle,
    startWorker: startOwn,
    stopWorker: stopOwn,
    advanceTo: async (instant) => {
      await settle();
      await requestAdvance(knex, typeof instant === 'number' ? instant : Date.parse(instant));
      await waitUntil(async () => (await readClock(knex)).target === null, 'there');
      await settle();
    },
    stop: async () => {
      await stopOwn();
      await connection.close();
      await clientConnection.close();
      await database.destroy();
    },
  };
}

export function temporalAddress(): string {
  const address = process.env.DUNWELL_TEST_TEMPORAL_ADDRESS;
  if (!address) throw new Error('DUNWELL_TEST_TEMPORAL_ADDRESS is not set: this project of jest.config.cjs needs globalSetup tests/engines/globalSetup.ts.');
  return address;
}

export const testMail = {
  provider: localOutbox(),
  from: 'Accounts receivable <billing@example.com>',
  sender: { name: 'Example Ltd', addressLines: ['1 Example Street'], replyTo: null, phone: null, paymentMethods: [] },
};

export function referencePolicy(): { policy: Policy; source: string } {
  return policyFile('reference.yaml');
}

export function policyFile(name: string): { policy: Policy; source: string } {
  const source = readFileSync(path.join(__dirname, '../../policies', name), 'utf8');
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(`policies/${name}: ${JSON.stringify(parsed.errors)}`);
  return { policy: parsed.policy, source };
}

export interface DecisionSeen {
  on: string;
  invoice: string;
  step: string;
  action: string;
  outcome: string;
  reason: string;
}

/** The decisions so far, in the order in which they were made, optionally of one invoice. */
export async function decisionsOf(knex: Knex, invoice?: string): Promise<DecisionSeen[]> {
  const { rows } = await knex.raw<{ rows: DecisionSeen[] }>(
    `SELECT to_char(d.on_date, 'YYYY-MM-DD') AS "on", i.external_id AS invoice, d.step, d.action, d.outcome, d.reason_code AS reason
     FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE i.external_id = coalesce(?, i.external_id) ORDER BY d.id`,
    [invoice ?? null],
  );
  return rows;
}

/** "2026-01-05 deliver email executed (due)": how the tests write a decision. */
export function line({ on, step, action, outcome, reason }: DecisionSeen): string {
  return `${on} ${step} ${action} ${outcome} (${reason})`;
}

let quiet = false;
/** The SDK reports every start of a worker; a runtime is set up once in a process. */
export function quietRuntime(): void {
  if (quiet) return;
  quiet = true;
  Runtime.install({ logger: new DefaultLogger('WARN'), telemetryOptions: { logging: { forward: {}, filter: 'WARN' } } });
}
