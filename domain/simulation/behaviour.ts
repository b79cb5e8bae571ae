import { classifyBehaviour, settledLookedAt } from '../behaviour/classify';
import { daysBetween, type InstantMs } from '../calendar/dates';
import { localDateAt } from '../calendar/zones';
import type { BehaviourClass, InvoiceFacts } from '../collection/facts';

/** How a customer has paid in a simulation. Its files know neither payments that were taken back nor write-offs. */
export class SimulatedBehaviour {
  private readonly paid = new Set<string>();
  private readonly positions = new Map<string, number>();
  private settled: { at: InstantMs; position: number; daysLate: number }[] = [];

  constructor(private readonly timeZone: string) {}

  /** Notes an invoice that came: of those settled at one instant the one that came first counts as the latest. */
  arrived(externalId: string): void {
    this.positions.set(externalId, this.positions.size);
  }

  /** Notes what was put on an invoice; one counts once nothing of it is open and a payment was part of that. */
  applied(kind: 'payment' | 'credit', { externalId, totalMinor, openMinor, dueOn }: InvoiceFacts, at: InstantMs): void {
    if (kind === 'payment') this.paid.add(externalId);
    if (openMinor > 0 || totalMinor === 0 || !this.paid.has(externalId)) return;
    this.settled.push({ at, position: this.positions.get(externalId) ?? 0, daysLate: daysBetween(dueOn, localDateAt(at, this.timeZone)) });
    this.settled = this.settled.sort((a, b) => b.at - a.at || a.position - b.position).slice(0, settledLookedAt);
  }

  get class(): BehaviourClass {
    return classifyBehaviour({ daysLate: this.settled.map(({ daysLate }) => daysLate), reversals: 0, writeOffs: 0 }).class;
  }
}
