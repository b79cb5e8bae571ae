import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { findFreePort } from '../../engines/ports';
import { type RunningProcess, startProcess, waitUntilReady } from '../../engines/supervise';
import type { Engines } from './engines';

const root = path.join(__dirname, '../..');
/** A machine that is busy takes minutes to start them; a hang is still found. */
const readyTimeoutMs = 300_000;

/** A process of the product as a deployment runs it, that can be killed and started again on the same port. */
export interface ProductProcess {
  readonly name: string;
  readonly url: string;
  readonly logFile: string;
  /** True once it has ended without being killed or stopped here. */
  hasEndedByItself(): boolean;
  /** SIGKILL: no time to finish anything. */
  kill(): Promise<void>;
  /** Starts it; with `wait`, until it says that it is ready. */
  start(wait?: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface ProductOptions {
  engines: Pick<Engines, 'folder'> & { postgres: Pick<Engines['postgres'], 'url'>; temporal: Pick<Engines['temporal'], 'address' | 'namespace'> };
  /** Base url of the stand-in for Resend. */
  resendUrl: string;
  env?: NodeJS.ProcessEnv;
}

export async function workerProcess(options: ProductOptions): Promise<ProductProcess> {
  const port = await findFreePort();
  return productProcess('worker', 'worker/main.ts', port, '/readyz', { ...options, env: { DUNWELL_WORKER_PORT: String(port), ...options.env } });
}

export async function apiProcess(options: ProductOptions): Promise<ProductProcess> {
  const port = await findFreePort();
  return productProcess('api', 'api/main.ts', port, '/readyz', { ...options, env: { DUNWELL_PORT: String(port), ...options.env } });
}

function productProcess(name: string, script: string, port: number, readyPath: string, { engines, resendUrl, env }: ProductOptions): ProductProcess {
  const url = `http://127.0.0.1:${port}`;
  const logFile = path.join(engines.folder, `${name}.log`);
  let running: RunningProcess | null = null;
  let wanted = false;
  return {
    name, url, logFile,
    hasEndedByItself: () => wanted && running !== null && running.hasExited(),
    async start(wait = true) {
      wanted = true;
      running = await startProcess({
        name, logFile, cwd: root, command: process.execPath, args: ['--import', 'tsx', script],
        env: {
          NODE_ENV: 'production', MAIL_FROM: 'Accounts receivable <billing@example.com>', DATABASE_URL: engines.postgres.url, TEMPORAL_ADDRESS: engines.temporal.address, TEMPORAL_NAMESPACE: engines.temporal.namespace,
          DUNWELL_MAIL_PROVIDER: 'resend', RESEND_API_KEY: 're_standin', RESEND_BASE_URL: resendUrl, DUNWELL_DATA: engines.folder, LOG_LEVEL: 'warn',
          TEMPORAL_API_KEY: undefined, TEMPORAL_TLS: undefined, ...env,
        },
      });
      if (wait) await waitUntilReady(running, { name, timeoutMs: readyTimeoutMs, check: () => answers(`${url}${readyPath}`) });
    },
    async kill() {
      wanted = false;
      if (!running || running.hasExited()) return;
      process.kill(running.pid, 'SIGKILL');
      await running.exited;
    },
    async stop() {
      wanted = false;
      await running?.stop();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    // Not up yet. By name, since where jest runs this the classes are others.
    if (error !== null && typeof error === 'object' && 'name' in error && (error.name === 'TypeError' || error.name === 'TimeoutError')) return false;
    throw error;
  }
}

/** Waits until something holds, looking again every so often; the error says what was waited for and how things stand. */
export async function until(what: string, withinMs: number, holds: () => Promise<boolean>, standing: () => Promise<string> = async () => '', everyMs = 100): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1_000} s for ${what}. ${await standing()}`);
    await sleep(everyMs);
  }
}
