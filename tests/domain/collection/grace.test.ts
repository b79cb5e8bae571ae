import { customer, invoice, ladder, tell } from './story';

const policy = ladder(`
- { id: due, anchor: due, offset: { days: 0 }, exemptFromSpacing: true, actions: [{ email: { template: due } }] }
- { id: first, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
- { id: second, anchor: previous, offset: { days: 7 }, actions: [{ email: { template: overdue-14 } }] }`);
const lines = (rows: string[]) => rows.map((row) => row.slice(0, 10) + row.slice(12, -15));

describe('grace', () => {
  test.each([
    ['none', policy, null, null, ['2026-02-01 due', '2026-02-08 first', '2026-02-15 second']],
    ['three days of the policy move the steps after the due date, and those that follow them', { ...policy, graceDays: 3 }, null, null, ['2026-02-01 due', '2026-02-11 first', '2026-02-18 second']],
    ['a customer who is trusted with ten goes before the policy', { ...policy, graceDays: 3 }, 10, null, ['2026-02-01 due', '2026-02-18 first', '2026-02-25 second']],
    ['an invoice that has none goes before the customer', { ...policy, graceDays: 3 }, 10, 0, ['2026-02-01 due', '2026-02-08 first', '2026-02-15 second']],
  ])('%s', (_name, under, ofCustomer, ofInvoice, expected) => {
    const rows = tell({ policy: under, customers: [customer('acme', { graceDays: ofCustomer })], invoices: [invoice('a', '2026-01-05', '2026-02-01', 100_000, { graceDays: ofInvoice })] });
    expect(lines(rows).map((row) => row.replace(' email', ''))).toEqual(expected);
  });
});
