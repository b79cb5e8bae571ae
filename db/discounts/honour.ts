import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { discountStanding, type DiscountOffer, type DiscountRule } from '../../domain/discount/discount';
import { appendAudit } from '../audit';
import { recordEvents } from '../events';
import type { LedgerContext } from '../ledger/context';
import { nowSql } from '../readmodels/clockSql';

/** An offer as it stands, on an invoice of which something is open and no other offer has been honoured. */
export interface StandingOffer {
  id: number;
  key: string;
  customerId: number;
  invoiceId: number;
  invoice: string;
  rule: DiscountRule;
  currency: string;
  /** What was open when it was offered, or what would have been by a total that was corrected to less since. */
  baseMinor: number;
  expiresAt: Date;
  lastDay: LocalDate;
  /** Whether its last day is not over yet. */
  holds: boolean;
  openMinor: number;
  disputedMinor: number;
  creditedMinor: number;
  honouredMinor: number;
  paidInTimeMinor: number;
}

/**
 * Takes off what offers promise, on those of these invoices whose payments meet one. Of several that are met, the one that is worth the most. Called in the transaction that applied
 * money or credit, or that opened or resolved a dispute, with the customers locked; when a payment was received counts, not when it was recorded.
 */
export async function honourDiscounts(trx: Knex.Transaction, context: LedgerContext, invoiceIds: readonly number[]): Promise<void> {
  const met = (await readOffers(trx, invoiceIds)).flatMap((offer) => {
    const standing = discountStanding(standingOf(offer), offer);
    return standing.kind === 'met' ? [{ offer, creditMinor: standing.creditMinor }] : [];
  });
  // All that are met take off what is still open, so the first made serves as well as any.
  const chosen = [...new Map(met.toReversed().map((each) => [each.offer.invoiceId, each])).values()];
  if (chosen.length === 0) return;
  const applied = await trx('applications').insert(chosen.map(({ offer, creditMinor }) => ({ invoice_id: offer.invoiceId, discount_offer_id: offer.id, amount_minor: creditMinor, applied_at: context.at }))).returning(['id', 'discount_offer_id']) as { id: number; discount_offer_id: number }[];
  const idOf = new Map(applied.map((row) => [row.discount_offer_id, row.id]));
  await recordEvents(trx, chosen.map(({ offer, creditMinor }) => ({
    // Taken back and met again, it is honoured anew.
    kind: 'discount.honoured', key: `${offer.key}/${idOf.get(offer.id)}`, customerId: offer.customerId, invoiceId: offer.invoiceId, at: context.at, data: { offer: offer.key, amountMinor: creditMinor, currency: offer.currency },
  })));
  await appendAudit(trx, chosen.map(({ offer, creditMinor }) => ({
    actor: context.actor, action: 'discount.honoured', subjectType: 'invoice' as const, subjectId: offer.invoice, after: { offer: offer.key, amountMinor: creditMinor, currency: offer.currency },
  })));
}

/**
 * Takes discounts back whose payments have been reversed, so that the whole is owed again; a payment that comes in time after all meets the offer anew. What was taken off before any of the
 * money that goes back had come was earned without it, and stays. Called before anything else is made of the reopened invoices.
 *
 * @param taken the applications that were taken back
 */
export async function takeBackDiscounts(trx: Knex.Transaction, context: LedgerContext, taken: readonly { id: number; invoiceId: number }[]): Promise<void> {
  if (taken.length === 0) return;
  const { rows } = await trx.raw<{ rows: { id: number; invoiceId: number; customerId: number; invoice: string; key: string; amountMinor: number; currency: string }[] }>(
    `UPDATE applications a SET reversed_at = ? FROM discount_offers o JOIN invoices i ON i.id = o.invoice_id
       JOIN (SELECT invoice_id, min(id) AS first FROM unnest(?::bigint[], ?::bigint[]) AS t (id, invoice_id) GROUP BY invoice_id) t ON t.invoice_id = i.id
     WHERE a.discount_offer_id = o.id AND a.id > t.first AND a.reversed_at IS NULL
     RETURNING a.id, i.id AS "invoiceId", i.customer_id AS "customerId", i.external_id AS invoice, o.key, a.amount_minor AS "amountMinor", o.currency`, [context.at, taken.map(({ id }) => id), taken.map(({ invoiceId }) => invoiceId)]);
  await recordEvents(trx, rows.map(({ id, invoiceId, customerId, key, amountMinor, currency }) => ({
    kind: 'discount.taken-back', key: `${key}/${id}`, customerId, invoiceId, at: context.at, data: { offer: key, amountMinor, currency },
  })));
  await appendAudit(trx, rows.map(({ invoice, key, amountMinor, currency }) => ({ actor: context.actor, action: 'discount.taken-back', subjectType: 'invoice' as const, subjectId: invoice, after: { offer: key, amountMinor, currency } })));
  // What else was paid in time may meet it still, also where it was more than enough before.
  await honourDiscounts(trx, context, [...new Set(taken.map(({ invoiceId }) => invoiceId))]);
}

/** As the rules of discounts know it. */
export function standingOf(offer: StandingOffer): DiscountOffer {
  return { ...offer, expiresAt: offer.expiresAt.getTime() };
}

/** The offers on these invoices that are not withdrawn, of each the first made first; those whose last day is over as well, since money may be recorded late. */
export async function readOffers(trx: Knex, invoiceIds: readonly number[]): Promise<StandingOffer[]> {
  if (invoiceIds.length === 0) return [];
  const { rows } = await trx.raw<{ rows: StandingOffer[] }>(
    `SELECT o.id, o.key, o.customer_id AS "customerId", o.invoice_id AS "invoiceId", i.external_id AS invoice, o.rule, o.currency, least(o.base_minor, i.total_minor - coalesce(s.settled_before_minor, 0))::bigint AS "baseMinor", o.expires_at AS "expiresAt", o.last_day AS "lastDay", o.expires_at > ${nowSql} AS holds, i.open_minor AS "openMinor",
       coalesce((SELECT sum(d.amount_minor) FROM disputes d WHERE d.invoice_id = o.invoice_id AND d.state = 'open' AND d.opened_at < o.expires_at), 0)::bigint AS "disputedMinor",
       coalesce(s.credited_minor, 0)::bigint AS "creditedMinor", coalesce(s.honoured_minor, 0)::bigint AS "honouredMinor", coalesce(s.paid_minor, 0)::bigint AS "paidInTimeMinor"
     FROM discount_offers o JOIN invoices i ON i.id = o.invoice_id
     CROSS JOIN LATERAL (
       SELECT sum(a.amount_minor) FILTER (WHERE since AND a.payment_id IS NULL AND a.discount_offer_id IS NULL) AS credited_minor, sum(a.amount_minor) FILTER (WHERE since AND p.received_at < o.expires_at) AS paid_minor,
         sum(a.amount_minor) FILTER (WHERE a.discount_offer_id = o.id) AS honoured_minor,
         sum(a.amount_minor) FILTER (WHERE NOT since) AS settled_before_minor
       FROM applications a LEFT JOIN payments p ON p.id = a.payment_id CROSS JOIN LATERAL (SELECT a.id > o.after_application_id AS since) t
       WHERE a.invoice_id = o.invoice_id AND a.reversed_at IS NULL
     ) s
     WHERE o.invoice_id = ANY (?) AND o.withdrawn_at IS NULL AND i.open_minor > 0
       AND NOT EXISTS (SELECT FROM applications d WHERE d.invoice_id = o.invoice_id AND d.discount_offer_id <> o.id AND d.reversed_at IS NULL)
     ORDER BY o.invoice_id, o.id`, [[...invoiceIds]]);
  return rows;
}
