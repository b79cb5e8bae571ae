import { addDays, type LocalDate } from '../calendar/dates';
import type { CreditLimit, PromiseOnRecord } from '../collection/facts';
import { totalsIn, type ConditionFacts } from './account';

/** Promises count by their promised day, for so long. */
export const promisesCountedDays = 365;

/** Contacts of the last days, today among them. */
export function contactsIn(days: number, contactsOn: readonly LocalDate[], today: LocalDate): number {
  const before = addDays(today, -days);
  return contactsOn.filter((day) => day > before).length;
}

/** Whether a promise is broken on a day: also one of which nobody has taken note yet that its day is over. */
function isBroken({ on, state }: PromiseOnRecord, today: LocalDate): boolean {
  return state === 'broken' || (state === 'pending' && on < today);
}

export function brokenIn(promises: readonly PromiseOnRecord[], today: LocalDate): number {
  const before = addDays(today, -promisesCountedDays);
  return promises.filter((promise) => promise.on > before && isBroken(promise, today)).length;
}

export function keptIn(promises: readonly PromiseOnRecord[], today: LocalDate): number {
  const before = addDays(today, -promisesCountedDays);
  return promises.filter(({ on, state }) => on > before && state === 'kept').length;
}

/** The promised day of the latest promise that was broken, however long ago; null: none was. */
export function lastBrokenOn(promises: readonly PromiseOnRecord[], today: LocalDate): LocalDate | null {
  return promises.reduce<LocalDate | null>((last, promise) => (isBroken(promise, today) && (last === null || promise.on > last) ? promise.on : last), null);
}

/** The customer's balance in the currency of its limit, as a percentage of that; of no limit, and of one of zero, there is no share. */
export function creditUsedPercent(facts: ConditionFacts): number | null {
  const { creditLimit } = facts.customer;
  return creditLimit && creditLimit.amountMinor > 0 ? (balanceMinor(facts, creditLimit) * 100) / creditLimit.amountMinor : null;
}

/** As the event limit.exceeded has it. */
export function isOverCreditLimit(facts: ConditionFacts): boolean {
  const { creditLimit } = facts.customer;
  return creditLimit ? balanceMinor(facts, creditLimit) > creditLimit.amountMinor : false;
}

function balanceMinor(facts: ConditionFacts, { currency }: CreditLimit): number {
  const { openMinor, unappliedMinor } = totalsIn(facts, currency);
  return openMinor - unappliedMinor;
}
