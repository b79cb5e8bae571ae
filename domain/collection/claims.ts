import type { Claims, InvoiceFacts } from './facts';

/** What may be asked for now: what is open and neither covered by unapplied money nor promised nor disputed. */
export function collectableMinor({ openMinor, creditMinor, promisedMinor, disputedMinor }: Pick<InvoiceFacts, 'openMinor' | 'creditMinor' | 'promisedMinor' | 'disputedMinor'>): number {
  return Math.max(0, openMinor - creditMinor - promisedMinor - disputedMinor);
}

/** The part of the claims that the open balance has room for: a dispute first, since it has no end of its own. */
export function claimsWithin(openMinor: number, claims: Claims): Claims {
  const disputedMinor = Math.min(Math.max(0, openMinor), claims.disputedMinor);
  const promisedMinor = Math.min(Math.max(0, openMinor) - disputedMinor, claims.promisedMinor);
  return { ...claims, disputedMinor, promisedMinor };
}

/** The invoice as if nobody had promised or disputed anything: what a hold that stands is measured by, since words are not money. What was said stays known to conditions that ask for it. */
export function withoutClaims<I extends Claimed>(invoice: I): I {
  return invoice.promisedMinor === 0 && invoice.disputedMinor === 0 ? invoice : { ...invoice, promisedMinor: 0, disputedMinor: 0, claimed: claimedOf(invoice) };
}

/** The same, but for what is disputed. */
export function withoutPromises<I extends Claimed>(invoice: I): I {
  return { ...invoice, promisedMinor: 0, claimed: claimedOf(invoice) };
}

type Claimed = Pick<InvoiceFacts, 'promisedMinor' | 'disputedMinor' | 'claimed'>;

/** What is promised and disputed of an invoice, also where it is looked at as if nothing were. */
export function claimedOf({ promisedMinor, disputedMinor, claimed }: Claimed): Pick<Claims, 'promisedMinor' | 'disputedMinor'> {
  return claimed ?? { promisedMinor, disputedMinor };
}
