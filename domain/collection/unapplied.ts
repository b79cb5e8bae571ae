import type { LocalDate } from '../calendar/dates';

/** An open invoice, as money that a customer has not put to any invoice is counted against it. */
export interface Coverable {
  externalId: string;
  dueOn: LocalDate;
  openMinor: number;
}

/** Money in hand covers the oldest due invoice first, then by id. */
function isCoveredBefore(a: Coverable, b: Coverable): boolean {
  return a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.externalId < b.externalId);
}

/** What of one invoice the money in hand covers; `open` are all the customer's open invoices in its currency. */
export function creditOn(invoice: Coverable, open: Iterable<Coverable>, unappliedMinor: number): number {
  if (unappliedMinor <= 0) return 0;
  let before = 0;
  for (const other of open) if (isCoveredBefore(other, invoice)) before += other.openMinor;
  return Math.min(invoice.openMinor, Math.max(0, unappliedMinor - before));
}

/** The same for all of a customer's open invoices in one currency: by id, those of which something is covered. */
export function creditsOf<I extends Coverable>(open: readonly I[], unappliedMinor: number): Map<I['externalId'], number> {
  const credits = new Map<I['externalId'], number>();
  let left = unappliedMinor;
  for (const invoice of [...open].sort((a, b) => (isCoveredBefore(a, b) ? -1 : 1))) {
    if (left <= 0) break;
    credits.set(invoice.externalId, Math.min(invoice.openMinor, left));
    left -= invoice.openMinor;
  }
  return credits;
}
