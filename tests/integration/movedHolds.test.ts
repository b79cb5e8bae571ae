import { createCollectionActivities } from '../../activities/collection/activities';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { requestMigration } from '../../db/policies/migrations';
import { movePage } from '../../db/policies/movePage';
import { printPolicy } from '../../domain/policy/printPolicy';
import { newWebhookSecret } from '../../integrations/webhooks/sendWebhook';
import { ladder } from '../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../engines/database';

const hold = (id: string, days: number, kind: string): string => `- {id: ${id}, anchor: due, offset: {days: ${days}}, actions: [{hold: {kind: ${kind}}}]}`;
const now = Date.parse('2026-01-06T10:00:00Z');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

test('two holds whose steps have other names since a move: once all is paid, the release of each is told, by what it is', async () => {
  const { knex } = database;
  const context = { actor: systemActor, at: new Date('2026-01-02T00:00:00Z') };
  const publish = (policy: ReturnType<typeof ladder>) => knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor }));
  await startManualClock(knex, Date.parse('2026-01-02T00:00:00Z'));
  const first = await publish(ladder([hold('credit-hold', 1, 'credit'), hold('lock', 2, 'lock-out')].join('\n')));
  await knex('webhook_endpoints').insert({ url: 'https://erp.example/hooks', secret: newWebhookSecret(), events: ['hold.placed', 'hold.released'] });
  await upsertCustomers(knex, context, [{ externalId: 'C', name: 'C', timeZone: 'UTC' }]);
  await upsertInvoices(knex, context, [{ externalId: 'INV', customerExternalId: 'C', issuedOn: '2026-01-01', dueOn: '2026-01-03', currency: 'USD', totalMinor: 100 }]);
  const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
  await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: first.id, requestedSeq: 1, startedAt: 0 })));
  const live = async (instant: string): Promise<void> => {
    await knex.raw('UPDATE clock SET virtual_now = ?', [instant]);
    await createCollectionActivities({ knex }).performStep({ invoice: 'INV' });
  };
  await live('2026-01-04T10:00:00Z');
  await live('2026-01-05T10:00:00Z');

  const second = await publish({ ...ladder([hold('credit-hold', 1, 'credit'), hold('lock-out', 2, 'lock-out')].join('\n')), version: 2 });
  const migration = await knex.transaction((trx) => requestMigration(trx, systemActor, { toVersionId: second.id, scope: { kind: 'versions', versionIds: [first.id] }, rules: { mode: 'move', mapping: {}, missed: 'pass' }, reason: 'Other names', now }));
  await knex.transaction((trx) => movePage(trx, migration!.id, now, 10));
  await recordPayments(knex, { actor: systemActor, at: new Date(now) }, [{ externalId: 'P', customerExternalId: 'C', invoiceExternalId: 'INV', receivedAt: new Date(now).toISOString(), currency: 'USD', amountMinor: 100 }]);
  await live('2026-01-06T10:00:00Z');

  const { rows: told } = await knex.raw<{ rows: { event: string; subject: string; hold: string }[] }>(`SELECT event, subject, body::json -> 'data' ->> 'hold' AS hold FROM webhook_deliveries ORDER BY event, hold`);
  const [credit, lockOut] = await knex('holds').whereNotNull('released_at').orderBy('kind').pluck<string[]>('key');
  expect(told).toEqual([
    { event: 'hold.placed', hold: 'credit', subject: credit }, { event: 'hold.placed', hold: 'lock-out', subject: lockOut },
    { event: 'hold.released', hold: 'credit', subject: credit }, { event: 'hold.released', hold: 'lock-out', subject: lockOut },
  ]);
});
