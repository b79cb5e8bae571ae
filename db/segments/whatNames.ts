import type { Knex } from 'knex';
import { namedSegments, type AnyCondition } from '../../domain/condition/named';
import type { CampaignDocument } from '../../domain/campaign/schema';
import type { Policy } from '../../domain/policy/types';
import type { SegmentRun } from '../../domain/segment/types';

/** All that works now and asks about a segment, each as a person calls it: policies in force or under which invoices are collected, automations that are on, campaigns that are launched, runs of other segments. */
export async function whatNames(db: Knex, { id, key }: { id: number; key: string }): Promise<string[]> {
  const asks = (condition: AnyCondition | null | undefined): boolean => namedSegments(condition).some(({ segment }) => segment === key);
  const { rows: policies } = await db.raw<{ rows: { version: string; document: Policy }[] }>(
    `SELECT v.policy || '@' || v.version AS version, v.document FROM policy_versions v
     WHERE v.active OR v.in_force OR EXISTS (SELECT FROM collections k WHERE k.policy_version_id = v.id AND k.state = 'active') ORDER BY v.policy, v.version`);
  const { rows: automations } = await db.raw<{ rows: { key: string; when: AnyCondition | null }[] }>(
    `SELECT a.key, v.document -> 'when' AS when FROM automations a JOIN automation_versions v ON v.id = a.active_version_id ORDER BY a.key`);
  const { rows: campaigns } = await db.raw<{ rows: { key: string; audience: CampaignDocument['audience'] }[] }>(`SELECT key, document -> 'audience' AS audience FROM campaigns WHERE state = 'launched' ORDER BY key`);
  const { rows: runs } = await db.raw<{ rows: { key: string; run: SegmentRun }[] }>('SELECT key, run FROM segments WHERE run IS NOT NULL AND NOT archived AND id <> ? ORDER BY key', [id]);
  return [
    ...policies.flatMap(({ version, document: { steps } }) => steps.filter(({ when }) => asks(when)).map((step) => `the policy ${version} (step ${step.id})`)),
    ...automations.filter(({ when }) => asks(when)).map((each) => `the automation ${each.key}`),
    ...campaigns.filter(({ audience }) => audience.segment === key || asks(audience.when)).map((each) => `the campaign ${each.key}`),
    ...runs.filter(({ run }) => asks(run.when) || asks(run.invoices.where)).map((each) => `the runs of the segment ${each.key}`),
  ];
}
