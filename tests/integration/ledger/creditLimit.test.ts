import { systemActor } from '../../../db/audit/actor';
import { startManualClock } from '../../../db/clock/clock';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

describe('a credit limit of 1,000.00 USD', () => {
  let database: FreshDatabase;
  const context = { actor: systemActor, at: new Date('2026-01-05T09:00:00Z') };
  const invoice = (externalId: string, totalMinor: number, currency = 'USD') => ({ externalId, customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency, totalMinor });
  const payment = (externalId: string, amountMinor: number) => ({ externalId, customerExternalId: 'C-1', invoiceExternalId: 'INV-1', receivedAt: '2026-01-06', currency: 'USD', amountMinor });
  const events = async () => {
    const { rows } = await database.knex.raw<{ rows: { data: { balanceMinor: number } }[] }>(`SELECT data FROM events WHERE kind = 'limit.exceeded' ORDER BY id`);
    return rows.map(({ data }) => data.balanceMinor);
  };
  const exceeded = async () => (await database.knex('customers').first('limit_exceeded_at')).limit_exceeded_at !== null;

  beforeAll(async () => {
    database = await freshDatabase();
    await startManualClock(database.knex, context.at.getTime());
    await upsertCustomers(database.knex, context, [{ externalId: 'C-1', name: 'Ada', creditLimitMinor: 100_000, creditLimitCurrency: 'USD', graceDays: 5 }]);
  });
  afterAll(() => database.destroy());

  test('owing the limit is within it, and another currency does not count; a cent more is an event, once', async () => {
    await upsertInvoices(database.knex, context, [invoice('INV-1', 100_000), invoice('INV-EUR', 900_000, 'EUR')]);
    expect([await events(), await exceeded()]).toEqual([[], false]);
    await upsertInvoices(database.knex, context, [invoice('INV-2', 1)]);
    expect([await events(), await exceeded()]).toEqual([[100_001], true]);
    await upsertInvoices(database.knex, context, [invoice('INV-3', 1)]);
    expect(await events()).toEqual([100_001]);
  });

  test('a payment brings the balance under it, and its reversal over it again', async () => {
    await recordPayments(database.knex, context, [payment('P-1', 50_000)]);
    expect(await exceeded()).toBe(false);
    await reversePayments(database.knex, context, [{ externalId: 'P-1' }]);
    expect([await events(), await exceeded()]).toEqual([[100_001, 100_002], true]);
  });

  test('a limit that is raised is no longer exceeded; one without a currency is refused', async () => {
    await upsertCustomers(database.knex, context, [{ externalId: 'C-1', name: 'Ada', creditLimitMinor: 200_000, creditLimitCurrency: 'USD' }]);
    expect(await exceeded()).toBe(false);
    const [result] = await upsertCustomers(database.knex, context, [{ externalId: 'C-1', name: 'Ada', creditLimitMinor: 1, creditLimitCurrency: null }]);
    expect(result).toMatchObject({ status: 'refused', errors: [{ field: 'credit_limit_currency' }] });
    expect(await database.knex('customers').first('grace_days')).toEqual({ grace_days: 5 });
  });
});
