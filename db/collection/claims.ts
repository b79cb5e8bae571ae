import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { noClaims, type Claims } from '../../domain/collection/facts';
import { paidMinor, promiseDueAt, promiseState, remainingMinor } from '../../domain/promise/promise';
import { escalateDisputes } from '../disputes/escalate';
import { recordEvents } from '../events';
import { raiseLedgerVersion } from '../ledger/touch';
import { prepared } from '../prepared';
import { readPromiseStandings } from '../promises/standings';

/** What customers promised and dispute of their invoices, by invoice; nothing of invoices that they say nothing of. */
export async function readClaims(db: Knex, customerIds: readonly number[]): Promise<Map<number, Claims>> {
  const byInvoice = new Map<number, Claims>();
  const note = (invoiceId: number, change: (claims: Claims) => Claims): void => {
    byInvoice.set(invoiceId, change(byInvoice.get(invoiceId) ?? noClaims));
  };
  for (const promise of await readPromiseStandings(db, customerIds)) {
    const dueAt = promiseDueAt(promise, promise.state);
    for (const line of promise.lines) {
      const runs = promise.state === 'pending' && !line.released;
      if (!runs && dueAt === null) continue;
      note(line.invoiceId, (claims) => ({
        ...claims,
        promisedMinor: claims.promisedMinor + (runs ? remainingMinor(line) : 0),
        promisedUntil: runs ? promise.endsAt : claims.promisedUntil,
        claimsDueAt: earliest(claims.claimsDueAt, dueAt),
      }));
    }
  }
  const { rows } = await prepared<DisputeRow>(db,
    `SELECT d.invoice_id, d.amount_minor, d.state, d.opened_at, d.resolved_at, CASE WHEN d.escalated_at IS NULL THEN d.deadline_at END AS deadline_at
     FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE d.customer_id = ANY(?) AND (d.state = 'open' OR i.open_minor > 0) ORDER BY d.id`, [[...customerIds]]);
  for (const row of rows) note(row.invoice_id, (claims) => withDispute(claims, row));
  return byInvoice;
}

interface DisputeRow {
  invoice_id: number;
  amount_minor: number;
  state: 'open' | 'resolved';
  opened_at: Date;
  resolved_at: Date | null;
  deadline_at: Date | null;
}

function withDispute(claims: Claims, { amount_minor, state, opened_at, resolved_at, deadline_at }: DisputeRow): Claims {
  const disputedDuring = [...(claims.disputedDuring ?? []), { from: opened_at.getTime(), until: resolved_at?.getTime() ?? null }];
  if (state === 'resolved') return { ...claims, disputedDuring };
  return { ...claims, disputedDuring, disputedMinor: claims.disputedMinor + amount_minor, claimsDueAt: earliest(claims.claimsDueAt, deadline_at?.getTime() ?? null) };
}

function earliest(a: InstantMs | null, b: InstantMs | null): InstantMs | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/**
 * Decides what became of promises whose time has come, or that the ledger has changed, and escalates disputes whose deadline is over, for customers
 * that are locked. What is decided already stays as it is, so a repeat does nothing.
 */
export async function settleClaims(trx: Knex.Transaction, customerIds: readonly number[], now: InstantMs): Promise<void> {
  const changed = (await readPromiseStandings(trx, customerIds)).flatMap((promise) => {
    const state = promiseState(promise, now);
    return state === promise.state ? [] : [{ ...promise, decided: state, paid: paidMinor(promise.lines) }];
  });
  const at = new Date(now);
  if (changed.length > 0) {
    await trx.raw(
      `UPDATE promises p SET state = d.state, paid_minor = d.paid_minor, decided_at = CASE WHEN d.state = 'pending' THEN NULL ELSE ?::timestamptz END, row_version = row_version + 1
       FROM jsonb_to_recordset(?::jsonb) AS d (id bigint, state text, paid_minor bigint) WHERE p.id = d.id`,
      [at, JSON.stringify(changed.map(({ id, decided, paid }) => ({ id, state: decided, paid_minor: paid })))]);
    await recordEvents(trx, changed.flatMap(({ externalId, customerId, currency, promisedOn, amountMinor, decided, paid, lines }) => {
      const kind = decided === 'kept' ? 'promise.kept' as const : decided === 'broken' || decided === 'partly-kept' ? 'promise.broken' as const : null;
      return kind === null ? [] : lines.filter(({ released }) => !released).map(({ invoiceId }) => ({
        kind, key: `${externalId}/${invoiceId}`, customerId, invoiceId, at, data: { promise: externalId, state: decided, amountMinor, paidMinor: paid, currency, promisedOn },
      }));
    }));
  }
  const escalated = await escalateDisputes(trx, customerIds, at);
  const touched = [...new Set([...changed.map(({ customerId }) => customerId), ...escalated])];
  await raiseLedgerVersion(trx, touched);
}
