import { collectDue } from '../../../activities/batch/collectDue';
import { collectionSettings } from '../../../activities/collection/activities';
import { systemActor } from '../../../db/audit';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { assignModes } from '../../../db/collection/modes';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { createSegment } from '../../../db/segments/segments';
import { setBatched } from '../../../db/segments/setBatched';
import { ladder } from '../../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

jest.setTimeout(120_000);

const policy = ladder(`
- id: due
  anchor: due
  offset: { days: 0 }
  actions:
    - email: { template: due }`);
const now = Date.parse('2026-02-02T10:00:00Z');
const customers = Array.from({ length: 12 }, (_, index) => `C-${index}`);
const limits = { customersPerPage: 5, pagesAtOnce: 2, messagesMax: 1_000 };
let database: FreshDatabase;
let segmentId: number;
let failures: { customerId: number; message: string }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const { knex } = database;
  await startManualClock(knex, now);
  const { id: policyVersionId } = await knex.transaction((trx) => publishPolicy(trx, { policy, source: 'test', actor: systemActor }));
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, customers.map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${externalId}@example.com` }] })));
  await upsertInvoices(knex, context, customers.flatMap((customer) => [1, 2].map((number) => ({ externalId: `${customer}/${number}`, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-02-02', currency: 'USD', totalMinor: 100_000 }))));
  const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
  await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId, requestedSeq: 1, startedAt: now })));
  await knex.transaction(async (trx) => {
    segmentId = (await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, now)).id;
    await setBatched(trx, systemActor, segmentId, true, now);
    await trx.raw(`INSERT INTO segment_members (segment_id, customer_id, joined_at, reason) SELECT ?, id, now(), 'all' FROM customers`, [segmentId]);
    await assignModes(trx, rows.map(({ customer_id }) => customer_id), now);
  });
  // Nothing can be written of what is decided for one customer, whatever the reason: the database refuses it.
  await knex.raw(`
    CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'nothing can be written for this customer'; END $$;
    CREATE TRIGGER refuse_one BEFORE INSERT ON decisions FOR EACH ROW WHEN (NEW.customer_id = 3) EXECUTE FUNCTION refuse_one();`);
});
afterAll(() => database.destroy());

function collect() {
  failures = [];
  return collectDue(collectionSettings({ knex: database.knex }), segmentId, limits, () => false, (error, customerId) => failures.push({ customerId, message: error instanceof Error ? error.message : String(error) }));
}

/** By customer, how many invoices were written about. */
async function writtenTo(): Promise<Record<string, number>> {
  const { rows } = await database.knex.raw<{ rows: { customer: string; invoices: number }[] }>(
    `SELECT k.external_id AS customer, count(*)::int AS invoices FROM decisions d JOIN customers k ON k.id = d.customer_id WHERE d.outcome IN ('executed', 'covered') GROUP BY 1`);
  return Object.fromEntries(rows.map(({ customer, invoices }) => [customer, invoices]));
}

async function externalIdOf(customerId: number): Promise<string> {
  const { rows } = await database.knex.raw<{ rows: { external_id: string }[] }>('SELECT external_id FROM customers WHERE id = ?', [customerId]);
  return rows[0]!.external_id;
}

test('day 0: a customer for whom nothing can be written keeps none of its page from being written to, is told of once, and is tried again later', async () => {
  const step = await collect();
  const failing = await externalIdOf(3);
  expect(failures).toEqual([{ customerId: 3, message: expect.stringContaining('nothing can be written for this customer') }]);
  expect(await writtenTo()).toEqual(Object.fromEntries(customers.filter((customer) => customer !== failing).map((customer) => [customer, 2])));
  expect(step.kind).toBe('wait');
  // Not at once, which would be for ever; and not never.
  expect(step.kind === 'wait' && step.waitMs).toBeGreaterThan(1_000);
  expect(step.deliver).toHaveLength(customers.length - 1);
});

test('day 0: tried again in vain, it fails again, and nobody is written to twice', async () => {
  const before = await writtenTo();
  const step = await collect();
  expect(failures.map(({ customerId }) => customerId)).toEqual([3]);
  expect(step).toMatchObject({ kind: 'wait', deliver: [] });
  expect(await writtenTo()).toEqual(before);
});

test('day 0: once it can be written, the next try does it', async () => {
  await database.knex.raw('DROP TRIGGER refuse_one ON decisions');
  const step = await collect();
  expect(failures).toEqual([]);
  expect(step.deliver).toHaveLength(1);
  expect(await writtenTo()).toEqual(Object.fromEntries(customers.map((customer) => [customer, 2])));
  const { rows } = await database.knex.raw<{ rows: { messages: number; due: number }[] }>(
    `SELECT (SELECT count(*)::int FROM messages) AS messages, (SELECT count(*)::int FROM collections WHERE next_at <= ? OR planned_seq < requested_seq) AS due`, [new Date(now)]);
  expect(rows).toEqual([{ messages: customers.length, due: 0 }]);
});
