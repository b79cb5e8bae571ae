import type { Knex } from 'knex';
import { systemActor, verifyAudit } from '../../../db/audit';
import { applyToCharge, chargeInvoice } from '../../../db/charges';
import { applyCash, recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { recordPromise } from '../../../db/promises';
import { findPayment } from '../../../db/readmodels/money';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };
let database: FreshDatabase;
let knex: Knex;
let counter = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

/** A customer with invoices of 100.00 USD each, the first of which is paid with so much. */
async function account({ invoices = 1, paidMinor = 100_00 } = {}): Promise<{ customer: string; ids: string[]; payment: string }> {
  counter += 1;
  const customer = `c${counter}`;
  const ids = Array.from({ length: invoices }, (_each, index) => `${customer}-i${index + 1}`);
  const payment = `${customer}-p`;
  await upsertCustomers(knex, context, [{ externalId: customer, name: 'Acme', timeZone: 'America/New_York' }]);
  await upsertInvoices(knex, context, ids.map((externalId) => ({ externalId, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00 })));
  await recordPayments(knex, context, [{ externalId: payment, invoiceExternalId: ids[0], receivedAt: '2026-02-20', currency: 'USD', amountMinor: paidMinor }]);
  return { customer, ids, payment };
}

const paymentOf = async (externalId: string) => (await findPayment(knex, { externalId }))!;
const openOf = async (ids: readonly string[]): Promise<number[]> => (await knex('invoices').whereIn('external_id', ids).orderBy('id').pluck('open_minor')) as number[];
const idOf = async (table: string, externalId: string): Promise<number> => ((await knex(table).where('external_id', externalId).first('id')) as { id: number }).id;

async function toldOf(customer: string): Promise<{ kind: string; invoice: string | null; data: Record<string, unknown> }[]> {
  const { rows } = await knex.raw<{ rows: { kind: string; invoice: string | null; data: Record<string, unknown> }[] }>(
    `SELECT e.kind, i.external_id AS invoice, e.data FROM events e JOIN customers c ON c.id = e.customer_id LEFT JOIN invoices i ON i.id = e.invoice_id
     WHERE c.external_id = ? AND e.kind IN ('payment.reversed', 'payment.charged-back', 'payment.refunded') ORDER BY e.id`, [customer]);
  return rows;
}

describe('refunds', () => {
  test('an invoice paid with too much: what was too much goes back and nothing opens', async () => {
    const { customer, ids, payment } = await account({ paidMinor: 130_00 });
    expect(await refundPayments(knex, context, [{ externalId: `${customer}-r`, paymentExternalId: payment, amountMinor: 30_00, reason: 'paid too much' }])).toMatchObject([{ status: 'created', amountMinor: 30_00 }]);
    expect(await openOf(ids)).toEqual([0]);
    expect(await paymentOf(payment)).toMatchObject({ appliedMinor: 100_00, unappliedMinor: 0, refundedMinor: 30_00, refunds: [{ amountMinor: 30_00, reopenedMinor: 0, reason: 'paid too much' }] });
    expect(await toldOf(customer)).toEqual([{ kind: 'payment.refunded', invoice: null, data: { refund: `${customer}-r`, payment, amountMinor: 30_00, reopenedMinor: 0, currency: 'USD', reason: 'paid too much' } }]);
  });

  test('a part opens exactly that much again; what stays keeps its place and time, so a promise made since is not kept by old money', async () => {
    const { customer, ids, payment } = await account({ paidMinor: 40_00 });
    const [before] = (await paymentOf(payment)).applications;
    await recordPromise(knex, context, { externalId: `${customer}-promise`, customerExternalId: customer, invoiceExternalIds: ids, currency: 'USD', amountMinor: 60_00, promisedOn: '2026-03-20', source: 'call' });
    await refundPayments(knex, { ...context, at: new Date('2026-03-11T12:00:00Z') }, [{ externalId: `${customer}-r`, paymentExternalId: payment, amountMinor: 15_00 }]);
    expect(await openOf(ids)).toEqual([75_00]);
    expect((await paymentOf(payment)).applications).toEqual([
      { ...before, amountMinor: 25_00 }, { ...before, amountMinor: 15_00, reversedAt: new Date('2026-03-11T12:00:00Z') },
    ]);
    const { rows: [paid] } = await knex.raw<{ rows: { paid: number }[] }>(
      `SELECT coalesce(sum(a.amount_minor), 0)::bigint AS paid FROM promise_invoices l JOIN promises p ON p.id = l.promise_id JOIN applications a ON a.invoice_id = l.invoice_id AND a.id > l.after_application_id AND a.reversed_at IS NULL
       WHERE p.external_id = ?`, [`${customer}-promise`]);
    expect(paid).toEqual({ paid: 0 });
  });

  test('several of one payment: the newest application goes first; the same again changes nothing, and none is more than what is left', async () => {
    const { customer, ids, payment } = await account({ invoices: 2, paidMinor: 160_00 });
    await applyCash(knex, { ...context, at: new Date('2026-03-09T12:00:00Z') }, [{ source: { kind: 'payment', externalId: payment }, invoiceExternalId: ids[1]! }]);
    const refund = (n: number, amountMinor?: number) => ({ externalId: `${customer}-r${n}`, paymentExternalId: payment, amountMinor });
    expect(await refundPayments(knex, context, [refund(1, 20_00), refund(2, 50_00), refund(1, 20_00), refund(1, 21_00), refund(3, 90_01)])).toMatchObject([
      { status: 'created' }, { status: 'created' }, { status: 'unchanged', amountMinor: 20_00 },
      { status: 'refused', errors: [{ field: 'external_id', reason: 'is known already with other content' }] },
      { status: 'refused', errors: [{ field: 'amount', reason: 'is more than what is left of the payment, 9000 minor units' }] },
    ]);
    expect((await paymentOf(payment)).refunds.map(({ amountMinor, reopenedMinor }) => [amountMinor, reopenedMinor])).toEqual([[20_00, 20_00], [50_00, 50_00]]);
    const open = await openOf(ids);
    expect(open.reduce((sum, minor) => sum + minor, 0)).toBe(40_00 + 70_00);
    expect(await refundPayments(knex, context, [refund(4)])).toMatchObject([{ status: 'created', amountMinor: 90_00 }]);
    expect(await openOf(ids)).toEqual([100_00, 100_00]);
    expect(await refundPayments(knex, context, [refund(5), refund(4)])).toMatchObject([{ status: 'refused', errors: [{ reason: 'has been given back in full' }] }, { status: 'unchanged' }]);
  });

  test('ten callers give the same payment back at once: no more goes than came in', async () => {
    const { customer, ids, payment } = await account();
    const results = await Promise.all(Array.from({ length: 10 }, (_each, n) => refundPayments(knex, context, [{ externalId: `${customer}-r${n}`, paymentExternalId: payment, amountMinor: 30_00 }])));
    expect(results.flat().filter(({ status }) => status === 'created')).toHaveLength(3);
    expect([await openOf(ids), (await paymentOf(payment)).refundedMinor]).toEqual([[90_00], 90_00]);
  });

  test('money on a charge goes back before what was applied to invoices earlier, and the charge is open again', async () => {
    const { customer, ids, payment } = await account({ paidMinor: 110_00 });
    await upsertInvoices(knex, context, [{ externalId: `${customer}-late`, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: '2026-01-31', currency: 'USD', totalMinor: 50_00 }]);
    const later = { ...context, at: new Date('2026-03-10T13:00:00Z') };
    const charge = await knex.transaction(async (trx) => {
      const [made] = (await chargeInvoice(trx, systemActor, await idOf('invoices', `${customer}-late`), { kind: 'fixed', amountMinor: 10_00 }, later.at))!;
      return (await applyToCharge(trx, later, made!.id, await idOf('payments', payment)))!;
    });
    expect(charge.openMinor).toBe(0);
    await refundPayments(knex, later, [{ externalId: `${customer}-r1`, paymentExternalId: payment, amountMinor: 4_00 }, { externalId: `${customer}-r2`, paymentExternalId: payment, amountMinor: 8_00 }]);
    expect(await knex('charges').where('id', charge.id).first('applied_minor', 'open_minor')).toEqual({ applied_minor: 0, open_minor: 10_00 });
    expect(await openOf(ids)).toEqual([2_00]);
    expect(await paymentOf(payment)).toMatchObject({ appliedMinor: 98_00, unappliedMinor: 0, refundedMinor: 12_00, refunds: [{ reopenedMinor: 4_00 }, { reopenedMinor: 8_00 }] });
  });

  test('what cannot be is refused, and says why', async () => {
    const { customer, payment } = await account();
    await reversePayments(knex, context, [{ externalId: payment, reason: 'returned' }]);
    const { payment: other } = await account();
    const refund = { externalId: `${customer}-r`, paymentExternalId: other, amountMinor: 1_00 };
    const results = await refundPayments(knex, context, [
      { ...refund, paymentExternalId: payment }, { ...refund, paymentExternalId: 'nope' }, { ...refund, currency: 'EUR' }, { ...refund, amountMinor: 0 }, { ...refund, refundedAt: '2026-03-11' }, { ...refund, refundedAt: '2026-02-19' }, { ...refund, externalId: ' ' },
    ]);
    expect(results.map(({ errors }) => errors?.map(({ field, reason }) => `${field} ${reason}`))).toEqual([
      ['payment_external_id is reversed: nothing of it is left to give back'], ['payment_external_id is not a known payment'], ['currency differs from the currency of the payment, USD'], ['amount must be more than zero'],
      ['refunded_at lies ahead: record it once it has happened'], ['refunded_at is before the payment was received, 2026-02-20'], ['external_id is empty'],
    ]);
  });

  test('they never change, and no application becomes smaller but by its part', async () => {
    await expect(knex('refunds').update({ amount_minor: 1 })).rejects.toThrow('refunds never change');
    await expect(knex('refunds').del()).rejects.toThrow('refunds never change');
    await expect(knex('applications').whereNull('reversed_at').update({ amount_minor: knex.raw('amount_minor - 1') })).rejects.toThrow('only be reversed');
    await expect(knex('charge_applications').update({ amount_minor: 1 })).rejects.toThrow('only be reversed');
  });
});

describe('chargebacks', () => {
  test('are reversals with an event of their own and a task for a person', async () => {
    const { customer, ids, payment } = await account();
    await reversePayments(knex, context, [{ externalId: payment, kind: 'chargeback', reason: 'not authorised' }]);
    await reversePayments(knex, context, [{ externalId: payment, kind: 'chargeback', reason: 'not authorised' }]);
    expect(await openOf(ids)).toEqual([100_00]);
    expect(await paymentOf(payment)).toMatchObject({ reversalKind: 'chargeback', reversalReason: 'not authorised', unappliedMinor: 0 });
    const data = { payment, kind: 'chargeback', reason: 'not authorised' };
    expect(await toldOf(customer)).toEqual([{ kind: 'payment.reversed', invoice: ids[0], data }, { kind: 'payment.charged-back', invoice: ids[0], data }]);
    expect(await knex('tasks').where('customer_id', await idOf('customers', customer)).select('title', 'instructions', 'invoice_id', 'due_on')).toEqual([{
      title: `Look into the chargeback of payment ${payment}`, instructions: 'Reason: not authorised. 100.00 USD are open again.', invoice_id: await idOf('invoices', ids[0]!), due_on: '2026-03-11',
    }]);
  });

  test('a reversal raises none, unless a part had been given back: then that much has gone twice', async () => {
    const { customer: plain, payment: returned } = await account();
    await reversePayments(knex, context, [{ externalId: returned, reason: 'returned' }]);
    expect(await knex('tasks').where('customer_id', await idOf('customers', plain))).toEqual([]);
    const { customer, ids, payment } = await account();
    await refundPayments(knex, context, [{ externalId: `${customer}-r`, paymentExternalId: payment, amountMinor: 30_00 }]);
    await reversePayments(knex, context, [{ externalId: payment, reason: 'returned' }]);
    expect(await openOf(ids)).toEqual([100_00]);
    expect(await knex('tasks').where('customer_id', await idOf('customers', customer)).pluck('instructions')).toEqual([
      'Reason: returned. 70.00 USD are open again. 30.00 USD of the payment had been given back before: that much has gone twice, and no invoice says so.',
    ]);
  });
});

test('every refund stands in the audit trail, and the trail is whole', async () => {
  expect(await verifyAudit(knex)).toMatchObject({ kind: 'whole' });
  expect(await knex('audit_entries').where('action', 'payment.refunded')).not.toEqual([]);
});
