import { parse } from 'csv-parse/sync';
import { exportsOfLists } from '../../../api/contracts/exports';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
let viewer: Caller;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  manager = await api.as('credit-manager');
  viewer = await api.as('viewer');
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: '=HYPERLINK("http://evil.example")', timeZone: 'UTC' }, { externalId: 'D', name: 'Brauer, Söhne "GmbH"', timeZone: 'UTC' }] }).expect(200);
  await manager.post('/invoices/bulk', {
    records: Array.from({ length: 1_000 }, (_, index) => ({ externalId: `I-${index}`, customerExternalId: index % 2 ? 'C' : 'D', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: index % 2 ? 'JPY' : 'EUR', totalMinor: 1_000 + index })),
  }).expect(200);
  await manager.post('/invoices/bulk', { records: [{ externalId: 'I-1000', customerExternalId: 'D', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 105 }] }).expect(200);
});
afterAll(() => api.stop());

const rowsOf = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });

describe('lists as files', () => {
  test('all rows of a list longer than a page, by its own filters, in its own order, money in its own decimals', async () => {
    const answer = await viewer.get('/invoices.csv?sort=number').expect(200);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="dunwell-2026-03-31-invoices.csv"', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(answer.text.charCodeAt(0)).toBe(0xfeff);
    const rows = rowsOf(answer.text);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(1_001);
    expect(rows.find(({ number }) => number === 'I-1000')).toMatchObject({ total: '1.05', currency: 'EUR', customerName: 'Brauer, Söhne "GmbH"', dueOn: '2026-03-03' });
    expect(rows.find(({ number }) => number === 'I-1')).toMatchObject({ total: '1001', currency: 'JPY', customerName: `'=HYPERLINK("http://evil.example")` });
    expect(rowsOf((await viewer.get('/invoices.csv?currency=EUR').expect(200)).text)).toHaveLength(501);
  });

  test('what a list refuses its file refuses too, as problem+json and before anything is written', async () => {
    expect((await viewer.get('/invoices.csv?sate=open').expect(400)).body).toMatchObject({ errors: [{ path: 'sate' }] });
    await viewer.get('/invoices.csv?limit=5').expect(400);
    await viewer.get('/customers/999999/timeline.csv').expect(404);
    await viewer.get('/audit.csv').expect(403);
    await api.nobody.get('/invoices.csv').expect(401);
  });

  test('who took which list with which filters is in the audit trail', async () => {
    await viewer.get('/customers.csv?search=Brauer').expect(200);
    const trail = (await manager.get('/audit?action=list.exported').expect(200)).body as { items: { actorName: string; subjectId: string; after: object }[] };
    expect(trail.items[0]).toMatchObject({ actorName: expect.stringContaining('viewer') as string, subjectId: 'listCustomers', after: { filters: { search: 'Brauer' } } });
    const day = (await manager.get(`/audit?action=list.exported&from=${encodeURIComponent(new Date(Date.now() + 3_600_000).toISOString())}`).expect(200)).body as { items: unknown[] };
    expect(day.items).toEqual([]);
    expect((await api.knex.raw<{ rows: { many: number }[] }>(`SELECT count(*) AS many FROM audit_entries WHERE action = 'list.exported' AND subject_id = 'listAudit'`)).rows[0]!.many).toBe(0);
  });

  test('a customer has a line for each currency', async () => {
    const rows = rowsOf((await viewer.get('/customers.csv').expect(200)).text);
    expect(rows.map((row) => [row.externalId, row['balances.currency'], row['balances.openInvoices']])).toEqual(expect.arrayContaining([['C', 'JPY', '500'], ['D', 'EUR', '501']]));
  });

  test('every list of the console can be had', async () => {
    expect(exportsOfLists.map(({ contract }) => contract.id)).toEqual(expect.arrayContaining([
      'exportInvoices', 'exportCustomers', 'exportPayments', 'exportCreditNotes', 'exportDecisions', 'exportMessages', 'exportSuppressedAddresses', 'exportTasks', 'exportHolds', 'exportHandoffs', 'exportAudit', 'exportTimeline',
    ]));
    const admin = await api.as('admin');
    for (const { contract } of exportsOfLists.filter((each) => !each.contract.path.includes('{'))) {
      const { text } = await admin.get(contract.path).expect(200);
      expect([contract.id, text.split('\r\n')[0]!.length > 2]).toEqual([contract.id, true]);
    }
  });

  test('a failure half-way breaks the download off: what is cut does not look whole', async () => {
    await api.knex.raw(`INSERT INTO invoices (external_id, customer_id, number, issued_on, due_on, currency, total_minor) SELECT 'zz', id, 'zz', '2026-02-01', '2026-03-03', 'EUR', 9007199254740993 FROM customers WHERE external_id = 'D'`);
    await expect(viewer.get('/invoices.csv?sort=number').then(({ text }) => text)).rejects.toThrow();
  });
});
