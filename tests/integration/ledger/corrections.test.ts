import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { chargeInvoice } from '../../../db/charges';
import { offerDiscounts } from '../../../db/discounts';
import { openDispute } from '../../../db/disputes';
import { recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { recordPromise } from '../../../db/promises';
import { discountOn, type DiscountRule } from '../../../domain/discount/discount';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };
const twoPercent: DiscountRule = { kind: 'percent', rate: 20_000 };
let database: FreshDatabase;
let knex: Knex;
let counter = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ?`, [context.at]);
});
afterAll(() => database.destroy());

interface Account {
  customer: string;
  invoice: InvoiceRecord;
  id: number;
}

/** A customer with one invoice. */
async function account(change: Partial<InvoiceRecord> = {}): Promise<Account> {
  const customer = `c${(counter += 1)}`;
  const invoice: InvoiceRecord = { externalId: `${customer}-i`, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1_000_00, ...change };
  await upsertCustomers(knex, context, [{ externalId: customer, name: customer, timeZone: 'Europe/Berlin' }]);
  await upsertInvoices(knex, context, [invoice]);
  return { customer, invoice, id: (await knex('invoices').where('external_id', invoice.externalId).first<{ id: number }>('id'))!.id };
}

const offer = ({ customer, id }: Account, rule: DiscountRule = twoPercent) =>
  knex.transaction((trx) => offerDiscounts(trx, [{ key: `${customer}-o`, invoiceId: id, source: 'person', sourceName: 'Ada', rule, forDays: 10 }], context.at));
const corrected = ({ invoice }: Account, change: Partial<InvoiceRecord>) => upsertInvoices(knex, context, [{ ...invoice, ...change }]);
const paid = ({ customer, invoice }: Account, amountMinor: number, externalId = `${customer}-p`) =>
  recordPayments(knex, context, [{ externalId, invoiceExternalId: invoice.externalId, receivedAt: '2026-03-10', currency: invoice.currency, amountMinor }]);
const openOf = async ({ id }: Account): Promise<number> => (await knex('invoices').where({ id }).first<{ open_minor: number }>('open_minor')).open_minor;

describe('a discount on an invoice that is corrected after the offer', () => {
  test('is reckoned on the total that was corrected to less', async () => {
    const owes = await account();
    await offer(owes);
    await corrected(owes, { totalMinor: 500_00 });
    await paid(owes, 489_99);
    expect(await openOf(owes)).toBe(10_01);
    await paid(owes, 1, `${owes.customer}-p2`);
    expect(await openOf(owes)).toBe(0);
  });

  test('is no more than what was offered where the total is corrected to more', async () => {
    const owes = await account();
    await offer(owes);
    await corrected(owes, { totalMinor: 1_200_00 });
    await paid(owes, 1_179_99);
    expect(await openOf(owes)).toBe(20_01);
    await paid(owes, 1, `${owes.customer}-p2`);
    expect(await openOf(owes)).toBe(0);
  });

  test('whatever was paid before the offer, credited and corrected since: what is asked less the discount settles it, and a cent less does not', async () => {
    await fc.assert(fc.asyncProperty(
      fc.integer({ min: 100, max: 100_000 }), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }),
      async (totalMinor, earlierPercent, lowerPercent, creditedPercent) => {
        const owes = await account({ totalMinor });
        const earlier = Math.floor((totalMinor * earlierPercent) / 100);
        if (earlier > 0) await paid(owes, earlier, `${owes.customer}-early`);
        await offer(owes);
        const left = totalMinor - earlier - Math.floor(((totalMinor - earlier) * lowerPercent) / 100);
        await corrected(owes, { totalMinor: earlier + left });
        const credited = Math.floor((left * creditedPercent) / 100);
        if (credited > 0) await recordCreditNotes(knex, context, [{ externalId: `${owes.customer}-n`, invoiceExternalId: owes.invoice.externalId, issuedOn: '2026-03-10', currency: 'EUR', amountMinor: credited }]);
        const asked = left - credited;
        const discount = discountOn(twoPercent, asked, 'EUR');
        fc.pre(discount > 0 && asked - discount > 1);
        await paid(owes, asked - discount - 1);
        expect(await openOf(owes)).toBe(discount + 1);
        await paid(owes, 1, `${owes.customer}-p2`);
        expect(await openOf(owes)).toBe(0);
        const { rows: [sums] } = await knex.raw<{ rows: { applied: number; settled: number }[] }>(
          `SELECT coalesce(sum(a.amount_minor), 0)::bigint AS applied, max(i.settled_minor) AS settled FROM invoices i JOIN applications a ON a.invoice_id = i.id AND a.reversed_at IS NULL WHERE i.id = ?`, [owes.id]);
        expect(sums).toEqual({ applied: earlier + left, settled: earlier + left });
      }), { numRuns: 25 });
  });
});

describe('an invoice keeps its currency', () => {
  const claims: [string, (owes: Account) => Promise<unknown>][] = [
    ['offered a discount', (owes) => offer(owes, { kind: 'fixed', amountMinor: 10_00, currency: 'EUR' })],
    ['charged for', ({ id }) => knex.transaction((trx) => chargeInvoice(trx, systemActor, id, { kind: 'fixed', amountMinor: 10_00 }, context.at))],
    ['disputed', ({ invoice }) => openDispute(knex, context, { externalId: `${invoice.externalId}-d`, invoiceExternalId: invoice.externalId, reason: 'price', source: 'api' })],
    ['promised', ({ customer, invoice }) => recordPromise(knex, context, { externalId: `${customer}-pr`, customerExternalId: customer, invoiceExternalIds: [invoice.externalId], currency: 'EUR', promisedOn: '2026-03-20', source: 'api' })],
    ['paid, though the payment was reversed', async (owes) => {
      await paid(owes, 10_00);
      await reversePayments(knex, context, [{ externalId: `${owes.customer}-p` }]);
    }],
  ];
  test.each(claims)('once it is %s', async (_what, claim) => {
    const owes = await account();
    await claim(owes);
    expect(await corrected(owes, { currency: 'JPY' })).toMatchObject([{ status: 'refused', errors: [{ field: 'currency', value: 'JPY', reason: expect.stringMatching(/^cannot change: something has been .* in EUR$/) }] }]);
    expect(await corrected(owes, { totalMinor: 900_00 })).toMatchObject([{ status: 'updated' }]);
  });

  test('and may change it before', async () => {
    const owes = await account();
    expect(await corrected(owes, { currency: 'JPY' })).toMatchObject([{ status: 'updated' }]);
  });
});
