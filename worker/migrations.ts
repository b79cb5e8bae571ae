import { markTold, untoldMigrations } from '../db/policies/migrations';
import { migrationWorkflowId, wakeMigration } from '../workflows/contracts/migration';
import { againAndAgain, patiently } from './patience';
import type { RelayDeps } from './waking';

const batchSize = 50;
const lookEveryMs = 500;
const afterErrorMs = 2_000;

/**
 * Tells the workflows of migrations what people asked of them, at least once: a migration is requested, paused, resumed and stopped in the database,
 * together with what else is done there, and its workflow hears of it from here.
 */
export async function tellMigrations(deps: RelayDeps, signal: AbortSignal): Promise<void> {
  const { knex, client, queues, log } = deps;
  await againAndAgain(signal, { afterErrorMs, onError: (error) => log.error({ err: error }, 'migrations could not be told of a change; it is tried again') }, async () => {
    for (const { id, changeSeq } of await untoldMigrations(knex, batchSize)) {
      const workflowId = migrationWorkflowId(id);
      await patiently(() => wakeMigration(client, id, queues), signal, (error, attempt) => log.warn({ err: error, attempt, workflowId }, 'Temporal did not take a call; it is repeated'));
      await markTold(knex, id, changeSeq);
    }
    return lookEveryMs;
  });
}
