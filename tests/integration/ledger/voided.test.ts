import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { applyToCharge, chargeInvoice, listCharges } from '../../../db/charges';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { statementAsOf } from '../../../db/statements/statements';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };
let database: FreshDatabase;
let knex: Knex;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ?`, [context.at]);
});
afterAll(() => database.destroy());

/** A customer with one invoice of 1,000.00 EUR. */
async function account(customer: string): Promise<{ invoice: InvoiceRecord; id: number; customerId: number }> {
  const invoice: InvoiceRecord = { externalId: `${customer}-i`, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1_000_00 };
  await upsertCustomers(knex, context, [{ externalId: customer, name: customer, timeZone: 'Europe/Berlin' }]);
  await upsertInvoices(knex, context, [invoice]);
  return { invoice, ...(await knex('invoices').where('external_id', invoice.externalId).first<{ id: number; customerId: number }>('id', 'customer_id as customerId')) };
}

const voided = (invoice: InvoiceRecord, change: Partial<InvoiceRecord> = {}) => upsertInvoices(knex, context, [{ ...invoice, documentState: 'void', ...change }]);
const stateOf = (id: number) => knex('invoices').where({ id }).first('document_state', 'open_minor', 'settled_minor');

describe('a void invoice', () => {
  test('may come with a total below what had been applied, which voiding gives back', async () => {
    const { invoice, id } = await account('zero');
    await recordPayments(knex, context, [{ externalId: 'zero-p', invoiceExternalId: invoice.externalId, receivedAt: '2026-02-20', currency: 'EUR', amountMinor: 400_00 }]);
    expect(await upsertInvoices(knex, context, [{ ...invoice, totalMinor: 0 }])).toMatchObject([{ status: 'refused', errors: [{ field: 'total' }] }]);
    expect(await voided(invoice, { totalMinor: 0 })).toMatchObject([{ status: 'updated' }]);
    expect(await stateOf(id)).toEqual({ document_state: 'void', open_minor: 0, settled_minor: 0 });
    expect(await knex('payments').where('external_id', 'zero-p').first('applied_minor', 'unapplied_minor')).toEqual({ applied_minor: 0, unapplied_minor: 400_00 });
  });

  test('takes its interest and fees with it, and gives back what was paid of them', async () => {
    const { invoice, id, customerId } = await account('charged');
    const charge = (amountMinor: number) => knex.transaction((trx) => chargeInvoice(trx, systemActor, id, { kind: 'fixed', amountMinor }, context.at));
    const [paid] = (await charge(25_00))!;
    await charge(40_00);
    await recordPayments(knex, context, [{ externalId: 'charged-p', customerExternalId: 'charged', receivedAt: '2026-03-01', currency: 'EUR', amountMinor: 30_00 }]);
    const payment = await knex('payments').where('external_id', 'charged-p').first<{ id: number }>('id');
    await knex.transaction((trx) => applyToCharge(trx, context, paid!.id, payment.id));
    const outboxBefore = (await knex('outbox').max('id as id').first<{ id: number }>())!.id;

    await voided(invoice);
    expect(await listCharges(knex, { invoiceId: id })).toMatchObject([25_00, 40_00].map((amountMinor) => ({ amountMinor, openMinor: 0, waivedAt: context.at, waiveReason: 'The invoice was voided.' })));
    expect(await knex('payments').where('external_id', 'charged-p').first('unapplied_minor')).toEqual({ unapplied_minor: 30_00 });
    expect((await statementAsOf(knex, customerId, '2026-03-10', '2026-03-10'))).toMatchObject({ items: [], closing: [{ currency: 'EUR', amountMinor: -30_00 }] });
    expect(await knex('outbox').where('id', '>', outboxBefore).orderBy('id').select('invoice_id', 'kind')).toEqual(expect.arrayContaining([{ invoice_id: null, kind: 'charge.waived' }, { invoice_id: id, kind: 'invoice.changed' }]));
    expect(await knex('audit_entries').where({ action: 'charge.waived', subject_id: invoice.externalId }).count('* as n').first()).toEqual({ n: 2 });
  });
});
