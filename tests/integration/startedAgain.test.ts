import { createCollectionActivities } from '../../activities/collection/activities';
import { compareRows } from '../../cli/replay/compare';
import { systemActor } from '../../db/audit/actor';
import { startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { findPolicyVersion, publishPolicy, startablePolicies } from '../../db/policies';
import { requestMigration } from '../../db/policies/migrations';
import { movePage } from '../../db/policies/movePage';
import { readLiveLedger } from '../../db/readmodels/liveLedger';
import type { DecisionRow } from '../../domain/collection/decision';
import { printPolicy } from '../../domain/policy/printPolicy';
import { simulateLive, type LiveLedger } from '../../domain/simulation/simulateLive';
import { ladder } from '../domain/collection/story';
import { freshDatabase, type FreshDatabase } from '../engines/database';

jest.setTimeout(120_000);

const legal = ladder(`
- { id: off, anchor: due, offset: { days: 10 }, actions: [{ handoff: {} }] }
- { id: fee, anchor: due, offset: { days: 12 }, actions: [{ charge: { fixed: { USD: "40.00" } } }] }
- { id: sue, anchor: due, offset: { days: 40 }, actions: [{ task: { queue: Legal, title: Sue } }] }
`, '', 'legal');
const mild = ladder('- { id: to-legal, anchor: due, offset: { days: 30 }, actions: [{ startPolicy: { policy: legal } }] }', '', 'mild');
const now = Date.parse('2026-02-21T09:00:00Z');

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const { knex } = database;
  const context = { actor: systemActor, at: new Date('2026-01-05T00:00:00Z') };
  await startManualClock(knex, Date.parse('2026-01-05T00:00:00Z'));
  for (const policy of [legal, mild]) await knex.transaction((trx) => publishPolicy(trx, { policy, source: printPolicy(policy), actor: systemActor, inForce: true }));
  const [from, to] = await Promise.all([legal, mild].map(({ policy, version }) => findPolicyVersion(knex, policy, version)));
  await upsertCustomers(knex, context, [{ externalId: 'C', name: 'C', timeZone: 'UTC', contacts: [] }]);
  await upsertInvoices(knex, context, ['WAS-THERE', 'NEW'].map((externalId) => ({ externalId, customerExternalId: 'C', issuedOn: '2026-01-05', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100_000 })));
  const { rows } = await knex.raw<{ rows: { id: number; customer_id: number; external_id: string }[] }>('SELECT id, customer_id, external_id FROM invoices');
  await insertCollections(knex, rows.map(({ id, customer_id, external_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: (external_id === 'NEW' ? to : from)!.id, requestedSeq: 1, startedAt: 0 })));
  // On legal, one is handed off and charged, and its last step is skipped; then a person moves it to the milder policy, which keeps nothing of it.
  await live('2026-02-11T09:00:00Z');
  await live('2026-02-13T09:00:00Z');
  await createCollectionActivities({ knex }).applyControl({ invoice: 'WAS-THERE', kind: 'skip-step', requestId: 'skip-1', actor: systemActor, reason: null, until: null, step: 'sue' });
  await live('2026-02-13T10:00:00Z');
  const migration = await knex.transaction((trx) => requestMigration(trx, systemActor, {
    toVersionId: to!.id, scope: { kind: 'versions', versionIds: [from!.id] }, rules: { mode: 'restart', mapping: {}, missed: 'run' }, reason: 'They talk to us', now,
  }));
  await knex.transaction((trx) => movePage(trx, migration!.id, now, 100));
  await live('2026-02-21T09:00:00Z');
});
afterAll(() => database.destroy());

async function live(instant: string): Promise<void> {
  await database.knex.raw('UPDATE clock SET virtual_now = ?', [instant]);
  for (const invoice of ['WAS-THERE', 'NEW']) await createCollectionActivities({ knex: database.knex }).performStep({ invoice });
}

test('day 30: a step starts a policy that the invoice was on before; what the preview says of it is what then happens: nobody is handed off or charged twice, and what was asked of the ladder before is not asked of this one', async () => {
  const { knex } = database;
  const before = await readDecisionRows(knex);
  expect(before.filter(({ outcome }) => outcome === 'executed').map(({ invoice, step }) => `${invoice} ${step}`)).toEqual(['WAS-THERE off', 'WAS-THERE fee']);
  const ledgers: LiveLedger[] = [];
  for await (const slice of readLiveLedger(knex)) ledgers.push(...slice);
  const others = await startablePolicies(knex);
  const preview = simulateLive(ledgers, now, now + 60 * 86_400_000, { others });
  for (const day of ['2026-03-03', '2026-03-13']) await live(`${day}T09:00:00Z`);
  const happened = (await readDecisionRows(knex)).slice(before.length);
  expect(compareRows(preview, happened)).toEqual([]);
  const done = (rows: readonly DecisionRow[]): string[] => rows.filter(({ outcome }) => outcome === 'executed').map(({ invoice, step, policyVersion }) => `${invoice} ${policyVersion} ${step}`).sort();
  expect(done(happened)).toEqual(['NEW legal@1 fee', 'NEW legal@1 sue', 'NEW mild@1 to-legal', 'WAS-THERE legal@1 sue', 'WAS-THERE mild@1 to-legal']);
  // Without the earlier stay it would have said that what was handed off is handed off again: so the test can tell.
  const blind = simulateLive(ledgers.map(({ customer, collected, unapplied }) => ({ customer, collected, unapplied })), now, now + 60 * 86_400_000, { others });
  expect(done(blind)).toContain('WAS-THERE legal@1 fee');
});
