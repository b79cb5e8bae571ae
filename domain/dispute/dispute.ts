export const disputeReasons = ['price', 'quantity', 'quality', 'not-delivered', 'not-ordered', 'duplicate', 'paid-already', 'terms', 'other'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

export const disputeSources = ['call', 'reply', 'api', 'portal'] as const;
export type DisputeSource = (typeof disputeSources)[number];

/** How a dispute ends: the customer is right, is not, or is in part. */
export type DisputeResolution = { kind: 'valid' } | { kind: 'invalid' } | { kind: 'split'; creditMinor: number };

/** Days within which a dispute is to be resolved, unless it says otherwise. */
export const deadlineDays = 14;

/** What of an invoice's open balance is disputed: never more than is open, since a payment may have come for the disputed part as well. */
export function disputedOf(openMinor: number, disputes: readonly { amountMinor: number }[]): number {
  return Math.min(Math.max(0, openMinor), disputes.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
}

/** What is credited when a dispute is resolved; null when a split does not lie between nothing and the disputed amount. */
export function creditOf(resolution: DisputeResolution, disputedMinor: number): number | null {
  switch (resolution.kind) {
    case 'valid': return disputedMinor;
    case 'invalid': return 0;
    case 'split': return resolution.creditMinor > 0 && resolution.creditMinor < disputedMinor ? resolution.creditMinor : null;
  }
}
