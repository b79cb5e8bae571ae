import type { InstantMs } from '../calendar/dates';
import type { Decision } from '../collection/decision';
import { discountStanding, offerExpiry, type DiscountOffer } from '../discount/discount';
import { discountRuleFor } from '../policy/terms';

/** An offer, and what has come towards it. */
interface Followed {
  offer: DiscountOffer;
  creditedMinor: number;
  paidInTime: Map<string, number>;
}

/** What a step offers of what is open; null: nothing, as in a currency for which no amount is set. */
export function offerOf({ effect, invoice: { openMinor, currency }, on }: Decision, timeZone: string): DiscountOffer | null {
  const rule = effect?.kind === 'discount' ? discountRuleFor(effect.terms, currency) : null;
  return effect?.kind === 'discount' && rule ? { rule, baseMinor: openMinor, currency, expiresAt: offerExpiry(on, effect.forDays, timeZone) } : null;
}

/** The offers of an invoice in a simulation, and what has come towards each. */
export class SimulatedDiscounts {
  private readonly offers: Followed[] = [];
  /** What was taken off, in the order in which it was; all of one offer. */
  private takenOff: { of: Followed; amountMinor: number; position: number }[] = [];
  /** Where payments stand in that order. */
  private readonly positions = new Map<string, number>();
  private position = 0;

  made(offer: DiscountOffer): this {
    this.offers.push({ offer, creditedMinor: 0, paidInTime: new Map() });
    return this;
  }

  /** Counts what a payment or a credit note settled of the invoice. */
  settled(by: 'payment' | 'credit', source: string, amountMinor: number, at: InstantMs): void {
    if (by === 'payment') this.positions.set(source, (this.position += 1));
    for (const each of this.offers) {
      if (by === 'credit') each.creditedMinor += amountMinor;
      else if (at < each.offer.expiresAt) each.paidInTime.set(source, amountMinor);
    }
  }

  /** Takes money of a payment back; answers what had been taken off since it came and is owed again with it, whoever had earned it. */
  takenBack(payment: string, amountMinor: number): number {
    for (const { paidInTime } of this.offers) {
      const paidMinor = paidInTime.get(payment);
      if (paidMinor !== undefined) paidInTime.set(payment, paidMinor - amountMinor);
    }
    const came = this.positions.get(payment) ?? 0;
    const owedAgainMinor = this.takenOff.reduce((sum, each) => (each.position > came ? sum + each.amountMinor : sum), 0);
    this.takenOff = this.takenOff.filter(({ position }) => position < came);
    return owedAgainMinor;
  }

  /**
   * Answers what is taken off of what is open: as much as an offer that is met says. Once one has been honoured, that one alone.
   *
   * @param disputedBefore what is disputed of the invoice since before an instant
   */
  takeOff(openMinor: number, disputedBefore: (instant: InstantMs) => number): number {
    const [honoured] = this.takenOff;
    for (const each of honoured ? [honoured.of] : this.offers) {
      const { offer, creditedMinor, paidInTime } = each;
      const standing = discountStanding(offer, {
        openMinor, creditedMinor, disputedMinor: disputedBefore(offer.expiresAt), paidInTimeMinor: sumOf([...paidInTime.values()]), honouredMinor: sumOf(this.takenOff.map(({ amountMinor }) => amountMinor)),
      });
      if (standing.kind !== 'met') continue;
      this.takenOff.push({ of: each, amountMinor: standing.creditMinor, position: (this.position += 1) });
      return standing.creditMinor;
    }
    return 0;
  }
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, each) => sum + each, 0);
}
