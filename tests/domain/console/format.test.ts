import { currencyDigits, formatMoney, moneyInput, parseMoney } from '../../../web/src/format/money';
import { addDays, daysBetween, describeDaysPastDue } from '../../../web/src/format/dates';
import { startOfDayIn } from '../../../web/src/format/zones';
import { assign, columnOf, constantOf, leftoverColumns } from '../../../web/src/imports/assignment';
import { pathWithin } from '../../../web/src/session/pathWithin';

/** Which separators stand between the digits is the locale's affair, and this machine's. */
const withoutSeparators = (text: string): string => text.replaceAll('−', '-').replaceAll(/[^\dA-Z-]/g, '');

describe('money as the console shows and reads it', () => {
  test.each([
    ['USD', 123_456, '1,234.56 USD'], ['JPY', 84_000, '84,000 JPY'], ['KWD', 1_919_600, '1,919.600 KWD'], ['IQD', 1_500, '1.500 IQD'], ['EUR', -5, '-0.05 EUR'],
  ])('%s %d is shown as %s', (currency, minor, shown) => {
    expect(withoutSeparators(formatMoney(minor, currency))).toBe(withoutSeparators(shown));
  });

  test.each([
    ['12.5', 'USD', 1_250], ['12', 'USD', 1_200], ['0.01', 'USD', 1], ['12.', 'USD', 1_200], ['12.500', 'USD', 1_250], ['12.505', 'USD', null], ['1,200', 'USD', null], ['', 'USD', null], ['abc', 'USD', null],
    ['12', 'JPY', 12], ['12.5', 'JPY', null], ['1.234', 'KWD', 1_234], ['-3', 'EUR', -300], ['90071992547409.93', 'USD', null],
  ])('%p in %s is read as %p', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  test('what a form starts with is read back as the same amount', () => {
    for (const currency of ['USD', 'JPY', 'KWD']) for (const minor of [1, 99, 12_345, 999_999_999]) expect(parseMoney(moneyInput(minor, currency), currency)).toBe(minor);
    expect(currencyDigits('TND')).toBe(3);
  });
});

describe('days', () => {
  test('days are counted on the calendar, over leap days and changes of the clock', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect([-1, 0, 1, 30].map(describeDaysPastDue)).toEqual(['due in 1 day', 'due today', '1 day overdue', '30 days overdue']);
  });

  test.each([
    ['2026-01-15', 'Europe/Berlin', '2026-01-14T23:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['2026-06-01', 'Pacific/Kiritimati', '2026-05-31T10:00:00.000Z'],
  ])('%s begins in %s at %s', (date, zone, instant) => {
    expect(startOfDayIn(date, zone)).toBe(instant);
  });
});

describe('the matching of a file', () => {
  const columns = ['Invoice number', 'currency', 'Site'];
  const mapping = { kind: 'invoices' as const, columns: { external_id: 'Invoice number' } };

  test('a field is read from its chosen column, or from the one of its own name', () => {
    expect(['external_id', 'currency', 'total'].map((field) => columnOf(mapping, columns, field))).toEqual(['Invoice number', 'currency', null]);
    expect(leftoverColumns(mapping, columns, ['external_id', 'currency', 'total'])).toEqual(['Site']);
  });

  test('a field has one source at a time', () => {
    const constant = assign(mapping, 'external_id', { kind: 'constant', value: 'X' });
    expect([columnOf(constant, columns, 'external_id'), constantOf(constant, 'external_id')]).toEqual([null, 'X']);
    const column = assign({ ...constant, ignore: ['Site'] }, 'external_id', { kind: 'column', column: 'Site' });
    expect([columnOf(column, columns, 'external_id'), constantOf(column, 'external_id'), column.ignore]).toEqual(['Site', null, []]);
    expect(columnOf(assign(column, 'external_id', { kind: 'none' }), columns, 'external_id')).toBeNull();
  });
});

test.each([
  ['/invoices?state=overdue', '/invoices?state=overdue'], [null, '/'], ['https://evil.example', '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['javascript:alert(1)', '/'],
])('after signing in, %p leads to %p', (next, path) => {
  expect(pathWithin(next)).toBe(path);
});
