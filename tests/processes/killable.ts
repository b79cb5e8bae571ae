import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';
import { readClock, requestAdvance, startManualClock } from '../../db/clock/clock';
import { isQuiet, readUnrest } from '../../db/clock/milestones';
import { publishPolicy } from '../../db/policies';
import type { Policy } from '../../domain/policy/types';
import { createNamespace } from '../../engines/temporalNamespace';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { temporalAddress } from '../collection/deployment';
import { freshDatabase } from '../engines/database';
import { ResendStandIn } from '../standins/resend/standIn';
import { until, workerProcess, type ProductProcess } from './product';

/** A deployment on a manual clock whose worker is a process of its own, to be started and killed by the test; mail goes to a stand-in for Resend. */
export interface Killable {
  knex: Knex;
  worker: ProductProcess;
  provider: ResendStandIn;
  /** Waits until something holds; looks every `everyMs`. */
  until(what: string, holds: () => Promise<boolean>, everyMs?: number): Promise<void>;
  /** Waits until the clock is where it was asked to be and nothing moves. */
  settle(): Promise<void>;
  advanceTo(instant: number): Promise<void>;
  /** The number of rows of what follows FROM. */
  count(sql: string): Promise<number>;
  stop(): Promise<void>;
}

/** A machine that is busy starts a worker and works off what is due in minutes; a hang is still found. */
const withinMs = 240_000;

/** Sets it up without starting the worker. */
export async function startKillable({ startsAt, policy, seed }: { startsAt: number; policy: { policy: Policy; source: string }; seed?: number }): Promise<Killable> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-killable-'));
  const database = await freshDatabase();
  const { knex } = database;
  const provider = new ResendStandIn({ seed });
  const resendUrl = await provider.listen();
  const temporal = { address: temporalAddress(), namespace: `killable-${randomUUID()}` };
  const connection = await Connection.connect({ address: temporal.address });
  await createNamespace(connection, temporal.namespace, Object.values(collectionAttributes), () => undefined);
  await connection.close();
  await startManualClock(knex, startsAt);
  await knex.transaction((trx) => publishPolicy(trx, { ...policy, actor: systemActor }));
  const worker = await workerProcess({ engines: { folder, postgres: { url: database.url }, temporal }, resendUrl });

  const unrest = async () => readUnrest(knex, (await readClock(knex)).now);
  const waitFor: Killable['until'] = (what, holds, everyMs) => until(what, withinMs, holds, async () => JSON.stringify(await unrest()), everyMs);
  const settle = async (): Promise<void> => {
    await waitFor('the clock to be there', async () => (await readClock(knex)).target === null);
    await waitFor('nothing to move', async () => isQuiet(await unrest()));
  };
  return {
    knex, worker, provider, until: waitFor, settle,
    advanceTo: async (instant) => {
      await requestAdvance(knex, instant);
      await settle();
    },
    count: async (sql) => {
      const { rows } = await knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM ${sql}`);
      return rows[0]!.count;
    },
    stop: async () => {
      await worker.kill();
      await provider.close();
      await database.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
