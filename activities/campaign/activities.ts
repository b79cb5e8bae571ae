import type { Knex } from 'knex';
import { advanceRun, type Advanced, type HandsOver, type Pages } from '../../db/campaigns/advance';
import { noteRunProblem } from '../../db/campaigns/campaigns';
import { readClock, type ClockReading } from '../../db/clock/clock';
import type { RunCampaign } from '../../workflows/contracts/campaign';

export interface CampaignDeps {
  knex: Knex;
  clock?: (knex: Knex) => Promise<ClockReading>;
  pages?: Pages;
}

/** Customers of a page are locked for its length, and a page is one transaction of some hundred milliseconds. */
const pagesDefault: Pages = { enrol: 500, act: 200, deliver: 400 };

/** What a campaign does in the ledger's database. A page is one transaction that also notes how far it is, so a repeat goes on with the next. */
export function createCampaignActivities({ knex, clock = readClock, pages = pagesDefault }: CampaignDeps) {
  return {
    advanceCampaign: async ({ runId, handsOver = 'one-by-one' }: RunCampaign & { handsOver?: HandsOver }): Promise<Advanced> => {
      try {
        return await knex.transaction(async (trx) => advanceRun(trx, runId, await clock(trx), pages, handsOver));
      } catch (error) {
        await noteRunProblem(knex, runId, error instanceof Error ? error.message : String(error));
        throw error;
      }
    },
  };
}

export type CampaignActivities = ReturnType<typeof createCampaignActivities>;
