import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { createAutomation, switchAutomation } from '../../../db/automations/automations';
import { dueFirings, fire } from '../../../db/automations/firings';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { publishPolicy } from '../mail/account';

const now = Date.parse('2026-03-10T10:00:00Z');
const context = { actor: systemActor, at: new Date(now) };

let database: FreshDatabase;
let knex: Knex;
let firing: number;
beforeEach(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
  const document = automationDocument.parse({ title: 'Greet', trigger: { kind: 'invoice.created' }, actions: [{ kind: 'task', queue: 'collections', title: 'Call' }] });
  const read = readAutomation(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  await knex.transaction(async (trx) => {
    await switchAutomation(trx, systemActor, await createAutomation(trx, systemActor, 'greet', { document, automation: read.automation }, now), true, now);
  });
  await upsertCustomers(knex, context, [{ externalId: 'c', name: 'C', contacts: [{ role: 'billing', email: 'c@example.com' }] }]);
  await upsertInvoices(knex, context, [{ externalId: 'i', customerExternalId: 'c', issuedOn: '2026-03-10', dueOn: '2026-04-10', currency: 'EUR', totalMinor: 1000_00 }]);
  firing = (await knex('automation_firings').first<{ id: number }>('id')).id;
});
afterEach(() => database.destroy());

async function look(times: number): Promise<(string | null)[]> {
  const came: (string | null)[] = [];
  for (let n = 0; n < times; n += 1) came.push(await fire(knex, firing, now));
  return came;
}

const twenty = Array.from({ length: 20 }, () => 'uncollected');

test('the relay cannot come to an invoice for long: what its creation calls for is done once it has', async () => {
  const policyVersionId = await publishPolicy(knex);
  expect(await look(20)).toEqual(twenty);
  const invoice = await knex('invoices').first<{ id: number; customer_id: number }>('id', 'customer_id');
  await insertCollections(knex, [{ invoiceId: invoice.id, customerId: invoice.customer_id, policyVersionId, requestedSeq: 0, startedAt: now }]);
  expect(await look(1)).toEqual(['fired']);
  expect(await knex('tasks').pluck('title')).toEqual(['Call']);
});

test('the longer it takes the less often it is looked for, so that others come to their turn', async () => {
  await knex.raw(`
    WITH earlier AS (INSERT INTO events (kind, key, customer_id, invoice_id, at, data, recorded_at) SELECT kind, key || '/earlier', customer_id, invoice_id, at, data, now() - interval '1 hour' FROM events RETURNING id)
    UPDATE automation_firings SET event_id = earlier.id FROM earlier`);
  await look(1);
  const { rows: [row] } = await knex.raw<{ rows: { seconds: number }[] }>('SELECT extract(epoch FROM retry_at - now())::float8 AS seconds FROM automation_firings');
  expect(row!.seconds).toBeGreaterThan(20);
  expect(await dueFirings(knex, now, 10)).toEqual([]);
});

test('the relay has come to it, and there is no policy: it is given up after some looks', async () => {
  await knex('outbox').update({ relayed_at: knex.fn.now() });
  expect(await look(9)).toEqual([...twenty.slice(0, 8), 'not-met']);
});
