import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dunwell-simulate-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function dunwell(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'cli/dunwell.js'), ...args], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function simulate(folder: string, ...more: string[]) {
  return dunwell('simulate', '--ledger', folder, '--policy', 'policies/reference.yaml', '--from', '2026-01-01', '--to', '2026-12-31', ...more);
}

const customers = 'external_id,name,email,time_zone,country,region,language,segment\nc1,"Acme, Inc.",billing@example.com,America/New_York,US,,en,gold\n';
const invoices = 'external_id,customer_external_id,number,issued_on,due_on,currency,total,type,business_unit\n0007,c1,0007,2026-01-05,2026-02-04,USD,500.01,standard,\n';

test('prints one decision per line, ids with their leading zeros, until the payment', () => {
  const folder = folderOf({ 'customers.csv': customers, 'invoices.csv': invoices, 'payments.csv': 'external_id,customer_external_id,invoice_external_id,received_at,currency,amount\np1,c1,0007,2026-02-18,USD,500.01\n' });
  const { status, stdout, stderr } = simulate(folder, '--json');
  expect([status, stderr]).toEqual([0, '']);
  const rows = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows[0]).toEqual({
    at: '2026-01-05T14:00:00.000Z', on: '2026-01-05', customer: 'c1', invoice: '0007', step: 'deliver', action: 'email', outcome: 'executed',
    reason: 'planned for 2026-01-05', openMinor: 50_001, currency: 'USD', policyVersion: 'reference@1',
  });
  expect(rows.filter((row) => row.outcome === 'executed').map((row) => row.on)).toEqual(['2026-01-05', '2026-02-04', '2026-02-11']);
  expect(rows.filter((row) => row.outcome === 'suppressed').every((row) => row.on === '2026-02-18' && row.reason === 'nothing is open' && row.openMinor === 0)).toBe(true);
});

test('with a file of segments, a segment that a policy or a run asks about must be in it', () => {
  const segment = (key: string, when: string): string => `- key: ${key}\n  condition: {field: customer.openInvoices, op: ">", value: 0}\n  run: {rhythm: {every: week, weekday: 2, interval: 1}, timeZone: UTC, atMinute: 540, when: ${when}, invoices: {which: open}, actions: [{kind: task, queue: q, title: t}]}\n`;
  const asks = (key: string): string => `{field: customer.segments, op: in, value: [${key}]}`;
  const policy = (key: string): string => `policy: asks\nversion: 1\nsteps:\n  - {id: first, anchor: due, offset: {days: 1}, when: ${asks(key)}, actions: [{email: {template: due}}]}\n`;
  const folder = folderOf({ 'customers.csv': customers, 'invoices.csv': invoices, 'right.yaml': segment('large', asks('large')), 'wrong.yaml': segment('large', asks('lrage')), 'policy.yaml': policy('lareg'), 'fine.yaml': policy('large') });
  const run = (policyFile: string, segments: string) => dunwell('simulate', '--ledger', folder, '--policy', join(folder, policyFile), '--from', '2026-01-01', '--to', '2026-03-31', '--segments', join(folder, segments));
  expect(run('policy.yaml', 'right.yaml')).toMatchObject({ status: 1, stderr: expect.stringContaining('steps[0].when.value[0]: there is no segment "lareg", did you mean "large"?') as string });
  expect(run('fine.yaml', 'wrong.yaml')).toMatchObject({ status: 2, stderr: expect.stringContaining('large.run.when.value[0]: there is no segment "lrage", did you mean "large"?') as string });
  expect(run('fine.yaml', 'right.yaml').status).toBe(0);
});

test('a wrong row stops it, with file, line, column, value and reason; --lenient leaves the row out', () => {
  const folder = folderOf({ 'customers.csv': customers, 'invoices.csv': `${invoices}0008,c2,0008,2026-01-05,2026-02-04,USD,10.00,standard,\n0009,c1,0009,2026-13-05,2026-02-04,USD,10.00,standard,\n` });
  const strict = simulate(folder, '--json');
  expect(strict.status).toBe(2);
  expect(strict.stdout).toBe('');
  expect(strict.stderr).toContain('invoices.csv:3 customer_external_id "c2" is not a known customer');
  expect(strict.stderr).toContain('invoices.csv:4 issued_on "2026-13-05"');
  const lenient = simulate(folder, '--json', '--lenient');
  expect(lenient.status).toBe(0);
  expect(lenient.stdout).toContain('"invoice":"0007"');
});

test.each([
  [['--from', 'January'], '--from takes a date such as 2026-01-01, not "January"'],
  [['--from', '2027-01-01'], '--to 2026-12-31 lies before --from 2027-01-01'],
  [['--ledger', '/nowhere'], 'customers.csv is not there'],
])('wrong usage %j ends with exit code 2 and says what is wrong', (args, message) => {
  const { status, stderr } = simulate(folderOf({ 'customers.csv': customers, 'invoices.csv': invoices }), ...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});

describe('a policy whose step starts another', () => {
  const step = (id: string, days: number, action: string): string => `  - { id: ${id}, anchor: due, offset: { days: ${days} }, actions: [${action}] }\n`;
  const policies = (started: string): Record<string, string> => ({
    'own.yaml': `policy: own\nversion: 1\nsteps:\n${step('over', 8, `{ startPolicy: { policy: ${started} } }`)}`,
    'legal-1.yaml': `policy: legal\nversion: 1\nsteps:\n${step('old', 20, '{ handoff: {} }')}`,
    'legal-2.yaml': `policy: legal\nversion: 2\nsteps:\n${step('sue', 20, '{ handoff: {} }')}`,
    'notes.json': '["no policy"]',
  });
  const ledger = { 'customers.csv': customers, 'invoices.csv': invoices };

  test('is simulated with the newest version of that name in its folder, or in the one that is named', () => {
    const folder = folderOf({ ...ledger, ...policies('legal') });
    const { status, stdout, stderr } = dunwell('simulate', '--ledger', folder, '--policy', join(folder, 'own.yaml'), '--from', '2026-01-01', '--to', '2026-12-31', '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>).map(({ on, policyVersion, step: id, action }) => `${on} ${policyVersion} ${id} ${action}`)).toEqual([
      '2026-02-12 own@1 over start-policy', '2026-02-24 legal@2 sue handoff',
    ]);
    const elsewhere = folderOf({ 'own.yaml': policies('legal')['own.yaml']! });
    expect(dunwell('policy', 'check', join(elsewhere, 'own.yaml')).stderr).toContain('no policy is called "legal" (allowed: publish the other policy first)');
    expect(dunwell('policy', 'check', join(elsewhere, 'own.yaml'), '--policies', folder)).toMatchObject({ status: 0 });
  });

  test('is refused where there is no such policy, with line, place and nearest name', () => {
    const folder = folderOf({ ...ledger, ...policies('legall') });
    const { status, stderr } = dunwell('simulate', '--ledger', folder, '--policy', join(folder, 'own.yaml'), '--from', '2026-01-01', '--to', '2026-12-31');
    expect(status).toBe(1);
    expect(stderr).toMatch(/own\.yaml:4:\d+ steps\[0\]\.actions\[0\]\.startPolicy\.policy: no policy is called "legall", did you mean "legal"\? \(allowed: one of legal\)/);
  });
});
