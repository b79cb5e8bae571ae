import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { touchLedger } from '../ledger';
import { systemActor } from '../audit';

export interface ThreadPause {
  replyId: number;
  customerId: number;
  /** Null: the reply pauses nothing any more. */
  until: InstantMs | null;
  reason: string;
  at: InstantMs;
}

interface MovedPause {
  invoice_id: number;
  paused: boolean;
  paused_until: Date | null;
  stopped: boolean;
}

/**
 * Pauses the collection of a reply's invoices until an instant, or no more, and tells their workflows. What others want stays beside it, each with its own end: other replies, and
 * whoever paused the invoice by a request. The longest holds. The customer must be locked.
 */
export async function moveThreadPause(trx: Knex.Transaction, pause: ThreadPause): Promise<void> {
  await keepWhatStands(trx, pause.replyId);
  await trx.raw(
    `UPDATE reply_invoices ri SET paused_until = CASE WHEN c.state = 'active' AND NOT c.stopped THEN CAST(:until AS timestamptz) END FROM collections c
     WHERE ri.reply_id = :reply AND c.invoice_id = ri.invoice_id`, { reply: pause.replyId, until: pause.until === null ? null : new Date(pause.until) });
  const moved = await letTheLongestHold(trx, pause);
  if (moved.length === 0) return;
  await recordControls(trx, moved, pause);
  await touchLedger(trx, moved.map(({ invoice_id, paused }) => ({ customerId: pause.customerId, invoiceIds: [invoice_id], kind: paused ? 'reply.paused' : 'reply.resumed' })));
}

/** Whether a collection `c` that is paused is so by a reply, as SQL. */
const pausedByReplySql = 'EXISTS (SELECT FROM reply_invoices ri WHERE ri.invoice_id = c.invoice_id AND ri.paused_until = c.paused_until)';

/** A pause that no reply made is somebody's request, and goes on when those of replies are over. */
async function keepWhatStands(trx: Knex.Transaction, replyId: number): Promise<void> {
  await trx.raw(
    `UPDATE collections c SET asked_until = CASE WHEN c.paused THEN coalesce(c.paused_until, 'infinity') END
     WHERE c.invoice_id IN (SELECT invoice_id FROM reply_invoices WHERE reply_id = :reply)
       AND c.asked_until IS DISTINCT FROM CASE WHEN c.paused THEN coalesce(c.paused_until, 'infinity') END
       AND NOT (c.paused AND ${pausedByReplySql})`, { reply: replyId });
}

async function letTheLongestHold(trx: Knex.Transaction, { replyId, at }: ThreadPause): Promise<MovedPause[]> {
  const { rows } = await trx.raw<{ rows: MovedPause[] }>(
    `UPDATE collections c SET paused = w.until IS NOT NULL, paused_until = nullif(w.until, 'infinity')
     FROM (SELECT ri.invoice_id, (SELECT max(wanted) FROM (SELECT k.asked_until AS wanted UNION ALL SELECT o.paused_until FROM reply_invoices o WHERE o.invoice_id = ri.invoice_id) each WHERE wanted > :now) AS until
           FROM reply_invoices ri JOIN collections k ON k.invoice_id = ri.invoice_id WHERE ri.reply_id = :reply) w
     WHERE c.invoice_id = w.invoice_id AND (c.paused <> (w.until IS NOT NULL) OR c.paused_until IS DISTINCT FROM nullif(w.until, 'infinity'))
     RETURNING c.invoice_id, c.paused, c.paused_until, c.stopped`, { reply: replyId, now: new Date(at) });
  return rows;
}

/** As a person's pause is kept: the invoice's history shows why it stood still, and why no more. */
async function recordControls(trx: Knex.Transaction, moved: readonly MovedPause[], { replyId, reason, at }: ThreadPause): Promise<void> {
  const rows = moved.map(({ invoice_id, paused, paused_until, stopped }) => {
    const [kind, until] = [paused ? 'pause' : 'resume', paused_until?.toISOString() ?? null];
    return {
      request_id: `reply-${replyId}/${invoice_id}/${kind}/${at}/${paused_until?.getTime() ?? 'now'}`, invoice_id, kind, until,
      result: { requestId: `reply-${replyId}`, kind, at: new Date(at).toISOString(), paused, pausedUntil: until, stopped },
    };
  });
  await trx.raw(
    `INSERT INTO collection_controls (request_id, invoice_id, kind, until, actor, reason, at, result)
     SELECT r.request_id, r.invoice_id, r.kind, r.until, ?, ?, ?, r.result FROM jsonb_to_recordset(?::jsonb) AS r (request_id text, invoice_id bigint, kind text, until timestamptz, result jsonb) ON CONFLICT (request_id) DO NOTHING`,
    [`${systemActor.kind}:${systemActor.id}`, reason, new Date(at), JSON.stringify(rows)],
  );
}

/**
 * Keeps somebody's pause that is over no sooner, and answers whether there is one. Where it is a reply's, which may end before its time, what is asked for
 * goes on beneath it.
 */
export async function keepLongerPause(trx: Knex.Transaction, invoiceId: number, until: string): Promise<boolean> {
  const bindings = { invoiceId, until };
  const standing = 'c.invoice_id = :invoiceId AND c.paused AND (c.paused_until IS NULL OR c.paused_until >= :until)';
  await trx.raw(`UPDATE collections c SET asked_until = greatest(c.asked_until, :until) WHERE ${standing} AND ${pausedByReplySql}`, bindings);
  const { rows } = await trx.raw<{ rows: unknown[] }>(`SELECT FROM collections c WHERE ${standing}`, bindings);
  return rows.length > 0;
}
