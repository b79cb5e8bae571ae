import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { Money } from '../../domain/money/money';
import type { MessageState } from '../mail/states';
import { readPage, Where, type Page, type PageRequest } from './keyset';

export interface StatementRow {
  id: number;
  messageId: string;
  segmentId: number | null;
  segmentTitle: string | null;
  askedBy: string | null;
  from: LocalDate;
  to: LocalDate;
  at: Date;
  closing: Money[];
  state: MessageState;
  stateReason: string | null;
  /** The place of its file among the message's attachments; null: it was not put into words yet, or never. */
  attachment: number | null;
}

/** A customer's statements, the latest first. */
export function listStatements(db: Knex, customerId: number, page: PageRequest): Promise<Page<StatementRow>> {
  return readPage<StatementRow>(db, {
    columns: `s.id, s.message_id AS "messageId", s.segment_id AS "segmentId", g.title AS "segmentTitle", coalesce((SELECT name FROM users WHERE 'user:' || id = s.asked_by), s.asked_by) AS "askedBy",
      s.from_on AS "from", s.to_on AS "to", s.at, s.closing, m.state, m.state_reason AS "stateReason",
      (SELECT (a.at - 1)::int FROM jsonb_array_elements(m.attachments) WITH ORDINALITY a (item, at) WHERE a.item ->> 'contentType' = 'application/pdf' ORDER BY a.at LIMIT 1) AS attachment`,
    from: 'statements s JOIN messages m ON m.id = s.message_id LEFT JOIN segments g ON g.id = s.segment_id',
    where: new Where().and('s.customer_id = ?', customerId), sort: [{ sql: 's.id', type: 'bigint' }], direction: 'desc',
  }, page);
}
