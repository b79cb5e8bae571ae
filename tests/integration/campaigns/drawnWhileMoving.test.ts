import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { startVariants } from '../../../db/campaigns/policyVariants';
import { lockRun } from '../../../db/campaigns/runs';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { movePage } from '../../../db/policies/movePage';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const now = Date.parse('2026-03-01T09:00:00Z');
let database: FreshDatabase;
let knex: Knex;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
});
afterAll(() => database.destroy());

async function publish(name: string, options: { activate?: boolean; inForce?: boolean }): Promise<number> {
  const source = `policy: ${name}\nversion: 1\ncalendar: { holidays: none }\nsteps:\n  - { id: ask, anchor: due, offset: { days: 10 }, actions: [{ email: { template: overdue-7 } }] }\n`;
  const read = parsePolicy(source);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return (await knex.transaction((trx) => publishPolicy(trx, { policy: read.policy, source, actor: systemActor, ...options }))).id;
}

test('a page of an experiment is drawn while the last page of its group\'s migration ends: whoever was drawn is moved too', async () => {
  const base = await publish('base', {});
  await publish('soft', { activate: false, inForce: true });
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, [1, 2].map((n) => ({ externalId: `c-${n}`, name: 'Ada', contacts: [{ role: 'billing', email: `c${n}@example.com` }] })));
  await upsertInvoices(knex, context, [1, 2].map((n) => ({ externalId: `i-${n}`, customerExternalId: `c-${n}`, issuedOn: '2026-01-01', dueOn: '2026-02-25', currency: 'EUR', totalMinor: 100_00 })));
  const invoices = await knex('invoices').orderBy('id').select<{ id: number; customer_id: number }[]>('id', 'customer_id');
  await insertCollections(knex, invoices.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: base, requestedSeq: 1, startedAt: now })));
  const document = campaignDocument.parse({
    title: 'Base or soft', audience: { segment: 'everybody' }, schedule: { kind: 'now' }, steps: [],
    experiment: { holdoutPercent: 20, horizonDays: 20, variants: [{ name: 'as-before', percent: 40 }, { name: 'a', percent: 40, policy: 'soft' }] },
  });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const [campaign] = await knex('campaigns').insert({ key: 'exp', document: JSON.stringify(document), parsed: JSON.stringify(read.campaign), created_at: new Date(now), created_by: 'x' }).returning<{ id: number }[]>('id');
  const [run] = await knex('campaign_runs').insert({ campaign_id: campaign!.id, run: 1, started_at: new Date(now) }).returning<{ id: number }[]>('id');
  const draw = async (trx: Knex.Transaction, customerId: number): Promise<void> => {
    await trx('campaign_members').insert({ run_id: run!.id, customer_id: customerId, experiment_group: 'a', state: 'done', joined_at: new Date(now), joined_after_event: 0 });
    await startVariants(trx, (await lockRun(trx, run!.id))!, [{ customerId, group: 'a' }], now);
  };

  await knex.transaction((trx) => draw(trx, invoices[0]!.customer_id));
  const { id } = await knex('policy_migrations').first<{ id: number }>('id');
  const move = (trx: Knex.Transaction) => movePage(trx, id, now, 10);
  await knex.transaction(move);
  await knex.transaction(move);
  const last = await knex.transaction();
  expect((await move(last)).state).toBe('done');
  // Drawn after the last page has looked for customers, and before it is written.
  const drawing = knex.transaction((trx) => draw(trx, invoices[1]!.customer_id));
  await Promise.race([drawing, waitsForLock()]);
  await last.commit();
  await drawing;

  const open = await knex('policy_migrations').where({ state: 'running' }).select<{ id: number }[]>('id');
  expect(open).toHaveLength(1);
  for (const { id: another } of open) await knex.transaction((trx) => movePage(trx, another, now, 10));
  expect(await knex('collections as k').join('policy_versions as v', 'v.id', 'k.policy_version_id').orderBy('k.invoice_id').pluck('v.policy')).toEqual(['soft', 'soft']);
});

async function waitsForLock(): Promise<void> {
  for (;;) {
    const { rows } = await knex.raw<{ rows: unknown[] }>(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
