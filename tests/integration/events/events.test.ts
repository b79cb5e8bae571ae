import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { recordEvents } from '../../../db/events';
import { applyCash, recordPayments, reversePayments, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
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

async function account(invoices: number): Promise<{ customer: string; ids: string[] }> {
  counter += 1;
  const customer = `c${counter}`;
  await upsertCustomers(knex, context, [{ externalId: customer, name: 'Acme', timeZone: 'America/New_York' }]);
  const ids = Array.from({ length: invoices }, (_, index) => `${customer}-i${index + 1}`);
  await upsertInvoices(knex, context, ids.map((externalId) => ({ externalId, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00 })));
  return { customer, ids };
}

async function happened(customer: string): Promise<{ kind: string; invoice: string | null; data: Record<string, unknown>; depth: number }[]> {
  const { rows } = await knex.raw<{ rows: { kind: string; invoice: string | null; data: Record<string, unknown>; depth: number }[] }>(
    `SELECT e.kind, i.external_id AS invoice, e.data, e.depth FROM events e JOIN customers c ON c.id = e.customer_id LEFT JOIN invoices i ON i.id = e.invoice_id WHERE c.external_id = ? ORDER BY e.id`, [customer]);
  return rows;
}

test('a life of two invoices: issued, paid in part, paid, reversed, written off; each once, however often it is told', async () => {
  const { customer, ids: [first, second] } = await account(2);
  const part = { externalId: `${customer}-p1`, invoiceExternalId: first!, receivedAt: '2026-02-20', currency: 'USD', amountMinor: 40_00 };
  await recordPayments(knex, context, [part]);
  await recordPayments(knex, context, [part]);
  const rest = { externalId: `${customer}-p2`, invoiceExternalId: first!, receivedAt: '2026-02-21', currency: 'USD', amountMinor: 90_00 };
  await recordPayments(knex, context, [rest]);
  await applyCash(knex, context, [{ source: { kind: 'payment', externalId: rest.externalId }, invoiceExternalId: second! }]);
  await reversePayments(knex, context, [{ externalId: rest.externalId, reason: 'returned' }]);
  await reversePayments(knex, context, [{ externalId: rest.externalId, reason: 'returned' }]);
  await writeOffInvoices(knex, context, [{ externalId: `${customer}-w1`, invoiceExternalId: second! }]);
  expect((await happened(customer)).map(({ kind, invoice }) => `${kind} ${invoice}`)).toEqual([
    `invoice.created ${first}`, `invoice.created ${second}`,
    `payment.received ${first}`, `payment.partial ${first}`,
    `payment.received ${first}`, `invoice.settled ${first}`,
    `payment.partial ${second}`,
    `payment.reversed ${first}`, `payment.reversed ${second}`,
    `invoice.written-off ${second}`,
  ]);
});

test('a draft is no event; issuing it is', async () => {
  const { customer } = await account(0);
  const draft = { externalId: `${customer}-d`, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'USD', totalMinor: 100_00 };
  await upsertInvoices(knex, context, [{ ...draft, documentState: 'draft' }]);
  expect(await happened(customer)).toEqual([]);
  await upsertInvoices(knex, context, [{ ...draft, documentState: 'issued' }]);
  await upsertInvoices(knex, context, [{ ...draft, documentState: 'issued', totalMinor: 90_00 }]);
  expect(await happened(customer)).toMatchObject([{ kind: 'invoice.created', data: { totalMinor: 100_00, currency: 'USD' } }]);
});

test('what is refused or rolled back did not happen', async () => {
  const { customer, ids } = await account(1);
  await expect(knex.transaction(async (trx) => {
    await recordPayments(trx as unknown as Knex, context, [{ externalId: `${customer}-p`, invoiceExternalId: ids[0]!, receivedAt: '2026-02-20', currency: 'USD', amountMinor: 10_00 }]);
    throw new Error('the power fails');
  })).rejects.toThrow('the power fails');
  expect((await happened(customer)).map(({ kind }) => kind)).toEqual(['invoice.created']);
});

test('an event is kept as it was, and is known by its key', async () => {
  const { customer } = await account(0);
  const row = await knex('customers').where({ external_id: customer }).first<{ id: number }>('id');
  const event = { kind: 'promise.broken', key: `${customer}-promise`, customerId: row.id, invoiceId: null, at: context.at } as const;
  expect(await knex.transaction((trx) => recordEvents(trx, [event, { ...event, key: `${customer}-other` }]))).toBe(2);
  expect(await knex.transaction((trx) => recordEvents(trx, [event]))).toBe(0);
  await expect(knex('events').where({ customer_id: row.id }).update({ kind: 'promise.kept' })).rejects.toThrow('events never change');
  await expect(knex('events').where({ customer_id: row.id }).del()).rejects.toThrow('events never change');
});

test('whatever is written in the transaction of an automation carries its depth', async () => {
  const { customer, ids } = await account(1);
  await knex.transaction(async (trx) => {
    await trx.raw(`SELECT set_config('dunwell.event_depth', '2', true)`);
    await writeOffInvoices(trx as unknown as Knex, context, [{ externalId: `${customer}-w`, invoiceExternalId: ids[0]! }]);
  });
  expect((await happened(customer)).map(({ kind, depth }) => ({ kind, depth }))).toEqual([{ kind: 'invoice.created', depth: 0 }, { kind: 'invoice.written-off', depth: 2 }]);
});
