import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemActor, verifyAudit } from '../../db/audit';
import { activePolicyVersion, findPolicyVersion, listPolicyVersions, loadPolicyVersions, PolicyConflictError, publishPolicy, type PublishedPolicy } from '../../db/policies';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import type { Policy } from '../../domain/policy/types';
import { type FreshDatabase, freshDatabase } from '../engines/database';

const root = join(__dirname, '../..');
const run = promisify(execFile);

let database: FreshDatabase;
let source: string;
let reference: Policy;

beforeAll(async () => {
  database = await freshDatabase();
  source = await readFile(join(root, 'policies/reference.yaml'), 'utf8');
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error('policies/reference.yaml is wrong');
  reference = parsed.policy;
});
afterAll(() => database.destroy());

const publish = (policy: Policy): Promise<PublishedPolicy> => database.knex.transaction((trx) => publishPolicy(trx, { policy, source, actor: systemActor }));
const actions = async (): Promise<string[]> => (await database.knex.raw<{ rows: { entry: string }[] }>(`SELECT action || ' ' || subject_id AS entry FROM audit_entries ORDER BY seq`)).rows.map((row) => row.entry);

test('nothing is active before the first is published', async () => {
  expect(await activePolicyVersion(database.knex)).toBeNull();
});

test('a published version comes back as it was parsed, and as the same object each time', async () => {
  const { id, published, activated } = await publish(reference);
  expect({ published, activated }).toEqual({ published: true, activated: true });
  const first = (await loadPolicyVersions(database.knex, [id, id])).get(id);
  expect(first).toEqual(reference);
  expect((await activePolicyVersion(database.knex))?.policy).toBe(first);
  expect((await findPolicyVersion(database.knex, 'reference', 1))?.policy).toBe(first);
  await database.knex.transaction(async (trx) => expect((await loadPolicyVersions(trx, [id])).get(id)).toBe(first));
});

test('publishing the same content again has no effect', async () => {
  expect(await publish(reference)).toMatchObject({ published: false, activated: false });
  expect(await actions()).toEqual(['policy.published reference@1', 'policy.activated reference@1']);
});

test('another content under the same version is refused, and changes nothing', async () => {
  const changed = { ...reference, contact: { ...reference.contact, minimumDaysBetween: 5 } };
  await expect(publish(changed)).rejects.toThrow(PolicyConflictError);
  await expect(publish(changed)).rejects.toThrow('reference@1 is published already, with another content');
  expect((await findPolicyVersion(database.knex, 'reference', 1))?.policy).toEqual(reference);
});

test('the next version becomes the active one, and going back to the first is a choice', async () => {
  await publish({ ...reference, version: 2, title: 'Second' });
  expect((await activePolicyVersion(database.knex))?.policy.version).toBe(2);
  await publish(reference);
  expect((await activePolicyVersion(database.knex))?.policy.version).toBe(1);
  expect((await listPolicyVersions(database.knex)).map(({ policy, version, title, active }) => ({ policy, version, title, active }))).toEqual([
    { policy: 'reference', version: 2, title: 'Second', active: false },
    { policy: 'reference', version: 1, title: 'Reference strategy', active: true },
  ]);
});

test('of many who publish at once exactly one version is active, and each is published once', async () => {
  const outcomes = await Promise.all([3, 3, 4, 4, 5, 5].map((version) => publish({ ...reference, version })));
  expect(outcomes.filter((outcome) => outcome.published)).toHaveLength(3);
  const { rows } = await database.knex.raw<{ rows: unknown[] }>('SELECT 1 FROM policy_versions WHERE active');
  expect(rows).toHaveLength(1);
  expect(await verifyAudit(database.knex)).toMatchObject({ kind: 'whole' });
});

test('an id that does not exist is an error, not an empty answer', async () => {
  await expect(loadPolicyVersions(database.knex, [999])).rejects.toThrow('no policy version with the id 999');
});

describe('dunwell policy', () => {
  const dunwell = (...args: string[]) => run(process.execPath, [join(root, 'cli/dunwell.js'), 'policy', ...args], { env: { ...process.env, DATABASE_URL: database.url } })
    .then(({ stdout }) => ({ code: 0, out: stdout }), (error: { code: number; stderr: string }) => ({ code: error.code, out: error.stderr }));

  test('publish says what came of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dunwell-policy-'));
    const file = join(folder, 'mine.yaml');
    await writeFile(file, source.replace('policy: reference', 'policy: mine'));
    expect(await dunwell('publish', file)).toEqual({ code: 0, out: 'published mine@1; new invoices are collected under it from now on\n' });
    expect(await dunwell('publish', file)).toEqual({ code: 0, out: 'mine@1 was published before, with the same content; it is the active one already\n' });
    await writeFile(file, source.replace('policy: reference', 'policy: mine').replace('days: 14', 'days: 15'));
    expect(await dunwell('publish', file)).toMatchObject({ code: 1, out: expect.stringContaining('give this one version 2') });
    await writeFile(file, 'policy: mine\nversion: one\n');
    expect(await dunwell('check', file)).toEqual({
      code: 1,
      out: `${file}:2:1 version: "one" is not a whole number from 1 to 1000000\n${file}:1:1 steps: is missing (allowed: a list of at least one step)\n`,
    });
  }, 60_000);
});
