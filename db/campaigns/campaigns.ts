import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { nextRunAt } from '../../domain/campaign/nextRun';
import type { CampaignDocument } from '../../domain/campaign/schema';
import type { Campaign } from '../../domain/campaign/types';
import { appendAudit, type Actor } from '../audit';

/** A request that makes no sense as things stand; the message is for the person who made it. */
export class CampaignError extends Error {
  override name = 'CampaignError';
}

export interface CampaignContent {
  document: CampaignDocument;
  campaign: Campaign;
}

export async function createCampaign(trx: Knex.Transaction, actor: Actor, key: string, { document, campaign }: CampaignContent, now: InstantMs): Promise<number> {
  const [row] = await trx('campaigns').insert({ key, document: JSON.stringify(document), parsed: JSON.stringify(campaign), created_at: new Date(now), created_by: actor.name })
    .onConflict('key').ignore().returning<{ id: number }[]>('id');
  if (!row) throw new CampaignError(`There is a campaign "${key}" already.`);
  await appendAudit(trx, [{ actor, action: 'campaign.created', subjectType: 'campaign', subjectId: key, after: { document } }]);
  return row.id;
}

interface CampaignRow {
  id: number;
  key: string;
  state: 'draft' | 'launched' | 'ended';
  parsed: Campaign;
  row_version: number;
  experiment_ended_at: Date | null;
}

export async function lockCampaign(trx: Knex.Transaction, id: number): Promise<CampaignRow | undefined> {
  return trx('campaigns').where({ id }).forUpdate().first<CampaignRow | undefined>('id', 'key', 'state', 'parsed', 'row_version', 'experiment_ended_at');
}

/** Changes a draft. What is launched stays as it was launched. Null when there is no such campaign. */
export async function editCampaign(trx: Knex.Transaction, actor: Actor, id: number, { document, campaign }: CampaignContent, rowVersion: number | null): Promise<number | null> {
  const found = await lockCampaign(trx, id);
  if (!found) return null;
  if (found.state !== 'draft') throw new CampaignError('The campaign has been launched: make another from it.');
  if (rowVersion !== null && found.row_version !== rowVersion) throw new CampaignError('Somebody has changed it meanwhile: look at it again.');
  await trx('campaigns').where({ id }).update({ document: JSON.stringify(document), parsed: JSON.stringify(campaign), row_version: found.row_version + 1 });
  await appendAudit(trx, [{ actor, action: 'campaign.edited', subjectType: 'campaign', subjectId: found.key, after: { document } }]);
  return id;
}

export async function launchCampaign(trx: Knex.Transaction, actor: Actor, id: number, now: InstantMs): Promise<number | null> {
  const found = await lockCampaign(trx, id);
  if (!found) return null;
  if (found.state !== 'draft') throw new CampaignError('The campaign has been launched already.');
  const { segment } = found.parsed.audience;
  if (segment !== null && !(await trx('segments').where({ key: segment }).first('id'))) throw new CampaignError(`There is no segment "${segment}".`);
  for (const policy of Object.values(found.parsed.experiment?.policies ?? {})) {
    if (!(await trx('policy_versions').where({ policy, in_force: true }).first('id'))) throw new CampaignError(`No version of a policy "${policy}" is in force: publish one first.`);
  }
  const at = nextRunAt(found.parsed.schedule, now, null);
  await trx('campaigns').where({ id }).update({ state: 'launched', next_run_at: at === null ? null : new Date(at), row_version: found.row_version + 1 });
  await appendAudit(trx, [{ actor, action: 'campaign.launched', subjectType: 'campaign', subjectId: found.key, after: { firstRunAt: at === null ? null : new Date(at) } }]);
  return id;
}

export type RunRequest = 'pause' | 'resume' | 'stop';

const moves: Readonly<Record<RunRequest, { from: readonly string[]; to: string; done: string }>> = {
  pause: { from: ['running'], to: 'paused', done: 'paused' },
  resume: { from: ['paused'], to: 'running', done: 'resumed' },
  stop: { from: ['running', 'paused'], to: 'stopped', done: 'stopped' },
};

/** Pauses, resumes or stops all that a campaign is at; a stopped one begins no further run. */
export async function moveCampaign(trx: Knex.Transaction, actor: Actor, id: number, request: RunRequest, now: InstantMs): Promise<number | null> {
  const found = await lockCampaign(trx, id);
  if (!found) return null;
  const { from, to, done } = moves[request];
  const moved = request === 'stop'
    ? await stopRuns(trx, id, now)
    : await trx('campaign_runs').where({ campaign_id: id }).whereIn('state', [...from]).update({ state: to, ended_at: null, change_seq: trx.raw('change_seq + 1') });
  if (request === 'stop') {
    if (found.state === 'ended') throw new CampaignError('The campaign has ended.');
    await trx('campaigns').where({ id }).update({ state: 'ended', next_run_at: null });
  } else if (moved === 0) throw new CampaignError(`Nothing of the campaign can be ${done} now.`);
  await trx('campaigns').where({ id }).update({ row_version: found.row_version + 1 });
  await appendAudit(trx, [{ actor, action: `campaign.${done}`, subjectType: 'campaign', subjectId: found.key }]);
  return id;
}

/** Stops what a campaign is at. Answers how many runs there were. */
export function stopRuns(trx: Knex.Transaction, id: number, now: InstantMs): Promise<number> {
  return trx('campaign_runs').where({ campaign_id: id }).whereIn('state', [...moves.stop.from]).update({ state: moves.stop.to, ended_at: new Date(now), next_at: null, change_seq: trx.raw('change_seq + 1') });
}

/** Begins the runs whose time has come. Safe to repeat: a run is known by its number. */
export async function beginDueRuns(trx: Knex.Transaction, now: InstantMs): Promise<number> {
  const due = await trx('campaigns').where('next_run_at', '<=', new Date(now)).orderBy('id').forUpdate().select<{ id: number; parsed: Campaign; next_run_at: Date }[]>('id', 'parsed', 'next_run_at');
  for (const { id, parsed, next_run_at } of due) {
    const next = nextRunAt(parsed.schedule, now, next_run_at.getTime());
    await trx.raw(
      `INSERT INTO campaign_runs (campaign_id, run, started_at, next_at, enrol_after, events_after)
       SELECT :id, coalesce(max(run), 0) + 1, :now, :now, CASE WHEN :byEvent THEN NULL ELSE 0 END, (SELECT coalesce(max(id), 0) FROM events) FROM campaign_runs WHERE campaign_id = :id`,
      { id, now: new Date(now), byEvent: parsed.schedule.kind === 'event' });
    await trx('campaigns').where({ id }).update({ next_run_at: next === null ? null : new Date(next) });
  }
  return due.length;
}

/** SQL of whether something has happened that a run `r` is started by and that it has not looked at. */
export const unseenEventsSql = `EXISTS (SELECT FROM campaigns c JOIN events e ON e.id > r.events_after AND e.kind = c.parsed -> 'schedule' ->> 'event' WHERE c.id = r.campaign_id AND c.parsed -> 'schedule' ->> 'kind' = 'event')`;

/** A message that is so late to be offered has lost the workflow that would. */
const lostOfferMinutes = 10;

/**
 * Runs whose workflows have not been told of a request, whose event has happened, whose time has come (by so many ms, so that a workflow's own timer comes first), or whose messages
 * nobody hands over.
 */
export async function runsToTell(knex: Knex, now: InstantMs, overdueMs: number, limit: number): Promise<{ id: number; changeSeq: number }[]> {
  const { rows } = await knex.raw<{ rows: { id: number; changeSeq: number }[] }>(
    `SELECT id, change_seq AS "changeSeq" FROM campaign_runs r WHERE told_seq < change_seq OR (state = 'running' AND (next_at <= ? OR ${unseenEventsSql}))
       OR EXISTS (SELECT FROM campaign_acts a JOIN messages m ON m.id = a.message_id AND m.state IN ('queued', 'sending') WHERE a.run_id = r.id AND a.offer_at < now() - interval '${lostOfferMinutes} minutes') ORDER BY id LIMIT ?`, [new Date(now - overdueMs), limit]);
  return rows;
}

export async function markRunTold(knex: Knex, id: number, changeSeq: number): Promise<void> {
  await knex.raw('UPDATE campaign_runs SET told_seq = greatest(told_seq, ?) WHERE id = ?', [changeSeq, id]);
}

export async function noteRunProblem(knex: Knex, id: number, problem: string): Promise<void> {
  await knex('campaign_runs').where({ id }).update({ last_problem: problem.slice(0, 1_000) });
}
