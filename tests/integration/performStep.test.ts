import { createCollectionActivities } from '../../activities/collection/activities';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { activePolicyVersion, publishPolicy } from '../../db/policies';
import { referencePolicy } from '../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../engines/database';

describe('a step that is performed again, since its workflow task was lost', () => {
  let database: FreshDatabase;
  const now = Date.parse('2026-01-05T09:00:00Z');
  const context = { actor: systemActor, at: new Date(now) };

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    await startManualClock(knex, now);
    await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
    await upsertCustomers(knex, context, [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
    const [invoice] = await upsertInvoices(knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100 }]);
    expect(invoice?.status).toBe('created');
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
    const policy = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: policy!.id, requestedSeq: 1, startedAt: now })));
  });
  afterAll(() => database.destroy());

  test('decides nothing twice, and passes the message on that the first attempt queued', async () => {
    const { knex } = database;
    const activities = createCollectionActivities({ knex });
    const first = await activities.performStep({ invoice: 'INV-1' });
    expect(first).toMatchObject({ kind: 'wait', at: '2026-01-19T09:00:00.000Z', step: 'due', waitMs: null });
    expect(first.deliver).toHaveLength(1);

    expect((await activities.performStep({ invoice: 'INV-1' })).deliver).toEqual([]); // somebody may be at it
    await knex.raw(`UPDATE messages SET updated_at = now() - interval '1 minute'`);
    const again = await activities.performStep({ invoice: 'INV-1' });
    expect(again).toMatchObject({ kind: 'wait', deliver: first.deliver });
    expect((await activities.planNext({ invoice: 'INV-1' })).deliver).toEqual(first.deliver);
    const { rows } = await knex.raw<{ rows: { decisions: number; messages: number }[] }>('SELECT (SELECT count(*)::int FROM decisions) AS decisions, (SELECT count(*)::int FROM messages) AS messages');
    expect(rows[0]).toEqual({ decisions: 1, messages: 1 });
  });

  test('two attempts at once wait for each other', async () => {
    const { knex } = database;
    await knex.raw(`UPDATE clock SET virtual_now = '2026-01-19T09:00:00Z'`);
    const activities = createCollectionActivities({ knex });
    const plans = await Promise.all(Array.from({ length: 5 }, () => activities.performStep({ invoice: 'INV-1' })));
    expect(plans.flatMap(({ deliver }) => deliver).length).toBeGreaterThanOrEqual(1);
    const { rows } = await knex.raw<{ rows: { decisions: number; messages: number }[] }>(`SELECT (SELECT count(*)::int FROM decisions WHERE step = 'due') AS decisions, (SELECT count(*)::int FROM messages) AS messages`);
    expect(rows[0]).toEqual({ decisions: 1, messages: 2 });
  });

  test('an invoice that is not under collection is done', async () => {
    expect(await createCollectionActivities({ knex: database.knex }).performStep({ invoice: 'NOBODY' })).toEqual({ kind: 'done', outcome: 'settled', listing: null, deliver: [] });
  });
});
