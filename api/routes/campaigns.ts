import type { Knex } from 'knex';
import { CampaignError, createCampaign, editCampaign, launchCampaign, moveCampaign, type CampaignContent, type RunRequest } from '../../db/campaigns/campaigns';
import { listPreviewed, previewCampaign, type Launch } from '../../db/campaigns/preview';
import { endExperiment } from '../../db/campaigns/endExperiment';
import { readCollectedByDay, readExperimentSums, readFunnel, readMainCurrency, readMoney } from '../../db/readmodels/campaignResults';
import { findCampaign, listCampaigns, listMembers, type CampaignRow } from '../../db/readmodels/campaigns';
import { readNames } from '../../db/readmodels/names';
import { checkCampaign } from '../../domain/campaign/checkCampaign';
import { readCampaign } from '../../domain/campaign/readCampaign';
import { campaignDocument, type CampaignDocument } from '../../domain/campaign/schema';
import { describeCondition } from '../../domain/condition/describe';
import { eventKinds } from '../../domain/events/kinds';
import { reportExperiments } from '../../domain/experiment/report';
import type { campaignContracts } from '../contracts/campaigns';
import type { Contract } from '../contracts/contract';
import type { Call, Handlers } from '../http/call';
import { conflict, notFound, refused } from '../http/problem';
import { Turns } from '../http/turns';
import { now } from './ledgerContext';
import { paged } from './paging';

export const campaignHandlers: Handlers<typeof campaignContracts> = {
  listCampaigns: async ({ db, query }) => {
    const { items, next } = await paged(query, '-id', 1, (page) => listCampaigns(db, query, page));
    return { items: items.map(shown), next };
  },
  createCampaign: async ({ trx, body, actor }) => {
    const at = await now(trx);
    const id = await refusing(async () => createCampaign(trx, actor, body.key, await accepted(trx, body.document), at.getTime()));
    return shown(found(await findCampaign(trx, id), id));
  },
  getCampaign: async ({ db, params }) => shown(found(await findCampaign(db, params.id), params.id)),
  editCampaign: async ({ trx, params, body, actor, ifMatch }) => {
    found(await refusing(async () => editCampaign(trx, actor, params.id, await accepted(trx, body.document), ifMatch)), params.id);
    return shown(found(await findCampaign(trx, params.id), params.id));
  },
  previewCampaign: async ({ db, params }) => {
    const campaign = found(await findCampaign(db, params.id), params.id);
    const at = await now(db);
    const problems = checkCampaign(campaignDocument.parse(campaign.document), await readNames(db));
    return { problems, ...await previewTurns.take(() => previewCampaign(db, launchOf(campaign), at.getTime())) };
  },
  listPreviewedCustomers: async ({ db, params, query }) => {
    const launch = launchOf(found(await findCampaign(db, params.id), params.id));
    const at = await now(db);
    return paged(query, 'customerId', 1, async ({ after, limit }) => {
      const { rows, next } = await previewTurns.take(() => listPreviewed(db, launch, query, at.getTime(), Number(after?.[0] ?? 0), limit));
      return { rows, next: next === null ? null : [String(next)] };
    });
  },
  launchCampaign: async ({ trx, params, actor }) => {
    // What it names may have gone since it was saved, and it may have been saved before there was all that a document may say.
    await accepted(trx, campaignDocument.parse(found(await findCampaign(trx, params.id), params.id).document));
    const at = await now(trx);
    found(await refusing(() => launchCampaign(trx, actor, params.id, at.getTime())), params.id);
    return shown(found(await findCampaign(trx, params.id), params.id));
  },
  pauseCampaign: async (call) => move(call, 'pause'),
  resumeCampaign: async (call) => move(call, 'resume'),
  stopCampaign: async (call) => move(call, 'stop'),
  endExperiment: async ({ trx, params, body, actor }) => {
    const at = await now(trx);
    found(await refusing(() => endExperiment(trx, actor, params.id, body, at.getTime())), params.id);
    return shown(found(await findCampaign(trx, params.id), params.id));
  },
  getCampaignResults: async ({ db, params, query }) => {
    const campaign = found(await findCampaign(db, params.id), params.id);
    const run = runOf(campaign, query.runId);
    const at = await now(db);
    const { horizonDays, groups: drawn = [] } = campaign.parsed.experiment ?? {};
    const sums = horizonDays === undefined ? [] : await readExperimentSums(db, run.id, horizonDays, campaign.experimentEnded ? new Date(Math.min(at.getTime(), Date.parse(campaign.experimentEnded.at))) : at);
    const mainCurrency = horizonDays === undefined ? null : await readMainCurrency(db, run.id, horizonDays);
    const experiments = mainCurrency === null ? [] : reportExperiments(sums, drawn.map(({ name }) => name), mainCurrency);
    return { run: run.run, state: run.state, at, groups: await readFunnel(db, run.id), money: await readMoney(db, run.id, at), byDay: await readCollectedByDay(db, run.id, at), experiments };
  },
  listCampaignMembers: async ({ db, params, query }) => {
    const run = runOf(found(await findCampaign(db, params.id), params.id), query.runId);
    return paged(query, 'customerId', 1, (page) => listMembers(db, run.id, query, page));
  },
};

/** Each reads the facts of a whole audience. */
const previewTurns = new Turns(2);

function launchOf({ key, parsed, runs, nextRunAt }: CampaignRow): Launch {
  return { key, campaign: parsed, runs: runs.length, nextRunAt: nextRunAt?.getTime() ?? null };
}

function found<T>(row: T | null, id: number): T {
  if (row === null) throw notFound('campaign', id);
  return row;
}

function runOf(campaign: CampaignRow, runId: number | undefined): CampaignRow['runs'][number] {
  const run = runId === undefined ? campaign.runs[0] : campaign.runs.find(({ id }) => id === runId);
  if (!run) throw notFound('run of this campaign', runId ?? 'yet');
  return run;
}

async function refusing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof CampaignError) throw conflict(error.message);
    throw error;
  }
}

async function move({ trx, params, actor }: Pick<Call<Contract>, 'trx' | 'actor'> & { params: { id: number } }, request: RunRequest) {
  const at = await now(trx);
  found(await refusing(() => moveCampaign(trx, actor, params.id, request, at.getTime())), params.id);
  return shown(found(await findCampaign(trx, params.id), params.id));
}

function read(document: CampaignDocument): CampaignContent {
  const result = readCampaign(document);
  if ('campaign' in result) return { document, campaign: result.campaign };
  throw refused(result.problems);
}

/** The same, and all that it names is there. */
async function accepted(db: Knex, document: CampaignDocument): Promise<CampaignContent> {
  const content = read(document);
  const problems = checkCampaign(document, await readNames(db));
  if (problems.length > 0) throw refused(problems);
  return content;
}

function shown({ parsed, runs, experimentEnded, ...row }: CampaignRow) {
  const { audience, schedule } = parsed;
  const who = audience.segment === null ? 'Customers' : `Customers of the segment ${audience.segment}`;
  const what = audience.when === null ? 'who owe something' : `with an invoice of ${describeCondition(audience.when)}`;
  const event = schedule.kind === 'event' ? `, when this happens: ${eventKinds[schedule.event].toLowerCase()}` : '';
  return {
    ...row, experimentEnded: experimentEnded && { ...experimentEnded, at: new Date(experimentEnded.at) }, audience: `${who} ${what}${event}`,
    runs: runs.map((run) => ({ ...run, startedAt: new Date(run.startedAt), endedAt: run.endedAt === null ? null : new Date(run.endedAt) })),
  };
}
