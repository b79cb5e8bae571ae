import { dateOfDay, dayNumber, type DayNumber, type LocalDate } from '../calendar/dates';

/** How days become parts of a year. Actual days over 360, over 365, over the days of the year they lie in; or months of 30 days (30E/360). */
export type DayCount = 'actual/360' | 'actual/365' | 'actual/actual' | '30/360';
export const dayCounts: readonly DayCount[] = ['actual/360', 'actual/365', 'actual/actual', '30/360'];

/** A balance over days: from `from` until before `to`. */
export interface BalanceSpan {
  from: LocalDate;
  to: LocalDate;
  balanceMinor: number;
}

/** A yearly rate in ten-thousandths of a percent: 8.5 % is 85,000. Whole numbers, so that no sum hangs on how fractions are stored. */
export type RateUnits = number;
export const unitsPerPercent = 10_000;

/** 360, 365 and 366 all divide it: every day count adds up in whole numbers of it. */
const yearParts = 1_603_080n;

/**
 * Simple interest on a balance that changes, at a rate that may change with the date, in minor units. It is added up exactly and rounded once at the end, half to even: rounding each day's
 * part first would be off by up to half a unit for every day.
 *
 * @example interestMinor([{ from: '2026-01-01', to: '2026-02-20', balanceMinor: 100_000 }], () => 85_000, 'actual/365') // 1,164: 50 days of 8.5 % on 1,000.00
 */
export function interestMinor(spans: readonly BalanceSpan[], rateOn: (date: LocalDate) => RateUnits, dayCount: DayCount): number {
  let sum = 0n;
  for (const span of spans) {
    for (const piece of pieces(span, rateOn)) sum += BigInt(span.balanceMinor) * BigInt(piece.rate) * parts(piece.from, piece.to, dayCount);
  }
  return halfEven(sum, yearParts * BigInt(100 * unitsPerPercent));
}

/** A span cut where the rate changes, which it does on the first of a month if at all. */
function pieces({ from, to }: BalanceSpan, rateOn: (date: LocalDate) => RateUnits): { from: DayNumber; to: DayNumber; rate: RateUnits }[] {
  const end = dayNumber(to);
  const found: { from: DayNumber; to: DayNumber; rate: RateUnits }[] = [];
  for (let start = dayNumber(from); start < end; ) {
    const next = Math.min(end, firstOfNextMonth(start));
    const rate = rateOn(dateOfDay(start));
    const last = found.at(-1);
    if (last?.rate === rate) last.to = next;
    else found.push({ from: start, to: next, rate });
    start = next;
  }
  return found;
}

function firstOfNextMonth(day: DayNumber): DayNumber {
  const [year = 0, month = 0] = dateOfDay(day).split('-').map(Number);
  return dayNumber(month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`);
}

/** The part of a year between two days, in parts of which a year has 1,603,080. */
function parts(from: DayNumber, to: DayNumber, dayCount: DayCount): bigint {
  switch (dayCount) {
    case 'actual/360': return BigInt(to - from) * (yearParts / 360n);
    case 'actual/365': return BigInt(to - from) * (yearParts / 365n);
    case '30/360': return BigInt(thirtyDays(from, to)) * (yearParts / 360n);
    case 'actual/actual': {
      let sum = 0n;
      for (let start = from; start < to; ) {
        const year = Number(dateOfDay(start).slice(0, 4));
        const [first, next] = [dayNumber(`${year}-01-01`), dayNumber(`${year + 1}-01-01`)];
        const end = Math.min(to, next);
        sum += BigInt(end - start) * (yearParts / BigInt(next - first));
        start = end;
      }
      return sum;
    }
  }
}

/** 30E/360: the 31st counts as the 30th. */
function thirtyDays(from: DayNumber, to: DayNumber): number {
  const [year = 0, month = 0, day = 0] = dateOfDay(from).split('-').map(Number);
  const [endYear = 0, endMonth = 0, endDay = 0] = dateOfDay(to).split('-').map(Number);
  return 360 * (endYear - year) + 30 * (endMonth - month) + Math.min(endDay, 30) - Math.min(day, 30);
}

/** Divides, and rounds half to even; both numbers are 0 or more. */
export function halfEven(numerator: bigint, denominator: bigint): number {
  const whole = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return Number(up ? whole + 1n : whole);
}

/** So many percent of an amount, rounded half to even. */
export function percentOf(amountMinor: number, rate: RateUnits): number {
  return halfEven(BigInt(amountMinor) * BigInt(rate), BigInt(100 * unitsPerPercent));
}

/** The rate of a text such as "8.5", with up to four decimals; null when it is none. */
export function parseRate(text: string): RateUnits | null {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text.trim());
  return match ? Number(match[1]) * unitsPerPercent + Number((match[2] ?? '').padEnd(4, '0')) : null;
}
