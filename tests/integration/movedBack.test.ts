import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { requestMigration } from '../../db/policies/migrations';
import { movePage } from '../../db/policies/movePage';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { freshDatabase, type FreshDatabase } from '../engines/database';

const now = Date.parse('2026-03-01T09:00:00Z');
let database: FreshDatabase;
let knex: Knex;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
});
afterAll(() => database.destroy());

async function publish(version: number): Promise<number> {
  const source = `policy: base\nversion: ${version}\ncalendar: { holidays: none }\nsteps:\n  - { id: ask, anchor: due, offset: { days: 10 }, actions: [{ email: { template: overdue-7 } }] }\n`;
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return (await knex.transaction((trx) => publishPolicy(trx, { policy: read.policy, source, actor: systemActor }))).id;
}

test('a move back is asked for while the move there still goes on: both end, and what came back stays', async () => {
  const [one, two] = [await publish(1), await publish(2)];
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, [1, 2, 3].map((n) => ({ externalId: `c-${n}`, name: 'Ada', contacts: [{ role: 'billing', email: `c${n}@example.com` }] })));
  await upsertInvoices(knex, context, [1, 2, 3].map((n) => ({ externalId: `i-${n}`, customerExternalId: `c-${n}`, issuedOn: '2026-01-01', dueOn: '2026-02-25', currency: 'EUR', totalMinor: 100_00 })));
  const invoices = await knex('invoices').orderBy('id').select<{ id: number; customer_id: number }[]>('id', 'customer_id');
  await insertCollections(knex, invoices.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: one, requestedSeq: 1, startedAt: now })));
  const request = async (from: number, to: number): Promise<number> => {
    const made = await knex.transaction((trx) => requestMigration(trx, systemActor, { toVersionId: to, scope: { kind: 'versions', versionIds: [from] }, rules: { mode: 'move', mapping: {}, missed: 'pass' }, reason: 'x', now }));
    return made!.id;
  };
  const move = (id: number) => knex.transaction((trx) => movePage(trx, id, now, 1));

  const there = await request(one, two);
  await move(there);
  const back = await request(two, one);
  const running = new Set([there, back]);
  for (let turn = 0; turn < 30 && running.size > 0; turn += 1) {
    for (const id of running) if ((await move(id)).state === 'done') running.delete(id);
  }
  expect(running.size).toBe(0);
  const { rows } = await knex.raw<{ rows: { moves: number }[] }>('SELECT count(*)::int AS moves FROM policy_moves GROUP BY migration_id, invoice_id');
  expect(rows.every(({ moves }) => moves === 1)).toBe(true);
  expect((await knex('collections').where({ invoice_id: invoices[0]!.id }).first<{ policy_version_id: number }>('policy_version_id')).policy_version_id).toBe(one);
});
