import { dayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import { startOfDay } from '../calendar/zones';
import { claimsWithin } from '../collection/claims';
import type { Claims, DisputedSpan, PromiseOnRecord } from '../collection/facts';
import { creditOf, disputedOf } from '../dispute/dispute';
import type { DisputeRecord, PromiseRecord } from '../ledger/records';
import { promiseState, remainingMinor, type PromiseLine, type PromiseState } from '../promise/promise';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface FollowedPromise {
  /** Null: it was taken up, so that it is on record elsewhere. */
  promisedOn: LocalDate | null;
  endsAt: InstantMs;
  line: Mutable<PromiseLine>;
  /** What payments count for it, by their ids, as far as they have not been taken back. */
  payments: Map<string, number>;
}

/** What a customer promised and disputes of one invoice, in a simulation. A promise is on one invoice there. */
export class SimulatedClaims {
  private readonly promises: FollowedPromise[] = [];
  private readonly disputes = new Map<string, { amountMinor: number; openedAt: InstantMs }>();
  private spans: readonly (DisputedSpan & { externalId: string })[];

  /** Takes up what is claimed already: a promise to come to its end, and a dispute that nobody resolves. */
  constructor({ promisedMinor, promisedUntil, disputedMinor, disputedDuring, openMinor }: Claims & { openMinor: number }) {
    this.spans = (disputedDuring ?? []).map((span) => ({ ...span, externalId: '' }));
    if (promisedMinor > 0 && promisedUntil !== null) this.promises.push(followed(null, promisedUntil, promisedMinor, openMinor));
    if (disputedMinor > 0) this.disputes.set('', { amountMinor: disputedMinor, openedAt: -Infinity });
  }

  promise({ promisedOn, amountMinor }: PromiseRecord, openMinor: number, at: InstantMs, timeZone: string): void {
    const promisedMinor = Math.min(amountMinor, openMinor - this.disputed(openMinor));
    const endsAt = startOfDay(dayNumber(promisedOn) + 1, timeZone);
    if (promisedMinor <= 0 || endsAt <= at) return;
    // It takes over what runs; one that has been kept is not taken over, and runs again when its payment is taken back.
    for (const earlier of this.promises) if (isPending(earlier, at)) earlier.line.released = true;
    this.promises.push(followed(promisedOn, endsAt, promisedMinor, openMinor));
  }

  dispute({ externalId, amountMinor }: DisputeRecord, openMinor: number, at: InstantMs): void {
    const undisputedMinor = openMinor - this.disputed(openMinor);
    const disputedMinor = Math.min(amountMinor ?? undisputedMinor, undisputedMinor);
    if (disputedMinor <= 0) return;
    this.disputes.set(externalId, { amountMinor: disputedMinor, openedAt: at });
    this.spans = [...this.spans, { externalId, from: at, until: null }];
  }

  /** Ends a dispute; answers what is credited for it. */
  resolve({ externalId, resolved }: DisputeRecord, openMinor: number, at: InstantMs): number {
    const disputedMinor = Math.min(this.disputes.get(externalId)?.amountMinor ?? 0, openMinor);
    this.disputes.delete(externalId);
    this.spans = this.spans.map((span) => (span.externalId === externalId ? { ...span, until: at } : span));
    return resolved ? creditOf(resolved.resolution, disputedMinor) ?? 0 : 0;
  }

  paid(payment: string, amountMinor: number, at: InstantMs): void {
    for (const { endsAt, line, payments } of this.promises) {
      if (at >= endsAt) continue;
      line.paidMinor += amountMinor;
      payments.set(payment, amountMinor);
    }
  }

  /** A payment that is taken back, all or in part, was never made as far as that. */
  takenBack(payment: string, amountMinor: number): void {
    for (const { line, payments } of this.promises) {
      const countedMinor = payments.get(payment);
      if (countedMinor === undefined) continue;
      line.paidMinor -= amountMinor;
      payments.set(payment, countedMinor - amountMinor);
    }
  }

  /** Credit notes and discounts; less than nothing where a discount is owed again. */
  credited(amountMinor: number, at: InstantMs): void {
    for (const { endsAt, line } of this.promises) if (at < endsAt) line.creditedMinor += amountMinor;
  }

  at(now: InstantMs, openMinor: number): Claims {
    const running = this.promises.filter((promise) => isPending(promise, now));
    return claimsWithin(openMinor, {
      promisedMinor: running.reduce((sum, { line }) => sum + remainingMinor(line), 0), promisedUntil: running.at(-1)?.endsAt ?? null, disputedMinor: this.disputed(openMinor),
      claimsDueAt: running.length > 0 ? Math.min(...running.map(({ endsAt }) => endsAt)) : null,
      ...(this.spans.length > 0 ? { disputedDuring: this.spans } : {}),
    });
  }

  /** What became of the promises that were made here. */
  onRecord(now: InstantMs): PromiseOnRecord[] {
    return this.promises.flatMap((promise): PromiseOnRecord[] => {
      if (promise.promisedOn === null) return [];
      const state = stateOf(promise, now);
      if (state === 'superseded' || state === 'cancelled') return [];
      return [{ on: promise.promisedOn, state: state === 'partly-kept' ? 'broken' : state }];
    });
  }

  /** What is disputed since before an instant. */
  disputedBefore(instant: InstantMs): number {
    return [...this.disputes.values()].reduce((sum, { amountMinor, openedAt }) => (openedAt < instant ? sum + amountMinor : sum), 0);
  }

  private disputed(openMinor: number): number {
    return disputedOf(openMinor, [...this.disputes.values()]);
  }
}

function isPending(promise: FollowedPromise, now: InstantMs): boolean {
  return stateOf(promise, now) === 'pending';
}

function stateOf({ endsAt, line }: FollowedPromise, now: InstantMs): PromiseState {
  return promiseState({ endsAt, withdrawn: false, superseded: line.released, lines: [line] }, now);
}

function followed(promisedOn: LocalDate | null, endsAt: InstantMs, amountMinor: number, openMinor: number): FollowedPromise {
  return { promisedOn, endsAt, line: { amountMinor, openMinor, paidMinor: 0, creditedMinor: 0, released: false }, payments: new Map() };
}
