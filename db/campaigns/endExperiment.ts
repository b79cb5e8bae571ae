import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { appendAudit, type Actor } from '../audit';
import { releaseCustomers } from '../policies/assignCustomers';
import { requestMigration } from '../policies/migrations';
import { targetVersions } from '../policies/underWay';
import { CampaignError, lockCampaign, stopRuns } from './campaigns';
import { experimentActor } from './policyVariants';

/** stay: each customer keeps the policy that it was drawn for. go-back: what would decide without the experiment decides again. */
export type Afterwards = 'stay' | 'go-back';

/**
 * Ends an experiment on policies: nobody is drawn any more, outcomes count as far as they had come, and its customers stay or go back. Whom a person has given another policy meanwhile keeps
 * that. What is under way and goes back is moved by migrations, on which what was done counts, so that nothing is sent again. Null when there is no such campaign.
 */
export async function endExperiment(trx: Knex.Transaction, actor: Actor, id: number, { afterwards, reason }: { afterwards: Afterwards; reason: string }, now: InstantMs): Promise<number | null> {
  const found = await lockCampaign(trx, id);
  if (!found) return null;
  const policies = found.parsed.experiment?.policies;
  if (!policies) throw new CampaignError('The campaign compares no policies.');
  if (found.state === 'draft') throw new CampaignError('The experiment has not begun.');
  if (found.experiment_ended_at !== null) throw new CampaignError('The experiment has been ended already.');
  // A page that draws holds its run's row: after this, whoever was drawn is seen and nobody else will be.
  await stopRuns(trx, id, now);
  await trx('campaigns').where({ id }).update({
    state: 'ended', next_run_at: null, row_version: found.row_version + 1, experiment_ended_at: new Date(now), experiment_ended_by: actor.name, experiment_end_reason: reason, experiment_afterwards: afterwards,
  });
  const customers = afterwards === 'go-back' ? await goBack(trx, actor, { id, key: found.key, policies, reason }, now) : 0;
  await appendAudit(trx, [{ actor, action: 'campaign.experiment-ended', subjectType: 'campaign', subjectId: found.key, after: { afterwards, reason, customersReleased: customers } }]);
  return id;
}

async function goBack(trx: Knex.Transaction, actor: Actor, { id, key, policies, reason }: { id: number; key: string; policies: Readonly<Record<string, string>>; reason: string }, now: InstantMs): Promise<number> {
  const why = `Experiment ${key} was ended: ${reason}`.slice(0, 500);
  const runs = await trx('campaign_runs').where({ campaign_id: id }).orderBy('id').pluck<number[]>('id');
  let released = 0;
  for (const runId of runs) {
    for (const [group, policy] of Object.entries(policies)) {
      const members = trx('campaign_members').where({ run_id: runId, experiment_group: group }).select('customer_id');
      const customers = await releaseCustomers(trx, actor, { members, policy, assignedBy: experimentActor(key).name }, why, new Date(now));
      released += customers;
      if (customers === 0) continue;
      for (const toVersionId of await targetVersions(trx, { kind: 'experiment', runId, group })) {
        await requestMigration(trx, actor, { toVersionId, scope: { kind: 'experiment', runId, group }, rules: defaultMoveRules, reason: why, now });
      }
    }
  }
  return released;
}
