import { beginDueRuns, markRunTold, runsToTell } from '../db/campaigns/campaigns';
import { campaignWorkflowId, wakeCampaign } from '../workflows/contracts/campaign';
import { leaderships, withLeadership } from './leadership';
import { againAndAgain, patiently } from './patience';
import type { RelayDeps } from './waking';

const batchSize = 100;
const lookEveryMs = 250;
const elsewherePauseMs = 1_000;
const afterErrorMs = 2_000;
/** On real time a run has a timer of its own; one that is so late has lost it. A run that has just been told is not told again before that. */
const lateMs = 60_000;
const tellAgainMs = { real: 30_000, manual: 1_000 } as const;

/**
 * Begins the runs of campaigns whose time has come, and tells their workflows what there is to do: at least once, which is harmless, since they go by the database. A run whose workflow
 * is gone is started again by the same call.
 */
export function createCampaignTeller(deps: RelayDeps): { run(signal: AbortSignal): Promise<void> } {
  const { knex, client, queues, log, readClock } = deps;
  const toldAt = new Map<number, { at: number; seq: number }>();

  async function turn(signal: AbortSignal): Promise<void> {
    const { now, mode } = await readClock(knex);
    await knex.transaction((trx) => beginDueRuns(trx, now));
    for (const { id, changeSeq } of await runsToTell(knex, now, mode === 'real' ? lateMs : 0, batchSize)) {
      const told = toldAt.get(id);
      if (told && told.seq === changeSeq && Date.now() - told.at < tellAgainMs[mode]) continue;
      const workflowId = campaignWorkflowId(id);
      await patiently(() => wakeCampaign(client, id, queues), signal, (error, attempt) => log.warn({ err: error, attempt, workflowId }, 'Temporal did not take a call; it is repeated'));
      await markRunTold(knex, id, changeSeq);
      toldAt.set(id, { at: Date.now(), seq: changeSeq });
    }
    for (const [id, { at }] of toldAt) if (Date.now() - at > lateMs) toldAt.delete(id);
  }

  return {
    run(signal) {
      return againAndAgain(signal, { afterErrorMs, onError: (error) => log.error({ err: error }, 'campaigns could not be told what to do; it is tried again') },
        async () => ((await withLeadership(knex, leaderships.campaigns, () => turn(signal))) ? lookEveryMs : elsewherePauseMs));
    },
  };
}
