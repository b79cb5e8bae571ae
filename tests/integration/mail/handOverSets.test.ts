import { randomUUID } from 'node:crypto';
import { handOverSets } from '../../../activities/mail/handOverSets';
import { systemActor } from '../../../db/audit';
import { upsertCustomers } from '../../../db/ledger';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { until } from '../../processes/product';
import { dependencies } from './account';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.destroy());

test('a message that two hand over at once ends for both, also where the second is accepted while the first is written down', async () => {
  const { knex } = database;
  await upsertCustomers(knex, { actor: systemActor, at: new Date() }, [{ externalId: 'C', name: 'C', contacts: [{ role: 'billing', email: 'c@example.com' }] }]);
  const { id: customerId } = await knex('customers').first<{ id: number }>('id');
  const messageId = randomUUID();
  await knex('messages').insert({ id: messageId, idempotency_key: 'once', customer_id: customerId, template: 'overdue', language: 'en', to_addresses: [], state: 'sending', ledger_version: 0, queued_at: new Date() });
  const sets = handOverSets(dependencies(knex));
  const acceptance = { messageId, providerId: 'p-1', state: 'sent' as const, note: null };
  const held = await knex.transaction();
  await held('messages').where({ id: messageId }).forUpdate().first('id');
  const first = sets.accept({ ...acceptance });
  await until('the first to be written down', 60_000, async () => (await knex.raw<{ rows: unknown[] }>(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).rows.length > 0);
  const second = sets.accept({ ...acceptance });
  await held.rollback();
  expect(await Promise.all([first, second])).toEqual([{ kind: 'settled', state: 'sent' }, { kind: 'settled', state: 'sent' }]);
});
