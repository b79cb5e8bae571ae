import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { offerDiscounts } from '../../../db/discounts';
import { applyCash, recordCreditNotes, recordPayments, reversePayments, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
import { readCollectedByDay, readExperimentSums, readMainCurrency, readMoney } from '../../../db/readmodels/campaignResults';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const horizon = 30;
/** So many days after everybody joined, in the morning. */
const day = (days: number): Date => new Date(Date.parse('2026-03-02T10:00:00Z') + days * 86_400_000);
const on = (days: number): string => day(days).toISOString().slice(0, 10);
const context = (days: number) => ({ actor: systemActor, at: day(days) });
const groups = ['discount', 'full', 'credit', 'written-off', 'recorded-late', 'same-day', 'had-paid', 'had-cash', 'bounced', 'too-late'];
let database: FreshDatabase;
let knex: Knex;
let run: number;

/** A run with one customer a group, each with an invoice of 1000.00 EUR that is open. */
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await upsertCustomers(knex, context(-30), groups.map((group) => ({ externalId: group, name: group, timeZone: 'America/New_York', contacts: [] })));
  await upsertInvoices(knex, context(-30), groups.map((group) => ({ externalId: group, customerExternalId: group, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 1000_00 })));
  await knex.raw(`INSERT INTO campaigns (key, document, parsed, created_at, created_by) VALUES ('c', '{}', '{}', now(), 'test')`);
  const { rows } = await knex.raw<{ rows: { id: number }[] }>(`INSERT INTO campaign_runs (campaign_id, run, started_at) SELECT id, 1, now() FROM campaigns RETURNING id`);
  run = rows[0]!.id;
  await knex.raw(`INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) SELECT ?, id, external_id, 'active', ?, 0 FROM customers`, [run, day(0)]);
  await knex.raw(`INSERT INTO campaign_balances SELECT ?, customer_id, currency, open_minor FROM invoices`, [run]);

  const { id } = await knex('invoices').where({ external_id: 'discount' }).first<{ id: number }>('id');
  await knex.transaction((trx) => offerDiscounts(trx, [{ key: 'o', invoiceId: id, source: 'person', sourceName: 'test', rule: { kind: 'percent', rate: 50_000 }, forDays: 10 }], day(0)));
  await pay('discount', 3, 950_00);
  await pay('full', 20);
  await pay('credit', 2, 600_00);
  await recordCreditNotes(knex, context(6), [{ externalId: 'N', invoiceExternalId: 'credit', issuedOn: on(5), currency: 'EUR', amountMinor: 400_00 }]);
  await pay('written-off', 2, 600_00);
  await writeOffInvoices(knex, context(4), [{ externalId: 'W', invoiceExternalId: 'written-off' }]);
  await pay('recorded-late', 4, 1000_00, 25);
  await recordPayments(knex, context(1), [{ externalId: 'same-day', invoiceExternalId: 'same-day', receivedAt: on(0), currency: 'EUR', amountMinor: 1000_00 }]);
  await pay('had-paid', -3, 300_00, 2);
  await pay('had-paid', 8, 700_00);
  await recordPayments(knex, context(-2), [{ externalId: 'cash', customerExternalId: 'had-cash', receivedAt: day(-2).toISOString(), currency: 'EUR', amountMinor: 1000_00 }]);
  await applyCash(knex, context(5), [{ source: { kind: 'payment', externalId: 'cash' }, invoiceExternalId: 'had-cash' }]);
  await pay('bounced', 2);
  await reversePayments(knex, context(9), [{ externalId: 'bounced-2', reason: 'returned' }]);
  await pay('too-late', 31);
});
afterAll(() => database?.destroy());

async function pay(group: string, days: number, amountMinor = 1000_00, recordedAfter = days): Promise<void> {
  await recordPayments(knex, context(recordedAfter), [{ externalId: `${group}-${days}`, invoiceExternalId: group, receivedAt: day(days).toISOString(), currency: 'EUR', amountMinor }]);
}

test('days to pay are those until nothing of the opening balance is open, whatever settled it; what is collected is cash', async () => {
  const sums = await readExperimentSums(knex, run, horizon, day(horizon));
  const at = (group: string): object | undefined => {
    const found = sums.find((each) => each.group === group);
    return found && { x: found.x, y: found.y, days: found.days };
  };
  // Who takes the discount owes nothing from day 3 on; what it cost was not collected.
  expect(at('discount')).toEqual({ x: 1000_00, y: 950_00, days: 3 });
  expect(at('full')).toEqual({ x: 1000_00, y: 1000_00, days: 20 });
  // A credit note counts from the start of its day where the customer is, here five in the morning in UTC.
  expect(at('credit')).toEqual({ x: 1000_00, y: 600_00, days: 5 - 5 / 24 });
  expect(at('written-off')).toEqual({ x: 1000_00, y: 600_00, days: horizon });
  expect(at('bounced')).toEqual({ x: 1000_00, y: 0, days: horizon });
  expect(at('too-late')).toEqual({ x: 1000_00, y: 0, days: horizon });
});

test('it goes by the day on which money was received: what was there before counts neither as owed nor as collected', async () => {
  const sums = await readExperimentSums(knex, run, horizon, day(horizon));
  const at = (group: string): object | undefined => sums.find((each) => each.group === group);
  expect(at('recorded-late')).toMatchObject({ y: 1000_00, days: 4 });
  expect(at('same-day')).toMatchObject({ y: 1000_00, days: 0 });
  expect(at('had-paid')).toMatchObject({ x: 700_00, y: 700_00, days: 8 });
  expect(at('had-cash')).toBeUndefined();
});

test('the money and its chart say the same', async () => {
  const money = await readMoney(knex, run, day(40));
  const byDay = await readCollectedByDay(knex, run, day(40));
  for (const { group, collectedMinor } of money) expect([group, byDay.filter((each) => each.group === group).reduce((sum, each) => sum + each.collectedMinor, 0)]).toEqual([group, collectedMinor]);
  expect(byDay.find(({ group }) => group === 'recorded-late')).toMatchObject({ day: 4, collectedMinor: 1000_00 });
  expect(money.find(({ group }) => group === 'had-paid')).toMatchObject({ openMinor: 700_00, collectedMinor: 700_00 });
});

test('the main currency is that of most customers of those who had joined before any outcome could count, of equals the first by name; who joins later has no say', async () => {
  const { rows: [other] } = await knex.raw<{ rows: { id: number }[] }>(`INSERT INTO campaign_runs (campaign_id, run, started_at) SELECT id, 2, now() FROM campaigns RETURNING id`);
  const { rows: customers } = await knex.raw<{ rows: { id: number }[] }>('SELECT id FROM customers ORDER BY id');
  const join = async (index: number, days: number, currencies: readonly string[]): Promise<void> => {
    await knex.raw(`INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) VALUES (?, ?, 'a', 'active', ?, 0)`, [other!.id, customers[index]!.id, day(days)]);
    for (const currency of currencies) await knex.raw('INSERT INTO campaign_balances (run_id, customer_id, currency, open_minor) VALUES (?, ?, ?, 1)', [other!.id, customers[index]!.id, currency]);
  };
  expect(await readMainCurrency(knex, other!.id, horizon)).toBeNull();
  await join(0, 0, ['USD']);
  await join(1, 1, ['USD', 'GBP']);
  await join(2, 29, ['GBP']);
  expect(await readMainCurrency(knex, other!.id, horizon)).toBe('GBP');
  await join(3, 30, ['USD']);
  await join(4, 31, ['USD']);
  expect(await readMainCurrency(knex, other!.id, horizon)).toBe('GBP');
  expect(await readMainCurrency(knex, run, horizon)).toBe('EUR');
});

test('whether an invoice was there is asked by the day where the customer is, ahead of UTC as behind it', async () => {
  const joined = { 'Pacific/Kiritimati': new Date('2026-03-02T10:00:00Z'), 'Pacific/Honolulu': new Date('2026-03-03T09:00:00Z') };
  const { rows: [other] } = await knex.raw<{ rows: { id: number }[] }>(`INSERT INTO campaign_runs (campaign_id, run, started_at) SELECT id, 3, now() FROM campaigns RETURNING id`);
  for (const [timeZone, at] of Object.entries(joined)) {
    const bring = (externalId: string) => upsertInvoices(knex, { actor: systemActor, at }, [{ externalId, customerExternalId: timeZone, issuedOn: '2026-03-03', dueOn: '2026-04-02', currency: 'EUR', totalMinor: 1000_00 }]);
    await upsertCustomers(knex, { actor: systemActor, at }, [{ externalId: timeZone, name: timeZone, timeZone, contacts: [] }]);
    await bring(`there ${timeZone}`);
    const { rows: [customer] } = await knex.raw<{ rows: { id: number }[] }>('SELECT id FROM customers WHERE external_id = ?', [timeZone]);
    await knex.raw(`INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) VALUES (?, ?, ?, 'active', ?, 0)`, [other!.id, customer!.id, timeZone, at]);
    await knex.raw(`INSERT INTO campaign_balances (run_id, customer_id, currency, open_minor) VALUES (?, ?, 'EUR', 100000)`, [other!.id, customer!.id]);
    await recordPayments(knex, { actor: systemActor, at: day(3) }, [{ externalId: `P ${timeZone}`, invoiceExternalId: `there ${timeZone}`, receivedAt: day(3).toISOString(), currency: 'EUR', amountMinor: 400_00 }]);
  }
  const collected = new Map((await readMoney(knex, other!.id, day(10))).map(({ group, collectedMinor }) => [group, collectedMinor]));
  // On the third of March in Kiritimati, where the invoice of that day was there; on the second in Honolulu, where it was yet to come.
  expect(collected).toEqual(new Map([['Pacific/Kiritimati', 400_00], ['Pacific/Honolulu', 0]]));
});
