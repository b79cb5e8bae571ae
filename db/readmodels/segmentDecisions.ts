import type { Knex } from 'knex';
import { explainDecision, type MemberOutcome, type RunReason } from '../../domain/segment/explainDecision';
import type { MessageState } from '../mail/states';
import { readPage, Where, type Page, type PageRequest } from './keyset';

export interface SegmentDecision {
  segmentId: number;
  segmentTitle: string;
  run: number;
  customerId: number;
  customerName: string;
  outcome: MemberOutcome['outcome'];
  reasonCode: RunReason;
  /** In a sentence, with what became of the email. */
  explanation: string;
  at: Date;
  /** Of what waits. */
  until: Date | null;
  messageId: string | null;
  messageState: MessageState | null;
}

export interface SegmentDecisionFilter {
  outcome?: SegmentDecision['outcome'];
  reason?: RunReason;
  customerId?: number;
  search?: string;
}

type Row = Omit<SegmentDecision, 'explanation'> & { reason: string; messageReason: string | null };

const columns = `r.segment_id AS "segmentId", s.title AS "segmentTitle", r.number AS run, d.customer_id AS "customerId", c.name AS "customerName", d.outcome, d.reason_code AS "reasonCode", d.reason, d.at, d.until,
  d.message_id AS "messageId", m.state AS "messageState", m.state_reason AS "messageReason"`;
const from = `segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN segments s ON s.id = r.segment_id JOIN customers c ON c.id = d.customer_id LEFT JOIN messages m ON m.id = d.message_id`;

/** The row of a segment's run by its number; null: there is no such run. */
export async function findRun(db: Knex, segmentId: number, number: number): Promise<number | null> {
  const run = await db('segment_runs').where({ segment_id: segmentId, number }).first<{ id: number } | undefined>('id');
  return run?.id ?? null;
}

/** What a run came to for each member, in the order in which it took them. */
export async function listRunDecisions(db: Knex, runId: number, filter: SegmentDecisionFilter, page: PageRequest): Promise<Page<SegmentDecision>> {
  const where = new Where().and('d.run_id = ?', runId).when(filter.outcome, 'd.outcome = ?').when(filter.reason, 'd.reason_code = ?').when(filter.customerId, 'd.customer_id = ?').containing(filter.search, 'c.name', 'c.external_id');
  return explained(await readPage<Row>(db, { columns, from, where, sort: [{ sql: 'd.customer_id', type: 'bigint' }], direction: 'asc' }, page));
}

/** What all runs came to for one customer, newest first. */
export async function listCustomerRunDecisions(db: Knex, customerId: number, filter: Pick<SegmentDecisionFilter, 'outcome' | 'reason'>, page: PageRequest): Promise<Page<SegmentDecision>> {
  const where = new Where().and('d.customer_id = ?', customerId).when(filter.outcome, 'd.outcome = ?').when(filter.reason, 'd.reason_code = ?');
  return explained(await readPage<Row>(db, { columns, from, where, sort: [{ sql: 'd.at', type: 'timestamptz' }, { sql: 'd.run_id', type: 'bigint' }], direction: 'desc' }, page));
}

function explained({ rows, next }: Page<Row>): Page<SegmentDecision> {
  return {
    rows: rows.map(({ reason, messageReason, ...row }) => ({ ...row, explanation: explainDecision({ outcome: row.outcome, reason, message: row.messageState === null ? null : { state: row.messageState, reason: messageReason } }) })), next,
  };
}
