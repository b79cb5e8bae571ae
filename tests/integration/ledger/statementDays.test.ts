import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { applyToCharge, chargeInvoice } from '../../../db/charges';
import { applyCash, recordCreditNotes, recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { statementAsOf } from '../../../db/statements/statements';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import type { StatementContent } from '../../../domain/statement/types';
import { clockAt } from '../../engines/clockAt';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

let database: FreshDatabase;
let knex: Knex;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

const isNow = (day: string) => clockAt(knex, `${day}T12:00:00Z`);

async function customer(name: string): Promise<number> {
  await upsertCustomers(knex, await isNow('2026-03-01'), [{ externalId: name, name, timeZone: 'Europe/Berlin' }]);
  return (await knex('customers').where('external_id', name).first<{ id: number }>('id'))!.id;
}

const invoiceOf = (name: string, issuedOn: string): InvoiceRecord => ({ externalId: `${name}-i`, customerExternalId: name, issuedOn, dueOn: '2026-04-30', currency: 'EUR', totalMinor: 100_00 });
const paymentOn = (name: string, invoiceExternalId: string | null) => ({ externalId: `${name}-p`, customerExternalId: name, invoiceExternalId, receivedAt: '2026-03-02', currency: 'EUR', amountMinor: 100_00 });
const eur = (amountMinor: number) => (amountMinor === 0 ? [] : [{ currency: 'EUR', amountMinor }]);

/** Whatever it tells, it ends at what is open less what is not applied, and begins where its entries lead there from. */
function figures({ opening, closing, entries, items, unapplied }: StatementContent) {
  return { opening, closing, entries: entries.map(({ kind, amount }) => `${kind} ${amount.amountMinor}`), open: items.map(({ openMinor }) => openMinor), unapplied: unapplied.map(({ amountMinor }) => amountMinor) };
}

test('money on account that was put on a later invoice was the customer\'s on the days before', async () => {
  const id = await customer('early');
  await recordPayments(knex, await isNow('2026-03-02'), [paymentOn('early', null)]);
  const then = figures(await statementAsOf(knex, id, '2026-03-03', '2026-03-03'));
  expect(then).toEqual({ opening: [], closing: eur(-100_00), entries: ['payment -10000'], open: [], unapplied: [100_00] });

  await upsertInvoices(knex, await isNow('2026-03-10'), [invoiceOf('early', '2026-03-10')]);
  await applyCash(knex, await isNow('2026-03-11'), [{ source: { kind: 'payment', externalId: 'early-p' }, invoiceExternalId: 'early-i' }]);
  expect(figures(await statementAsOf(knex, id, '2026-03-03', '2026-03-11'))).toEqual(then);
  expect(figures(await statementAsOf(knex, id, '2026-03-11', '2026-03-11'))).toEqual({ opening: [], closing: [], entries: ['payment -10000', 'invoice 10000'], open: [], unapplied: [] });
});

test('an invoice that is dated ahead and paid already: today the money is the customer\'s, and nothing was owed before', async () => {
  const id = await customer('ahead');
  const context = await isNow('2026-03-02');
  await upsertInvoices(knex, context, [invoiceOf('ahead', '2026-03-20')]);
  await recordPayments(knex, context, [{ ...paymentOn('ahead', 'ahead-i'), amountMinor: 60_00 }]);
  await recordCreditNotes(knex, context, [{ externalId: 'ahead-n', invoiceExternalId: 'ahead-i', issuedOn: '2026-03-02', currency: 'EUR', amountMinor: 10_00 }]);
  expect(figures(await statementAsOf(knex, id, '2026-03-02', '2026-03-02'))).toEqual({ opening: [], closing: eur(-70_00), entries: ['payment -6000', 'credit-note -1000'], open: [], unapplied: [10_00, 60_00] });
  await isNow('2026-03-20');
  expect(figures(await statementAsOf(knex, id, '2026-03-20', '2026-03-20'))).toMatchObject({ opening: [], closing: eur(30_00), open: [30_00], unapplied: [] });
});

test('of a day before an invoice was voided, what was paid of it is the customer\'s', async () => {
  const id = await customer('voided');
  await upsertInvoices(knex, await isNow('2026-03-01'), [invoiceOf('voided', '2026-03-01')]);
  await recordPayments(knex, await isNow('2026-03-02'), [paymentOn('voided', 'voided-i')]);
  await upsertInvoices(knex, await isNow('2026-03-10'), [{ ...invoiceOf('voided', '2026-03-01'), documentState: 'void' }]);
  for (const day of ['2026-03-03', '2026-03-10']) expect(figures(await statementAsOf(knex, id, day, '2026-03-10'))).toEqual({ opening: [], closing: eur(-100_00), entries: ['payment -10000'], open: [], unapplied: [100_00] });
});

test('money that went to a fee later was the customer\'s before the fee', async () => {
  const id = await customer('fee');
  await upsertInvoices(knex, await isNow('2026-03-01'), [{ ...invoiceOf('fee', '2026-03-01'), dueOn: '2026-03-01' }]);
  await recordPayments(knex, await isNow('2026-03-02'), [paymentOn('fee', null)]);
  const context = await isNow('2026-03-10');
  const invoice = (await knex('invoices').where('external_id', 'fee-i').first<{ id: number }>('id'))!;
  const [charge] = (await knex.transaction((trx) => chargeInvoice(trx, systemActor, invoice.id, { kind: 'fixed', amountMinor: 5_00 }, context.at)))!;
  const payment = (await knex('payments').where('external_id', 'fee-p').first<{ id: number }>('id'))!;
  await knex.transaction((trx) => applyToCharge(trx, context, charge!.id, payment.id));
  expect(figures(await statementAsOf(knex, id, '2026-03-03', '2026-03-10'))).toMatchObject({ closing: [], open: [100_00], unapplied: [100_00] });
  expect(figures(await statementAsOf(knex, id, '2026-03-10', '2026-03-10'))).toMatchObject({ closing: eur(5_00), open: [100_00], unapplied: [95_00] });
});
