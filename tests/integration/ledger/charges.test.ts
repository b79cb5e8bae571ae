import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { chargeInvoice, waiveCharge, type ChargeRow } from '../../../db/charges';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { sendStatement } from '../../../db/statements/sendNow';
import type { ChargeRule } from '../../../domain/charges/charge';
import { clockAt } from '../../engines/clockAt';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

/** One euro a day on the 1,000.00 that are open. */
const aEuroADay: ChargeRule = { kind: 'interest', rate: 365_000, dayCount: 'actual/365' };
let database: FreshDatabase;
let knex: Knex;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

const isNow = (iso: string) => clockAt(knex, iso);

/** A customer with one invoice of 1,000.00 EUR that is late from 2026-02-02 on. */
async function account(customer: string): Promise<{ id: number; customerId: number; invoice: string }> {
  const context = await isNow('2026-01-01T12:00:00Z');
  const invoice = `${customer}-i`;
  await upsertCustomers(knex, context, [{ externalId: customer, name: customer, timeZone: 'Europe/Berlin', contacts: [{ role: 'billing', email: `${customer}@example.com` }] }]);
  await upsertInvoices(knex, context, [{ externalId: invoice, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1_000_00 }]);
  return { invoice, ...(await knex('invoices').where('external_id', invoice).first<{ id: number; customerId: number }>('id', 'customer_id as customerId')) };
}

async function charged(id: number, rule: ChargeRule, at: Date): Promise<ChargeRow[]> {
  return (await knex.transaction((trx) => chargeInvoice(trx, systemActor, id, rule, at)))!;
}

test('a payment that was dated ahead and reversed before that day never makes more bear interest than was owed', async () => {
  const { id, invoice } = await account('ahead');
  const context = await isNow('2026-03-10T12:00:00Z');
  await recordPayments(knex, context, [{ externalId: 'ahead-p', invoiceExternalId: invoice, receivedAt: '2026-03-20', currency: 'EUR', amountMinor: 1_000_00 }]);
  await reversePayments(knex, context, [{ externalId: 'ahead-p' }]);
  // 52 days, 2 February to 25 March.
  expect(await charged(id, aEuroADay, (await isNow('2026-03-25T12:00:00Z')).at)).toMatchObject([{ amountMinor: 52_00, fromOn: '2026-02-02', toOn: '2026-03-25' }]);
});

test('days between receipt and reversal bear none', async () => {
  const { id, invoice } = await account('bounced');
  const context = await isNow('2026-02-11T12:00:00Z');
  await recordPayments(knex, context, [{ externalId: 'bounced-p', invoiceExternalId: invoice, receivedAt: '2026-02-11', currency: 'EUR', amountMinor: 1_000_00 }]);
  await reversePayments(knex, await isNow('2026-02-21T12:00:00Z'), [{ externalId: 'bounced-p' }]);
  // 2 to 11 February, and 22 to 28 February.
  expect(await charged(id, aEuroADay, (await isNow('2026-02-28T12:00:00Z')).at)).toMatchObject([{ amountMinor: 17_00 }]);
});

test('a charge, and its waiving, is a change of the ledger: the statement of the day goes once more', async () => {
  const { id, customerId } = await account('told');
  const { at } = await isNow('2026-03-10T12:00:00Z');
  const send = () => knex.transaction((trx) => sendStatement(trx, systemActor, customerId, 'statement', at.getTime()));
  const closing = async () => (await knex('statements').where({ customer_id: customerId }).orderBy('id', 'desc').first<{ closing: unknown }>('closing')).closing;
  await send();
  await expect(send()).rejects.toThrow('nothing has moved');
  const [charge] = await charged(id, { kind: 'fixed', amountMinor: 5_00 }, at);
  await send();
  expect(await closing()).toEqual([{ currency: 'EUR', amountMinor: 1_005_00 }]);
  await knex.transaction((trx) => waiveCharge(trx, systemActor, charge!.id, 'goodwill', at));
  await send();
  expect(await closing()).toEqual([{ currency: 'EUR', amountMinor: 1_000_00 }]);
});
