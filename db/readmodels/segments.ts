import type { Knex } from 'knex';
import { readPage, Where, type Page, type PageRequest } from './keyset';

export interface SegmentMember {
  customerId: number;
  customerName: string;
  externalId: string;
  joinedAt: Date;
  /** Why, as it was on joining. */
  reason: string;
  behaviour: string | null;
}

export interface SegmentChange {
  id: number;
  segmentId: number;
  segmentTitle: string;
  customerId: number;
  customerName: string;
  change: 'joined' | 'left';
  at: Date;
  reason: string;
}

/** Who is in a segment, by name; `search` is a part of the name or the number. */
export function listSegmentMembers(db: Knex, segmentId: number, search: string | undefined, page: PageRequest): Promise<Page<SegmentMember>> {
  return readPage<SegmentMember>(db, {
    columns: 'm.customer_id AS "customerId", c.name AS "customerName", c.external_id AS "externalId", m.joined_at AS "joinedAt", m.reason, b.class AS behaviour',
    from: 'segment_members m JOIN customers c ON c.id = m.customer_id LEFT JOIN customer_behaviour b ON b.customer_id = m.customer_id',
    where: new Where().and('m.segment_id = ?', segmentId).containing(search, 'c.name', 'c.external_id'), sort: [{ sql: 'c.name', type: 'text' }, { sql: 'c.id', type: 'bigint' }], direction: 'asc',
  }, page);
}

/** Who joined and left a segment, newest first. */
export function listSegmentHistory(db: Knex, of: { segmentId: number; search?: string; change?: SegmentChange['change'] }, page: PageRequest): Promise<Page<SegmentChange>> {
  return readPage<SegmentChange>(db, {
    columns: 'h.id, h.segment_id AS "segmentId", s.title AS "segmentTitle", h.customer_id AS "customerId", c.name AS "customerName", h.change, h.at, h.reason',
    from: 'segment_history h JOIN segments s ON s.id = h.segment_id JOIN customers c ON c.id = h.customer_id',
    where: new Where().and('h.segment_id = ?', of.segmentId).when(of.change, 'h.change = ?').containing(of.search, 'c.name', 'c.external_id'), sort: [{ sql: 'h.id', type: 'bigint' }], direction: 'desc',
  }, page);
}

export interface CustomerSegments {
  behaviour: { class: 'new' | 'prompt' | 'slow' | 'at-risk'; reason: string } | null;
  items: { segmentId: number; key: string; title: string; joinedAt: Date; reason: string }[];
}

export async function customerSegments(db: Knex, customerId: number): Promise<CustomerSegments> {
  const behaviour = await db<{ customer_id: number; class: 'new' | 'prompt' | 'slow' | 'at-risk'; reason: string }>('customer_behaviour').where({ customer_id: customerId }).first('class', 'reason');
  const { rows } = await db.raw<{ rows: CustomerSegments['items'] }>(
    `SELECT s.id AS "segmentId", s.key, s.title, m.joined_at AS "joinedAt", m.reason FROM segment_members m JOIN segments s ON s.id = m.segment_id
     WHERE m.customer_id = ? AND NOT s.archived ORDER BY s.title, s.id`, [customerId]);
  return { behaviour: behaviour ?? null, items: rows };
}
