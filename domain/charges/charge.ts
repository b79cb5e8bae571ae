import { addDays, type LocalDate } from '../calendar/dates';
import { interestMinor, percentOf, unitsPerPercent, type BalanceSpan, type DayCount, type RateUnits } from './interest';
import { type AddedRates, compensationMinor, statutoryRate, statutoryRules, type StatutoryPreset } from './statutory';

/** By what right a charge is made, and how it is worked out. */
export type ChargeRule =
  | { kind: 'fixed'; amountMinor: number }
  /** Of what is open and undisputed today. */
  | { kind: 'percent'; rate: RateUnits }
  /** A yearly rate by contract, day by day on what was open and undisputed. */
  | { kind: 'interest'; rate: RateUnits; dayCount: DayCount }
  | { kind: 'statutory'; preset: StatutoryPreset };

export interface Charge {
  kind: 'late-fee' | 'interest' | 'compensation';
  amountMinor: number;
  /** The days that interest is for, both included. */
  fromOn: LocalDate | null;
  toOn: LocalDate | null;
  /** How it was worked out, for people. */
  basis: string;
}

export interface ChargeFacts {
  dueOn: LocalDate;
  today: LocalDate;
  currency: string;
  totalMinor: number;
  /** Open and not disputed, now. */
  openMinor: number;
  /** The last day that interest has been charged for. */
  chargedUntil: LocalDate | null;
  hasCompensation: boolean;
  /** What was open and not disputed at the start of each day, from the first day that is late on. */
  spans: readonly BalanceSpan[];
}

/** What a rule charges for an invoice as it stands; nothing where nothing is late, and nothing twice for the same day. */
export function chargesBy(rule: ChargeRule, facts: ChargeFacts, added: AddedRates = {}): Charge[] {
  if (facts.today <= facts.dueOn) return [];
  switch (rule.kind) {
    case 'fixed': return facts.openMinor > 0 ? [fee(rule.amountMinor, 'a fixed fee')] : [];
    case 'percent': return facts.openMinor > 0 ? [fee(percentOf(facts.openMinor, rule.rate), `${percent(rule.rate)} of what is open`)] : [];
    case 'interest': return interest(facts, () => rule.rate, rule.dayCount, `${percent(rule.rate)} a year, ${rule.dayCount}`);
    case 'statutory': {
      const { title, dayCount } = statutoryRules[rule.preset];
      const amountMinor = facts.hasCompensation || facts.openMinor <= 0 ? null : compensationMinor(rule.preset, facts.openMinor, facts.currency);
      return [
        ...interest(facts, statutoryRate(rule.preset, addDays(facts.dueOn, 1), added), dayCount, `statutory interest, ${title}`),
        ...(amountMinor ? [{ kind: 'compensation' as const, amountMinor, fromOn: null, toOn: null, basis: `fixed compensation, ${title}` }] : []),
      ];
    }
  }
}

function fee(amountMinor: number, basis: string): Charge {
  return { kind: 'late-fee', amountMinor, fromOn: null, toOn: null, basis };
}

function interest({ dueOn, today, chargedUntil, spans }: ChargeFacts, rateOn: (date: LocalDate) => RateUnits, dayCount: DayCount, basis: string): Charge[] {
  const fromOn = addDays(chargedUntil !== null && chargedUntil > dueOn ? chargedUntil : dueOn, 1);
  const uncharged = spans.map((span) => ({ ...span, from: span.from < fromOn ? fromOn : span.from })).filter(({ from, to, balanceMinor }) => from < to && balanceMinor > 0);
  const amountMinor = interestMinor(uncharged, rateOn, dayCount);
  return amountMinor > 0 ? [{ kind: 'interest', amountMinor, fromOn, toOn: today, basis }] : [];
}

function percent(rate: RateUnits): string {
  return `${rate / unitsPerPercent} %`;
}
