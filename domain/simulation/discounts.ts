import type { InstantMs } from '../calendar/dates';
import { discountStanding, type DiscountOffer } from '../discount/discount';

/** The offers of an invoice in a simulation, and what has come towards each. */
export class SimulatedDiscounts {
  private readonly offers: { offer: DiscountOffer; creditedMinor: number; paidInTime: Map<string, number> }[] = [];
  /** What an offer that was met took off. */
  private takenOffMinor = 0;

  made(offer: DiscountOffer): void {
    this.offers.push({ offer, creditedMinor: 0, paidInTime: new Map() });
  }

  /** Counts what a payment or a credit note settled of the invoice. */
  settled(by: 'payment' | 'credit', source: string, amountMinor: number, at: InstantMs): void {
    for (const each of this.offers) {
      if (by === 'credit') each.creditedMinor += amountMinor;
      else if (at < each.offer.expiresAt) each.paidInTime.set(source, amountMinor);
    }
  }

  /** Takes money of a payment back; answers what had been taken off and is owed again with it, whoever had earned it. */
  takenBack(payment: string, amountMinor: number): number {
    for (const { paidInTime } of this.offers) {
      const paidMinor = paidInTime.get(payment);
      if (paidMinor !== undefined) paidInTime.set(payment, paidMinor - amountMinor);
    }
    const owedAgainMinor = this.takenOffMinor;
    this.takenOffMinor = 0;
    return owedAgainMinor;
  }

  /** Answers what is taken off of what is open: as much as an offer that is met says. */
  takeOff(openMinor: number): number {
    for (const { offer, creditedMinor, paidInTime } of this.offers) {
      const standing = discountStanding(offer, { openMinor, creditedMinor, paidInTimeMinor: [...paidInTime.values()].reduce((sum, each) => sum + each, 0) });
      if (standing.kind === 'met') return (this.takenOffMinor = standing.creditMinor);
    }
    return 0;
  }
}
