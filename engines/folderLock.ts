import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, type Say } from './engineError';
import { identify, isAlive, type ProcessIdentity } from './processIdentity';

/** Who runs an engine on a folder: the process that started it, and the engine itself. */
type Holder = { owner: ProcessIdentity; engine?: ProcessIdentity };

export type FolderLock = { holdFor(enginePid: number): void; release(): void };

const stopGraceMs = 10_000;
const attemptsMax = 5;

/**
 * Takes a folder for one engine, so that never two copies run on it.
 *
 * A holder that has died is no obstacle: its lock is taken over, and an engine that it left running is stopped first.
 * @param what the engine's name, for messages
 */
export async function lockFolder(folder: string, what: string, say: Say): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'running.json');
  const self = identify(process.pid);
  if (!self) throw new EngineError('This process cannot read its own start time; /proc or ps is needed.');
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    try {
      writeFileSync(file, JSON.stringify({ owner: self } satisfies Holder), { flag: 'wx', mode: 0o600 });
      return {
        holdFor: (enginePid) => writeFileSync(file, JSON.stringify({ owner: self, engine: identify(enginePid) } satisfies Holder)),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder.owner)) {
      throw new EngineError(`${what} already runs on ${folder}, started by process ${holder.owner.pid}. Stop that one first, or use another folder.`);
    }
    if (holder?.engine && isAlive(holder.engine)) {
      say(`stopping ${what} that an earlier run left behind (process ${holder.engine.pid})`);
      await stopProcess(holder.engine);
    }
    rmSync(file, { force: true });
  }
  throw new EngineError(`${what} could not take the folder ${folder}: others keep taking it.`);
}

/** True if the folder's engine is run by a process that is alive. */
export function isFolderHeld(folder: string): boolean {
  const file = path.join(folder, 'running.json');
  if (!existsSync(file)) return false;
  const holder = readHolder(file);
  return holder !== undefined && isAlive(holder.owner);
}

async function stopProcess(identity: ProcessIdentity): Promise<void> {
  signal(identity.pid, 'SIGINT');
  const until = Date.now() + stopGraceMs;
  while (isAlive(identity) && Date.now() < until) await sleep(50);
  if (isAlive(identity)) signal(identity.pid, 'SIGKILL');
  while (isAlive(identity)) await sleep(20);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined; // half written by a process that was killed, or just released: free either way
  }
}

function isAlreadyThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}
