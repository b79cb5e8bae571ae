import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { createCollectionActivities } from '../../activities/collection/activities';
import { answersOk } from '../../cli/start/services';
import { systemActor } from '../../db/audit/actor';
import { readClock, startManualClock } from '../../db/clock/clock';
import { insertCollections } from '../../db/collection/collections';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { activePolicyVersion, publishPolicy } from '../../db/policies';
import { findMigration, requestMigration, type PolicyMigration } from '../../db/policies/migrations';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { findFreePort } from '../../engines/ports';
import { startProcess, waitUntilReady, type RunningProcess } from '../../engines/supervise';
import { createNamespace } from '../../engines/temporalNamespace';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { freshDatabase, type FreshDatabase } from '../engines/database';

jest.setTimeout(400_000);

const root = path.join(__dirname, '../..');
const ladder = (version: number, steps: string): string => `policy: ladder
version: ${version}
calendar: { weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 5 }
steps:
${steps}`;
const first = ladder(1, `  - {id: due, anchor: due, offset: {days: 0}, actions: [{email: {template: due}}]}
  - {id: week, anchor: due, offset: {days: 7}, actions: [{email: {template: overdue-7}}, {hold: {}}]}
  - {id: call, anchor: due, offset: {days: 14}, actions: [{task: {queue: Care, title: Call}}]}
`);
const second = ladder(2, `  - {id: due, anchor: due, offset: {days: 0}, actions: [{email: {template: due}}]}
  - {id: gentle, anchor: due, offset: {days: 3}, actions: [{task: {queue: Care, title: Look}}]}
  - {id: firm, anchor: due, offset: {days: 8}, actions: [{email: {template: overdue-7}}, {hold: {}}]}
  - {id: call, anchor: due, offset: {days: 20}, actions: [{task: {queue: Care, title: Call}}]}
`);
/** A page has a hundred customers: this makes three. */
const customers = 230;
const names = Array.from({ length: customers }, (_, index) => `I-${String(index).padStart(3, '0')}`);

/*
 * The worker is down while a person moves everything to a better policy, mid-ladder. It comes up, moves a page, and is killed in the middle of the second, with no time to finish anything; another takes
 * over. Each invoice moves once, what was sent counts, and what comes is neither repeated nor left out.
 */
describe('a policy moved in mid-ladder during an outage, by workers that are killed', () => {
  let database: FreshDatabase;
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let workerPort: number;
  let worker: RunningProcess | null = null;
  const migrationOf = async (id: number): Promise<PolicyMigration> => (await findMigration(database.knex, id))!;
  let migrationId: number;

  const startWorker = async (): Promise<void> => {
    worker = await startProcess({ name: 'worker', command: process.execPath, args: ['--import', 'tsx', 'worker/main.ts'], cwd: root, env, logFile: path.join(folder, 'worker.log') });
    await waitUntilReady(worker, { name: 'worker', timeoutMs: 180_000, check: () => answersOk(`http://127.0.0.1:${workerPort}/readyz`) });
  };
  const killWorker = async (): Promise<void> => {
    if (!worker || worker.hasExited()) return;
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const day = async (date: string): Promise<void> => {
    await database.knex.raw('UPDATE clock SET virtual_now = ?', [`${date}T09:00:00Z`]);
    const { performStep } = createCollectionActivities({ knex: database.knex });
    await Promise.all(names.map((invoice) => performStep({ invoice })));
    await database.knex.raw(`UPDATE messages SET state = 'delivered' WHERE state = 'queued'`);
  };
  const publish = async (source: string): Promise<number> => {
    const parsed = parsePolicy(source);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    return (await database.knex.transaction((trx) => publishPolicy(trx, { policy: parsed.policy, source, actor: systemActor }))).id;
  };
  const counted = async (sql: string): Promise<Record<string, number>> => Object.fromEntries((await database.knex.raw<{ rows: { what: string; n: number }[] }>(sql)).rows.map(({ what, n }) => [what, n]));

  beforeAll(async () => {
    database = await freshDatabase();
    const { knex } = database;
    folder = mkdtempSync(path.join(tmpdir(), 'dunwell-killed-'));
    await startManualClock(knex, Date.parse('2026-03-02T05:00:00Z'));
    await publish(first);
    const context = { actor: systemActor, at: new Date('2026-03-01T00:00:00Z') };
    await upsertCustomers(knex, context, names.map((name) => ({ externalId: `C-${name}`, name, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `${name}@example.com` }] })));
    await upsertInvoices(knex, context, names.map((name) => ({ externalId: name, customerExternalId: `C-${name}`, issuedOn: '2026-02-20', dueOn: '2026-03-02', currency: 'USD', totalMinor: 100_000 })));
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number }[] }>('SELECT id, customer_id FROM invoices ORDER BY id');
    const active = await activePolicyVersion(knex);
    await insertCollections(knex, rows.map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: active!.id, requestedSeq: 1, startedAt: 0 })));
    await knex.raw('UPDATE outbox SET relayed_at = now()');
    await day('2026-03-02');
    await day('2026-03-09');
    const address = process.env.DUNWELL_TEST_TEMPORAL_ADDRESS!;
    const namespace = `killed-${path.basename(folder).slice(-6)}-${process.pid}`.toLowerCase();
    const connection = await Connection.connect({ address });
    await createNamespace(connection, namespace, Object.values(collectionAttributes), () => undefined);
    await connection.close();
    workerPort = await findFreePort();
    env = { NODE_ENV: 'test', DATABASE_URL: database.url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, DUNWELL_DATA: folder, DUNWELL_WORKER_PORT: String(workerPort), LOG_LEVEL: 'warn' };
  });
  afterAll(async () => {
    await killWorker();
    await database?.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  test('day 7: two letters and a hold are out; the worker goes down, and a person publishes and moves: nothing happens yet', async () => {
    expect(await counted(`SELECT step || ' ' || action || ' ' || outcome AS what, count(*)::int AS n FROM decisions GROUP BY 1`)).toEqual({ 'due email executed': customers, 'week email executed': customers, 'week hold executed': customers });
    const versionId = await publish(second);
    await database.knex.raw(`UPDATE clock SET virtual_now = '2026-03-13T09:00:00Z'`);
    const { now } = await readClock(database.knex);
    const from = (await database.knex('policy_versions').where({ version: 1 }).first('id') as { id: number }).id;
    const made = await database.knex.transaction((trx) => requestMigration(trx, systemActor, { toVersionId: versionId, scope: { kind: 'versions', versionIds: [from] }, rules: { mode: 'move', mapping: { week: 'firm' }, missed: 'pass' }, reason: 'Better letters', now }));
    migrationId = made!.id;
    // One pays while everything is down.
    await recordPayments(database.knex, { actor: systemActor, at: new Date(now) }, [{ externalId: 'P', invoiceExternalId: names[7]!, receivedAt: new Date(now).toISOString(), currency: 'USD', amountMinor: 100_000 }]);
    expect(await migrationOf(migrationId)).toMatchObject({ state: 'running', moved: 0 });
  });

  test('day 11: a worker comes up, moves a page, and is killed in the middle of the second, of which nothing is left', async () => {
    const held = await database.knex.transaction();
    // Nothing but a page of a move writes these rows: the second page waits there for as long as this test holds the lock.
    await database.knex.raw(`CREATE FUNCTION wait_in_page() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT FROM policy_migrations WHERE moved > 0) THEN PERFORM pg_advisory_xact_lock(4711); END IF; RETURN NULL; END $$`);
    await database.knex.raw('CREATE TRIGGER wait_in_page BEFORE INSERT ON policy_moves FOR EACH STATEMENT EXECUTE FUNCTION wait_in_page()');
    await held.raw('SELECT pg_advisory_xact_lock(4711)');
    await startWorker();
    const isStuck = async (): Promise<boolean> => {
      const { rows } = await database.knex.raw<{ rows: unknown[] }>(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`);
      return rows.length > 0 && (await migrationOf(migrationId)).moved > 0;
    };
    await until(isStuck);
    const { moved } = await migrationOf(migrationId);
    expect([moved > 0, moved < customers - 1]).toEqual([true, true]);
    await killWorker();
    await held.rollback();
    expect(await migrationOf(migrationId)).toMatchObject({ state: 'running', moved });
    const { rows } = await database.knex.raw<{ rows: { n: number }[] }>('SELECT count(*)::int AS n FROM policy_moves WHERE migration_id = ?', [migrationId]);
    expect(rows[0]?.n).toBe(moved);
  });

  test('another worker takes over: every invoice that is open has moved once, and the rest is theirs to come', async () => {
    await startWorker();
    await until(async () => (await migrationOf(migrationId)).state === 'done');
    const { rows } = await database.knex.raw<{ rows: { moves: number; invoices: number }[] }>('SELECT count(*)::int AS moves, count(DISTINCT invoice_id)::int AS invoices FROM policy_moves WHERE migration_id = ?', [migrationId]);
    expect(rows).toEqual([{ moves: (await migrationOf(migrationId)).moved, invoices: (await migrationOf(migrationId)).moved }]);
    expect(await counted(`SELECT v.version::text || CASE WHEN i.open_minor > 0 THEN ' open' ELSE ' paid' END AS what, count(*)::int AS n FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id GROUP BY 1`))
      .toEqual({ '2 open': customers - 1, '1 paid': 1 });
    // What the worker woke comes to rest before it is killed for good.
    await until(async () => (await database.knex.raw<{ rows: unknown[] }>('SELECT 1 FROM outbox WHERE relayed_at IS NULL UNION ALL SELECT 1 FROM collections WHERE planned_seq < requested_seq LIMIT 1')).rows.length === 0);
    await killWorker();
  });

  test('day 20: nothing was sent again, no hold placed twice, what the move passed over says so, and the call comes once to everybody who owes', async () => {
    await day('2026-03-22');
    await day('2026-03-23');
    expect(await counted(`SELECT d.step || ' ' || d.action || ' ' || d.outcome AS what, count(*)::int AS n FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE i.open_minor > 0 GROUP BY 1`)).toEqual({
      'due email executed': customers - 1, 'week email executed': customers - 1, 'week hold executed': customers - 1, 'gentle task skipped': customers - 1, 'call task executed': customers - 1,
    });
    expect(await counted(`SELECT 'messages' AS what, count(*)::int AS n FROM messages UNION ALL SELECT 'holds', count(*)::int FROM holds UNION ALL SELECT 'most messages of one customer', max(n)::int FROM (SELECT count(*) AS n FROM messages GROUP BY customer_id) m`))
      .toEqual({ messages: 2 * customers, holds: customers, 'most messages of one customer': 2 });
    const { rows } = await database.knex.raw<{ rows: { released: boolean }[] }>('SELECT h.released_at IS NOT NULL AS released FROM holds h JOIN invoices i ON i.id = h.invoice_id WHERE i.external_id = ?', [names[7]!]);
    expect(rows).toEqual([{ released: true }]);
  });
});
