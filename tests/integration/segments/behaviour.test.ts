import fc from 'fast-check';
import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { refreshBehaviour } from '../../../db/behaviour/refresh';
import { applyCash, recordCreditNotes, recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { classifyBehaviour, type Behaviour } from '../../../domain/behaviour/classify';
import { addDays, dayNumber, daysBetween } from '../../../domain/calendar/dates';
import { startOfDay } from '../../../domain/calendar/zones';
import type { CreditNoteRecord, InvoiceRecord, PaymentRecord } from '../../../domain/ledger/records';
import { SimulatedBehaviour } from '../../../domain/simulation/behaviour';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

let database: FreshDatabase;
let knex: Knex;
let counter = 0;
/** Everything below happened in 2025, and is recorded now. */
const recorded = { actor: systemActor, at: new Date('2026-11-30T10:00:00Z') };

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

async function customer(timeZone: string): Promise<string> {
  counter += 1;
  await upsertCustomers(knex, recorded, [{ externalId: `C${counter}`, name: `C${counter}`, timeZone, contacts: [] }]);
  return `C${counter}`;
}

async function behaviourOf(externalId: string): Promise<Behaviour> {
  const { id } = await knex('customers').where({ external_id: externalId }).first<{ id: number }>('id');
  await refreshBehaviour(knex, [id], recorded.at.getTime());
  return knex('customer_behaviour').where({ customer_id: id }).first<Behaviour>('class', 'reason');
}

const invoice = (customerExternalId: string, externalId: string, issuedOn: string, dueOn: string, totalMinor = 100_00): InvoiceRecord => ({ externalId, customerExternalId, issuedOn, dueOn, currency: 'EUR', totalMinor });
const payment = (invoiceExternalId: string, receivedAt: string, amountMinor = 100_00): PaymentRecord => ({ externalId: `P-${invoiceExternalId}`, invoiceExternalId, receivedAt, currency: 'EUR', amountMinor });

test('three invoices paid twelve days early and brought over a year later were paid on time', async () => {
  const id = await customer('Europe/Berlin');
  await upsertInvoices(knex, recorded, [1, 2, 3].map((n) => invoice(id, `${id}-${n}`, `2025-0${n}-01`, `2025-0${n}-28`)));
  await recordPayments(knex, recorded, [1, 2, 3].map((n) => payment(`${id}-${n}`, `2025-0${n}-16`)));
  expect(await behaviourOf(id)).toEqual({ class: 'prompt', reason: 'the last 3 settled invoices were 0 days late on average' });
});

test('a payment late in the evening where the customer is counts on that day', async () => {
  const id = await customer('America/New_York');
  await upsertInvoices(knex, recorded, [1, 2, 3].map((n) => invoice(id, `${id}-${n}`, '2025-05-01', '2025-05-10')));
  await recordPayments(knex, recorded, [1, 2, 3].map((n) => payment(`${id}-${n}`, '2025-05-17T03:30:00Z')));
  expect(await behaviourOf(id)).toEqual({ class: 'slow', reason: 'the last 3 settled invoices were 6 days late on average' });
});

test('money on account that a person applies a year later counts from when it was there', async () => {
  const id = await customer('UTC');
  await upsertInvoices(knex, recorded, [1, 2, 3].map((n) => invoice(id, `${id}-${n}`, '2025-05-01', '2025-05-10')));
  await recordPayments(knex, recorded, [{ ...payment(id, '2025-05-14', 300_00), customerExternalId: id, invoiceExternalId: null }]);
  await applyCash(knex, recorded, [1, 2, 3].map((n) => ({ source: { kind: 'payment', externalId: `P-${id}` }, invoiceExternalId: `${id}-${n}` })));
  expect(await behaviourOf(id)).toEqual({ class: 'prompt', reason: 'the last 3 settled invoices were 4 days late on average' });
});

test('whenever it is recorded, and in whatever order, a customer is classed as in a simulation of the same ledger', async () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'UTC');
  const settled = fc.record({ issued: fc.nat(200), terms: fc.nat(40), paidAfter: fc.integer({ min: -20, max: 120 }), creditedAfter: fc.option(fc.integer({ min: -20, max: 120 })) });
  await fc.assert(fc.asyncProperty(zone, fc.array(settled, { minLength: 2, maxLength: 15 }), async (timeZone, drawn) => {
    const id = await customer(timeZone);
    const on = (days: number): string => addDays('2025-01-01', days);
    const invoices = drawn.map(({ issued, terms }, index) => invoice(id, `${id}-${String(index).padStart(2, '0')}`, on(issued), on(issued + terms)));
    const credits: CreditNoteRecord[] = drawn.flatMap(({ issued, creditedAfter }, index) => (creditedAfter === null ? [] : [{ externalId: `N-${id}-${index}`, invoiceExternalId: invoices[index]!.externalId, issuedOn: on(issued + creditedAfter), currency: 'EUR', amountMinor: 40_00 }]));
    const payments = drawn.map(({ issued, paidAfter, creditedAfter }, index) => payment(invoices[index]!.externalId, on(issued + paidAfter), creditedAfter === null ? 100_00 : 60_00));
    await upsertInvoices(knex, recorded, invoices);
    await recordPayments(knex, recorded, payments.toReversed());
    await recordCreditNotes(knex, recorded, credits);

    // What settles an invoice never comes before it.
    const dayOf = (index: number, after: number | null): string => on(drawn[index]!.issued + Math.max(0, after ?? 0));
    const days = drawn.map(({ paidAfter, creditedAfter }, index) => [dayOf(index, paidAfter), dayOf(index, creditedAfter)].sort().at(-1)!);
    const order = drawn.map((_, index) => index).sort((a, b) => (days[a]! < days[b]! ? 1 : days[a]! > days[b]! ? -1 : a - b));
    expect(await behaviourOf(id)).toEqual(classifyBehaviour({ daysLate: order.map((index) => daysBetween(invoices[index]!.dueOn, days[index]!)), reversals: 0, writeOffs: 0 }));

    const simulated = new SimulatedBehaviour(timeZone);
    for (const { externalId } of invoices) simulated.arrived(externalId);
    for (const index of order.toReversed()) simulated.applied('payment', { ...invoices[index]!, openMinor: 0 } as never, invoices[index]!.totalMinor, startOfDay(dayNumber(days[index]!), timeZone));
    expect((await behaviourOf(id)).class).toBe(simulated.class);
  }), { numRuns: 15 });
});
