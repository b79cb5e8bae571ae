import { recordChecks } from '../../domain/ledger/recordChecks';
import { demoLedger, demoToday } from '../../demo/demoLedger';
import { demoFiles } from '../../demo/files';

const ledger = demoLedger();

test('is the same every time', () => {
  expect(demoLedger()).toEqual(ledger);
});

test('holds sixty customers and six hundred invoices over eight months, in currencies of 0, 2 and 3 decimals', () => {
  expect(ledger.customers).toHaveLength(60);
  expect(ledger.invoices).toHaveLength(600);
  expect(new Set(ledger.invoices.map(({ currency }) => currency))).toEqual(new Set(['USD', 'EUR', 'GBP', 'CAD', 'CHF', 'MXN', 'JPY', 'KWD', 'AUD']));
  expect(new Set(ledger.customers.map(({ language }) => language))).toEqual(new Set(['en', 'de', 'fr', 'es']));
  expect(ledger.invoices.map(({ issuedOn }) => issuedOn).sort().at(0)?.slice(0, 7)).toBe('2025-10');
});

test('shows partial payments, credit notes, unapplied cash, reversals and write-offs', () => {
  const partPayments = ledger.payments.filter(({ externalId }) => /^PAY-\d+-1$/.test(externalId));
  expect(partPayments.length).toBeGreaterThan(10);
  expect(ledger.creditNotes.length).toBeGreaterThan(5);
  expect(ledger.payments.filter(({ invoiceExternalId }) => invoiceExternalId === null)).toHaveLength(5);
  expect(ledger.reversals.length).toBeGreaterThan(0);
  expect(ledger.writeOffs.length).toBeGreaterThan(0);
});

test('holds nothing after its today, and no record that the ledger would refuse', () => {
  for (const payment of ledger.payments) expect(payment.receivedAt.slice(0, 10) <= demoToday).toBe(true);
  const refusals = [
    ...ledger.customers.map(recordChecks.customers), ...ledger.invoices.map(recordChecks.invoices),
    ...ledger.payments.map(recordChecks.payments), ...ledger.creditNotes.map(recordChecks.credit_notes),
  ].flat();
  expect(refusals).toEqual([]);
  expect(new Set(ledger.payments.map(({ externalId }) => externalId)).size).toBe(ledger.payments.length);
});

test('writes amounts as the files want them', () => {
  const yen = demoFiles(ledger).invoices.find(({ currency }) => currency === 'JPY');
  const dinars = demoFiles(ledger).invoices.find(({ currency }) => currency === 'KWD');
  expect(yen?.total).toMatch(/^\d+$/);
  expect(dinars?.total).toMatch(/^\d+\.\d{3}$/);
});
