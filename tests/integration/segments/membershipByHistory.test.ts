import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { openDispute } from '../../../db/disputes';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { recordPromise } from '../../../db/promises';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { createSegment } from '../../../db/segments/segments';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

let database: FreshDatabase;
let knex: Knex;
let customerId: number;
const context = (at: string) => ({ actor: systemActor, at: new Date(at) });

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await upsertCustomers(knex, context('2026-03-01T09:00:00Z'), [{ externalId: 'ACME', name: 'Acme', timeZone: 'Europe/Berlin', country: 'DE', contacts: [{ role: 'billing', email: 'acme@example.com' }] }]);
  await upsertInvoices(knex, context('2026-03-01T09:00:00Z'), [{ externalId: 'A-1', customerExternalId: 'ACME', issuedOn: '2026-02-01', dueOn: '2026-03-01', currency: 'EUR', totalMinor: 10_000 }]);
  customerId = (await knex('customers').first<{ id: number }>('id')).id;
});
afterAll(() => database.destroy());

async function segment(key: string, condition: unknown): Promise<number> {
  const { id } = await knex.transaction((trx) => createSegment(trx, systemActor, key, { title: key, description: null, condition }, Date.parse('2026-03-02T09:00:00Z')));
  return id;
}

async function isMember(id: number, at: string): Promise<boolean> {
  const now = Date.parse(at);
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
  return (await knex('segment_members').where({ segment_id: id })).length > 0;
}

test('a promise is broken when its day is over where the customer is, and counts for a year', async () => {
  const id = await segment('breakers', { field: 'customer.brokenPromises', op: '>=', value: 1 });
  await recordPromise(knex, context('2026-03-02T09:00:00Z'), { externalId: 'p1', customerExternalId: 'ACME', invoiceExternalIds: ['A-1'], currency: 'EUR', promisedOn: '2026-03-05', source: 'api' });
  expect(await isMember(id, '2026-03-02T10:00:00Z')).toBe(false);
  expect(await isMember(id, '2026-03-05T22:59:59Z')).toBe(false);
  expect(await isMember(id, '2026-03-05T23:00:00Z')).toBe(true);
  expect(await isMember(id, '2027-03-04T22:59:59Z')).toBe(true);
  expect(await isMember(id, '2027-03-04T23:00:00Z')).toBe(false);
});

test('a dispute makes its customer one of those that dispute', async () => {
  const id = await segment('disputing', { field: 'customer.openDispute', op: '=', value: 'yes' });
  expect(await isMember(id, '2027-03-05T09:00:00Z')).toBe(false);
  await openDispute(knex, context('2027-03-05T10:00:00Z'), { externalId: 'd1', invoiceExternalId: 'A-1', amountMinor: 5_000, reason: 'price', source: 'api' });
  expect(await isMember(id, '2027-03-05T10:00:00Z')).toBe(true);
});

test('a reply is followed at once, also one that a person finds the customer of, and grows old by itself; automatic mail is none', async () => {
  const id = await segment('silent', { not: { field: 'customer.daysSinceReply', op: '<=', value: 2 } });
  const reply = { source: 'imap', source_ref: 'test', from_address: 'a@b.example', recipients: '{}', subject: '', body_text: '', said: '', state: 'received', received_at: '2027-03-06T09:00:00Z' };
  expect(await isMember(id, '2027-03-06T08:00:00Z')).toBe(true);
  await knex('replies').insert({ ...reply, mail_id: 'automatic', customer_id: customerId, automatic: 'auto-reply' });
  await knex('replies').insert({ ...reply, mail_id: 'unknown' });
  expect(await isMember(id, '2027-03-06T09:00:00Z')).toBe(true);
  await knex('replies').where({ mail_id: 'unknown' }).update({ customer_id: customerId });
  expect(await isMember(id, '2027-03-06T10:00:00Z')).toBe(false);
  expect(await isMember(id, '2027-03-08T22:59:59Z')).toBe(false);
  expect(await isMember(id, '2027-03-08T23:00:00Z')).toBe(true);
});
