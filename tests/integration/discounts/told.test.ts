import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { listOffers, offerDiscounts } from '../../../db/discounts';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readDueContents } from '../../../db/mail/content';
import { discountUptake } from '../../../db/readmodels/discountUptake';
import { discountOn, type DiscountRule } from '../../../domain/discount/discount';
import type { DisputeResolution } from '../../../domain/dispute/dispute';
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
const dispute = ({ invoice }: Account, id: string, amountMinor: number) =>
  openDispute(knex, context, { externalId: `${invoice.externalId}/${id}`, invoiceExternalId: invoice.externalId, amountMinor, reason: 'price', source: 'api' });
const resolveAll = async ({ id }: Account, resolution: DisputeResolution): Promise<void> => {
  const open = await knex('disputes').where({ invoice_id: id, state: 'open' }).pluck<number[]>('id');
  for (const each of open) await knex.transaction((trx) => resolveDispute(trx, context, each, resolution, null));
};
const honoured = async ({ id }: Account): Promise<number[]> => knex('applications').where({ invoice_id: id }).whereNotNull('discount_offer_id').whereNull('reversed_at').orderBy('id').pluck<number[]>('amount_minor');
const openOf = async ({ id }: Account): Promise<number> => (await knex('invoices').where({ id }).first<{ open_minor: number }>('open_minor')).open_minor;

type Happening = { do: 'pay' | 'credit' | 'correct' | 'dispute'; percent: number } | { do: 'bounce' };

const rule: fc.Arbitrary<DiscountRule> = fc.oneof(
  fc.integer({ min: 1, max: 300_000 }).map((rate) => ({ kind: 'percent' as const, rate })),
  fc.integer({ min: 1, max: 50_00 }).map((amountMinor) => ({ kind: 'fixed' as const, amountMinor, currency: 'EUR' })),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ do: fc.constantFrom('pay' as const, 'credit' as const), percent: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ do: fc.constant('dispute' as const), percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant('correct' as const), percent: fc.integer({ min: 40, max: 200 }) }),
  fc.constant({ do: 'bounce' as const }),
);

describe('the discount that a letter tells of', () => {
  test('whatever was paid, credited, corrected and bounced since the offer: who pays in time what the letter asks owes nothing more that is not disputed, nor, once that is asked for too, anything at all', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 100, max: 1_000_00 }), fc.integer({ min: 1, max: 50 }), rule, fc.array(happening, { maxLength: 4 }), async (totalMinor, earlierPercent, offered, happenings) => {
      const owes = await account(totalMinor);
      await pay(owes, 'older', Math.ceil((totalMinor * earlierPercent) / 100));
      await offer(owes, offered);
      for (const [index, each] of happenings.entries()) {
        const part = async (percent: number): Promise<number> => Math.max(1, Math.floor(((await openOf(owes)) * percent) / 100));
        if (each.do === 'bounce') await reversePayments(knex, context, [{ externalId: `${owes.invoice.externalId}/older` }]);
        else if (each.do === 'pay') await pay(owes, String(index), await part(each.percent));
        else if (each.do === 'dispute') {
          const { openMinor } = await letter(owes);
          if (openMinor > 0) await dispute(owes, String(index), Math.max(1, Math.floor((openMinor * each.percent) / 100)));
        } else if (each.do === 'credit') await recordCreditNotes(knex, context, [{ externalId: `${owes.invoice.externalId}/${index}`, invoiceExternalId: owes.invoice.externalId, issuedOn: '2026-03-10', currency: 'EUR', amountMinor: await part(each.percent) }]);
        else await upsertInvoices(knex, context, [{ ...owes.invoice, totalMinor: totalMinor - (await openOf(owes)) + (await part(each.percent)) }]);
      }
      const asked = await letter(owes);
      fc.pre(asked.openMinor > 0 && asked.discount !== null);
      const payWhatIsAsked = async (id: string): Promise<void> => {
        const { openMinor, discount } = await letter(owes);
        if (discount) expect(discount.lastDay).toBe('2026-03-20');
        if ((discount?.amountMinor ?? 0) < openMinor) await pay(owes, id, openMinor - (discount?.amountMinor ?? 0));
      };
      await payWhatIsAsked('asked');
      expect(await openOf(owes)).toBe(asked.disputedMinor);
      await resolveAll(owes, { kind: 'invalid' });
      await payWhatIsAsked('owed after all');
      expect(await openOf(owes)).toBe(0);
      const { base_minor } = await knex('discount_offers').where({ invoice_id: owes.id }).first<{ base_minor: number }>('base_minor');
      expect((await honoured(owes)).reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(discountOn(offered, base_minor, 'EUR'));
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

  test('is that on the rest while a part is disputed, which is taken off as it is paid, also where the dispute comes after the payment', async () => {
    const [before, after] = [await account(1_000_00), await account(1_000_00)];
    for (const owes of [before, after]) await offer(owes, { kind: 'percent', rate: 20_000 });
    await dispute(before, 'd', 400_00);
    expect(await letter(before)).toMatchObject({ openMinor: 600_00, disputedMinor: 400_00, discount: { amountMinor: 12_00 } });
    await pay(before, 'rest', 588_00);
    await pay(after, 'rest', 588_00);
    expect(await openOf(after)).toBe(412_00);
    await dispute(after, 'd', 400_00);
    for (const owes of [before, after]) expect([await openOf(owes), await honoured(owes)]).toEqual([400_00, [12_00]]);
  });

  test.each<[DisputeResolution, number, number[]]>([
    [{ kind: 'valid' }, 0, [12_00]], [{ kind: 'invalid' }, 392_00, [12_00, 8_00]], [{ kind: 'split', creditMinor: 100_00 }, 294_00, [12_00, 6_00]],
  ])('the dispute is resolved, %j: what is owed of it after all is discounted too where it is paid in time', async (resolution, asked, takenOff) => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await dispute(owes, 'd', 400_00);
    await pay(owes, 'rest', 588_00);
    await resolveAll(owes, resolution);
    const { openMinor, discount } = await letter(owes);
    expect(openMinor - (discount?.amountMinor ?? 0)).toBe(asked);
    const [listed] = await listOffers(knex, owes.id);
    expect(listed).toMatchObject({ honouredMinor: 12_00, toEarn: asked > 0 ? { discountMinor: discount!.amountMinor, payMinor: asked } : null });
    if (asked > 0) await pay(owes, 'owed after all', asked);
    expect([await openOf(owes), await honoured(owes)]).toEqual([0, takenOff]);
    const uptake = (await discountUptake(knex, {})).find(({ sourceName }) => sourceName === 'Ada');
    expect(uptake!.offers).toBe(await knex('discount_offers').count<{ count: number }[]>('id as count').then(([row]) => Number(row!.count)));
  });

  test('a split credits part of what is disputed and nothing is taken off too early by it', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await dispute(owes, 'd', 500_00);
    await pay(owes, 'a part', 294_00);
    await resolveAll(owes, { kind: 'split', creditMinor: 200_00 });
    expect([await openOf(owes), await honoured(owes)]).toEqual([506_00, []]);
  });

  test('a payment that goes back takes along what was taken off since it came, and not what was earned before', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await dispute(owes, 'd', 400_00);
    await pay(owes, 'rest', 588_00);
    await resolveAll(owes, { kind: 'invalid' });
    await pay(owes, 'owed after all', 392_00);
    await reversePayments(knex, context, [{ externalId: `${owes.invoice.externalId}/owed after all` }]);
    expect([await openOf(owes), await honoured(owes)]).toEqual([400_00, [12_00]]);
    await pay(owes, 'again', 392_00);
    expect([await openOf(owes), await honoured(owes)]).toEqual([0, [12_00, 8_00]]);
    await reversePayments(knex, context, [{ externalId: `${owes.invoice.externalId}/rest` }]);
    expect([await openOf(owes), await honoured(owes)]).toEqual([608_00, []]);
  });

  test('a dispute that comes after the last day leaves the offer on the whole', async () => {
    const owes = await account(1_000_00);
    await offer(owes, { kind: 'percent', rate: 20_000 });
    await pay(owes, 'rest', 588_00);
    const late = { ...context, at: new Date('2026-03-21T12:00:00Z') };
    await openDispute(knex, late, { externalId: `${owes.invoice.externalId}/d`, invoiceExternalId: owes.invoice.externalId, amountMinor: 400_00, reason: 'price', source: 'api' });
    expect([await openOf(owes), await honoured(owes)]).toEqual([412_00, []]);
  });
});
