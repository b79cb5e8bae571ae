import { dayNumber, type InstantMs } from '../calendar/dates';
import { startOfDay } from '../calendar/zones';
import { claimsWithin } from '../collection/claims';
import type { Claims, DisputedSpan } from '../collection/facts';
import { creditOf, disputedOf } from '../dispute/dispute';
import type { DisputeRecord, PromiseRecord } from '../ledger/records';
import { promiseState, remainingMinor, type PromiseLine } from '../promise/promise';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a customer promised and disputes of one invoice, in a simulation. A promise is on one invoice there. */
export class SimulatedClaims {
  private running: { endsAt: InstantMs; line: Mutable<PromiseLine> } | null = null;
  private readonly disputes = new Map<string, number>();
  private spans: readonly (DisputedSpan & { externalId: string })[];

  /** Takes up what is claimed already: a promise to come to its end, and a dispute that nobody resolves. */
  constructor({ promisedMinor, promisedUntil, disputedMinor, disputedDuring, openMinor }: Claims & { openMinor: number }) {
    this.spans = (disputedDuring ?? []).map((span) => ({ ...span, externalId: '' }));
    if (promisedMinor > 0 && promisedUntil !== null) this.running = { endsAt: promisedUntil, line: lineOf(promisedMinor, openMinor) };
    if (disputedMinor > 0) this.disputes.set('', disputedMinor);
  }

  promise({ promisedOn, amountMinor }: PromiseRecord, openMinor: number, timeZone: string): void {
    const promisedMinor = Math.min(amountMinor, openMinor - this.disputed(openMinor));
    if (promisedMinor > 0) this.running = { endsAt: startOfDay(dayNumber(promisedOn) + 1, timeZone), line: lineOf(promisedMinor, openMinor) };
  }

  dispute({ externalId, amountMinor }: DisputeRecord, openMinor: number, at: InstantMs): void {
    const undisputedMinor = openMinor - this.disputed(openMinor);
    const disputedMinor = Math.min(amountMinor ?? undisputedMinor, undisputedMinor);
    if (disputedMinor <= 0) return;
    this.disputes.set(externalId, disputedMinor);
    this.spans = [...this.spans, { externalId, from: at, until: null }];
  }

  /** Ends a dispute; answers what is credited for it. */
  resolve({ externalId, resolved }: DisputeRecord, openMinor: number, at: InstantMs): number {
    const disputedMinor = Math.min(this.disputes.get(externalId) ?? 0, openMinor);
    this.disputes.delete(externalId);
    this.spans = this.spans.map((span) => (span.externalId === externalId ? { ...span, until: at } : span));
    return resolved ? creditOf(resolved.resolution, disputedMinor) ?? 0 : 0;
  }

  settled(by: 'payment' | 'credit', appliedMinor: number, at: InstantMs): void {
    if (!this.running || at >= this.running.endsAt) return;
    this.running.line[by === 'payment' ? 'paidMinor' : 'creditedMinor'] += appliedMinor;
  }

  at(now: InstantMs, openMinor: number): Claims {
    const runs = this.running !== null && promiseState({ endsAt: this.running.endsAt, withdrawn: false, superseded: false, lines: [this.running.line] }, now) === 'pending';
    const endsAt = runs ? this.running?.endsAt ?? null : null;
    return claimsWithin(openMinor, {
      promisedMinor: runs && this.running ? remainingMinor(this.running.line) : 0, promisedUntil: endsAt, disputedMinor: this.disputed(openMinor), claimsDueAt: endsAt,
      ...(this.spans.length > 0 ? { disputedDuring: this.spans } : {}),
    });
  }

  private disputed(openMinor: number): number {
    return disputedOf(openMinor, [...this.disputes.values()].map((amountMinor) => ({ amountMinor })));
  }
}

function lineOf(amountMinor: number, openMinor: number): Mutable<PromiseLine> {
  return { amountMinor, openMinor, paidMinor: 0, creditedMinor: 0, released: false };
}
