import { systemActor } from '../../../db/audit/actor';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { startApi, type Caller, type TestApi } from './startApi';

describe('late fees and interest', () => {
  let api: TestApi;
  let manager: Caller;
  let invoice: number;
  const context = { actor: systemActor, at: new Date('2025-01-01T09:00:00Z') };
  const charge = (rule: object) => manager.post(`/invoices/${invoice}/charges`, { rule });

  beforeAll(async () => {
    api = await startApi({ now: '2025-03-02T09:00:00Z' });
    manager = await api.as('credit-manager');
    await upsertCustomers(api.knex, context, [{ externalId: 'C-1', name: 'Ada' }]);
    await upsertInvoices(api.knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2024-12-01', dueOn: '2024-12-31', currency: 'GBP', totalMinor: 100_000 }]);
    invoice = (await api.knex('invoices').first('id')).id;
    // Half is paid after thirty days.
    await recordPayments(api.knex, context, [{ externalId: 'P-1', invoiceExternalId: 'INV-1', receivedAt: '2025-01-30', currency: 'GBP', amountMinor: 50_000 }]);
  });
  afterAll(() => api.stop());

  test('day 61: interest by contract, on what was open each day; no day is charged for twice', async () => {
    const { body, status } = await charge({ kind: 'interest', percent: '8.5', dayCount: 'actual/365' });
    // 30 days on 1,000.00 and 31 days on 500.00.
    expect([status, body.items]).toEqual([201, [expect.objectContaining({ kind: 'interest', amountMinor: Math.round((100_000 * 30 + 50_000 * 31) * 0.085 / 365), fromOn: '2025-01-01', toOn: '2025-03-02' })]]);
    expect((await charge({ kind: 'interest', percent: '8.5', dayCount: 'actual/365' })).status).toBe(409);
  });

  test('a waived charge is kept with its reason, cannot be waived twice, and its days may be charged for by law', async () => {
    const { body } = await manager.get(`/invoices/${invoice}/charges`);
    const { id } = body.items[0];
    expect((await manager.post(`/charges/${id}/waive`, { reason: 'goodwill' })).body).toMatchObject({ waiveReason: 'goodwill' });
    expect((await manager.post(`/charges/${id}/waive`, { reason: 'again' })).status).toBe(409);
    const { body: statutory } = await charge({ kind: 'statutory', preset: 'uk' });
    expect(statutory.items.map(({ kind, amountMinor }: { kind: string; amountMinor: number }) => [kind, amountMinor])).toEqual([
      ['interest', Math.round((100_000 * 30 + 50_000 * 31) * 0.1275 / 365)], ['compensation', 4_000],
    ]);
    const { rows } = await api.knex.raw(`SELECT action FROM audit_entries WHERE action LIKE 'charge.%' ORDER BY 1`);
    expect(rows.length).toBe(4);
  });

  test('what is paid bears no more, and the open balance never has charges in it', async () => {
    await recordPayments(api.knex, context, [{ externalId: 'P-2', invoiceExternalId: 'INV-1', receivedAt: '2025-03-02', currency: 'GBP', amountMinor: 50_000 }]);
    await api.knex.raw(`UPDATE clock SET virtual_now = '2025-05-01T09:00:00Z'`);
    expect((await charge({ kind: 'interest', percent: '8.5', dayCount: 'actual/365' })).status).toBe(409);
    expect((await charge({ kind: 'fixed', amountMinor: 1_000 })).status).toBe(409);
    expect((await manager.get(`/invoices/${invoice}`)).body.openMinor).toBe(0);
  });
});
