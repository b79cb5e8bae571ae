import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit/actor';
import { listAudit } from '../../../db/audit/listAudit';
import { listOffers, offerDiscounts } from '../../../db/discounts';
import { recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readTimeline } from '../../../db/readmodels/timeline';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

/** Decision 0130: a discount is an application, and goes with the payment that earned it. */
describe('2 % off 1,000.00 for paying within ten days, and the money goes back', () => {
  let database: FreshDatabase;
  let knex: Knex;
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  const invoiceOf = async (invoice: string): Promise<{ id: number; open_minor: number }> => (await knex('invoices').where({ external_id: invoice }).first('id', 'open_minor')) as { id: number; open_minor: number };
  const offerOn = async (invoice: string): Promise<number | null> => (await listOffers(knex, (await invoiceOf(invoice)).id))[0]?.honouredMinor ?? null;
  const stands = async (invoice: string): Promise<{ open: number; discount: number | null }> => ({ open: (await invoiceOf(invoice)).open_minor, discount: await offerOn(invoice) });
  const told = async (action: string, invoice: string): Promise<number[]> =>
    (await listAudit(knex, { action, subjectId: invoice, afterSeq: 0 }, 10)).map(({ after }) => (after as { amountMinor: number }).amountMinor);

  beforeAll(async () => {
    database = await freshDatabase();
    knex = database.knex;
  });
  afterAll(() => database.destroy());

  /** An invoice of 1,000.00 with the offer, on which so much is paid in time. */
  async function paid(invoice: string, amountMinor: number): Promise<void> {
    await upsertCustomers(knex, context('2026-01-05T00:00:00Z'), [{ externalId: 'C', name: 'C', timeZone: 'UTC' }]);
    await upsertInvoices(knex, context('2026-01-05T00:00:00Z'), [{ externalId: invoice, customerExternalId: 'C', issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'EUR', totalMinor: 100_000 }]);
    const { id } = await invoiceOf(invoice);
    await knex.transaction((trx) => offerDiscounts(trx, [{ key: `offer/${invoice}`, invoiceId: id, source: 'person', sourceName: 'Mia', rule: { kind: 'percent', rate: 20_000 }, forDays: 10 }], new Date('2026-01-05T09:00:00Z')));
    await recordPayments(knex, context('2026-01-10T12:00:00Z'), [{ externalId: `P-${invoice}`, invoiceExternalId: invoice, receivedAt: '2026-01-10', currency: 'EUR', amountMinor }]);
  }
  const refund = (invoice: string, at: string, amountMinor?: number, externalId = `R-${invoice}`) => refundPayments(knex, context(at), [{ externalId, paymentExternalId: `P-${invoice}`, amountMinor }]);

  test('day 5: 980.00 are paid and 20.00 taken off; day 12: all of it is refunded, and 1,000.00 are owed again', async () => {
    await paid('ALL', 98_000);
    expect(await stands('ALL')).toEqual({ open: 0, discount: 2_000 });
    await refund('ALL', '2026-01-17T12:00:00Z');
    expect(await stands('ALL')).toEqual({ open: 100_000, discount: null });
    expect(await told('discount.taken-back', 'ALL')).toEqual([2_000]);
    const { rows } = await readTimeline(knex, (await knex('customers').where({ external_id: 'C' }).first<{ id: number }>('id')).id, { kind: ['discount'], invoiceId: (await invoiceOf('ALL')).id }, { after: null, limit: 10 });
    expect(rows.map(({ title, at, amountMinor, currency, state }) => [title, at.toISOString(), amountMinor, currency, state])).toEqual([
      ['Discount taken back', '2026-01-17T12:00:00.000Z', 2_000, 'EUR', 'taken-back'], ['Discount taken', '2026-01-10T12:00:00.000Z', 2_000, 'EUR', 'taken'], ['Discount until 2026-01-15', '2026-01-05T09:00:00.000Z', 2_000, 'EUR', 'offered'],
    ]);
  });

  test('a part is refunded: 100.00 and the 20.00 with it; paid again on the last day, the discount is earned anew', async () => {
    await paid('PART', 98_000);
    await refund('PART', '2026-01-12T12:00:00Z', 10_000);
    expect(await stands('PART')).toEqual({ open: 12_000, discount: null });
    await recordPayments(knex, context('2026-01-15T20:00:00Z'), [{ externalId: 'P-PART-again', invoiceExternalId: 'PART', receivedAt: '2026-01-15T20:00:00Z', currency: 'EUR', amountMinor: 10_000 }]);
    expect(await stands('PART')).toEqual({ open: 0, discount: 2_000 });
    expect([await told('discount.honoured', 'PART'), await told('discount.taken-back', 'PART')]).toEqual([[2_000, 2_000], [2_000]]);
  });

  test('paid again a day late, what was to be taken off stays open', async () => {
    await paid('LATE', 98_000);
    await refund('LATE', '2026-01-12T12:00:00Z', 10_000);
    await recordPayments(knex, context('2026-01-16T08:00:00Z'), [{ externalId: 'P-LATE-again', invoiceExternalId: 'LATE', receivedAt: '2026-01-16', currency: 'EUR', amountMinor: 10_000 }]);
    expect(await stands('LATE')).toEqual({ open: 2_000, discount: null });
  });

  test('985.00 were paid, of which 5.00 go back: what stays earns the discount still, and nothing is owed', async () => {
    await paid('STAYS', 98_500);
    expect(await stands('STAYS')).toEqual({ open: 0, discount: 1_500 });
    await refund('STAYS', '2026-01-20T12:00:00Z', 500);
    expect(await stands('STAYS')).toEqual({ open: 0, discount: 2_000 });
    await refund('STAYS', '2026-01-21T12:00:00Z', 1, 'R-STAYS-2');
    expect(await stands('STAYS')).toEqual({ open: 2_001, discount: null });
  });

  test('1,030.00 were paid: nothing was taken off, and the 30.00 that go back take nothing with them', async () => {
    await paid('OVER', 103_000);
    await refund('OVER', '2026-01-20T12:00:00Z', 3_000);
    expect(await stands('OVER')).toEqual({ open: 0, discount: null });
  });

  test('a chargeback of the payment takes the discount with it as a refund does', async () => {
    await paid('CHARGED', 98_000);
    await reversePayments(knex, context('2026-02-20T12:00:00Z'), [{ externalId: 'P-CHARGED', kind: 'chargeback', reason: 'not authorised' }]);
    expect(await stands('CHARGED')).toEqual({ open: 100_000, discount: null });
  });
});
