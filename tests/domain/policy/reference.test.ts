import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonOps } from '../../../domain/policy/schema';
import { fields } from '../../../domain/condition/catalogue';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { policyJsonSchema } from '../../../domain/policy/schema';
import { simulate } from '../../../domain/simulation/simulate';
import type { Ledger } from '../../../domain/simulation/timeline';
import { builtinTemplate, builtinTemplateNames } from '../../../domain/templates/builtin';

const text = readFileSync(join(__dirname, '../../../docs/policy-reference.md'), 'utf8');
const examples = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');

/** Every name that a policy document may use as a key. */
function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, inner]) => [
    ...(name === 'properties' ? Object.keys(inner as object) : []),
    ...keysOf(inner),
  ]);
}

test.each([...new Set(keysOf(policyJsonSchema()))])('explains the key %s', (key) => {
  expect(text).toMatch(new RegExp(`(\`${key.replace('$', '\\$')}\`|### ${key}$)`, 'm'));
});

test.each(fields.map((field) => field.name))('explains the field %s', (name) => {
  expect(text).toContain(`\`${name}\``);
});

test.each([...comparisonOps])('explains the operator %s', (op) => {
  expect(text).toContain(`\`${op}\``);
});

test.each(examples)('its example is right:\n%s', (example) => {
  const parsed = parsePolicy(complete(example), 'yaml', { templates: builtinTemplateNames, isTemplate: (name) => builtinTemplate(name) !== null });
  expect(parsed).toMatchObject({ ok: true });
});

/** A fragment of the reference in the policy around it. */
function complete(example: string): string {
  const indented = (by: number): string => example.replace(/^/gm, ' '.repeat(by));
  const step = 'steps:\n  - id: a\n    anchor: due\n    offset: { days: 1 }\n    actions: [{ handoff: {} }]\n';
  if (example.startsWith('policy:')) return example;
  if (example.startsWith('- id:')) return `policy: x\nversion: 1\nsteps:\n${indented(2)}`;
  if (/^(all|any|not):/.test(example)) return `policy: x\nversion: 1\n${step}    when:\n${indented(6)}`;
  return `policy: x\nversion: 1\n${step}${example}`;
}

describe('the worked dates', () => {
  const parsed = parsePolicy(readFileSync(join(__dirname, '../../../policies/reference.yaml'), 'utf8'));
  if (!parsed.ok) throw new Error('policies/reference.yaml is wrong');
  const ledger: Ledger = {
    customers: [{ externalId: 'acme', name: 'Acme', timeZone: 'Europe/Berlin', country: 'DE', region: 'BY', contacts: [{ role: 'billing', email: 'acme@example.com' }] }],
    invoices: [{ externalId: 'inv-1', customerExternalId: 'acme', issuedOn: '2026-04-02', dueOn: '2026-05-02', currency: 'EUR', totalMinor: 60_000 }],
    payments: [],
    creditNotes: [],
  };
  const paidAt = (receivedAt: string): Ledger => ({
    ...ledger,
    payments: [{ externalId: 'p', customerExternalId: 'acme', invoiceExternalId: 'inv-1', receivedAt, currency: 'EUR', amountMinor: 60_000 }],
  });
  const rows = (records: Ledger) => simulate(records, parsed.policy, '2026-04-01', '2026-09-30');

  test('are those of the simulation', () => {
    const table = [...text.matchAll(/^\| ([a-z0-9-]+) \| \d{4}-\d\d-\d\d \| (\d{4}-\d\d-\d\d) \|/gm)].map((match) => `${match[1]} ${match[2]}`);
    expect(table).toHaveLength(7);
    expect([...new Set(rows(ledger).map((row) => `${row.step} ${row.on}`))]).toEqual(table);
    expect(rows(ledger).every((row) => row.outcome === 'executed' && row.at.endsWith('T07:00:00.000Z'))).toBe(true);
  });

  test('a payment on the day of a step is seen by it, a minute after is too late', () => {
    const reminder = (receivedAt: string) => rows(paidAt(receivedAt)).find((row) => row.step === 'overdue-7');
    expect(reminder('2026-05-11')).toMatchObject({ outcome: 'suppressed', reason: 'nothing is open' });
    expect(reminder('2026-05-11T09:01:00')).toMatchObject({ outcome: 'executed' });
  });
});
