import { parseMapping } from '../../../domain/ledger/mapping';
import { rowReader } from '../../../domain/ledger/rows';
import { suggestMapping } from '../../../domain/ledger/suggestMapping';

test('a file of our own names needs no mapping', () => {
  expect(suggestMapping('payments', ['external_id', 'customer_external_id', 'received_at', 'currency', 'amount'], [])).toMatchObject({ columns: {}, dateFormat: 'yyyy-MM-dd', decimal: '.' });
});

test('columns are found by other names, dates and decimals by the cells', () => {
  const header = ['Kundennummer', 'Rechnungsnummer', 'Rechnungsdatum', 'Fällig am', 'Währung', 'Betrag', 'Projekt'];
  const sample = [['1', 'R-1', '13.02.2026', '1.3.2026', 'EUR', '1.234,50', 'x'], ['1', 'R-2', '14.02.2026', '1.3.2026', 'EUR', '12,00', 'y']];
  const mapping = suggestMapping('invoices', header, sample);
  expect(mapping).toMatchObject({
    columns: { external_id: 'Rechnungsnummer', customer_external_id: 'Kundennummer', issued_on: 'Rechnungsdatum', due_on: 'Fällig am', currency: 'Währung', total: 'Betrag' },
    dateFormat: 'd.M.yyyy', decimal: ',',
  });
  expect(rowReader('invoices', mapping, header).read(sample[0]!)).toMatchObject({ kind: 'record', record: { externalId: 'R-1', totalMinor: 123450, custom: { Projekt: 'x' } } });
});

test('a mapping names custom fields', () => {
  const mapping = parseMapping({ kind: 'invoices', columns: { 'custom.project': 'Projekt' }, dateFormat: 'DD.MM.YYYY' });
  const reader = rowReader('invoices', mapping, ['external_id', 'customer_external_id', 'issued_on', 'due_on', 'currency', 'total', 'Projekt']);
  expect(reader.read(['i', 'c', '01.02.2026', '01.03.2026', 'EUR', '1', 'x'])).toMatchObject({ record: { issuedOn: '2026-02-01', custom: { project: 'x' } } });
});
