/** Where money of a payment stands: on an invoice, or on a charge. */
export interface Standing {
  amountMinor: number;
}

export interface RefundPlan<S extends Standing> {
  /** Of the payment's unapplied cash: given back, it reopens nothing. */
  fromUnappliedMinor: number;
  /** What is taken back, each all of an application or a part of it. */
  takenBack: readonly { application: S; amountMinor: number }[];
}

/**
 * Where the money of a refund comes from: unapplied cash first, so that what was paid too much reopens nothing, then the applications in the order given, the newest first. Null when
 * there is less than that. All amounts are whole minor units of one currency, and what is planned adds up to `amountMinor`.
 */
export function planRefund<S extends Standing>({ amountMinor, unappliedMinor, newestFirst }: { amountMinor: number; unappliedMinor: number; newestFirst: readonly S[] }): RefundPlan<S> | null {
  const fromUnappliedMinor = Math.min(amountMinor, unappliedMinor);
  let left = amountMinor - fromUnappliedMinor;
  const takenBack: { application: S; amountMinor: number }[] = [];
  for (const application of newestFirst) {
    if (left === 0) break;
    const taken = Math.min(left, application.amountMinor);
    takenBack.push({ application, amountMinor: taken });
    left -= taken;
  }
  return left === 0 ? { fromUnappliedMinor, takenBack } : null;
}
