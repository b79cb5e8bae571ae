import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { touchLedger } from '../ledger';
import { systemActor } from '../audit';

export interface ThreadPause {
  replyId: number;
  customerId: number;
  invoiceIds: readonly number[];
  until: InstantMs;
  reason: string;
  at: InstantMs;
}

/**
 * Pauses the collection of a thread's invoices for a bounded time, and tells their workflows. A pause that lasts longer, or that a person set without an
 * end, stays as it is. The customer must be locked.
 */
export async function pauseThread(trx: Knex.Transaction, pause: ThreadPause): Promise<void> {
  const until = new Date(pause.until);
  const { rows } = await trx.raw<{ rows: { invoice_id: number }[] }>(
    `UPDATE collections SET paused = true, paused_until = :until
     WHERE invoice_id = ANY (:invoices) AND state = 'active' AND NOT stopped AND (NOT paused OR paused_until < :until) RETURNING invoice_id`,
    { invoices: [...pause.invoiceIds], until },
  );
  if (rows.length === 0) return;
  await recordControls(trx, rows, { ...pause, kind: 'pause', until });
  await touchLedger(trx, [{ customerId: pause.customerId, invoiceIds: rows.map(({ invoice_id }) => invoice_id), kind: 'reply.paused' }]);
}

/** Ends the pause that a reply made, where nobody has changed it since and no other reply still needs it. */
export async function releaseThread(trx: Knex.Transaction, pause: ThreadPause): Promise<void> {
  const { rows } = await trx.raw<{ rows: { invoice_id: number }[] }>(
    `UPDATE collections c SET paused = false, paused_until = NULL
     WHERE invoice_id = ANY (:invoices) AND paused AND paused_until = :until
       AND NOT EXISTS (SELECT 1 FROM replies r JOIN reply_invoices ri ON ri.reply_id = r.id WHERE ri.invoice_id = c.invoice_id AND r.id <> :reply AND r.paused_until >= :until)
     RETURNING invoice_id`,
    { invoices: [...pause.invoiceIds], until: new Date(pause.until), reply: pause.replyId },
  );
  if (rows.length === 0) return;
  await recordControls(trx, rows, { ...pause, kind: 'resume', until: null });
  await touchLedger(trx, [{ customerId: pause.customerId, invoiceIds: rows.map(({ invoice_id }) => invoice_id), kind: 'reply.resumed' }]);
}

/** As a person's pause is kept: the invoice's history shows why it stood still. */
async function recordControls(trx: Knex.Transaction, invoices: readonly { invoice_id: number }[], { kind, until, replyId, reason, at }: Omit<ThreadPause, 'until'> & { kind: 'pause' | 'resume'; until: Date | null }): Promise<void> {
  const result = { kind, at: new Date(at).toISOString(), paused: kind === 'pause', pausedUntil: until?.toISOString() ?? null, stopped: false };
  const rows = invoices.map(({ invoice_id }) => ({ request_id: `reply-${replyId}/${invoice_id}/${kind}/${at}/${until?.getTime() ?? 'now'}`, invoice_id, result: { requestId: `reply-${replyId}`, ...result } }));
  await trx.raw(
    `INSERT INTO collection_controls (request_id, invoice_id, kind, until, actor, reason, at, result)
     SELECT r.request_id, r.invoice_id, ?, ?, ?, ?, ?, r.result FROM jsonb_to_recordset(?::jsonb) AS r (request_id text, invoice_id bigint, result jsonb) ON CONFLICT (request_id) DO NOTHING`,
    [kind, until, `${systemActor.kind}:${systemActor.id}`, reason, new Date(at), JSON.stringify(rows)],
  );
}
