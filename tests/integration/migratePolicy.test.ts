import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { publishPolicy } from '../../db/policies';
import { controlMigration, findMigration, requestMigration, untoldMigrations, type PolicyMigration } from '../../db/policies/migrations';
import { movePage } from '../../db/policies/movePage';
import type { MoveRules } from '../../domain/migration/moveRules';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { migrationProgressQuery, migrationWorkflowId } from '../../workflows/contracts/migration';
import { writeHistory } from '../replay/historyFile';
import { decisionsOf, line, startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(240_000);

const head = (version: number, days = 1): string => `policy: ladder
version: ${version}
calendar: { weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: ${days} }
steps:
`;
const first = `${head(1)}  - {id: due, anchor: due, offset: {days: 0}, actions: [{email: {template: due}}]}
  - {id: week, anchor: due, offset: {days: 7}, actions: [{email: {template: overdue-7}}, {hold: {}}]}
  - {id: call, anchor: due, offset: {days: 14}, actions: [{task: {queue: Care, title: Call}}]}
`;
const second = `${head(2)}  - {id: due, anchor: due, offset: {days: 0}, actions: [{email: {template: due}}]}
  - {id: gentle, anchor: due, offset: {days: 3}, actions: [{task: {queue: Care, title: Look}}]}
  - {id: firm, anchor: due, offset: {days: 8}, actions: [{email: {template: overdue-7}}, {hold: {}}]}
  - {id: call, anchor: due, offset: {days: 20}, actions: [{task: {queue: Care, title: Call}}]}
`;
const third = second.replace('version: 2', 'version: 3').replace('days: 20', 'days: 40');

let deployment: Deployment;
const ids = new Map<number, number>();
const customers = 12;

async function publish(source: string): Promise<number> {
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { id } = await deployment.knex.transaction((trx) => publishPolicy(trx, { policy: parsed.policy, source, actor: systemActor }));
  ids.set(parsed.policy.version, id);
  return id;
}
const request = async (from: number, to: number, rules: MoveRules, paused = false): Promise<PolicyMigration> => deployment.knex.transaction(async (trx) => {
  const { now } = await readClock(trx);
  const made = await requestMigration(trx, systemActor, { toVersionId: ids.get(to)!, scope: { kind: 'versions', versionIds: [ids.get(from)!] }, rules, reason: 'Better letters', now });
  if (!made) throw new Error('Nothing is under way.');
  if (paused) await controlMigration(trx, systemActor, made.id, 'pause', now);
  return made;
});
const control = (id: number, kind: 'pause' | 'resume' | 'stop') => deployment.knex.transaction(async (trx) => controlMigration(trx, systemActor, id, kind, (await readClock(trx)).now));
async function until(id: number, holds: (migration: PolicyMigration) => boolean): Promise<PolicyMigration> {
  for (;;) {
    const migration = await findMigration(deployment.knex, id);
    if (migration && holds(migration)) return migration;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const versionOf = async (invoice: string): Promise<number> => {
  const { rows } = await deployment.knex.raw<{ rows: { version: number }[] }>('SELECT v.version FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id WHERE i.external_id = ?', [invoice]);
  return rows[0]!.version;
};
const told = async (invoice: string, from = 0): Promise<string[]> => (await decisionsOf(deployment.knex, invoice)).slice(from).map(line);

beforeAll(async () => {
  const parsed = parsePolicy(first);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  deployment = await startDeployment({ startsAt: '2026-03-01T00:00:00Z', policy: { policy: parsed.policy, source: first } });
  const { rows } = await deployment.knex.raw<{ rows: { id: number }[] }>('SELECT id FROM policy_versions');
  ids.set(1, rows[0]!.id);
  const context = { actor: systemActor, at: new Date('2026-03-01T00:00:00Z') };
  const numbers = Array.from({ length: customers }, (_, index) => index);
  await upsertCustomers(deployment.knex, context, numbers.map((index) => ({ externalId: `C-${index}`, name: `Customer ${index}`, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `c${index}@example.com` }] })));
  await upsertInvoices(deployment.knex, context, numbers.map((index) => ({ externalId: `I-${index}`, customerExternalId: `C-${index}`, issuedOn: '2026-02-20', dueOn: '2026-03-02', currency: 'USD', totalMinor: 100_000 })));
});
afterAll(() => deployment?.stop());

test('day 8: two letters and a hold are out; the invoices move, and what was done counts', async () => {
  await deployment.advanceTo('2026-03-10T00:00:00Z');
  await publish(second);
  const before = (await told('I-0')).length;
  const migration = await request(1, 2, { mode: 'move', mapping: { week: 'firm' }, missed: 'pass' });
  expect(await until(migration.id, ({ state }) => state === 'done')).toMatchObject({ total: customers, moved: customers, passed: customers, repeated: 0, problem: null });
  await deployment.settle();
  expect(await versionOf('I-0')).toBe(2);
  await deployment.advanceTo('2026-03-23T00:00:00Z');
  expect(await told('I-0', before)).toEqual(['2026-03-10 gentle task skipped (moved)', '2026-03-22 call task executed (due)']);
  const { rows } = await deployment.knex.raw<{ rows: { step: string }[] }>('SELECT DISTINCT step FROM holds');
  expect(rows).toEqual([{ step: 'firm' }]);
  expect(await deployment.client.workflow.getHandle(migrationWorkflowId(migration.id)).query(migrationProgressQuery)).toEqual({ state: 'done', moved: customers, total: customers });
});

test('a move is paused before its first page, and nothing moves; it is resumed by another worker, and goes on', async () => {
  await publish(third);
  const migration = await request(2, 3, { mode: 'move', mapping: {}, missed: 'pass' }, true);
  await deployment.settle();
  expect(await findMigration(deployment.knex, migration.id)).toMatchObject({ state: 'paused', moved: 0 });
  // One page by hand, as by a worker that died right after it.
  await control(migration.id, 'resume');
  await deployment.stopWorker();
  const page = (): Promise<unknown> => deployment.knex.transaction(async (trx) => movePage(trx, migration.id, (await readClock(trx)).now, 5));
  await page();
  expect(await findMigration(deployment.knex, migration.id)).toMatchObject({ state: 'running', moved: 5 });
  // One that dies within a page leaves nothing of it.
  await expect(deployment.knex.transaction(async (trx) => {
    await movePage(trx, migration.id, (await readClock(trx)).now, 5);
    throw new Error('killed');
  })).rejects.toThrow('killed');
  expect(await findMigration(deployment.knex, migration.id)).toMatchObject({ moved: 5 });
  await deployment.startWorker();
  expect(await until(migration.id, ({ state }) => state === 'done')).toMatchObject({ moved: customers, total: customers });
  await deployment.settle();
  const { rows } = await deployment.knex.raw<{ rows: { count: number }[] }>('SELECT count(*)::int AS count FROM policy_moves WHERE migration_id = ?', [migration.id]);
  expect(rows[0]?.count).toBe(customers);
  const record = process.env.DUNWELL_RECORD_MIGRATION;
  if (record) {
    const handle = deployment.client.workflow.getHandle(migrationWorkflowId(migration.id));
    await handle.result();
    writeHistory(record, await handle.fetchHistory());
  }
});

test('a stop leaves what has moved where it is and the rest where it was, and is final', async () => {
  const migration = await request(3, 2, { mode: 'move', mapping: {}, missed: 'pass' }, true);
  await deployment.settle();
  await deployment.knex.transaction(async (trx) => {
    await trx.raw(`UPDATE policy_migrations SET state = 'running' WHERE id = ?`, [migration.id]);
    await movePage(trx, migration.id, (await readClock(trx)).now, 4);
    await trx.raw(`UPDATE policy_migrations SET state = 'paused' WHERE id = ?`, [migration.id]);
  });
  await control(migration.id, 'stop');
  await deployment.settle();
  expect([await versionOf('I-0'), await versionOf('I-11')]).toEqual([2, 3]);
  await expect(control(migration.id, 'resume')).rejects.toThrow('is stopped: only one that is paused can be resumed');
  while ((await untoldMigrations(deployment.knex, 1)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await deployment.client.workflow.getHandle(migrationWorkflowId(migration.id)).result()).toMatchObject({ state: 'stopped', moved: 4 });
});

test('a restart on a version that an invoice was on before begins its steps anew, without what went out within the spacing', async () => {
  const before = (await told('I-11')).length;
  const migration = await request(3, 1, { mode: 'restart', mapping: {}, missed: 'run' });
  await until(migration.id, ({ state }) => state === 'done');
  await deployment.settle();
  await deployment.advanceTo('2026-03-24T00:00:00Z');
  // The call, the last of three late steps, runs; the others collapse into it. The hold is on: no second one is placed.
  expect((await told('I-11', before)).map((each) => each.replace(/^\S+ /, ''))).toEqual(['due email skipped (collapsed)', 'week email skipped (collapsed)', 'call task executed (due)']);
  const { rows } = await deployment.knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM holds h JOIN invoices i ON i.id = h.invoice_id WHERE i.external_id = 'I-11'`);
  expect(rows[0]?.count).toBe(1);
});
