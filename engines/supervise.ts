import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from './engineError';

export type ProcessSpec = {
  name: string;
  command: string;
  args: readonly string[];
  /** Appended to; both output streams go there. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Run as this user, when this process is root and the program refuses to be. */
  user?: { uid: number; gid: number };
  /** The signal that asks it to end in order. */
  stopSignal?: NodeJS.Signals;
};

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A process of ours. It leads its own group, so that Ctrl-C in a terminal reaches only us and we stop things in order. */
export type RunningProcess = {
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  stop(graceMs?: number): Promise<void>;
};

const defaultGraceMs = 15_000;
const lineShownMax = 400;
const living = new Set<ChildProcess>();
let isExitHookSet = false;

/** Starts a process, its output going to a file. Whatever still lives when this process ends is killed with it. */
export async function startProcess(spec: ProcessSpec): Promise<RunningProcess> {
  mkdirSync(path.dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, 'a');
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...process.env, ...spec.env },
    stdio: ['ignore', log, log],
    detached: true,
    uid: spec.user?.uid,
    gid: spec.user?.gid,
  });
  closeSync(log);
  killWithUs(child);
  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      living.delete(child);
      exit = { code, signal };
      resolve(exit);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      living.delete(child);
      reject(new EngineError(`${spec.name} could not be started (${spec.command}): ${error.message}`));
    });
  });
  const pid = child.pid;
  if (pid === undefined) throw new EngineError(`${spec.name} could not be started (${spec.command}).`);
  return {
    pid,
    logFile: spec.logFile,
    exited,
    hasExited: () => exit !== undefined,
    stop: async (graceMs = defaultGraceMs) => {
      if (exit) return;
      child.kill(spec.stopSignal ?? 'SIGTERM');
      const ended = await Promise.race([exited.then(() => true), sleep(graceMs, false, { ref: false })]);
      if (!ended) killGroup(pid);
      await exited;
    },
  };
}

export type Readiness = { name: string; timeoutMs: number; check: () => Promise<boolean> };

/** Waits until a process answers; if it ends or stays silent, the error shows the end of its log. */
export async function waitUntilReady(running: RunningProcess, { name, timeoutMs, check }: Readiness): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (running.hasExited()) {
      const { code, signal } = await running.exited;
      throw new EngineError(`${name} ended at once (${signal ?? `exit code ${code}`}). The end of ${running.logFile}:\n${lastLines(running.logFile)}`);
    }
    if (await check()) return;
    await sleep(50);
  }
  await running.stop();
  throw new EngineError(`${name} did not answer within ${timeoutMs / 1000} s. The end of ${running.logFile}:\n${lastLines(running.logFile)}`);
}

export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).map((line) => line.slice(0, lineShownMax)).join('\n');
  } catch (error) {
    return `(no log: ${String(error)})`;
  }
}

function killWithUs(child: ChildProcess): void {
  living.add(child);
  if (isExitHookSet) return;
  isExitHookSet = true;
  process.on('exit', () => {
    for (const left of living) if (left.pid !== undefined) killGroup(left.pid);
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
