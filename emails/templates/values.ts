import type { Comparable } from 'liquidjs';
import type { LocalDate } from '../../domain/calendar/dates';
import { currencyDigits, type Money } from '../../domain/money/money';

/*
 * What a template sees of the ledger. Amounts and dates are objects whose contents are private: a template can print and compare them, and
 * nothing else, so that an amount is never printed as a bare number of cents.
 */

export class MoneyValue implements Comparable {
  readonly #money: Money;

  constructor(money: Money) {
    this.#money = money;
  }

  get money(): Money {
    return this.#money;
  }

  // Compared with a number it is whole units of its own currency, exact to the minor unit; with another amount only in the same currency.
  equals(other: unknown): boolean {
    return this.#against(other, (difference) => difference === 0);
  }

  gt(other: unknown): boolean {
    return this.#against(other, (difference) => difference > 0);
  }

  geq(other: unknown): boolean {
    return this.#against(other, (difference) => difference >= 0);
  }

  lt(other: unknown): boolean {
    return this.#against(other, (difference) => difference < 0);
  }

  leq(other: unknown): boolean {
    return this.#against(other, (difference) => difference <= 0);
  }

  #against(other: unknown, holds: (difference: number) => boolean): boolean {
    const { amountMinor, currency } = this.#money;
    if (other instanceof MoneyValue) return other.money.currency === currency && holds(amountMinor - other.money.amountMinor);
    // 0.29 × 100 is 28.999999999999996 in binary: fifteen digits are what a number that was typed has.
    return typeof other === 'number' && holds(amountMinor - Number((other * 10 ** currencyDigits(currency)).toPrecision(15)));
  }
}

/** One amount per currency. */
export class AmountsValue {
  readonly #amounts: readonly Money[];

  constructor(amounts: readonly Money[]) {
    this.#amounts = amounts;
  }

  get amounts(): readonly Money[] {
    return this.#amounts;
  }
}

export class DateValue {
  readonly #date: LocalDate;

  constructor(date: LocalDate) {
    this.#date = date;
  }

  get date(): LocalDate {
    return this.#date;
  }
}

export type BlockName = 'invoices' | 'payment';

/** A part of the letter that the frame sets: a paragraph of its own. */
export class BlockValue {
  readonly #name: BlockName;

  constructor(name: BlockName) {
    this.#name = name;
  }

  get block(): BlockName {
    return this.#name;
  }
}

/** What `default: ""` yields: an author's word that nothing may stand there. */
export const nothing: unique symbol = Symbol('nothing');
