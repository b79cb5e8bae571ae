import type { Knex } from 'knex';
import type { CampaignDocument } from '../../domain/campaign/schema';
import type { Campaign } from '../../domain/campaign/types';
import { containing, readPage, Where, type Page, type PageRequest } from './keyset';

export interface CampaignRow {
  id: number;
  key: string;
  state: 'draft' | 'launched' | 'ended';
  document: CampaignDocument;
  parsed: Campaign;
  nextRunAt: Date | null;
  createdBy: string;
  createdAt: Date;
  rowVersion: number;
  experimentEnded: { at: string; by: string; afterwards: 'stay' | 'go-back'; reason: string } | null;
  runs: { id: number; run: number; state: 'running' | 'paused' | 'stopped' | 'done'; startedAt: string; endedAt: string | null; problem: string | null; members: number }[];
}

const columns = `c.id, c.key, c.state, c.document, c.parsed, c.next_run_at AS "nextRunAt", c.created_by AS "createdBy", c.created_at AS "createdAt", c.row_version AS "rowVersion",
  CASE WHEN c.experiment_ended_at IS NULL THEN NULL ELSE json_build_object('at', c.experiment_ended_at, 'by', c.experiment_ended_by, 'afterwards', c.experiment_afterwards, 'reason', c.experiment_end_reason) END AS "experimentEnded",
  coalesce((SELECT json_agg(json_build_object('id', r.id, 'run', r.run, 'state', r.state, 'startedAt', r.started_at, 'endedAt', r.ended_at, 'problem', r.last_problem,
    'members', (SELECT count(*) FROM campaign_members m WHERE m.run_id = r.id)) ORDER BY r.run DESC) FROM campaign_runs r WHERE r.campaign_id = c.id), '[]') AS runs`;

export function listCampaigns(db: Knex, filter: { search?: string; state?: readonly CampaignRow['state'][] }, page: PageRequest): Promise<Page<CampaignRow>> {
  const where = new Where().when(filter.state, 'c.state = ANY (?)');
  if (filter.search !== undefined) where.and(`c.document ->> 'title' ILIKE ? OR c.key ILIKE ?`, containing(filter.search), containing(filter.search));
  return readPage<CampaignRow>(db, { columns, from: 'campaigns c', where, sort: [{ sql: 'c.id', type: 'bigint' }], direction: 'desc' }, page);
}

export async function findCampaign(db: Knex, id: number): Promise<CampaignRow | null> {
  const { rows } = await db.raw<{ rows: CampaignRow[] }>(`SELECT ${columns} FROM campaigns c WHERE c.id = ?`, [id]);
  return rows[0] ?? null;
}

export type MemberState = 'active' | 'stopped' | 'done' | 'held-out';

export interface MemberRow {
  customerId: number;
  customerName: string;
  group: string;
  state: MemberState;
  reason: string | null;
  step: number;
  nextAt: Date | null;
  joinedAt: Date;
}

export function listMembers(db: Knex, runId: number, filter: { state?: readonly MemberState[]; group?: string; customerId?: number }, page: PageRequest): Promise<Page<MemberRow>> {
  return readPage<MemberRow>(db, {
    columns: `m.customer_id AS "customerId", c.name AS "customerName", m.experiment_group AS "group", m.state, m.reason, m.step, m.next_at AS "nextAt", m.joined_at AS "joinedAt"`,
    from: 'campaign_members m JOIN customers c ON c.id = m.customer_id',
    where: new Where().and('m.run_id = ?', runId).when(filter.state, 'm.state = ANY (?)').when(filter.group, 'm.experiment_group = ?').when(filter.customerId, 'm.customer_id = ?'),
    sort: [{ sql: 'm.customer_id', type: 'bigint' }], direction: 'asc',
  }, page);
}
