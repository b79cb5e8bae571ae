import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../db/connect';
import { temporalAddress } from '../../collection/deployment';

jest.setTimeout(300_000);

const root = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'dunwell-running-'));
let keptDatabase: string | null = null;
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (keptDatabase === null) return;
  const admin = connect(process.env.DUNWELL_TEST_PG_URL!, { poolMax: 1 });
  await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [new URL(keptDatabase).pathname.slice(1)]);
  await admin.destroy();
});

function dunwell(args: readonly string[], environment: Record<string, string> = {}): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'cli/dunwell.js'), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment } });
}
const jsonLines = (text: string): unknown[] => text.trim().split('\n').map((line) => JSON.parse(line) as unknown);

test('a ledger is replayed; `decisions` prints what `simulate` foretold, line by line; the audit trail that came about verifies and is exported', () => {
  writeFileSync(join(folder, 'customers.csv'), 'external_id,name,email,time_zone,country\nc1,Acme,billing@example.com,America/New_York,US\nc2,Bolt,pay@example.com,Europe/Berlin,DE\n');
  writeFileSync(join(folder, 'invoices.csv'), 'external_id,customer_external_id,number,issued_on,due_on,currency,total\n1,c1,1,2026-01-05,2026-02-04,USD,600.00\n2,c2,2,2026-01-07,2026-01-21,EUR,90.00\n');
  writeFileSync(join(folder, 'payments.csv'), 'external_id,customer_external_id,invoice_external_id,received_at,currency,amount\np1,c2,2,2026-01-30,EUR,90.00\n');
  const life = ['--ledger', folder, '--policy', 'policies/reference.yaml', '--from', '2026-01-05', '--to', '2026-03-10'];

  const replayed = dunwell(['replay', ...life, '--database-url', process.env.DUNWELL_TEST_PG_URL!, '--temporal-address', temporalAddress(), '--keep']);
  expect(replayed.stderr).toContain('kept: ');
  keptDatabase = /kept: (\S+), Temporal namespace/.exec(replayed.stderr)![1]!;
  expect([replayed.status, replayed.stdout]).toEqual([0, expect.stringMatching(/mismatches +0\n/) as string]);

  const site = { DATABASE_URL: keptDatabase };
  const simulated = dunwell(['simulate', ...life, '--json']);
  const decided = dunwell(['decisions', '--json', '--from', '2026-01-05', '--to', '2026-03-10'], site);
  expect([decided.status, decided.stderr]).toEqual([0, '']);
  expect(jsonLines(decided.stdout).length).toBeGreaterThan(8);
  expect(jsonLines(decided.stdout)).toEqual(jsonLines(simulated.stdout));
  expect(jsonLines(dunwell(['decisions', '--json', '--from', '2026-02-01', '--to', '2026-02-28'], site).stdout)).toEqual(jsonLines(simulated.stdout).filter((row) => (row as { on: string }).on.startsWith('2026-02')));

  const verdict = JSON.parse(dunwell(['audit', 'verify', '--json'], site).stdout) as { kind: string; entries: number };
  expect(verdict).toEqual({ kind: 'whole', entries: expect.any(Number) as number });
  expect(jsonLines(dunwell(['audit', 'export'], site).stdout)).toHaveLength(verdict.entries);
});

test('wrong dates end with exit code 2', () => {
  expect(dunwell(['decisions', '--from', 'today'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })).toMatchObject({ status: 2, stderr: expect.stringContaining('--from takes a date such as 2026-01-01, not "today"') as string });
});
