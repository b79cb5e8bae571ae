import { classifyBehaviour, settledLookedAt } from '../behaviour/classify';
import { daysBetween, type InstantMs } from '../calendar/dates';
import { localDateAt } from '../calendar/zones';
import type { BehaviourClass, InvoiceFacts } from '../collection/facts';

interface Settled {
  externalId: string;
  at: InstantMs;
  position: number;
  daysLate: number;
}

/** How a customer has paid in a simulation. Its files know no write-offs. */
export class SimulatedBehaviour {
  private readonly paidMinor = new Map<string, number>();
  private readonly positions = new Map<string, number>();
  /** The latest first. */
  private settled: Settled[] = [];
  private reversals = 0;

  constructor(private readonly timeZone: string) {}

  /** Notes an invoice that came: of those settled at one instant the one that came first counts as the latest. */
  arrived(externalId: string): void {
    this.positions.set(externalId, this.positions.size);
  }

  /** Notes what was put on an invoice; one counts once nothing of it is open and a payment was part of that. */
  applied(kind: 'payment' | 'credit', { externalId, totalMinor, openMinor, dueOn }: InvoiceFacts, amountMinor: number, at: InstantMs): void {
    if (kind === 'payment') this.pay(externalId, amountMinor);
    if (openMinor > 0 || totalMinor === 0 || !this.paidMinor.get(externalId)) return;
    this.settled.push({ externalId, at, position: this.positions.get(externalId) ?? 0, daysLate: daysBetween(dueOn, localDateAt(at, this.timeZone)) });
    this.settled.sort((a, b) => b.at - a.at || a.position - b.position);
  }

  /** Notes money of a payment that went back: the invoice is open again, and was not settled. */
  reopened({ externalId }: InvoiceFacts, amountMinor: number): void {
    this.pay(externalId, -amountMinor);
    this.settled = this.settled.filter((each) => each.externalId !== externalId);
  }

  /** Notes a payment that was taken back as a whole. */
  reversed(): void {
    this.reversals += 1;
  }

  get class(): BehaviourClass {
    return classifyBehaviour({ daysLate: this.settled.slice(0, settledLookedAt).map(({ daysLate }) => daysLate), reversals: this.reversals, writeOffs: 0 }).class;
  }

  private pay(externalId: string, amountMinor: number): void {
    this.paidMinor.set(externalId, (this.paidMinor.get(externalId) ?? 0) + amountMinor);
  }
}
