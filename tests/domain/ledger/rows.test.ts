import { CustomTypeInference, typeCustom } from '../../../domain/ledger/customFields';
import { dateReader } from '../../../domain/ledger/dateFormat';
import { ExternalId } from '../../../api/contracts/values';
import { MappingError, parseMapping, plainMapping } from '../../../domain/ledger/mapping';
import { recordChecks } from '../../../domain/ledger/recordChecks';
import { rowReader } from '../../../domain/ledger/rows';

const invoiceHeader = ['external_id', 'customer_external_id', 'issued_on', 'due_on', 'currency', 'total'];

function readInvoice(cells: string[], mapping: Record<string, unknown> = {}, header = invoiceHeader) {
  return rowReader('invoices', parseMapping({ kind: 'invoices', ...mapping }), header).read(cells);
}

function reasons(cells: string[], mapping: Record<string, unknown> = {}): string[] {
  const row = readInvoice(cells, mapping);
  return row.kind === 'refused' ? row.errors.map(({ field, value, reason }) => `${field} ${value} ${reason}`) : [];
}

test('leading zeros of identifiers survive', () => {
  expect(readInvoice(['0007', '0001', '2026-01-02', '2026-02-01', 'USD', '10.50'])).toMatchObject({
    kind: 'record', record: { externalId: '0007', customerExternalId: '0001', totalMinor: 1050 },
  });
});

test('a mapping renames columns, gives constants, a date format and European decimals', () => {
  const mapping = { columns: { external_id: 'Nr', total: 'Betrag', issued_on: 'am' }, constants: { currency: 'EUR' }, dateFormat: 'd.M.yyyy', decimal: ',' };
  const row = readInvoice(['7', 'c', '1.2.2026', '03.03.2026', '1.234,56'], mapping, ['Nr', 'customer_external_id', 'am', 'due_on', 'Betrag']);
  expect(row).toMatchObject({ kind: 'record', record: { externalId: '7', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 123456 } });
});

test.each([
  [['', 'c', '2026-01-02', '2026-02-01', 'USD', '1'], 'external_id null is empty'],
  [['i', 'c', '2026-02-30', '2026-03-01', 'USD', '1'], 'issued_on 2026-02-30 is not a date in the format yyyy-MM-dd'],
  [['i', 'c', '0000-01-01', '2026-03-01', 'USD', '1'], 'issued_on 0000-01-01 is not a date in the format yyyy-MM-dd'],
  [['i', 'c', '01/02/2026', '2026-03-01', 'USD', '1'], 'issued_on 01/02/2026 is not a date in the format yyyy-MM-dd'],
  [['i', 'c', '2026-03-02', '2026-03-01', 'USD', '1'], 'due_on 2026-03-01 is before the issue date 2026-03-02'],
  [['i', 'c', '2026-01-02', '2026-02-01', 'USD', '-1'], 'total -1 is negative; what a customer is owed is a credit note'],
  [['i', 'c', '2026-01-02', '2026-02-01', 'USD', '1.234'], 'total 1.234 has 3 decimals; USD has 2'],
  [['i', 'c', '2026-01-02', '2026-02-01', 'USD', '1.234,56'], 'total 1.234,56 is not an amount such as 1234.50'],
  [['i', 'c', '2026-01-02', '2026-02-01', 'XYZ', '1'], 'currency XYZ is not an ISO 4217 currency code such as USD or EUR'],
])('a wrong row is refused with its reason: %j', (cells, reason) => {
  expect(reasons(cells)).toEqual([reason]);
});

test('every wrong field of a row is named', () => {
  expect(reasons(['', '', 'x', 'y', 'USD', 'z'])).toHaveLength(5);
});

test('a row of another length is refused as a whole', () => {
  expect(reasons(['i', 'c'])[0]).toMatch('has 2 cells where the first line has 6');
});

test('currencies of no and of three decimals', () => {
  expect(readInvoice(['i', 'c', '2026-01-02', '2026-02-01', 'JPY', '1,200'])).toMatchObject({ record: { totalMinor: 1200 } });
  expect(readInvoice(['i', 'c', '2026-01-02', '2026-02-01', 'KWD', '1.250'])).toMatchObject({ record: { totalMinor: 1250 } });
});

test('a missing column names what the file has and what to do', () => {
  expect(() => rowReader('invoices', plainMapping('invoices'), ['external_id', 'Kunde'])).toThrow(/no column for customer_external_id, issued_on, due_on, currency, total; its columns are external_id, Kunde/);
  expect(() => parseMapping({ kind: 'invoices', columns: { extrenal_id: 'x' } })).toThrow(/columns.extrenal_id is not a field of invoices/);
});

test('a payment is dated by a day or by an instant with its offset', () => {
  const reader = rowReader('payments', plainMapping('payments'), ['external_id', 'customer_external_id', 'invoice_external_id', 'received_at', 'currency', 'amount']);
  expect(reader.read(['p', 'c', '', '2026-03-01', 'USD', '5'])).toMatchObject({ record: { receivedAt: '2026-03-01', invoiceExternalId: null } });
  expect(reader.read(['p', 'c', 'i', '2026-03-01T10:00:00+02:00', 'USD', '5'])).toMatchObject({ record: { receivedAt: '2026-03-01T10:00:00+02:00' } });
  expect(reader.read(['p', 'c', 'i', '2026-03-01T10:00:00', 'USD', '-5'])).toMatchObject({ kind: 'refused', errors: [{ field: 'received_at' }, { field: 'amount', reason: expect.stringContaining('reversal') }] });
});

test('a customer file names contacts of the roles whose columns it has', () => {
  const reader = rowReader('customers', plainMapping('customers'), ['external_id', 'name', 'email', 'leadership_email', 'time_zone', 'Segment']);
  expect(reader.read(['c', 'Acme', 'a@b.example', '', 'Europe/Berlin', 'A'])).toMatchObject({
    record: { contacts: [{ role: 'billing', email: 'a@b.example' }], contactRoles: ['billing', 'leadership'], custom: { Segment: 'A' } },
  });
  expect(reader.read(['c', 'Acme', 'nope', '', 'Mars/Base', ''])).toMatchObject({ kind: 'refused', errors: [{ field: 'email' }, { field: 'time_zone' }] });
});

test('custom fields take the narrowest type that fits all values', () => {
  const inference = new CustomTypeInference();
  const rows = [
    { score: '1.5', code: '007', vip: 'Yes', since: '2026-01-01', empty: null, mixed: '1' },
    { score: null, code: '12', vip: 'no', since: '2026-02-01', empty: null, mixed: 'x' },
  ];
  for (const row of rows) inference.see(row);
  expect(Object.fromEntries(inference.types())).toEqual({ score: 'number', code: 'text', vip: 'boolean', since: 'date', empty: 'text', mixed: 'text' });
  expect(typeCustom(rows[0]!, inference.types())).toEqual({ score: 1.5, code: '007', vip: true, since: '2026-01-01', empty: null, mixed: '1' });
});

test('date formats', () => {
  expect(dateReader('M/d/yyyy')('4/6/2013')).toBe('2013-04-06');
  expect(dateReader('dd.MM.yyyy')('1.2.2013')).toBeNull();
  expect(dateReader('yyyyMMdd')('20130230')).toBeNull();
  expect(() => dateReader('dd-MMM-yyyy')).toThrow(/each once|not known/);
});

describe('what the API would not take, a file is refused for too', () => {
  const long = 'x'.repeat(1_200);
  test.each([
    [['x'.repeat(201), 'c'], `external_id ${'x'.repeat(80)}… has 201 characters; at most 200 are taken`],
    [['I\n1', 'c'], 'external_id I\\n1 holds a control character such as a line break, which no id may'],
    [['I\u00071', 'c'], 'external_id I\\u00071 holds a control character such as a line break, which no id may'],
    [['i', long], `customer_external_id ${'x'.repeat(80)}… has 1200 characters; at most 200 are taken`],
  ])('%j', ([id, customer], reason) => {
    expect(reasons([id!, customer!, '2026-01-02', '2026-02-01', 'USD', '1'])).toEqual([reason]);
  });

  test('an id of 200 characters, and a name with a tab, are taken', () => {
    expect(reasons(['x'.repeat(200), 'c', '2026-01-02', '2026-02-01', 'USD', '1'])).toEqual([]);
    expect(rowReader('customers', plainMapping('customers'), ['external_id', 'name']).read(['c', 'A\tB']).kind).toBe('record');
  });

  test('names, numbers and codes have an end', () => {
    const row = rowReader('customers', plainMapping('customers'), ['external_id', 'name', 'business_unit', 'region']).read(['c', long, 'x'.repeat(101), 'x'.repeat(21)]);
    expect(row).toMatchObject({ kind: 'refused', errors: [{ field: 'name' }, { field: 'region' }, { field: 'business_unit' }] });
  });

  test('a record that comes otherwise keeps to the same', () => {
    expect(recordChecks.customers({ externalId: 'a\nb', name: 'A' })).toEqual([{ field: 'external_id', value: 'a\\nb', reason: 'holds a control character such as a line break, which no id may' }]);
    expect(recordChecks.customers({ externalId: long, name: 'A' })).toMatchObject([{ field: 'external_id', reason: 'has 1200 characters; at most 200 are taken' }]);
    expect(recordChecks.customers({
      externalId: 'c', name: 'A\0', region: 'x'.repeat(21), tier: 'half \ud83d', contacts: [{ role: 'billing', email: 'a@example.com', phone: '1'.repeat(51) }], custom: { long, note: 'half \ud83d', ['x'.repeat(201)]: 'y', many: 3 },
    }).map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'name holds a NUL character, which no field can', 'region has 21 characters; at most 20 are taken', 'tier holds half of a character, where text was cut in the middle of one', 'phone has 51 characters; at most 50 are taken',
      'custom.note holds half of a character, where text was cut in the middle of one', `custom.${'x'.repeat(80)}… has 201 characters; at most 200 are taken`,
    ]);
    expect(recordChecks.invoices({ externalId: 'i', customerExternalId: 'a\nb', issuedOn: '2026-01-01', dueOn: '2026-01-02', currency: 'USD', totalMinor: 1, lines: [{ description: long, amountMinor: 1 }] }).map(({ field }) => field)).toEqual(['customer_external_id', 'description']);
    expect(ExternalId.safeParse('a\nb').success).toBe(false);
    expect(ExternalId.safeParse('x'.repeat(201)).success).toBe(false);
  });
});

test('an amount that is too large is told as it stands in the cell', () => {
  expect(reasons(['i', 'c', '2026-01-02', '2026-02-01', 'USD', '200,000,000,000.00'])).toEqual(['total 200,000,000,000.00 is more than one amount may be: a hundred billion in a currency of two decimals']);
  expect(reasons(['i', 'c', '2026-01-02', '2026-02-01', 'USD', '100,000,000,000.00'])).toEqual([]);
});

test.each(['__proto__', 'x'.repeat(201)])('a column that cannot be a custom field is refused by name: %s', (column) => {
  expect(() => rowReader('invoices', plainMapping('invoices'), [...invoiceHeader, column])).toThrow(MappingError);
  expect(() => rowReader('invoices', parseMapping({ kind: 'invoices', ignore: [column] }), [...invoiceHeader, column])).not.toThrow();
});
