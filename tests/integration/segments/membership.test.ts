import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { readUnrest, nextMilestone } from '../../../db/clock/milestones';
import { readFacts } from '../../../db/collection/facts';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { createSegment, findSegment, SegmentConditionError, SegmentError, updateSegment } from '../../../db/segments/segments';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const day = (date: string, hour = 9): number => Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00Z`);
const context = (at: number) => ({ actor: systemActor, at: new Date(at) });
let database: FreshDatabase;
let knex: Knex;
let latePayers: number;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  const at = day('2026-03-01');
  await upsertCustomers(knex, context(at), ['ACME', 'BOLT', 'CAST'].map((name, index) => ({
    externalId: name, name, timeZone: ['Europe/Berlin', 'UTC', 'America/New_York'][index], country: 'DE', contacts: [{ role: 'billing' as const, email: `${name}@example.com` }],
  })));
  await upsertInvoices(knex, context(at), [
    { externalId: 'A-1', customerExternalId: 'ACME', issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'EUR', totalMinor: 9_100 },
    { externalId: 'B-1', customerExternalId: 'BOLT', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 9_101 },
  ]);
});
afterAll(() => database.destroy());

async function settle(now: number): Promise<void> {
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
}
async function members(id: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { external_id: string }[] }>('SELECT c.external_id FROM segment_members m JOIN customers c ON c.id = m.customer_id WHERE m.segment_id = ? ORDER BY 1', [id]);
  return rows.map(({ external_id }) => external_id);
}
async function history(id: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(`SELECT c.external_id || ' ' || h.change || ': ' || h.reason AS text FROM segment_history h JOIN customers c ON c.id = h.customer_id WHERE h.segment_id = ? ORDER BY h.id`, [id]);
  return rows.map(({ text }) => text);
}
const overdue = { invoices: 'some', where: { field: 'invoice.daysPastDue', op: '>', value: 2 } };

test('day 1: a segment is made; who belongs to it is found, and the next day on which it may change is known', async () => {
  const now = day('2026-03-03');
  const made = await knex.transaction((trx) => createSegment(trx, systemActor, 'late', { title: 'Late', description: null, condition: overdue }, now));
  latePayers = made.id;
  expect(made).toMatchObject({ key: 'late', refreshing: true, members: 0 });
  await settle(now);
  expect(await members(latePayers)).toEqual([]);
  expect((await readUnrest(knex, now)).segments).toBe(false);
  // ACME is in Berlin: 2026-03-04 begins there an hour before midnight UTC.
  expect(await nextMilestone(knex, now, day('2026-03-31'))).toBe(Date.parse('2026-03-03T23:00:00Z'));
});

test('day 4: without any event, three days past due are more than two where the customer is', async () => {
  const before = Date.parse('2026-03-03T22:59:59Z');
  expect(await isMembershipOwed(knex, before)).toBe(false);
  const now = Date.parse('2026-03-03T23:00:00Z');
  expect((await readUnrest(knex, now)).segments).toBe(true);
  await settle(now);
  expect(await members(latePayers)).toEqual(['ACME']);
  expect(await history(latePayers)).toEqual(['ACME joined: 1 of 1 open invoices is open with more than 2 days past due (A-1)']);
  await settle(day('2026-03-06'));
  expect(await members(latePayers)).toEqual(['ACME', 'BOLT']);
  const { rows } = await knex.raw<{ rows: { kind: string }[] }>(`SELECT kind FROM events WHERE kind LIKE 'segment%' ORDER BY id`);
  expect(rows.map(({ kind }) => kind)).toEqual(['segment.joined', 'segment.joined']);
});

test('day 7: a payment takes its customer out at once, and a reversal brings it back', async () => {
  const now = day('2026-03-07');
  await recordPayments(knex, context(now), [{ externalId: 'P-1', invoiceExternalId: 'A-1', receivedAt: '2026-03-07', currency: 'EUR', amountMinor: 9_100 }]);
  await settle(now);
  expect(await members(latePayers)).toEqual(['BOLT']);
  expect((await history(latePayers)).at(-1)).toBe('ACME left: no invoice is open with more than 2 days past due');
  await reversePayments(knex, context(now), [{ externalId: 'P-1', reason: 'bounced' }]);
  await settle(now);
  expect(await members(latePayers)).toEqual(['ACME', 'BOLT']);
});

test('day 8: policies see the segments and the behaviour of a customer', async () => {
  const { rows } = await knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'ACME'`);
  const [ledger] = await readFacts(knex, [rows[0]!.id], { kind: 'invoices', invoiceIds: [] });
  expect(ledger?.customer).toMatchObject({ segments: ['late'], behaviour: 'new' });
});

test('day 9: a new condition lets go of those it does not hold for, and takes in others', async () => {
  const now = day('2026-03-09');
  const before = (await findSegment(knex, latePayers))!;
  const change = (rowVersion: number) => knex.transaction((trx) => updateSegment(trx, systemActor, latePayers, rowVersion, { condition: { field: 'customer.balance', op: '>', value: { EUR: '91.00' } } }, now));
  expect(await change(before.rowVersion + 7)).toBeNull();
  expect(await change(before.rowVersion)).toMatchObject({ refreshing: true });
  await settle(now);
  expect(await members(latePayers)).toEqual(['BOLT']);
  expect((await history(latePayers)).at(-1)).toBe('ACME left: customer balance 91.00 EUR is not over 91.00 EUR');
});

test('an archived segment has no members, and a customer is told apart from one who left', async () => {
  const now = day('2026-03-10');
  const before = (await findSegment(knex, latePayers))!;
  await knex.transaction((trx) => updateSegment(trx, systemActor, latePayers, before.rowVersion, { archived: true }, now));
  expect(await members(latePayers)).toEqual([]);
  expect((await history(latePayers)).at(-1)).toBe('BOLT left: the segment was archived');
  expect(await knex('events as e').join('customers as c', 'c.id', 'e.customer_id').where({ 'e.kind': 'segment.left', 'e.at': new Date(now) }).pluck('c.external_id')).toEqual(['BOLT']);
});

test('a wrong condition is refused with its path and the nearest name; a key is taken once', async () => {
  const create = (key: string, condition: unknown) => knex.transaction((trx) => createSegment(trx, systemActor, key, { title: key, description: null, condition }, day('2026-03-11')));
  const refused = await create('x', { all: [{ field: 'customer.balanse', op: '>', value: { EUR: '1.00' } }] }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(SegmentConditionError);
  expect((refused as SegmentConditionError).errors).toMatchObject([{ path: 'all[0].field', message: 'unknown field "customer.balanse", did you mean "customer.balance"?' }]);
  await expect(create('x', { field: 'invoice.balance', op: '>', value: { EUR: '1.00' } })).rejects.toThrow('is of an invoice: ask it in {invoices: some, where: …}');
  await expect(create('x', { field: 'customer.segments', op: 'in', value: ['late'] })).rejects.toThrow('a segment is not made of other segments');
  await expect(create('x', { field: 'customer.overdueShare', op: '>', value: '25' })).rejects.toThrow('"25" is not a percentage, as in 25');
  await expect(create('late', overdue)).rejects.toThrow(SegmentError);
});

test('what a person is asked to approve is looked at again when its customer joins or leaves a segment, since it may hang on that', async () => {
  const now = day('2026-05-04');
  await upsertCustomers(knex, context(now), [{ externalId: 'GATED', name: 'Gated', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'gated@example.com' }] }, { externalId: 'FREE', name: 'Free', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'free@example.com' }] }]);
  await upsertInvoices(knex, context(now), ['GATED', 'FREE'].map((name) => ({ externalId: `${name}-1`, customerExternalId: name, issuedOn: '2026-05-01', dueOn: '2026-06-01', currency: 'EUR', totalMinor: 9_000 })));
  await settle(now);
  await knex.raw(`INSERT INTO approvals (key, kind, customer_id, invoice_id, role, amount_minor, currency, requested_by, requested_at) SELECT 'gated', 'hold', customer_id, id, 'admin', 9000, 'EUR', 'policy', now() FROM invoices WHERE external_id = 'GATED-1'`);
  await knex('outbox').delete();
  await knex.transaction((trx) => createSegment(trx, systemActor, 'owing-now', { title: 'Owing', description: null, condition: { field: 'customer.balance', op: '>', value: { EUR: '1.00' } } }, now));
  await settle(now);
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(`SELECT c.external_id || ' ' || o.kind AS text FROM outbox o JOIN customers c ON c.id = o.customer_id WHERE c.external_id IN ('GATED', 'FREE')`);
  expect(rows).toEqual([{ text: 'GATED segment.changed' }]);
});
