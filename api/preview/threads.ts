import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PolicyComparison } from '../../domain/simulation/comparePolicies';
import type { FromThread, ToThread } from './thread';
import type { ComparisonTask } from './workOut';

/** A preview fills as many cores as it gets; beyond these the database is what it waits for. */
const threadsMax = 2;
/** A thread that has nothing to do is kept for a while, since one that starts has to load the product first. */
const idleMs = 10 * 60_000;

let idle: { worker: Worker; timer: NodeJS.Timeout }[] = [];

/** How many threads a preview is shared out among. */
export const threadsPerPreview = Math.min(threadsMax, availableParallelism());

/** Starts the threads that the next preview will want, unless they are there. Called where somebody is about to ask for one. */
export function warmThreads(): void {
  while (idle.length < threadsPerPreview) keep(start());
}

/** Has one thread compare its share of a ledger. */
export async function compareInThread(databaseUrl: string, task: ComparisonTask, onSlice: (customers: number) => void): Promise<PolicyComparison> {
  const worker = takeIdle() ?? start();
  try {
    const comparison = await answerOf(worker, { databaseUrl, task }, onSlice);
    keep(worker);
    return comparison;
  } catch (error) {
    void worker.terminate();
    throw error;
  }
}

function answerOf(worker: Worker, message: ToThread, onSlice: (customers: number) => void): Promise<PolicyComparison> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.on('message', (answer: FromThread) => {
      switch (answer.kind) {
        case 'ready': return;
        case 'slice': return onSlice(answer.customers);
        case 'done': return resolve(answer.comparison);
        case 'failed': return reject(new Error(answer.message));
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread that worked it out ended.')));
    worker.ref();
    // A thread has no origin, unlike a window.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(message);
  });
}

function start(): Worker {
  return new Worker(path.join(__dirname, 'entry.js'), { execArgv: [] });
}

function keep(worker: Worker): void {
  const kept = { worker, timer: setTimeout(() => void worker.terminate(), idleMs) };
  kept.timer.unref();
  // It keeps no process alive. If it ends by itself, it is no longer there to be taken.
  worker.unref();
  worker.removeAllListeners();
  const forget = (): void => {
    clearTimeout(kept.timer);
    idle = idle.filter((each) => each !== kept);
  };
  worker.on('error', forget);
  worker.on('exit', forget);
  idle.push(kept);
}

function takeIdle(): Worker | null {
  const kept = idle.pop();
  if (!kept) return null;
  clearTimeout(kept.timer);
  return kept.worker;
}
