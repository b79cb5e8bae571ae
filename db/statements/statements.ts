import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import type { Money } from '../../domain/money/money';
import { makeStatement, statementFrom } from '../../domain/statement/makeStatement';
import type { StatementContent } from '../../domain/statement/types';
import { queueMessages, type QueuedMessage } from '../mail/queueMessage';
import { readSeen, readStatementAccounts, type Seen } from './readAccounts';

interface LastRow {
  customer_id: number;
  to_on: LocalDate;
  at: Date;
  closing: Money[];
  seen: Seen;
}

/** Each customer's last statement, as far as it left or is to leave: one that was cancelled or failed told nobody anything. */
async function lastStatements(db: Knex, customerIds: readonly number[]): Promise<Map<number, LastRow>> {
  const { rows } = await db.raw<{ rows: LastRow[] }>(
    `SELECT DISTINCT ON (s.customer_id) s.customer_id, s.to_on, s.at, s.closing, s.seen FROM statements s JOIN messages m ON m.id = s.message_id
     WHERE s.customer_id = ANY (?) AND m.state NOT IN ('cancelled', 'failed') ORDER BY s.customer_id, s.id DESC`, [[...customerIds]]);
  return new Map(rows.map((row) => [row.customer_id, row]));
}

/** The statements that customers would get now, each up to today where the customer is. */
export async function writeStatements(db: Knex, customers: readonly { customerId: number; today: LocalDate }[]): Promise<Map<number, StatementContent>> {
  const last = await lastStatements(db, customers.map(({ customerId }) => customerId));
  const asks = customers.map(({ customerId, today }) => {
    const before = last.get(customerId);
    return { customerId, from: statementFrom(today, before ? { to: before.to_on } : null), to: today, isLive: true, after: before ? { seen: before.seen, at: before.at.getTime() } : null };
  });
  const accounts = await readStatementAccounts(db, asks);
  return new Map(asks.map(({ customerId, from, to }) => [customerId, makeStatement(accounts.get(customerId)!, { from, to, lastClosing: last.get(customerId)?.closing ?? null })]));
}

/** The statement of one customer as of a day, that of today as it would be sent. Of an earlier day it is worked out by dates: what was put on invoices later counts from the day on which it came. */
export async function statementAsOf(db: Knex, customerId: number, on: LocalDate, today: LocalDate): Promise<StatementContent> {
  if (on >= today) return (await writeStatements(db, [{ customerId, today }])).get(customerId)!;
  const { rows } = await db.raw<{ rows: { to: LocalDate | null }[] }>(
    `SELECT max(s.to_on) AS "to" FROM statements s JOIN messages m ON m.id = s.message_id WHERE s.customer_id = ? AND s.to_on < ? AND m.state NOT IN ('cancelled', 'failed')`, [customerId, on]);
  const to = rows[0]?.to ?? null;
  const from = statementFrom(on, to === null ? null : { to });
  const accounts = await readStatementAccounts(db, [{ customerId, from, to: on, isLive: false, after: null }]);
  return makeStatement(accounts.get(customerId)!, { from, to: on, lastClosing: null });
}

/** A statement on its way. */
export interface NewStatement {
  messageId: string;
  /** A business fact: 'segment:monthly/run-3/cust-7/statement'. */
  key: string;
  customerId: number;
  language: string;
  template: string;
  to: QueuedMessage['to'];
  ledgerVersion: number;
  content: StatementContent;
  segmentId: number | null;
  askedBy: string | null;
}

/**
 * Queues statements in the transaction that read the accounts, with the customers locked. What a statement tells is kept with its message: it leaves as it was written, and the next one
 * begins where it ended. A key that is queued already changes nothing. A statement counts towards neither spacing nor caps.
 */
export async function queueStatements(trx: Knex.Transaction, statements: readonly NewStatement[], now: InstantMs): Promise<void> {
  if (statements.length === 0) return;
  await queueMessages(trx, statements.map(({ messageId, key, customerId, language, template, to, ledgerVersion, content }) => ({
    id: messageId, source: 'statement', idempotencyKey: key, customerId, template, language, to, attachInvoice: false, contactOn: null, ledgerVersion, queuedAt: now, invoices: [], content: { statement: content },
  })));
  const seen = await readSeen(trx, statements.map(({ customerId }) => customerId));
  await trx.raw(
    `INSERT INTO statements (customer_id, message_id, segment_id, asked_by, from_on, to_on, at, closing, seen)
     SELECT t.customer_id, t.message_id, t.segment_id, t.asked_by, t.from_on, t.to_on, :at, t.closing, t.seen
     FROM jsonb_to_recordset(:statements::jsonb) AS t (customer_id bigint, message_id uuid, segment_id bigint, asked_by text, from_on date, to_on date, closing jsonb, seen jsonb)
     JOIN messages m ON m.id = t.message_id`,
    { at: new Date(now), statements: JSON.stringify(statements.map(({ customerId, messageId, segmentId, askedBy, content: { from, to, closing } }) => ({
      customer_id: customerId, message_id: messageId, segment_id: segmentId, asked_by: askedBy, from_on: from, to_on: to, closing, seen: seen.get(customerId),
    }))) });
}
