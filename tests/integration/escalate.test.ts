import { createCollectionActivities } from '../../activities/collection/activities';
import { compareRows } from '../../cli/replay/compare';
import { addUser } from '../../db/access/users';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { setCustomerOwner } from '../../db/customers/owner';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { activePolicyVersion, publishPolicy } from '../../db/policies';
import { printPolicy } from '../../domain/policy/printPolicy';
import { simulate } from '../../domain/simulation/simulate';
import { ladder } from '../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../engines/database';

jest.setTimeout(120_000);

const policy = ladder(`
- { id: call, anchor: due, offset: { days: 7 }, actions: [{ task: { queue: Care, title: Call } }, { notify: { audience: collector, title: "{customer} owes {open}" } }] }
- { id: raise, anchor: due, offset: { days: 60 }, actions: [{ escalate: { queue: Credit, title: "Go on delivering to {customer}? {open} open", audience: sales } }] }
`);
const customers = ['OWNED', 'NOBODYS'].map((externalId) => ({ externalId, name: `The ${externalId.toLowerCase()}`, timeZone: 'Asia/Tokyo', contacts: [] }));
const invoices = [['OWNED', 'O-1'], ['NOBODYS', 'N-1']].map(([customer, externalId]) => ({
  externalId: externalId!, number: externalId!, customerExternalId: customer!, issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'USD', totalMinor: 100_000,
}));

describe('sixty days late: an invoice is raised to those who may decide more', () => {
  let database: FreshDatabase;
  let owner: number;

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    const context = { actor: systemActor, at: new Date('2026-01-05T00:00:00Z') };
    await startManualClock(knex, Date.parse('2026-01-05T00:00:00Z'));
    await knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor }));
    await upsertCustomers(knex, context, customers);
    await upsertInvoices(knex, context, invoices);
    owner = (await addUser(knex, { email: 'owner@harbour.example', name: 'Owner', role: 'credit-manager', password: 'a long enough password' })).user.id;
    const { rows: [owned] } = await knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'OWNED'`);
    await knex.transaction((trx) => setCustomerOwner(trx, systemActor, owned!.id, owner));
    const { rows: [queue] } = await knex.raw<{ rows: { id: number }[] }>(`UPDATE task_queues SET assignment = 'owner' WHERE name = 'Credit' RETURNING id`);
    await knex('task_queue_members').insert({ queue_id: queue!.id, user_id: owner });
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices');
    const active = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: active!.id, requestedSeq: 1, startedAt: 0 })));
  });
  afterAll(() => database.destroy());

  const step = (invoice: string) => createCollectionActivities({ knex: database.knex }).performStep({ invoice });
  const at = (instant: string) => database.knex.raw('UPDATE clock SET virtual_now = ?', [instant]);
  const raised = async (): Promise<string[]> => (await database.knex.raw<{ rows: { text: string }[] }>(
    `SELECT concat_ws(' | ', t.key, t.queue, t.title, t.instructions, t.priority, t.due_on, t.assignee_id = ${owner}, n.audience, n.title) AS text
     FROM tasks t FULL JOIN notifications n ON n.key = t.key WHERE t.key LIKE '%/escalate' OR n.key LIKE '%/escalate' ORDER BY 1`)).rows.map(({ text }) => text);

  test('day 7: what people are told in a step may hold the fields of a task, as in automations', async () => {
    await at('2026-02-11T00:00:00Z');
    for (const { externalId } of invoices) await step(externalId);
    expect(await database.knex('notifications').orderBy('title').pluck('title')).toEqual(['The nobodys owes 1000.00 USD', 'The owned owes 1000.00 USD']);
    expect(await raised()).toEqual([]);
  });

  test('day 60: the machine stops before anything of it is committed, and nothing of it is there', async () => {
    await at('2026-04-05T00:00:00Z');
    await database.knex.raw(`
      CREATE FUNCTION stop_in_the_middle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the machine stops in the middle'; END $$;
      CREATE CONSTRAINT TRIGGER stop_in_the_middle AFTER INSERT ON notifications DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stop_in_the_middle()`);
    await expect(step('O-1')).rejects.toThrow('the machine stops in the middle');
    expect(await raised()).toEqual([]);
    await database.knex.raw('DROP TRIGGER stop_in_the_middle ON notifications');
  });

  test('it is asked again, several times at once: each invoice is raised once, to the account\'s owner where the queue gives it to owners, due today where the customer is', async () => {
    await Promise.all([...invoices, ...invoices, ...invoices].map(({ externalId }) => step(externalId)));
    const lines = (assigned: string, invoice: string, name: string): string =>
      `${invoice}/test@1/raise/1/escalate | Credit | Go on delivering to The ${name}? 1000.00 USD open | Escalated by test@1/raise: planned for 2026-04-05 | 1 | 2026-04-05 | ${assigned}sales | Go on delivering to The ${name}? 1000.00 USD open`;
    // The owner queue gives what is nobody's account to whoever of it has least.
    expect(await raised()).toEqual([lines('t | ', 'N-1', 'nobodys'), lines('t | ', 'O-1', 'owned')]);
  });

  test('the simulation tells the same rows', async () => {
    const expected = simulate({ customers, invoices, payments: [], creditNotes: [] }, policy, '2026-01-05', '2026-04-06');
    expect(expected.filter(({ action }) => action === 'escalate')).toHaveLength(2);
    expect(compareRows(expected, await readDecisionRows(database.knex))).toEqual([]);
  });
});
