import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { recordEvents } from '../events';
import { touchLedger } from '../ledger/touch';

/** A customer who joined a segment or left it, and why, in words. */
export interface MembershipChange {
  change: 'joined' | 'left';
  customer_id: number;
  reason: string;
}

/** Keeps who joined and who left: in the history, as events, and for what may hang on the segment. */
export async function noteMembership(trx: Knex.Transaction, segment: { id: number; key: string }, changes: readonly MembershipChange[], now: InstantMs): Promise<void> {
  if (changes.length === 0) return;
  const { rows } = await trx.raw<{ rows: { id: number; customer_id: number; change: 'joined' | 'left'; held: boolean }[] }>(
    `WITH told AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS t (change text, customer_id bigint, reason text)),
     named AS (UPDATE segment_members m SET reason = t.reason FROM told t WHERE m.segment_id = ? AND m.customer_id = t.customer_id AND t.change = 'joined')
     INSERT INTO segment_history (segment_id, customer_id, change, at, reason) SELECT ?, customer_id, change, ?, reason FROM told ORDER BY customer_id
     RETURNING id, customer_id, change, EXISTS (SELECT FROM holds h WHERE h.customer_id = segment_history.customer_id AND h.released_at IS NULL)
       OR EXISTS (SELECT FROM approvals a WHERE a.customer_id = segment_history.customer_id AND a.state = 'pending') AS held`,
    [JSON.stringify(changes), segment.id, segment.id, new Date(now)]);
  await recordEvents(trx, rows.map(({ id, customer_id, change }) => ({
    kind: change === 'joined' ? 'segment.joined' as const : 'segment.left' as const, key: `${segment.key}/${id}`, customerId: customer_id, invoiceId: null, at: new Date(now), data: { segment: segment.key },
  })));
  // Whether a hold stays, or what a person is asked to approve is still wanted, may hang on the segment; whoever is without one is looked at when a step is due.
  await touchLedger(trx, rows.filter(({ held }) => held).map(({ customer_id }) => ({ customerId: customer_id, invoiceIds: null, kind: 'segment.changed' })));
}
