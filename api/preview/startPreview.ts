import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Knex } from 'knex';
import { createPreview, notePreview, type PreviewRequest } from '../../db/policies/previews';
import type { ApiDeps } from '../deps';
import { unavailable } from '../http/problem';
import type { PreviewThreadData } from './thread';

/** A preview fills a core for some seconds; more of them at once would each take longer. */
const threadsMax = 2;
let threads = 0;

/** Begins a preview in a thread of its own, so that nobody's request waits for it, and answers its id. */
export async function startPreview({ knex, logger }: Pick<ApiDeps, 'knex' | 'logger'>, request: PreviewRequest, createdBy: string): Promise<string> {
  if (threads >= threadsMax) throw unavailable('Other previews are being worked out: try again in a moment.');
  threads += 1;
  const id = randomUUID();
  try {
    await createPreview(knex, id, request, createdBy);
  } catch (error) {
    threads -= 1;
    throw error;
  }
  const workerData: PreviewThreadData = { databaseUrl: urlOf(knex), previewId: id };
  const thread = new Worker(path.join(__dirname, 'entry.js'), { workerData, execArgv: [] });
  thread.on('error', (error) => {
    logger.error({ err: error, previewId: id }, 'a preview failed');
    void noteFailure({ knex, logger }, id, error);
  });
  thread.on('exit', () => {
    threads -= 1;
  });
  return id;
}

async function noteFailure({ knex, logger }: Pick<ApiDeps, 'knex' | 'logger'>, id: string, error: Error): Promise<void> {
  try {
    await notePreview(knex, id, { state: 'failed', problem: error.message });
  } catch (failure) {
    logger.error({ err: failure, previewId: id }, 'the failure of a preview could not be noted');
  }
}

function urlOf(knex: Knex): string {
  const { connection } = knex.client.config as { connection: { connectionString: string } };
  return connection.connectionString;
}
