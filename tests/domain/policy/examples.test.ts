import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describePolicy } from '../../../domain/policy/describePolicy';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { policyJsonSchema } from '../../../domain/policy/schema';
import type { Policy } from '../../../domain/policy/types';
import { builtinTemplate, builtinTemplateNames } from '../../../domain/templates/builtin';

const folder = join(__dirname, '../../../policies');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function read(name: string): Policy {
  const parsed = parsePolicy(readFileSync(join(folder, name), 'utf8'), 'yaml', { templates: builtinTemplateNames, isTemplate: (template) => builtinTemplate(template) !== null, queues: ['Collections', 'Credit', 'Customer Care', 'Sales'] });
  if (!parsed.ok) throw new Error(`${name}: ${JSON.stringify(parsed.errors)}`);
  return parsed.policy;
}

test('the examples are there', () => {
  expect(files.sort()).toEqual(['gentle.yaml', 'reference.yaml', 'strict.yaml']);
});

test.each(files)('%s is right, uses templates and queues that a new deployment has, and is named after its file', (name) => {
  expect(`${read(name).policy}.yaml`).toBe(name);
});

test('the committed JSON Schema is that of the code; run `npm run policy:schema` when it is not', () => {
  expect(JSON.parse(readFileSync(join(folder, 'policy.schema.json'), 'utf8'))).toEqual(policyJsonSchema());
});

describe('the reference strategy', () => {
  const { steps, calendar, contact } = read('reference.yaml');

  test('is the ladder: deliver, due, 7, 14, 30, 45, 120', () => {
    expect(steps.map((step) => [step.id, step.anchor, step.offset.count, step.actions.map((action) => action.kind).join('+')])).toEqual([
      ['deliver', 'issued', 0, 'email'],
      ['due', 'due', 0, 'email'],
      ['overdue-7', 'due', 7, 'email'],
      ['call-14', 'due', 14, 'task'],
      ['sales-30', 'due', 30, 'task'],
      ['hold-45', 'due', 45, 'hold+email'],
      ['handoff-120', 'due', 120, 'handoff+notify'],
    ]);
  });

  test('delivers up to five days late, outside the spacing, and collapses everything else', () => {
    expect(steps[0]).toMatchObject({ catchUp: { rule: 'send-late', limitDays: 5 }, exemptFromSpacing: true });
    expect(steps.slice(1).every((step) => step.catchUp.rule === 'collapse' && !step.exemptFromSpacing)).toBe(true);
  });

  test('sends on weekdays from 9 to 5 where the customer is, once a day', () => {
    expect(calendar).toEqual({ timeZone: 'customer', window: { opensMinute: 540, closesMinute: 1020 }, weekdays: [1, 2, 3, 4, 5], holidays: 'customer' });
    expect(contact).toEqual({ minimumDaysBetween: 1, merge: 'same-day' });
  });

  test('holds and hands off above 500 US dollars, and at about that in other currencies', () => {
    const thresholds = { USD: 50_000, EUR: 46_000, GBP: 40_000, CHF: 45_000, JPY: 75_000, KWD: 150_000 };
    for (const id of ['hold-45', 'handoff-120']) {
      expect(steps.find((step) => step.id === id)?.when).toMatchObject({ field: 'invoice.balance', op: '>', value: { kind: 'money', minorByCurrency: thresholds } });
    }
  });

  test('gives its tasks to Customer Care and to Sales', () => {
    expect(steps.flatMap((step) => step.actions).flatMap((action) => (action.kind === 'task' ? [action.queue] : []))).toEqual(['Customer Care', 'Sales']);
  });

  test('reads well in plain words', () => {
    const described = describePolicy(read('reference.yaml'));
    expect(described.steps[5]).toEqual({
      id: 'hold-45',
      title: 'Account hold until payment',
      timing: '45 days after the due date',
      condition: 'more than $500 (or the amount set for 28 other currencies) open',
      actions: ['credit hold until the invoice is paid, then email "released" to billing', 'email "hold-notice" to billing'],
      catchUp: 'if missed: only the latest of the missed steps runs',
      spacing: null,
    });
  });
});
