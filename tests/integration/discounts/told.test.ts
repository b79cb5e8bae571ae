import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { offerDiscounts } from '../../../db/discounts';
import { openDispute } from '../../../db/disputes';
import { recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readDueContents } from '../../../db/mail/content';
import type { DiscountRule } from '../../../domain/discount/discount';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };
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
  invoice: InvoiceRecord;
  id: number;
  customerId: number;
}

async function account(totalMinor: number): Promise<Account> {
  const customer = `c${(counter += 1)}`;
  const invoice: InvoiceRecord = { externalId: customer, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor };
  await upsertCustomers(knex, context, [{ externalId: customer, name: customer, timeZone: 'Europe/Berlin' }]);
  await upsertInvoices(knex, context, [invoice]);
  return { invoice, ...(await knex('invoices').where('external_id', customer).first<{ id: number; customerId: number }>('id', 'customer_id as customerId')) };
}

const pay = ({ invoice }: Account, id: string, amountMinor: number) =>
  recordPayments(knex, context, [{ externalId: `${invoice.externalId}/${id}`, invoiceExternalId: invoice.externalId, receivedAt: '2026-03-10', currency: 'EUR', amountMinor }]);
const offer = ({ invoice, id }: Account, rule: DiscountRule) =>
  knex.transaction((trx) => offerDiscounts(trx, [{ key: invoice.externalId, invoiceId: id, source: 'person', sourceName: 'Ada', rule, forDays: 10 }], context.at));
const letter = async ({ id, customerId }: Account) => (await knex.transaction((trx) => readDueContents(trx, [customerId], [id], [])))[0]!;
const openOf = async ({ id }: Account): Promise<number> => (await knex('invoices').where({ id }).first<{ open_minor: number }>('open_minor')).open_minor;

type Happening = { do: 'pay' | 'credit' | 'correct'; percent: number } | { do: 'bounce' };

const rule: fc.Arbitrary<DiscountRule> = fc.oneof(
  fc.integer({ min: 1, max: 300_000 }).map((rate) => ({ kind: 'percent' as const, rate })),
  fc.integer({ min: 1, max: 50_00 }).map((amountMinor) => ({ kind: 'fixed' as const, amountMinor, currency: 'EUR' })),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ do: fc.constantFrom('pay' as const, 'credit' as const), percent: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('correct' as const), percent: fc.integer({ min: 40, max: 200 }) }),
  fc.constant({ do: 'bounce' as const }),
);

describe('the discount that a letter tells of', () => {
  test('whatever was paid, credited, corrected and bounced since the offer: who pays in time what the letter asks owes nothing more', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 100, max: 1_000_00 }), fc.integer({ min: 1, max: 50 }), rule, fc.array(happening, { maxLength: 4 }), async (totalMinor, earlierPercent, offered, happenings) => {
      const owes = await account(totalMinor);
      await pay(owes, 'older', Math.ceil((totalMinor * earlierPercent) / 100));
      await offer(owes, offered);
      for (const [index, each] of happenings.entries()) {
        const part = async (percent: number): Promise<number> => Math.max(1, Math.floor(((await openOf(owes)) * percent) / 100));
        if (each.do === 'bounce') await reversePayments(knex, context, [{ externalId: `${owes.invoice.externalId}/older` }]);
        else if (each.do === 'pay') await pay(owes, String(index), await part(each.percent));
        else if (each.do === 'credit') await recordCreditNotes(knex, context, [{ externalId: `${owes.invoice.externalId}/${index}`, invoiceExternalId: owes.invoice.externalId, issuedOn: '2026-03-10', currency: 'EUR', amountMinor: await part(each.percent) }]);
        else await upsertInvoices(knex, context, [{ ...owes.invoice, totalMinor: totalMinor - (await openOf(owes)) + (await part(each.percent)) }]);
      }
      const { openMinor, discount } = await letter(owes);
      fc.pre(openMinor > 0 && discount !== null);
      expect(discount).toMatchObject({ lastDay: '2026-03-20' });
      if (discount!.amountMinor < openMinor) await pay(owes, 'asked', openMinor - discount!.amountMinor);
      expect(await openOf(owes)).toBe(0);
    }), { numRuns: 40 });
  });

  test('counts what was paid in time before: of 2 % on 1,000.00 all 20.00 are left after half of it came', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await pay(owes, 'half', 500_00);
    expect(await letter(owes)).toMatchObject({ openMinor: 500_00, discount: { amountMinor: 20_00 } });
  });

  test('is no more than what was offered where the total was corrected to more', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await upsertInvoices(knex, context, [{ ...owes.invoice, totalMinor: 1_500_00 }]);
    expect(await letter(owes)).toMatchObject({ openMinor: 1_500_00, discount: { amountMinor: 20_00 } });
  });

  test('is not told of while a part is disputed, since to pay the rest would not earn it', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await openDispute(knex, context, { externalId: owes.invoice.externalId, invoiceExternalId: owes.invoice.externalId, amountMinor: 400_00, reason: 'price', source: 'api' });
    expect(await letter(owes)).toMatchObject({ openMinor: 600_00, disputedMinor: 400_00, discount: null });
  });
});
