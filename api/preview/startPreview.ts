import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { createPreview, notePreview, type PreviewRequest } from '../../db/policies/previews';
import type { ApiDeps } from '../deps';
import { unavailable } from '../http/problem';
import { compareInThread, threadsPerPreview } from './threads';
import { workOutPreview } from './workOut';

/** A preview fills the cores for some seconds; more of them at once would each take longer. */
const previewsMax = 2;
let previews = 0;

/** Begins a preview in threads of its own, so that nobody's request waits for it, and answers its id. */
export async function startPreview({ knex, logger }: Pick<ApiDeps, 'knex' | 'logger'>, request: PreviewRequest, createdBy: string): Promise<string> {
  if (previews >= previewsMax) throw unavailable('Other previews are being worked out: try again in a moment.');
  previews += 1;
  const id = randomUUID();
  try {
    await createPreview(knex, id, request, createdBy);
  } catch (error) {
    previews -= 1;
    throw error;
  }
  void inThreads(knex, id).catch(async (error: unknown) => {
    logger.error({ err: error, previewId: id }, 'a preview failed');
    await notePreview(knex, id, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
  }).catch((error: unknown) => {
    logger.error({ err: error, previewId: id }, 'the failure of a preview could not be noted');
  }).finally(() => {
    previews -= 1;
  });
  return id;
}

/** Works a preview out that has been created, with as many threads as there are cores for. */
export function inThreads(knex: Knex, id: string): Promise<void> {
  const url = urlOf(knex);
  return workOutPreview(knex, id, Array.from({ length: threadsPerPreview }, () => (task, onSlice) => compareInThread(url, task, onSlice)));
}

function urlOf(knex: Knex): string {
  const { connection } = knex.client.config as { connection: { connectionString: string } };
  return connection.connectionString;
}
