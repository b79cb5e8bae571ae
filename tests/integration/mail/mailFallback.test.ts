import { createCollectionActivities } from '../../../activities/collection/activities';
import { systemActor } from '../../../db/audit/actor';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readAddresses } from '../../../db/mail/content';
import { activePolicyVersion, publishPolicy } from '../../../db/policies';
import { referencePolicy } from '../../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

describe('who is written to', () => {
  let database: FreshDatabase;
  const now = Date.parse('2026-01-05T09:00:00Z');
  const context = { actor: systemActor, at: new Date(now) };
  const contacts = {
    ESC: [{ role: 'escalation' as const, email: 'boss@example.com' }],
    TOP: [{ role: 'leadership' as const, email: 'chief@example.com' }, { role: 'escalation' as const, email: 'head@example.com' }],
    BILL: [{ role: 'billing' as const, email: 'bills@example.com' }, { role: 'escalation' as const, email: 'other@example.com' }],
  };

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    await startManualClock(knex, now);
    await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
    await upsertCustomers(knex, context, Object.entries(contacts).map(([externalId, list]) => ({ externalId, name: externalId, contacts: list })));
    await upsertInvoices(knex, context, Object.keys(contacts).map((externalId) => ({ externalId: `INV-${externalId}`, customerExternalId: externalId, issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100 })));
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
    const policy = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: policy!.id, requestedSeq: 1, startedAt: now })));
  });
  afterAll(() => database.destroy());

  test.each([
    ['ESC', ['boss@example.com']],
    ['TOP', ['chief@example.com', 'head@example.com']],
    ['BILL', ['bills@example.com']],
  ])('the delivery to billing of customer %s goes to %j', async (customer, expected) => {
    const { knex } = database;
    await createCollectionActivities({ knex }).performStep({ invoice: `INV-${customer}` });
    const { rows } = await knex.raw<{ rows: { to_addresses: string[]; customer_id: number; outcome: string }[] }>(
      `SELECT m.to_addresses, m.customer_id, d.outcome FROM messages m JOIN customers c ON c.id = m.customer_id JOIN decisions d ON d.message_id = m.id WHERE c.external_id = ?`, [customer]);
    expect(rows).toEqual([expect.objectContaining({ to_addresses: expected, outcome: 'executed' })]);
    // The address was corrected before the message left.
    const message = { id: 'one', customer_id: rows[0]!.customer_id, to_addresses: ['gone@example.com'], source: 'ladder' as const };
    expect((await knex.transaction((trx) => readAddresses(trx, [message]))).get('one')).toEqual({ current: expected, reachable: expected });
  });
});
