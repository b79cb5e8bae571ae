import fc from 'fast-check';
import { addDays } from '../../../domain/calendar/dates';
import { dayCounts, halfEven, interestMinor, parseRate, percentOf } from '../../../domain/charges/interest';
import { compensationMinor, missingHalfYears, statutoryPresets, statutoryRate, statutoryRules } from '../../../domain/charges/statutory';

const span = (from: string, days: number, balanceMinor = 100_000) => [{ from, to: addDays(from, days), balanceMinor }];

describe('published examples', () => {
  test.each([
    // gov.uk gives 11.50, since it rounds a day's interest to 0.23 first; unrounded it is 11.64.
    ['£1,000 at 8.5 % for 50 days', 50, 85_000, 1_164],
    // theukrules.co.uk gives 13.56, without rounding days.
    ['£1,000 at 8.25 % for 60 days', 60, 82_500, 1_356],
  ])('%s', (_name, days, rate, expected) => {
    expect(interestMinor(span('2025-01-01', days), () => rate, 'actual/365')).toBe(expected);
  });

  test.each([[1, 4_000], [99_999, 4_000], [100_000, 7_000], [999_999, 7_000], [1_000_000, 10_000]])('UK compensation for a debt of %i pence is %i', (debt, expected) => {
    expect(compensationMinor('uk', debt, 'GBP')).toBe(expected);
  });
});

describe('day counts, one year of 10 % on 36,500.00', () => {
  test.each([
    ['actual/365', '2025-01-01', 365, 365_000], ['actual/360', '2025-01-01', 360, 365_000], ['actual/actual', '2024-01-01', 366, 365_000], ['actual/actual', '2025-01-01', 365, 365_000],
    ['30/360', '2025-01-31', 59, 60_833], ['30/360', '2025-01-01', 365, 365_000],
  ] as const)('%s from %s over %i days is %i', (dayCount, from, days, expected) => {
    expect(interestMinor(span(from, days, 3_650_000), () => 100_000, dayCount)).toBe(expected);
  });
});

test('half of a unit goes to the even one', () => {
  expect([halfEven(5n, 10n), halfEven(15n, 10n), halfEven(25n, 10n), halfEven(26n, 10n)]).toEqual([0, 2, 2, 3]);
  expect(percentOf(150, parseRate('1')!)).toBe(2);
  expect(percentOf(250, parseRate('1')!)).toBe(2);
  expect([parseRate('8.5'), parseRate('0.0001'), parseRate('8,5'), parseRate('1000')]).toEqual([85_000, 1, null, null]);
});

test('cutting a span in two changes nothing before rounding: the parts differ from the whole by a unit at most', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), fc.constantFrom(...dayCounts), (balance, first, second, dayCount) => {
    const from = '2024-01-15';
    const parts = [...span(from, first, balance), ...span(addDays(from, first), second, balance)];
    const whole = interestMinor(span(from, first + second, balance), () => 82_500, dayCount);
    const cut = interestMinor(parts, () => 82_500, dayCount);
    // 30/360 counts the 31st as the 30th, so a cut on a 31st may move one day.
    const slack = dayCount === '30/360' ? Math.ceil((balance * 0.0825) / 360) + 1 : 0;
    expect(Math.abs(whole - cut)).toBeLessThanOrEqual(slack);
  }));
});

test('no balance, no interest; twice the balance, twice the interest within rounding', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 10 }), fc.integer({ min: 0, max: 900 }), fc.constantFrom(...dayCounts), (balance, days, dayCount) => {
    const once = interestMinor(span('2024-03-01', days, balance), () => 90_000, dayCount);
    expect(Math.abs(interestMinor(span('2024-03-01', days, 2 * balance), () => 90_000, dayCount) - 2 * once)).toBeLessThanOrEqual(1);
    expect(interestMinor(span('2024-03-01', days, 0), () => 90_000, dayCount)).toBe(0);
  }));
});

describe('statutory rates', () => {
  test('each half-year has its own in Germany; in the United Kingdom that of the day the debt fell due stays', () => {
    expect([statutoryRate('de', '2024-06-01')('2024-06-30'), statutoryRate('de', '2024-06-01')('2024-07-01')]).toEqual([126_200, 123_700]);
    expect([statutoryRate('uk', '2024-12-01')('2024-12-31'), statutoryRate('uk', '2024-12-01')('2025-02-01')]).toEqual([132_500, 132_500]);
  });
  test('interest over a change of the rate is the sum of both parts', () => {
    const both = interestMinor(span('2024-06-01', 60), statutoryRate('de', '2024-06-01'), 'actual/actual');
    expect(both).toBe(Math.round((100_000 * (30 * 0.1262 + 30 * 0.1237)) / 366));
  });
  test('a half-year that nobody has looked up is refused, never guessed', () => {
    expect(() => statutoryRate('eu', '2025-01-01')('2031-01-01')).toThrow('No reference rate is on record for the half-year of 2031-01-01');
    for (const rule of Object.values(statutoryRules)) {
      expect(rule.checked.against.length).toBeGreaterThan(20);
      expect(addDays(Object.keys(rule.reference).sort().at(-1)!, 184) > rule.ratesUntil).toBe(true);
      expect(addDays(rule.ratesUntil, 1) > Object.keys(rule.reference).sort().at(-1)!).toBe(true);
    }
  });
  test('what is missing is said: every half-year until today that is neither known nor added', () => {
    expect(missingHalfYears('eu', '2027-02-01')).toEqual(['2026-07-01', '2027-01-01']);
    expect(missingHalfYears('eu', '2027-02-01', { eu: { '2026-07-01': 24_000 } })).toEqual(['2027-01-01']);
    expect(missingHalfYears('uk', '2026-12-31')).toEqual([]);
  });
  test('compensation is in the currency that the law names', () => expect([compensationMinor('eu', 100, 'EUR'), compensationMinor('eu', 100, 'USD')]).toEqual([4_000, null]));
});

test('the German base rate is the ECB rate of the half-year less 0.88 points, as § 247 BGB has made it since 2016; all are known from 2020 on without a gap', () => {
  const { eu, de } = statutoryRules;
  for (const preset of statutoryPresets) expect([Object.keys(statutoryRules[preset].reference)[0], missingHalfYears(preset, statutoryRules[preset].ratesUntil)]).toEqual(['2020-01-01', []]);
  for (const [halfYear, rate] of Object.entries(eu.reference)) expect(de.reference[halfYear]).toBeCloseTo(rate - 0.88, 10);
});

test('a half-year without a rate is refused, and a rate that a company adds goes before all others', () => {
  expect(() => statutoryRate('eu', '2031-01-01')('2031-03-01')).toThrow('No reference rate is on record for the half-year of 2031-03-01');
  expect(statutoryRate('eu', '2031-01-01', { eu: { '2031-01-01': 30_000 } })('2031-03-01')).toBe(110_000);
  expect(statutoryRate('de', '2025-01-01', { de: { '2025-07-01': 0 } })('2025-08-01')).toBe(90_000);
});
