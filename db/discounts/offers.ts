import type { Knex } from 'knex';
import { localDateAt } from '../../domain/calendar/zones';
import { discountOn, discountToTell, offerExpiry, type DiscountRule } from '../../domain/discount/discount';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import { recordEvents } from '../events';
import { readOffers, standingOf, type StandingOffer } from './honour';

/** Somebody or something offers a discount on an invoice. */
export interface NewOffer {
  /** What makes it one offer: the same again changes nothing. */
  key: string;
  invoiceId: number;
  source: 'policy' | 'campaign' | 'automation' | 'person';
  /** 'reference@2/deliver', a campaign's title, a person. */
  sourceName: string;
  rule: DiscountRule;
  /** A payment received until the end of so many days later meets it. */
  forDays: number;
}

export interface OfferRow {
  id: number;
  key: string;
  invoiceId: number;
  source: NewOffer['source'];
  sourceName: string;
  rule: DiscountRule;
  currency: string;
  baseMinor: number;
  discountMinor: number;
  lastDay: LocalDate;
  expiresAt: Date;
  offeredAt: Date;
  /** What was taken off; null while no payment has met it. */
  honouredMinor: number | null;
  honouredAt: Date | null;
  /** What can still be earned: so much is taken off if so much, which is all that is asked for, is received in time. Null: nothing can be. */
  toEarn: { discountMinor: number; payMinor: number } | null;
  withdrawnAt: Date | null;
}

interface OpenInvoice {
  invoiceId: number;
  customerId: number;
  currency: string;
  openMinor: number;
  timeZone: string;
  lastApplicationId: number;
}

/**
 * Makes offers, in the caller's transaction with the customers locked: of what is open now, until the end of a day where the customer is. On an invoice of which nothing is open, or in a
 * currency that a fixed discount does not name, nothing is offered. Answers the keys of those that are new.
 */
export async function offerDiscounts(trx: Knex.Transaction, offers: readonly NewOffer[], at: Date): Promise<string[]> {
  if (offers.length === 0) return [];
  const { rows: invoices } = await trx.raw<{ rows: OpenInvoice[] }>(
    `SELECT i.id AS "invoiceId", i.customer_id AS "customerId", i.currency, i.open_minor AS "openMinor", c.time_zone AS "timeZone",
       coalesce((SELECT max(a.id) FROM applications a WHERE a.invoice_id = i.id), 0) AS "lastApplicationId"
     FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.id = ANY (?) AND i.open_minor > 0`, [offers.map(({ invoiceId }) => invoiceId)]);
  const byId = new Map(invoices.map((invoice) => [invoice.invoiceId, invoice]));
  const rows = offers.flatMap(({ key, invoiceId, source, sourceName, rule, forDays }) => {
    const invoice = byId.get(invoiceId);
    if (!invoice || discountOn(rule, invoice.openMinor, invoice.currency) === 0) return [];
    const today = localDateAt(at.getTime(), invoice.timeZone);
    return [{
      key, invoice_id: invoiceId, customer_id: invoice.customerId, source, source_name: sourceName, rule: JSON.stringify(rule), currency: invoice.currency, base_minor: invoice.openMinor,
      after_application_id: invoice.lastApplicationId, offered_at: at, expires_at: new Date(offerExpiry(today, forDays, invoice.timeZone)), last_day: addDays(today, forDays),
    }];
  });
  if (rows.length === 0) return [];
  const made = await trx('discount_offers').insert(rows).onConflict('key').ignore().returning(['key', 'invoice_id', 'customer_id', 'currency', 'base_minor', 'last_day']) as
    { key: string; invoice_id: number; customer_id: number; currency: string; base_minor: number; last_day: LocalDate }[];
  await recordEvents(trx, made.map((row) => ({
    kind: 'discount.offered', key: row.key, customerId: row.customer_id, invoiceId: row.invoice_id, at, data: { offer: row.key, openMinor: row.base_minor, currency: row.currency, lastDay: row.last_day },
  })));
  return made.map(({ key }) => key);
}

/** The offers on an invoice, the newest first. */
export async function listOffers(db: Knex, invoiceId: number): Promise<OfferRow[]> {
  const { rows } = await db.raw<{ rows: Omit<OfferRow, 'discountMinor' | 'toEarn'>[] }>(
    `SELECT o.id, o.key, o.invoice_id AS "invoiceId", o.source, o.source_name AS "sourceName", o.rule, o.currency, o.base_minor AS "baseMinor", o.last_day AS "lastDay", o.expires_at AS "expiresAt",
       o.offered_at AS "offeredAt", a.minor AS "honouredMinor", a.at AS "honouredAt", o.withdrawn_at AS "withdrawnAt"
     FROM discount_offers o CROSS JOIN LATERAL (SELECT sum(amount_minor)::bigint AS minor, max(applied_at) AS at FROM applications WHERE discount_offer_id = o.id AND reversed_at IS NULL) a WHERE o.invoice_id = ? ORDER BY o.id DESC`, [invoiceId]);
  const standing = new Map((await readOffers(db, [invoiceId])).filter(({ holds }) => holds).map((offer) => [offer.id, offer]));
  return rows.map((row) => ({ ...row, discountMinor: discountOn(row.rule, row.baseMinor, row.currency), toEarn: toEarnOf(standing.get(row.id)) }));
}

function toEarnOf(offer: StandingOffer | undefined): OfferRow['toEarn'] {
  const discountMinor = offer ? discountToTell(standingOf(offer), offer) : 0;
  return offer && discountMinor > 0 ? { discountMinor, payMinor: offer.openMinor - offer.disputedMinor - discountMinor } : null;
}

/** Takes an offer back that no payment has met. False when there is none that could be. */
export async function withdrawOffer(trx: Knex.Transaction, id: number, by: string, reason: string, at: Date): Promise<boolean> {
  const changed = await trx('discount_offers').where({ id }).whereNull('withdrawn_at')
    .whereNotExists(trx('applications').where('discount_offer_id', id).whereNull('reversed_at').select(trx.raw('1'))).update({ withdrawn_at: at, withdrawn_by: by, withdraw_reason: reason });
  return changed > 0;
}
