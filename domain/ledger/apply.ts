export interface Applied {
  appliedMinor: number;
  /** What is left over: unapplied cash or credit of the customer. */
  unappliedMinor: number;
}

/** Puts money on one invoice: as much as is open there, and the rest stays unapplied. Both amounts in the same currency. */
export function applyToInvoice({ amountMinor, openMinor }: { amountMinor: number; openMinor: number }): Applied {
  const appliedMinor = Math.min(amountMinor, Math.max(openMinor, 0));
  return { appliedMinor, unappliedMinor: amountMinor - appliedMinor };
}
