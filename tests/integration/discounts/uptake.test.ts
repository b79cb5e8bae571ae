import { systemActor } from '../../../db/audit/actor';
import { offerDiscounts, withdrawOffer } from '../../../db/discounts';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { startApi, type TestApi } from '../api/startApi';

describe('what became of discounts', () => {
  let api: TestApi;
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  const pay = (invoice: string, receivedAt: string, amountMinor: number, currency = 'EUR') => recordPayments(api.knex, context(`${receivedAt}T12:00:00Z`), [{ externalId: `P-${invoice}`, invoiceExternalId: invoice, receivedAt, currency, amountMinor }]);

  beforeAll(async () => {
    api = await startApi({ now: '2026-03-31T09:00:00Z' });
    const names = ['TAKEN-1', 'TAKEN-2', 'LOST-PAID', 'LOST-OPEN', 'OPEN', 'BACK', 'YEN'];
    await upsertCustomers(api.knex, context('2026-01-05T00:00:00Z'), [{ externalId: 'C', name: 'C', timeZone: 'UTC' }]);
    await upsertInvoices(api.knex, context('2026-01-05T00:00:00Z'), names.map((externalId) => ({ externalId, customerExternalId: 'C', issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: externalId === 'YEN' ? 'JPY' : 'EUR', totalMinor: 100_000 })));
    const { rows } = await api.knex.raw<{ rows: { id: number; external_id: string }[] }>('SELECT id, external_id FROM invoices ORDER BY id');
    const offer = (some: (name: string) => boolean, forDays: number, at: string) => api.knex.transaction((trx) => offerDiscounts(trx, rows.filter(({ external_id }) => some(external_id)).map(({ id, external_id }) => ({
      key: `offer/${external_id}`, invoiceId: id, source: 'policy' as const, sourceName: 'early@1/deliver', rule: { kind: 'percent' as const, rate: 20_000 }, forDays,
    })), new Date(at)));
    await offer((name) => name !== 'OPEN', 10, '2026-01-05T09:00:00Z');
    await offer((name) => name === 'OPEN', 10, '2026-03-30T09:00:00Z');
    // Twenty and twenty-five days before the due date; six days after it.
    await pay('TAKEN-1', '2026-01-15', 98_000);
    await pay('TAKEN-2', '2026-01-10', 98_000);
    await pay('LOST-PAID', '2026-02-10', 100_000);
    await pay('YEN', '2026-01-15', 98_000, 'JPY');
    await api.knex.transaction(async (trx) => withdrawOffer(trx, (await trx('discount_offers').where({ key: 'offer/BACK' }).first('id') as { id: number }).id, 'Mia', 'a mistake', new Date('2026-01-06T09:00:00Z')));
  });
  afterAll(() => api.stop());

  test('offered, taken, lost, what it cost and how many days it gained, by what offered it and currency', async () => {
    const { body } = await (await api.as('viewer')).get('/discounts/uptake');
    expect(body.next).toBeNull();
    expect(body.items).toEqual([
      {
        source: 'policy', sourceName: 'early@1/deliver', currency: 'EUR', offers: 6, offeredOnMinor: 600_000, open: 1, taken: 2, lost: 2, withdrawn: 1, takenMinor: 4_000, receivedMinor: 196_000,
        takenDays: -22.5, lostDays: 6, daysGained: 28.5, comparedWith: 'not-taken', yearlyCostPercent: 26.14,
      },
      expect.objectContaining({ currency: 'JPY', offers: 1, taken: 1, takenMinor: 2_000, takenDays: -20, lostDays: null, daysGained: 20, comparedWith: 'due-date' }),
    ]);
  });

  test('of the offers made between two days only; a wrong day is refused', async () => {
    const viewer = await api.as('viewer');
    expect((await viewer.get('/discounts/uptake?from=2026-03-01')).body.items).toEqual([expect.objectContaining({ currency: 'EUR', offers: 1, open: 1, daysGained: null })]);
    expect((await viewer.get('/discounts/uptake?to=2026-01-04')).body.items).toEqual([]);
    expect((await viewer.get('/discounts/uptake?from=yesterday')).status).toBe(400);
  });

  test('as a file it has the same rows', async () => {
    const { text } = await (await api.as('viewer')).get('/discounts/uptake.csv');
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('early@1/deliver');
  });
});
