import type { InstantMs } from '../calendar/dates';
import { discountStanding, type DiscountOffer } from '../discount/discount';

/** The offers of an invoice in a simulation, and what has come towards each. */
export class SimulatedDiscounts {
  private readonly offers: { offer: DiscountOffer; creditedMinor: number; paidInTimeMinor: number }[] = [];

  made(offer: DiscountOffer): void {
    this.offers.push({ offer, creditedMinor: 0, paidInTimeMinor: 0 });
  }

  /** Counts what settled a part of the invoice; answers what is taken off of what is open after it. */
  settled(by: 'payment' | 'credit', amountMinor: number, openMinor: number, at: InstantMs): number {
    for (const each of this.offers) {
      if (by === 'credit') each.creditedMinor += amountMinor;
      else if (at < each.offer.expiresAt) each.paidInTimeMinor += amountMinor;
    }
    for (const { offer, creditedMinor, paidInTimeMinor } of this.offers) {
      const standing = discountStanding(offer, { openMinor, creditedMinor, paidInTimeMinor });
      if (standing.kind === 'met') return standing.creditMinor;
    }
    return 0;
  }
}
