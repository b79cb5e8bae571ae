import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, type Say } from '../../engines/engineError';
import { lockFolder } from '../../engines/folderLock';
import { lastLines, startProcess, type RunningProcess } from '../../engines/supervise';

const root = path.join(__dirname, '..', '..');

export type ServiceSpec = {
  name: string;
  /** Its entry, from the root of the repository. */
  entry: string;
  environment: Record<string, string>;
  dataFolder: string;
  /** Answers once the service does its work. */
  isReady(): Promise<boolean>;
  say: Say;
};

/** A process of the product that is started again when it ends by itself. */
export type Service = { ready(): Promise<void>; stop(): Promise<void> };

const readyTimeoutMs = 120_000;
const firstPauseMs = 500;
const pauseMaxMs = 30_000;
/** A service that has run so long was well: the next pause starts small again. */
const wellAfterMs = 60_000;

export async function startService({ name, entry, environment, dataFolder, isReady, say }: ServiceSpec): Promise<Service> {
  if (!existsSync(path.join(root, entry))) throw new EngineError(`${entry} is missing: this checkout is incomplete.`);
  const lock = await lockFolder(lockFolderOf(dataFolder, name), `the ${name}`, say);
  const logFile = path.join(dataFolder, 'logs', `${name}.log`);
  let isStopping = false;
  const run = async (): Promise<RunningProcess> => {
    const started = await startProcess({ name, command: process.execPath, args: ['--import', 'tsx', '--enable-source-maps', entry], cwd: root, env: environment, logFile });
    lock.holdFor(started.pid);
    return started;
  };
  let running = await run();
  const supervision = (async () => {
    let pauseMs = firstPauseMs;
    while (!isStopping) {
      const startedAtMs = Date.now();
      const { code, signal } = await running.exited;
      if (isStopping) return;
      if (Date.now() - startedAtMs > wellAfterMs) pauseMs = firstPauseMs;
      say(`the ${name} ended (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs / 1000} s. It says in ${logFile}:\n${lastLines(logFile, 5)}`);
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
      if (!isStopping) running = await run();
    }
  })();
  return {
    ready: async () => {
      const until = Date.now() + readyTimeoutMs;
      while (!(await isReady())) {
        if (Date.now() > until) throw new EngineError(`The ${name} was not ready within ${readyTimeoutMs / 1000} s. The end of ${logFile}:\n${lastLines(logFile)}`);
        await sleep(100);
      }
    },
    stop: async () => {
      isStopping = true;
      await running.stop();
      await supervision;
      lock.release();
    },
  };
}

/** Stops services that a run which was killed has left behind, before their engines and ports are taken again. */
export async function stopLeftServices(dataFolder: string, say: Say): Promise<void> {
  for (const name of ['api', 'worker']) (await lockFolder(lockFolderOf(dataFolder, name), `the ${name}`, say)).release();
}

function lockFolderOf(dataFolder: string, name: string): string {
  return path.join(dataFolder, 'running', name);
}

/** True once a GET of this url is answered with success. */
export async function answersOk(url: string): Promise<boolean> {
  const answerTimeoutMs = 2_000;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not up yet; the caller's deadline ends the wait
  }
}
