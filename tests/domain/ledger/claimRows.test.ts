import { plainMapping } from '../../../domain/ledger/mapping';
import { rowReader } from '../../../domain/ledger/rows';
import { ledgerFields } from '../../../domain/ledger/fields';

const reasons = (kind: 'promises' | 'disputes', cells: string[]): string[] => {
  const row = rowReader(kind, plainMapping(kind), ledgerFields[kind]).read(cells);
  return row.kind === 'refused' ? row.errors.map(({ field, value, reason }) => `${field} ${value} ${reason}`) : [];
};

test('a promise and disputes, whole, in part and resolved', () => {
  expect(rowReader('promises', plainMapping('promises'), ledgerFields.promises).read(['p', '0007', '2026-03-01T10:00:00+01:00', '2026-03-10', 'KWD', '1.234']))
    .toEqual({ kind: 'record', record: { externalId: 'p', invoiceExternalId: '0007', madeAt: '2026-03-01T10:00:00+01:00', promisedOn: '2026-03-10', currency: 'KWD', amountMinor: 1_234 } });
  const dispute = (...cells: string[]) => rowReader('disputes', plainMapping('disputes'), ledgerFields.disputes).read(cells);
  expect(dispute('d', '0007', '2026-03-01', 'USD', '', 'quality', '', '', '')).toMatchObject({ record: { amountMinor: null, reason: 'quality', resolved: null } });
  expect(dispute('d', '0007', '2026-03-01', 'USD', '9.99', 'Price', 'split', '1.50', '2026-03-09')).toMatchObject({ record: { amountMinor: 999, reason: 'price', resolved: { at: '2026-03-09', resolution: { kind: 'split', creditMinor: 150 } } } });
  expect(dispute('d', '0007', '2026-03-01', 'USD', '', 'terms', 'valid', '', '2026-03-09')).toMatchObject({ record: { resolved: { resolution: { kind: 'valid' } } } });
});

test.each([
  ['promises', ['', '0007', '2026-03-01', '2026-03-10', 'USD', '1'], ['external_id null is empty']],
  ['promises', ['p', '', '2026-03-01', '2026-03-10', 'USD', '1'], ['invoice_external_id null is empty']],
  ['promises', ['p', '7', '', '2026-03-10', 'USD', '1'], ['made_at null is empty']],
  ['promises', ['p', '7', '1 March', '2026-03-10', 'USD', '1'], ['made_at 1 March is not a date in the format yyyy-MM-dd']],
  ['promises', ['p', '7', '2026-03-11', '2026-03-10', 'USD', '1'], ['promised_on 2026-03-10 is before the promise was made, 2026-03-11']],
  ['promises', ['p', '7', '2026-03-01', '2026-03-10', 'USD', '0'], ['amount 0 must be more than zero']],
  ['promises', ['p', '7', '2026-03-01', '2026-03-10', 'XYZ', '5'], ['currency XYZ is not an ISO 4217 currency code such as USD or EUR']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '', 'weather', '', '', ''], ['reason weather must be one of price, quantity, quality, not-delivered, not-ordered, duplicate, paid-already, terms, other']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '', '', '', '', ''], ['reason null is empty; it is one of price, quantity, quality, not-delivered, not-ordered, duplicate, paid-already, terms, other']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '', 'price', '', '', '2026-03-02'], ['resolved_at 2026-03-02 is given, although the dispute is not resolved: resolution is empty']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '', 'price', 'valid', '', ''], ['resolved_at null is empty']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '', 'price', 'valid', '', '2026-02-01'], ['resolved_at 2026-02-01 is before the dispute was opened, 2026-03-01']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '5', 'price', 'split', '', '2026-03-02'], ['credit null is empty']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '5', 'price', 'split', '5', '2026-03-02'], ['credit 5 must be less than what is disputed']],
  ['disputes', ['d', '7', '2026-03-01', 'USD', '5', 'price', 'invalid', '1', '2026-03-02'], ['credit 1 is for a split: nothing is credited where the dispute is invalid']],
] as const)('a wrong row of %s is refused with its reason: %j', (kind, cells, expected) => {
  expect(reasons(kind, [...cells])).toEqual(expected);
});
