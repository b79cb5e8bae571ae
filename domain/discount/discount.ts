import { dayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { startOfDay } from '../calendar/zones';
import { percentOf, unitsPerPercent, type RateUnits } from '../charges/interest';

/** How much is taken off for paying early: a part of what is asked for, or an amount in one currency. */
export type DiscountRule =
  | { kind: 'percent'; rate: RateUnits }
  | { kind: 'fixed'; amountMinor: number; currency: string };

/** An offer as it was made: of what, how much, and until when a payment has to have been received. */
export interface DiscountOffer {
  rule: DiscountRule;
  /** What was open when it was offered. */
  baseMinor: number;
  currency: string;
  /** Not included: the end of the last day, where the customer is. */
  expiresAt: InstantMs;
}

/** What has happened to the invoice since the offer was made. */
export interface DiscountFacts {
  openMinor: number;
  /** Disputes that are open and were opened before the offer ended. */
  disputedMinor: number;
  /** Settled otherwise than by payment: by credit notes and write-offs, not by what the offer itself has taken off. */
  creditedMinor: number;
  /** What the offer has taken off already. */
  honouredMinor: number;
  /** Payments that are on the invoice and were received in time. */
  paidInTimeMinor: number;
}

export type DiscountStanding =
  /** So much is still to be paid in time for it. */
  | { kind: 'offered'; discountMinor: number; missingMinor: number }
  /** The payments meet it: what is still open, and not disputed, is taken off. */
  | { kind: 'met'; creditMinor: number }
  /** Nothing undisputed is open that could be taken off. */
  | { kind: 'settled' };

/** What an offer is worth on a balance; never the whole of it, since somebody has to pay for there to be a discount. */
export function discountOn(rule: DiscountRule, baseMinor: number, currency: string): number {
  if (baseMinor <= 1) return 0;
  if (rule.kind === 'fixed' && rule.currency !== currency) return 0;
  const wanted = rule.kind === 'fixed' ? rule.amountMinor : percentOf(baseMinor, rule.rate);
  return Math.max(0, Math.min(wanted, baseMinor - 1));
}

/**
 * Where an offer stands. The discount is reckoned on what was open when it was offered less what has been credited since, so that a credit note lowers both what is to be paid and
 * what is taken off. Money that came too late counts for nothing here, however it was applied. For as long as a part is disputed the offer is on the rest alone; what was earned on that stays, and where the
 * customer turns out to owe the part too, it is on the whole again: with that paid in time as well, what is missing to the discount on the whole is taken off.
 *
 * @example discountStanding(two percent on 1,000.00, { openMinor: 2_000, disputedMinor: 0, creditedMinor: 0, honouredMinor: 0, paidInTimeMinor: 98_000 }) // met: 20.00 are taken off
 */
export function discountStanding({ rule, baseMinor, currency }: DiscountOffer, { openMinor, disputedMinor, creditedMinor, honouredMinor, paidInTimeMinor }: DiscountFacts): DiscountStanding {
  const undisputedMinor = openMinor - Math.min(openMinor, disputedMinor);
  if (undisputedMinor <= 0) return { kind: 'settled' };
  const askedMinor = Math.max(0, baseMinor - creditedMinor - disputedMinor);
  const wholeMinor = discountOn(rule, askedMinor, currency);
  const discountMinor = Math.max(0, wholeMinor - honouredMinor);
  const missingMinor = askedMinor - wholeMinor - paidInTimeMinor;
  // More may be open than is missing when an older payment has bounced: that is not what was offered a discount.
  if (missingMinor <= 0 && discountMinor > 0 && undisputedMinor <= discountMinor) return { kind: 'met', creditMinor: undisputedMinor };
  return { kind: 'offered', discountMinor, missingMinor: Math.max(0, missingMinor) };
}

/**
 * What a letter may say: of what is open and undisputed so much is taken off if the rest is received in time. It is the most for which that rest meets the offer, so that nobody who pays what was asked is reminded
 * of what was not. 0: nothing is.
 */
export function discountToTell(offer: DiscountOffer, facts: DiscountFacts): number {
  const standing = discountStanding(offer, facts);
  return standing.kind === 'offered' ? Math.max(0, Math.min(standing.discountMinor, facts.openMinor - facts.disputedMinor - standing.missingMinor)) : 0;
}

/** The end of the last day of an offer that is made on a day and holds for so many days. */
export function offerExpiry(madeOn: LocalDate, forDays: number, timeZone: string): InstantMs {
  return startOfDay(dayNumber(madeOn) + forDays + 1, timeZone);
}

/** In words: "2 %", "25.00 EUR". */
export function describeDiscount(rule: DiscountRule, format: (amountMinor: number, currency: string) => string): string {
  return rule.kind === 'percent' ? `${rule.rate / unitsPerPercent} %` : `${format(rule.amountMinor, rule.currency)} ${rule.currency}`;
}
