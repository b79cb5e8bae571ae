import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { applyCash, recordCreditNotes, recordPayments, refundPayments, reversePayments, reverseWriteOffs, upsertCustomers, upsertInvoices, writeOffInvoices } from '../../../db/ledger';
import { listCustomers } from '../../../db/readmodels/customers';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { seededRandom, type SeededRandom } from '../../../demo/seededRandom';
import { addDays } from '../../../domain/calendar/dates';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

/** The order of customers by what is overdue goes by a figure that is kept. Whatever happens to the ledger, and whether or not the keeper has come to it, it must be that of the ledger, added up. */
const zones = ['UTC', 'Europe/Berlin', 'Asia/Tokyo', 'America/Los_Angeles'];
const currencies = ['EUR', 'USD'];
const customers = Array.from({ length: 13 }, (_, index) => `C-${index}`);
let database: FreshDatabase;
let knex: Knex;
let now = Date.parse('2026-03-01T06:00:00Z');
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await setClock(now);
  await upsertCustomers(knex, context(), customers.map((externalId, index) => ({ externalId, name: externalId, timeZone: zones[index % zones.length] })));
  // The last is never invoiced anything.
  await upsertInvoices(knex, context(), Array.from({ length: 40 }, (_, index) => invoice(`I-${index}`, index % (customers.length - 1), -12 + (index * 7) % 25, 1_000 + (index * 997) % 5_000)));
});
afterAll(() => database.destroy());

const context = () => ({ actor: systemActor, at: new Date(now) });
const today = () => new Date(now).toISOString().slice(0, 10);
const invoice = (externalId: string, customer: number, dueInDays: number, totalMinor: number) => ({
  externalId, customerExternalId: customers[customer]!, issuedOn: '2026-01-01', dueOn: addDays(today(), dueInDays), currency: currencies[customer % 3 === 0 ? made % 2 : customer % 2]!, totalMinor,
});
async function setClock(at: number): Promise<void> {
  now = at;
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ?`, [new Date(at)]);
}
async function keep(): Promise<void> {
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
}

/** The same for the list, page after page, and for the sums of the ledger. */
async function expectOrder(told: string): Promise<void> {
  for (const currency of currencies) {
    for (const direction of ['asc', 'desc'] as const) {
      const listed: string[] = [];
      let after: string[] | null = null;
      do {
        const page = await listCustomers(knex, {}, { direction, currency }, { after, limit: 4 });
        listed.push(...page.rows.map(({ externalId, balances }) => `${externalId} ${balances.find((each) => each.currency === currency)?.overdueMinor ?? 0}`));
        after = page.next;
      } while (after !== null);
      const { rows } = await knex.raw<{ rows: { line: string }[] }>(
        `SELECT external_id || ' ' || minor AS line FROM (
           SELECT c.id, c.external_id, coalesce(sum(i.open_minor), 0) AS minor FROM customers c
           LEFT JOIN invoices i ON i.customer_id = c.id AND i.currency = ? AND i.due_on < ((SELECT virtual_now FROM clock) AT TIME ZONE c.time_zone)::date GROUP BY c.id) summed
         ORDER BY minor ${direction}, id ${direction}`, [currency]);
      expect({ told, currency, direction, listed }).toEqual({ told, currency, direction, listed: rows.map(({ line }) => line) });
    }
  }
}

/** One thing that can happen to a ledger; answers with what it was. */
async function happen(random: SeededRandom): Promise<string> {
  const id = `X-${(made += 1)}`;
  const { rows } = await knex.raw<{ rows: { external_id: string; currency: string; total_minor: number; customer: string }[] }>('SELECT i.external_id, i.currency, i.total_minor, c.external_id AS customer FROM invoices i JOIN customers c ON c.id = i.customer_id ORDER BY i.id');
  const one = random.pick(rows);
  const amountMinor = random.between(1, 4_000);
  const payment = async (): Promise<string | null> => (await knex('payments').whereNull('reversed_at').orderByRaw('md5(id::text || ?)', [id]).first<{ external_id: string } | undefined>('external_id'))?.external_id ?? null;
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => upsertInvoices(knex, context(), [invoice(id, random.between(0, customers.length - 2), random.between(-5, 5), amountMinor)]),
    () => upsertInvoices(knex, context(), [{ externalId: one.external_id, customerExternalId: one.customer, issuedOn: '2026-01-01', dueOn: addDays(today(), random.between(-6, 6)), currency: one.currency, totalMinor: one.total_minor }]),
    () => upsertInvoices(knex, context(), [{ externalId: one.external_id, customerExternalId: one.customer, issuedOn: '2026-01-01', dueOn: today(), currency: one.currency, totalMinor: one.total_minor, documentState: 'void' }]),
    () => recordPayments(knex, context(), [{ externalId: id, invoiceExternalId: one.external_id, customerExternalId: one.customer, receivedAt: today(), currency: one.currency, amountMinor }]),
    () => recordPayments(knex, context(), [{ externalId: id, customerExternalId: one.customer, receivedAt: today(), currency: one.currency, amountMinor }]),
    () => recordCreditNotes(knex, context(), [{ externalId: id, invoiceExternalId: one.external_id, customerExternalId: one.customer, issuedOn: today(), currency: one.currency, amountMinor }]),
    async () => { const paid = await payment(); return paid && reversePayments(knex, context(), [{ externalId: paid, kind: random.pick(['reversal', 'chargeback']) }]); },
    async () => { const paid = await payment(); return paid && refundPayments(knex, context(), [{ externalId: id, paymentExternalId: paid, amountMinor: random.pick([1, null]) }]); },
    async () => { const paid = await payment(); return paid && applyCash(knex, context(), [{ source: { kind: 'payment', externalId: paid }, invoiceExternalId: one.external_id }]); },
    () => writeOffInvoices(knex, context(), [{ externalId: id, invoiceExternalId: one.external_id, reason: 'small' }]),
    async () => { const off = await knex('write_offs').whereNull('reversed_at').first<{ external_id: string } | undefined>('external_id'); return off && reverseWriteOffs(knex, context(), [{ externalId: off.external_id }]); },
    () => upsertCustomers(knex, context(), [{ externalId: one.customer, name: one.customer, timeZone: random.pick(zones) }]),
    () => setClock(now + random.between(1, 30) * 3_600_000),
  ];
  const kind = random.between(0, kinds.length - 1);
  const result = await kinds[kind]!();
  return `${id}: ${kind} of ${one.external_id}, ${JSON.stringify(result)}`;
}

test.each([1, 2, 3])('whatever happens, kept or not, the order is that of the ledger added up (seed %i)', async (seed) => {
  const random = seededRandom(seed);
  for (let step = 0; step < 50; step += 1) {
    const told = await happen(random);
    if (random.chance(0.4)) await keep();
    await expectOrder(`seed ${seed}, step ${step}, ${told}`);
  }
}, 120_000);

test('a change that is not committed when the keeper looks is told of when it is', async () => {
  await keep();
  const payer = await knex.transaction();
  await recordPayments(payer, context(), [{ externalId: 'late', invoiceExternalId: 'I-1', customerExternalId: customers[1]!, receivedAt: today(), currency: currencies[1]!, amountMinor: 1 }]);
  await keep();
  await payer.commit();
  await expectOrder('committed');
  await keep();
  await expectOrder('kept');
});

test('a keeper that saw less does not write over one that saw more', async () => {
  await keep();
  await knex.raw('UPDATE customer_overdue SET minor = 1, version = version + 1_000_000');
  await knex.raw('INSERT INTO segment_changes (customer_id) SELECT id FROM customers');
  await keep();
  const { rows } = await knex.raw<{ rows: { least: number; most: number }[] }>('SELECT min(minor) AS least, max(minor) AS most FROM customer_overdue');
  expect(rows).toEqual([{ least: 1, most: 1 }]);
  await knex.raw('DELETE FROM customer_overdue');
  await knex.raw('INSERT INTO segment_changes (customer_id) SELECT id FROM customers');
  await expectOrder('forgotten, and not kept again yet');
  await keep();
  await expectOrder('kept again');
});

test('where the keeper is far behind, everything is added up', async () => {
  await knex.raw('UPDATE customer_overdue SET minor = minor + 1');
  await knex.raw('INSERT INTO segment_changes (customer_id) SELECT id FROM customers, generate_series(1, 300)');
  await expectOrder('behind');
});
