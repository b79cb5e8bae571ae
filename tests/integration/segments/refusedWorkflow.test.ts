import { systemActor } from '../../../db/audit';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { parkRefused } from '../../../db/collection/refusedWorkflows';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { setRun } from '../../../db/segments/controlRun';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { createSegment } from '../../../db/segments/segments';
import { stepRun, type RunStep } from '../../../db/segments/stepRun';
import { readRun } from '../../../domain/segment/readRun';
import { referencePolicy } from '../../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const now = Date.parse('2026-03-01T09:00:00Z');
const tuesday = Date.parse('2026-03-03T09:00:00Z');
let database: FreshDatabase;
beforeAll(async () => { database = await freshDatabase(); });
afterAll(() => database.destroy());

test('a run waits for what is due at its instant, but not for an invoice whose workflow Temporal refuses', async () => {
  const { knex } = database;
  const context = { actor: systemActor, at: new Date(now) };
  await startManualClock(knex, now);
  const { id: policyVersionId } = await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
  await upsertCustomers(knex, context, [{ externalId: 'c', name: 'Ada', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
  await upsertInvoices(knex, context, [{ externalId: 'i', customerExternalId: 'c', issuedOn: '2026-01-01', dueOn: '2026-02-03', currency: 'EUR', totalMinor: 100_00 }]);
  const invoice = await knex('invoices').first<{ id: number; customer_id: number }>('id', 'customer_id');
  await insertCollections(knex, [{ invoiceId: invoice.id, customerId: invoice.customer_id, policyVersionId, requestedSeq: 1, startedAt: now }]);
  await knex('outbox').update({ relayed_at: knex.fn.now() });
  const { id } = await knex.transaction((trx) => createSegment(trx, systemActor, 'large', { title: 'Large', description: null, condition: { field: 'customer.balance', op: '>', value: { EUR: '1.00' } } }, now));
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
  const read = readRun({
    rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 540, holidays: null, when: null, invoices: { which: 'overdue', where: null }, minimumDaysBetween: 3,
    actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await knex.transaction((trx) => setRun(trx, systemActor, id, read.run, false, now));
  const step = (at: number): Promise<RunStep> => knex.transaction((trx) => stepRun(trx, id, at, 10));
  await step(now);
  await knex.raw('UPDATE clock SET virtual_now = ?', [new Date(tuesday)]);
  await step(tuesday);
  // Its plan is owed: the reminder goes first.
  expect(await step(tuesday)).toMatchObject({ kind: 'wait', why: 'what is due at the same time goes first' });
  await parkRefused(knex, [{ invoice: 'i', reason: 'its id is too long' }]);
  expect(await step(tuesday)).toMatchObject({ kind: 'more', at: { run: 1, decided: 1 } });
  for (let n = 0; n < 5; n += 1) await step(tuesday);
  expect((await knex('segments').where({ id }).first<{ next_at: Date }>('next_at')).next_at.getTime()).toBeGreaterThan(tuesday);
});
