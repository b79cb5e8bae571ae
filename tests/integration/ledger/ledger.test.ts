import type { Knex } from 'knex';
import { systemActor, verifyAudit } from '../../../db/audit';
import { applyCash, recordCreditNotes, recordPayments, reversePayments, reverseWriteOffs, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
import type { InvoiceRecord, PaymentRecord } from '../../../domain/ledger/records';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-01T12:00:00Z') };
let database: FreshDatabase;
let knex: Knex;
let counter = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

/** A customer with one open invoice of 100.00 USD, due on 1 March. */
async function openInvoice(fields: Partial<InvoiceRecord> = {}): Promise<{ customer: string; invoice: string }> {
  counter += 1;
  const customer = `c${counter}`;
  const invoice = `i${counter}`;
  await upsertCustomers(knex, context, [{ externalId: customer, name: 'Acme', timeZone: 'America/New_York' }]);
  const [result] = await upsertInvoices(knex, context, [
    { externalId: invoice, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00, ...fields },
  ]);
  expect(result).toMatchObject({ status: 'created' });
  return { customer, invoice };
}

function payment(invoice: string | null, amountMinor: number, fields: Partial<PaymentRecord> = {}): PaymentRecord {
  counter += 1;
  return { externalId: `p${counter}`, invoiceExternalId: invoice, receivedAt: '2026-02-20', currency: 'USD', amountMinor, ...fields };
}

async function openMinor(invoice: string): Promise<number> {
  const row = await knex<{ external_id: string; open_minor: number }>('invoices').where('external_id', invoice).first();
  return row!.open_minor;
}

async function versionOf(customer: string): Promise<number> {
  const row = await knex<{ external_id: string; ledger_version: number }>('customers').where('external_id', customer).first();
  return row!.ledger_version;
}

test('an early partial payment leaves the rest open, and the ledger version grows', async () => {
  const { customer, invoice } = await openInvoice();
  const before = await versionOf(customer);
  expect(await recordPayments(knex, context, [payment(invoice, 40_00)])).toMatchObject([{ status: 'created', appliedMinor: 40_00, unappliedMinor: 0 }]);
  expect(await openMinor(invoice)).toBe(60_00);
  expect(await versionOf(customer)).toBe(before + 1);
});

test('what is paid over becomes unapplied cash, which a person puts on another invoice', async () => {
  const { customer, invoice } = await openInvoice();
  const over = payment(invoice, 130_00);
  expect(await recordPayments(knex, context, [over])).toMatchObject([{ appliedMinor: 100_00, unappliedMinor: 30_00 }]);
  await upsertInvoices(knex, context, [{ externalId: `${invoice}-2`, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 20_00 }]);
  const source = { kind: 'payment', externalId: over.externalId } as const;
  expect(await applyCash(knex, context, [{ source, invoiceExternalId: `${invoice}-2`, amountMinor: 25_00 }])).toMatchObject([{ status: 'refused', errors: [{ field: 'amount', reason: 'is more than what is open, 2000 minor units' }] }]);
  expect(await applyCash(knex, context, [{ source, invoiceExternalId: `${invoice}-2` }, { source, invoiceExternalId: invoice }])).toMatchObject([
    { status: 'created', appliedMinor: 20_00 },
    { status: 'refused', errors: [{ reason: 'has nothing open' }] },
  ]);
  expect(await openMinor(`${invoice}-2`)).toBe(0);
});

test('a payment without an invoice is all unapplied', async () => {
  const { customer, invoice } = await openInvoice();
  expect(await recordPayments(knex, context, [payment(null, 50_00, { customerExternalId: customer })])).toMatchObject([{ appliedMinor: 0, unappliedMinor: 50_00 }]);
  expect(await openMinor(invoice)).toBe(100_00);
});

test('the same external id again has no effect and the same answer; with other content it is refused', async () => {
  const { customer, invoice } = await openInvoice();
  const first = payment(invoice, 40_00);
  const answer = await recordPayments(knex, context, [first]);
  const version = await versionOf(customer);
  const [again] = await recordPayments(knex, context, [first]);
  expect(again).toEqual({ ...answer[0], status: 'unchanged' });
  expect(await openMinor(invoice)).toBe(60_00);
  expect(await versionOf(customer)).toBe(version);
  for (const other of [{ amountMinor: 41_00 }, { receivedAt: '2026-02-21' }, { invoiceExternalId: null, customerExternalId: customer }]) {
    expect(await recordPayments(knex, context, [{ ...first, ...other }])).toMatchObject([{ status: 'refused', errors: [{ field: 'external_id', reason: 'is known already with other content' }] }]);
  }
});

test('in one call, the same record twice is harmless, and two of one id with other content are not', async () => {
  const { invoice } = await openInvoice();
  const one = payment(invoice, 10_00);
  expect(await recordPayments(knex, context, [one, one, { ...one, amountMinor: 11_00 }])).toMatchObject([
    { status: 'created' }, { status: 'unchanged' }, { status: 'refused', errors: [{ reason: 'stands with other content in record 0' }] },
  ]);
  expect(await openMinor(invoice)).toBe(90_00);
});

test('several payments of one call on one invoice are applied in the order in which they came in', async () => {
  const { invoice } = await openInvoice();
  const results = await recordPayments(knex, context, [payment(invoice, 70_00, { receivedAt: '2026-02-22' }), payment(invoice, 50_00, { receivedAt: '2026-02-21' })]);
  expect(results).toMatchObject([{ appliedMinor: 50_00, unappliedMinor: 20_00 }, { appliedMinor: 50_00, unappliedMinor: 0 }]);
});

test('currency mismatch, unknown invoice, another customer and nobody are refused with their reason', async () => {
  const { invoice } = await openInvoice();
  const { customer: other } = await openInvoice();
  const results = await recordPayments(knex, context, [
    payment(invoice, 1, { currency: 'EUR' }), payment('nope', 1), payment(invoice, 1, { customerExternalId: other }), payment(null, 1), payment(invoice, 1, { customerExternalId: 'nobody' }), payment(invoice, -5), payment(invoice, 5, { method: 'a\0b' }),
  ]);
  expect(results.map((result) => result.errors?.[0]?.reason)).toEqual([
    'differs from the currency of the invoice, USD',
    'is not a known invoice',
    'belongs to another customer',
    'is empty, and no invoice is named that would tell the customer',
    'is not a known customer',
    'is negative; money that goes back is a refund or a reversal of its payment',
    'holds a NUL character, which no field can',
  ]);
});

test('a date without a time is the start of that day where the customer is', async () => {
  const { invoice } = await openInvoice();
  const paid = payment(invoice, 1_00);
  await recordPayments(knex, context, [paid]);
  const row = await knex<{ external_id: string; received_at: Date }>('payments').where('external_id', paid.externalId).first();
  expect(row!.received_at.toISOString()).toBe('2026-02-20T05:00:00.000Z');
});

test('a reversal opens the invoice again, once', async () => {
  const { invoice } = await openInvoice();
  const paid = payment(invoice, 120_00);
  await recordPayments(knex, context, [paid]);
  expect(await openMinor(invoice)).toBe(0);
  expect(await reversePayments(knex, context, [{ externalId: paid.externalId, reason: 'chargeback' }, { externalId: 'nope' }])).toMatchObject([{ status: 'updated' }, { status: 'refused' }]);
  expect(await reversePayments(knex, context, [{ externalId: paid.externalId }])).toMatchObject([{ status: 'unchanged' }]);
  expect(await openMinor(invoice)).toBe(100_00);
  const row = await knex<{ external_id: string; applied_minor: number; unapplied_minor: number }>('payments').where('external_id', paid.externalId).first();
  expect(row).toMatchObject({ applied_minor: 0, unapplied_minor: 0 });
});

test('a credit note reduces what is open, and its rest is unapplied credit', async () => {
  const { invoice } = await openInvoice();
  const note = { externalId: `cn-${invoice}`, invoiceExternalId: invoice, issuedOn: '2026-02-10', currency: 'USD', amountMinor: 130_00 };
  expect(await recordCreditNotes(knex, context, [note])).toMatchObject([{ appliedMinor: 100_00, unappliedMinor: 30_00 }]);
  expect(await openMinor(invoice)).toBe(0);
});

test('a write-off settles, and its reversal opens again', async () => {
  const { invoice } = await openInvoice();
  const writeOff = { externalId: `w-${invoice}`, invoiceExternalId: invoice };
  expect(await writeOffInvoices(knex, context, [{ ...writeOff, amountMinor: 30_00 }, { externalId: `w2-${invoice}`, invoiceExternalId: invoice }])).toMatchObject([{ amountMinor: 30_00 }, { amountMinor: 70_00 }]);
  expect(await writeOffInvoices(knex, context, [{ ...writeOff, amountMinor: 30_00 }])).toMatchObject([{ status: 'unchanged' }]);
  expect(await openMinor(invoice)).toBe(0);
  expect(await reverseWriteOffs(knex, context, [{ externalId: writeOff.externalId }])).toMatchObject([{ status: 'updated' }]);
  expect(await openMinor(invoice)).toBe(30_00);
});

test('a draft owes nothing until it is issued; voiding gives the money back to the customer', async () => {
  const { customer, invoice } = await openInvoice({ documentState: 'draft' });
  expect(await openMinor(invoice)).toBe(0);
  const record = { externalId: invoice, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00 };
  expect(await upsertInvoices(knex, context, [record])).toMatchObject([{ status: 'unchanged' }]);
  expect(await upsertInvoices(knex, context, [{ ...record, documentState: 'issued' }])).toMatchObject([{ status: 'updated' }]);
  const paid = payment(invoice, 60_00);
  await recordPayments(knex, context, [paid]);
  expect(await upsertInvoices(knex, context, [{ ...record, totalMinor: 50_00 }])).toMatchObject([{ status: 'refused', errors: [{ field: 'total' }] }]);
  expect(await upsertInvoices(knex, context, [{ ...record, documentState: 'draft' }])).toMatchObject([{ status: 'refused', errors: [{ field: 'document_state' }] }]);
  expect(await upsertInvoices(knex, context, [{ ...record, documentState: 'void' }])).toMatchObject([{ status: 'updated' }]);
  const row = await knex<{ external_id: string; unapplied_minor: number }>('payments').where('external_id', paid.externalId).first();
  expect(row!.unapplied_minor).toBe(60_00);
  expect(await upsertInvoices(knex, context, [{ ...record, documentState: 'issued' }])).toMatchObject([{ status: 'refused' }]);
});

test('lines and typed custom fields are kept, changed and checked', async () => {
  const { customer, invoice } = await openInvoice({ custom: { site: 'north', urgent: true }, lines: [{ description: 'Work', amountMinor: 100_00 }] });
  const record = { externalId: invoice, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00 };
  expect(await upsertInvoices(knex, context, [{ ...record, lines: [{ description: 'Work', amountMinor: 100_00 }] }])).toMatchObject([{ status: 'unchanged' }]);
  expect(await upsertInvoices(knex, context, [{ ...record, lines: [{ description: 'Other work', amountMinor: 100_00 }] }])).toMatchObject([{ status: 'updated' }]);
  expect(await upsertInvoices(knex, context, [{ ...record, custom: { urgent: 'soon' } }])).toMatchObject([{ status: 'refused', errors: [{ field: 'custom.urgent', value: 'soon', reason: 'is not a boolean, which this custom field is' }] }]);
  expect(await upsertInvoices(knex, context, [{ ...record, custom: { site: null, floor: 3 } }])).toMatchObject([{ status: 'updated' }]);
  const row = await knex<{ external_id: string; custom: unknown }>('invoices').where('external_id', invoice).first();
  expect(row!.custom).toEqual({ urgent: true, floor: 3 });
});

test('contacts are replaced as a whole, or for the roles that are named', async () => {
  const base = { externalId: 'contacts', name: 'Acme' };
  await upsertCustomers(knex, context, [{ ...base, contacts: [{ role: 'billing', email: 'a@x.example' }, { role: 'escalation', email: 'b@x.example' }] }]);
  expect(await upsertCustomers(knex, context, [{ ...base, contacts: [{ role: 'billing', email: 'c@x.example' }], contactRoles: ['billing'] }])).toMatchObject([{ status: 'updated' }]);
  const emails = (): Promise<string[]> => knex('contacts as k').join('customers as c', 'c.id', 'k.customer_id').where('c.external_id', 'contacts').orderBy('k.email').pluck('k.email');
  expect(await emails()).toEqual(['b@x.example', 'c@x.example']);
  expect(await upsertCustomers(knex, context, [{ ...base, contacts: [] }])).toMatchObject([{ status: 'updated' }]);
  expect(await emails()).toEqual([]);
});

test('concurrent payments on one invoice never apply more than is open', async () => {
  const { invoice } = await openInvoice();
  const results = await Promise.all(Array.from({ length: 20 }, () => recordPayments(knex, context, [payment(invoice, 9_00)])));
  expect(results.flat().reduce((sum, result) => sum + ('appliedMinor' in result ? result.appliedMinor ?? 0 : 0), 0)).toBe(100_00);
  expect(await openMinor(invoice)).toBe(0);
});

test('applications are reversed, never deleted or edited', async () => {
  await expect(knex('applications').del()).rejects.toThrow('never deleted');
  await expect(knex('applications').update({ amount_minor: 1 })).rejects.toThrow('only be reversed');
});

test('an invoice always has its customer', async () => {
  const { customer, invoice } = await openInvoice();
  await expect(knex('customers').where('external_id', customer).del()).rejects.toThrow('a customer who has invoices cannot be deleted');
  await expect(knex('invoices').where('external_id', invoice).update({ customer_id: 999_999 })).rejects.toThrow('stays with its customer');
  await expect(knex('invoices').insert({ external_id: 'orphan', customer_id: 999_999, number: 'x', issued_on: '2026-01-01', due_on: '2026-01-01', currency: 'USD', total_minor: 1 })).rejects.toThrow('must belong to a customer');
});

test('every write stands in the audit trail, and the trail is whole', async () => {
  expect(await verifyAudit(knex)).toMatchObject({ kind: 'whole' });
  const actions = await knex('audit_entries').distinct('action').orderBy('action').pluck('action');
  expect(actions).toEqual(['credit-note.created', 'customer.created', 'customer.updated', 'invoice.created', 'invoice.updated', 'invoice.written-off', 'payment.applied', 'payment.created', 'payment.reversed', 'write-off.reversed']);
});

test('ten callers create the same new customer and invoice at once: one creates them, the others find them', async () => {
  const at = { externalId: 'race', name: 'Race Ltd', timeZone: 'UTC' };
  const customers = await Promise.all(Array.from({ length: 10 }, () => upsertCustomers(knex, context, [at])));
  expect(customers.flat().map(({ status }) => status).sort()).toEqual(['created', ...Array.from({ length: 9 }, () => 'unchanged')]);
  const record = { externalId: 'race-1', customerExternalId: 'race', issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 10_00 };
  const invoices = await Promise.all(Array.from({ length: 10 }, () => upsertInvoices(knex, context, [record])));
  expect(invoices.flat().map(({ status }) => status).sort()).toEqual(['created', ...Array.from({ length: 9 }, () => 'unchanged')]);
});
