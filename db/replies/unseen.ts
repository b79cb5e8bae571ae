import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { ReplyDecision, SettledReply } from './effects';

/** A reply stops the ladder so long at most until somebody has looked, in days: a weekend and some. */
export const replyPauseDays = 5;
/** However often a customer writes what nobody looks at, its invoices stand still no longer than this from the first such reply on, in days. */
const unseenDaysMax = { proven: 15, unproven: replyPauseDays } as const;
const dayMs = 86_400_000;

/** Whether a reply is, as far as can be told, the customer's own answer to a message of ours, as SQL. */
const provenSql = (reply: 'r' | 'o'): string => `(${reply}.matched_by IN ('address', 'references', 'person') AND ${reply}.sender_known IS NOT FALSE)`;

/**
 * Until when a reply that has just come in pauses its invoices; null: not at all. Replies that wait for a person are one pause: it is not renewed for ever by writing again. Where anybody may have written them it is
 * not renewed at all.
 */
export async function unseenPauseEnd(trx: Knex.Transaction, replyId: number, now: InstantMs): Promise<InstantMs | null> {
  const { rows } = await trx.raw<{ rows: { proven: boolean; since: Date | null }[] }>(
    `SELECT ${provenSql('r')} AS proven,
       (SELECT min(o.received_at) FROM replies o WHERE o.customer_id = r.customer_id AND o.id <> r.id AND o.state IN ('received', 'triage') AND o.automatic IS NULL AND ${provenSql('o')} = ${provenSql('r')}
          AND EXISTS (SELECT FROM reply_invoices a JOIN reply_invoices b ON b.invoice_id = a.invoice_id WHERE a.reply_id = o.id AND b.reply_id = r.id)) AS since
     FROM replies r WHERE r.id = ?`, [replyId]);
  const { proven = false, since = null } = rows[0] ?? {};
  const until = Math.min(now + replyPauseDays * dayMs, (since?.getTime() ?? now) + unseenDaysMax[proven ? 'proven' : 'unproven'] * dayMs);
  return until > now ? until : null;
}

/** What holds collection up by itself. */
const holdingKinds: ReadonlySet<string> = new Set(['promise', 'dispute', 'paid', 'out-of-office', 'question', 'wrong-contact']);

/**
 * Whether a reply asks again for what an earlier one got without a person, for an invoice that is still open: one that promises each week, or has paid each week, would never be collected. A person has looked where
 * somebody decided about a reply of that customer since, or did what the earlier one asked for. An absence may be told again, as each reminder is answered with it, but not become longer.
 */
export async function isAskedAgain(trx: Knex.Transaction, { id, customerId, invoiceIds }: SettledReply, { kind, on }: Pick<ReplyDecision, 'kind' | 'on'>): Promise<boolean> {
  if (!holdingKinds.has(kind)) return false;
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `SELECT FROM replies o JOIN reply_invoices ri ON ri.reply_id = o.id JOIN invoices i ON i.id = ri.invoice_id AND i.open_minor > 0
     WHERE o.customer_id = :customerId AND o.id <> :id AND o.state = 'settled' AND o.decided_by = o.classifier AND o.decided_kind = :kind AND ri.invoice_id = ANY (:invoiceIds)
       AND NOT (o.decided_kind = 'out-of-office' AND coalesce(o.decided_details ->> 'on' >= :on, false))
       AND NOT EXISTS (SELECT FROM tasks t WHERE t.key = 'reply-' || o.id || '/' || o.decided_kind AND t.state = 'done')
       AND NOT EXISTS (SELECT FROM replies p WHERE p.customer_id = :customerId AND p.state = 'settled' AND p.decided_by <> coalesce(p.classifier, '') AND p.decided_at >= o.decided_at)
     LIMIT 1`, { customerId, id, kind, invoiceIds: [...invoiceIds], on });
  return rows.length > 0;
}
