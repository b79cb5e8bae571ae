/** What a customer owes in a currency, and has in hand. */
export interface CurrencyTotals {
  openMinor: number;
  unappliedMinor: number;
}

/** The same in every currency, in a simulation. */
export class SimulatedTotals {
  private readonly byCurrency = new Map<string, CurrencyTotals>();

  /** Those in a currency, to be added to. */
  in(currency: string): CurrencyTotals {
    let totals = this.byCurrency.get(currency);
    if (!totals) this.byCurrency.set(currency, (totals = { openMinor: 0, unappliedMinor: 0 }));
    return totals;
  }

  /** Cash and credit that are put to no invoice, by currency. */
  unapplied(): Record<string, number> {
    const unapplied: Record<string, number> = {};
    for (const [currency, totals] of this.byCurrency) unapplied[currency] = totals.unappliedMinor;
    return unapplied;
  }

  /** Whether anything is open or in hand. */
  isAnything(): boolean {
    return [...this.byCurrency.values()].some(({ openMinor, unappliedMinor }) => openMinor > 0 || unappliedMinor > 0);
  }
}
