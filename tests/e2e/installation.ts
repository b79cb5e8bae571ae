import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { buildConsole } from '../../cli/build/console';
import { answersOk } from '../../cli/start/services';
import { findFreePort } from '../../engines/ports';
import { startProcess, waitUntilReady, type RunningProcess } from '../../engines/supervise';
import { createNamespace } from '../../engines/temporalNamespace';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { freshDatabase } from '../engines/database';
import { seed } from './seed';

const root = path.join(__dirname, '../..');
const readyTimeoutMs = 120_000;
const say = (line: string): void => void process.stderr.write(`e2e: ${line}\n`);

export interface Installation {
  url: string;
  knex: Knex;
  stop(): Promise<void>;
}

/** The product as it is deployed, API and worker as processes of their own, on a fresh database and namespace with a small ledger. */
export async function startInstallation(): Promise<Installation> {
  const temporalAddress = process.env.DUNWELL_TEST_TEMPORAL_ADDRESS;
  if (!temporalAddress) throw new Error('DUNWELL_TEST_TEMPORAL_ADDRESS is not set: run this with jest, whose globalSetup starts the engines.');
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-e2e-'));
  const stops: (() => Promise<unknown> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.reverse()) await stopOne();
  };
  try {
    await buildConsole(say);
    const database = await freshDatabase();
    stops.push(() => database.destroy());
    await seed(database.knex);
    const namespace = `e2e-${path.basename(folder).slice(-6)}-${process.pid}`;
    await makeNamespace(temporalAddress, namespace);
    const [port, workerPort] = [await findFreePort(), await findFreePort()];
    const env = {
      NODE_ENV: 'test', DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: namespace, TEMPORAL_UI_URL: 'http://temporal.example', DUNWELL_DATA: folder,
      DUNWELL_PORT: String(port), DUNWELL_WORKER_PORT: String(workerPort), LOG_LEVEL: 'warn',
    };
    const url = `http://127.0.0.1:${port}`;
    const services = [
      { name: 'api', entry: 'api/main.ts', ready: `${url}/readyz` },
      { name: 'worker', entry: 'worker/main.ts', ready: `http://127.0.0.1:${workerPort}/readyz` },
    ];
    await Promise.all(services.map(async ({ name, entry, ready }) => {
      const running: RunningProcess = await startProcess({ name, command: process.execPath, args: ['--import', 'tsx', entry], cwd: root, env, logFile: path.join(folder, `${name}.log`) });
      stops.push(() => running.stop());
      await waitUntilReady(running, { name, timeoutMs: readyTimeoutMs, check: () => answersOk(ready) });
    }));
    return { url, knex: database.knex, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await createNamespace(connection, namespace, Object.values(collectionAttributes), say);
  } finally {
    await connection.close();
  }
}
