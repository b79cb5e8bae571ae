import type { LocalDate } from '../calendar/dates';
import { unitsPerPercent, type DayCount, type RateUnits } from './interest';

/**
 * What the law gives a creditor between businesses where the contract says nothing. In the United States there is no such law: interest and fees are a matter of
 * the contract there, so there is no preset.
 */
export type StatutoryPreset = 'eu' | 'de' | 'uk';
export const statutoryPresets: readonly StatutoryPreset[] = ['eu', 'de', 'uk'];

export interface StatutoryRule {
  title: string;
  law: string;
  /** Percentage points above the reference rate. */
  pointsAbove: number;
  dayCount: DayCount;
  /** Whether the reference rate of the half-year in which the debt fell due stays for good (UK), or each half-year has its own. */
  fixedAtStart: boolean;
  /** The reference rate by the first day of the half-year it is for, in percent. */
  reference: Readonly<Record<LocalDate, number>>;
  source: string;
  /** The last day for which a rate is known here. A half-year after it has none: it is refused rather than guessed, until somebody adds what was published. */
  ratesUntil: LocalDate;
  /** When the rates were last held against what was published, and against what. */
  checked: { on: LocalDate; against: string };
  compensation: { currency: string; bands: readonly { fromMinor: number; amountMinor: number }[] };
}

/** In force on the first day of each half-year. That of July 2026 could not be looked up: it is not here. */
const ecbMainRefinancing = {
  '2020-01-01': 0, '2020-07-01': 0, '2021-01-01': 0, '2021-07-01': 0, '2022-01-01': 0, '2022-07-01': 0, '2023-01-01': 2.5, '2023-07-01': 4, '2024-01-01': 4.5, '2024-07-01': 4.25, '2025-01-01': 3.15, '2025-07-01': 2.15, '2026-01-01': 2.15,
};
/** Basiszinssatz, § 247 BGB. */
const bundesbankBase = {
  '2020-01-01': -0.88, '2020-07-01': -0.88, '2021-01-01': -0.88, '2021-07-01': -0.88, '2022-01-01': -0.88, '2022-07-01': -0.88, '2023-01-01': 1.62, '2023-07-01': 3.12, '2024-01-01': 3.62, '2024-07-01': 3.37, '2025-01-01': 2.27, '2025-07-01': 1.27, '2026-01-01': 1.27, '2026-07-01': 1.52,
};
/** In force on the last day of the half-year before: 31 December and 30 June. */
const bankOfEngland = {
  '2020-01-01': 0.75, '2020-07-01': 0.1, '2021-01-01': 0.1, '2021-07-01': 0.1, '2022-01-01': 0.25, '2022-07-01': 1.25, '2023-01-01': 3.5, '2023-07-01': 5, '2024-01-01': 5.25, '2024-07-01': 5.25, '2025-01-01': 4.75, '2025-07-01': 4.25, '2026-01-01': 3.75, '2026-07-01': 3.75,
};
const fortyEuro = { currency: 'EUR', bands: [{ fromMinor: 0, amountMinor: 4_000 }] };

export const statutoryRules: Readonly<Record<StatutoryPreset, StatutoryRule>> = {
  eu: {
    title: 'EU late payment directive', law: 'Directive 2011/7/EU, articles 3 and 6: the ECB\'s rate plus at least 8 points, and 40 euro', pointsAbove: 8, dayCount: 'actual/365', fixedAtStart: false, reference: ecbMainRefinancing,
    source: 'European Central Bank, main refinancing operations, key interest rates table', ratesUntil: '2026-06-30', compensation: fortyEuro,
    checked: { on: '2026-11-24', against: 'the table of late payment rates of the Irish Department of Enterprise (to July 2024), and the press releases of the Deutsche Bundesbank on its base rate, which name the rate of the ECB (from January 2025)' },
  },
  de: {
    title: 'Germany, between businesses', law: '§ 288 (2) and (5) BGB: the base rate plus 9 points, and 40 euro', pointsAbove: 9, dayCount: 'actual/actual', fixedAtStart: false, reference: bundesbankBase,
    source: 'Deutsche Bundesbank, Basiszinssatz nach § 247 BGB', ratesUntil: '2026-12-31', compensation: fortyEuro,
    checked: { on: '2026-11-24', against: 'a law firm\'s table to January 2025, the Bundesbank\'s press releases of January 2025 and January 2026, and two tables of others that name the Bundesbank for July 2025 and July 2026' },
  },
  uk: {
    title: 'United Kingdom, commercial debts', law: 'Late Payment of Commercial Debts (Interest) Act 1998: the Bank of England base rate plus 8 points, and 40, 70 or 100 pounds', pointsAbove: 8, dayCount: 'actual/365', fixedAtStart: true, reference: bankOfEngland,
    source: 'Bank of England, official Bank Rate history', ratesUntil: '2026-12-31',
    checked: { on: '2026-11-24', against: 'the changes of Bank Rate since 1975 as the Bank of England\'s database had them on 6 October 2026 (package uk-bank-rate 0.4.1), and reports of its decision of 18 June 2026' },
    compensation: { currency: 'GBP', bands: [{ fromMinor: 1, amountMinor: 4_000 }, { fromMinor: 100_000, amountMinor: 7_000 }, { fromMinor: 1_000_000, amountMinor: 10_000 }] },
  },
};

/** The half-years until a day for which there is no rate, neither known here nor added: by their first days. */
export function missingHalfYears(preset: StatutoryPreset, today: LocalDate, added: AddedRates = {}): LocalDate[] {
  const { reference } = statutoryRules[preset];
  const missing: LocalDate[] = [];
  let [year, half] = Object.keys(reference).sort()[0]!.split('-').map(Number) as [number, number];
  for (let first = firstDayOf(year, half); first <= today; first = firstDayOf(year, half)) {
    if (reference[first] === undefined && added[preset]?.[first] === undefined) missing.push(first);
    [year, half] = half === 1 ? [year, 7] : [year + 1, 1];
  }
  return missing;
}

function firstDayOf(year: number, month: number): LocalDate {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

/** Reference rates that a company has added, by preset and the first day of the half-year; they go before those that are known here. */
export type AddedRates = Readonly<Partial<Record<StatutoryPreset, Readonly<Record<LocalDate, RateUnits>>>>>;

export class NoRateError extends Error {
  override name = 'NoRateError';
}

/** The rate of a day under a preset, for a debt that is late since a day. Throws NoRateError where no rate is on record. */
export function statutoryRate(preset: StatutoryPreset, lateSince: LocalDate, added: AddedRates = {}): (date: LocalDate) => RateUnits {
  const rule = statutoryRules[preset];
  return (date) => {
    const day = rule.fixedAtStart ? lateSince : date;
    const halfYear = `${day.slice(0, 4)}-${day.slice(5, 7) < '07' ? '01' : '07'}-01`;
    const known = rule.reference[halfYear];
    const reference = added[preset]?.[halfYear] ?? (known === undefined ? undefined : Math.round(known * unitsPerPercent));
    if (reference === undefined) throw new NoRateError(`No reference rate is on record for the half-year of ${day} (${rule.title}; rates are known until ${rule.ratesUntil}). Add the rate that was published, or charge by hand.`);
    return Math.max(0, reference + rule.pointsAbove * unitsPerPercent);
  };
}

/** The fixed compensation for one debt; null in a currency that the law does not name. */
export function compensationMinor(preset: StatutoryPreset, debtMinor: number, currency: string): number | null {
  const { compensation } = statutoryRules[preset];
  if (compensation.currency !== currency) return null;
  return compensation.bands.findLast(({ fromMinor }) => debtMinor >= fromMinor)?.amountMinor ?? null;
}
