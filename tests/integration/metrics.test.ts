import { systemActor } from '../../db/audit/actor';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { createWorkerMetrics } from '../../worker/metrics';
import { freshDatabase, type FreshDatabase } from '../engines/database';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

test('decisions are counted by outcome, sends by what became of them; what waits is read from the database', async () => {
  const { knex } = database;
  const { registry, decided, handedOver } = createWorkerMetrics(knex);
  decided({ action: 'email', outcome: 'executed', reasonCode: 'due' });
  decided({ action: 'email', outcome: 'executed', reasonCode: 'due' });
  handedOver('sent', 'resend');
  const lines = async (): Promise<string[]> => (await registry.metrics()).split('\n').filter((line) => line.startsWith('dunwell_'));
  expect(await lines()).toEqual(expect.arrayContaining([
    'dunwell_decisions_total{action="email",outcome="executed",reason="due"} 2', 'dunwell_sends_total{outcome="sent",provider="resend"} 1', 'dunwell_relay_waiting 0', 'dunwell_queue_depth{queue="tasks"} 0',
  ]));
  const context = { actor: systemActor, at: new Date() };
  await upsertCustomers(knex, context, [{ externalId: 'C', name: 'C', timeZone: 'UTC' }]);
  await upsertInvoices(knex, context, [{ externalId: 'I', customerExternalId: 'C', issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100 }]);
  await knex.raw(`INSERT INTO tasks (key, queue, title, customer_id, created_at) SELECT 'k', 'Sales', 't', id, now() FROM customers`);
  await knex.raw(`UPDATE outbox SET created_at = now() - interval '90 seconds'`);
  const after = await lines();
  expect(after).toContain('dunwell_queue_depth{queue="tasks"} 1');
  expect(Number(after.find((line) => line.startsWith('dunwell_relay_waiting '))?.split(' ')[1])).toBeGreaterThan(0);
  expect(Number(after.find((line) => line.startsWith('dunwell_relay_lag_seconds '))?.split(' ')[1])).toBeGreaterThanOrEqual(90);
});
