import fc from 'fast-check';
import { systemActor } from '../../../db/audit';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readOverview } from '../../../db/readmodels/overview';
import { addDays } from '../../../domain/calendar/dates';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

const invoice = fc.record({
  customer: fc.constantFrom('east', 'west'),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  totalMinor: fc.integer({ min: 0, max: 500_000 }),
  dueInDays: fc.integer({ min: -200, max: 40 }),
  paidMinor: fc.option(fc.integer({ min: 1, max: 500_000 })),
});

test('the aging buckets add up to the open balance in every currency, whatever was paid', async () => {
  const context = { actor: systemActor, at: new Date() };
  const today = new Date().toISOString().slice(0, 10);
  await upsertCustomers(database.knex, context, [{ externalId: 'east', name: 'East', timeZone: 'Pacific/Auckland' }, { externalId: 'west', name: 'West', timeZone: 'Pacific/Honolulu' }]);
  const open = new Map<string, number>();
  let count = 0;
  await fc.assert(fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 30 }), async (drawn) => {
    const made = drawn.map((each) => ({ ...each, externalId: `i${(count += 1)}` }));
    await upsertInvoices(database.knex, context, made.map(({ externalId, customer, currency, totalMinor, dueInDays }) => ({
      externalId, customerExternalId: customer, currency, totalMinor, issuedOn: addDays(today, dueInDays - 30), dueOn: addDays(today, dueInDays),
    })));
    await recordPayments(database.knex, context, made.flatMap(({ externalId, currency, paidMinor }) =>
      paidMinor === null ? [] : [{ externalId: `p-${externalId}`, invoiceExternalId: externalId, receivedAt: today, currency, amountMinor: paidMinor }]));
    for (const { currency, totalMinor, paidMinor } of made) open.set(currency, (open.get(currency) ?? 0) + totalMinor - Math.min(totalMinor, paidMinor ?? 0));

    const { currencies } = await readOverview(database.knex);
    for (const { currency, openMinor, overdueMinor, aging } of currencies) {
      expect([currency, openMinor]).toEqual([currency, open.get(currency)]);
      expect(aging.reduce((sum, bucket) => sum + bucket.openMinor, 0)).toBe(openMinor);
      expect(overdueMinor).toBeLessThanOrEqual(openMinor);
    }
  }), { numRuns: 15 });
}, 120_000);
