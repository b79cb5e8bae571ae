import { parentPort } from 'node:worker_threads';
import { connect } from '../../db/connect';
import { type ComparisonTask, compareSlices } from './workOut';
import type { PolicyComparison } from '../../domain/simulation/comparePolicies';

/** What a thread is sent. */
export interface ToThread {
  databaseUrl: string;
  task: ComparisonTask;
}

/** What it answers: how many customers each slice had, and at last the comparison or what went wrong. */
export type FromThread = { kind: 'ready' } | { kind: 'slice'; customers: number } | { kind: 'done'; comparison: PolicyComparison } | { kind: 'failed'; message: string };

/** Works on one task at a time, as they come. */
export function run(): void {
  const port = parentPort;
  if (!port) throw new Error('this is run in a thread');
  const say = (message: FromThread): void => port.postMessage(message);
  port.on('message', ({ databaseUrl, task }: ToThread) => {
    void compareFor(databaseUrl, task, (customers) => say({ kind: 'slice', customers })).then(say);
  });
  say({ kind: 'ready' });
}

async function compareFor(databaseUrl: string, task: ComparisonTask, onSlice: (customers: number) => void): Promise<FromThread> {
  const knex = connect(databaseUrl, { poolMax: 1 });
  try {
    return { kind: 'done', comparison: await compareSlices(knex, task, onSlice) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  } finally {
    await knex.destroy();
  }
}
