import path from 'node:path';
import { Connection } from '@temporalio/client';
import { type Say } from './engineError';
import { lockFolder } from './folderLock';
import { claimPort, findFreePort } from './ports';
import { registerSearchAttributes, type SearchAttribute } from './searchAttributes';
import { startProcess, waitUntilReady, type Exit, type RunningProcess } from './supervise';
import { findTemporalCli } from './temporalCli';

export type TemporalOptions = {
  /** Holds the server's database and its log. */
  folder: string;
  say: Say;
  /** Exactly these ports. */
  port?: number;
  uiPort?: number;
  /** Otherwise these or ones of the next, if they are free. */
  usualPorts?: { grpc: number; ui: number };
  namespace?: string;
  searchAttributes?: readonly SearchAttribute[];
  /** True keeps nothing after a stop: for tests. */
  inMemory?: boolean;
  /** Settings of the server itself, such as limits: for tests. */
  dynamicConfig?: Readonly<Record<string, number>>;
};

export type TemporalServer = {
  /** host:port of the gRPC frontend. */
  address: string;
  uiUrl: string;
  namespace: string;
  logFile: string;
  /** Process id of the server now; another one after a restart. */
  pid(): number;
  hasExited(): boolean;
  /** Resolves when the process that runs now ends, for whatever reason. */
  exited(): Promise<Exit>;
  /** Starts it again on the same database and ports after it was killed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const readyTimeoutMs = 60_000;

/** Starts the Temporal development server, which keeps its state in one SQLite file. */
export async function startTemporalDevServer(options: TemporalOptions): Promise<TemporalServer> {
  const { say, namespace = 'default', searchAttributes = [], inMemory = false } = options;
  const folder = path.resolve(options.folder);
  const cli = await findTemporalCli(say);
  const lock = await lockFolder(folder, 'Temporal', say);
  try {
    const logFile = path.join(folder, 'temporal.log');
    const port = options.port !== undefined ? await claimPort(options.port, 'Temporal') : await findFreePort(options.usualPorts?.grpc);
    const uiPort = options.uiPort !== undefined ? await claimPort(options.uiPort, 'the Temporal UI') : await findFreePort(options.usualPorts?.ui);
    const address = `127.0.0.1:${port}`;
    // About six times the workflow starts per second of SQLite's default journal (measured on 2 cores, see docs/benchmarks.md).
    const storage = inMemory ? [] : ['--db-filename', path.join(folder, 'temporal.db'), '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
    const settings = Object.entries(options.dynamicConfig ?? {}).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]);
    const run = async (): Promise<RunningProcess> => {
      const started = await startProcess({
        name: 'Temporal', command: cli, logFile,
        args: ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort), '--namespace', namespace, '--log-level', 'warn', ...storage, ...settings],
        env: { TEMPORAL_ADDRESS: undefined, TEMPORAL_NAMESPACE: undefined, TEMPORAL_API_KEY: undefined }, // the CLI would read our own settings as its own
      });
      lock.holdFor(started.pid);
      await waitUntilReady(started, { name: 'Temporal', timeoutMs: readyTimeoutMs, check: () => hasNamespace(address, namespace) });
      return started;
    };
    say(`starting Temporal on port ${port}, its UI on port ${uiPort}`);
    let running = await run();
    if (searchAttributes.length > 0) {
      const connection = await Connection.connect({ address });
      try {
        await registerSearchAttributes(connection, namespace, searchAttributes, say);
      } finally {
        await connection.close();
      }
    }
    return {
      address, uiUrl: `http://127.0.0.1:${uiPort}`, namespace, logFile,
      pid: () => running.pid,
      hasExited: () => running.hasExited(),
      exited: () => running.exited,
      restart: async () => {
        await running.stop();
        running = await run();
      },
      stop: async () => {
        await running.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** True once the server answers and knows the namespace. */
export async function hasNamespace(address: string, namespace: string): Promise<boolean> {
  const connectTimeoutMs = 2_000;
  try {
    const connection = await Connection.connect({ address, connectTimeout: connectTimeoutMs });
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false; // not up yet; the caller's deadline ends the wait
  }
}
