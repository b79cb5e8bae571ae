import fc from 'fast-check';
import { diffPolicies } from '../../../domain/policy/diffPolicies';
import { identityOf, withVersion } from '../../../domain/policy/sourceVersion';
import type { Action, Policy, Step } from '../../../domain/policy/types';
import { policies } from '../collection/generated';
import { reference } from '../collection/story';

const texts = (before: Policy, after: Policy): string[] => diffPolicies(before, after).map(({ text }) => text);
const changed = (id: string, patch: Partial<Step>): Policy => ({ ...reference, steps: reference.steps.map((step) => (step.id === id ? { ...step, ...patch } : step)) });

test('a policy against itself, and against its next version, has no differences', () => {
  fc.assert(fc.property(policies, (policy) => {
    expect(diffPolicies(policy, JSON.parse(JSON.stringify(policy)) as Policy)).toEqual([]);
    expect(diffPolicies(policy, { ...policy, version: policy.version + 1, policy: 'another' })).toEqual([]);
  }));
});

/** Every place of a policy that holds a plain value and is not one of a fixed set of words. */
function leaves(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}
const fixedWords = new Set(['kind', 'op', 'field', 'rule', 'policy', 'version', 'id']);

function changeAt(policy: Policy, path: readonly (string | number)[]): Policy {
  const copy = JSON.parse(JSON.stringify(policy)) as Policy;
  let parent = copy as unknown as Record<string, unknown>;
  for (const part of path.slice(0, -1)) parent = parent[part] as Record<string, unknown>;
  const key = path.at(-1)!;
  const value = parent[key];
  parent[key] = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : value === null ? 600 : `${String(value)}x`;
  return copy;
}

test('every single change of a value is named', () => {
  fc.assert(fc.property(policies, fc.nat(), (policy, pick) => {
    const places = leaves(policy).filter((path) => !fixedWords.has(String(path.at(-1))) && path.at(-1) !== 'when');
    const path = places[pick % places.length]!;
    const differences = diffPolicies(policy, changeAt(policy, path));
    expect(differences.length).toBeGreaterThan(0);
    if (path[0] === 'steps') expect(differences.map(({ step }) => step)).toContain(policy.steps[Number(path[1])]!.id);
  }), { numRuns: 500 });
});

test('every step that is taken away, added or put elsewhere is named, and no other', () => {
  fc.assert(fc.property(policies, fc.nat(), fc.nat(), (policy, pick, to) => {
    const at = pick % policy.steps.length;
    const step = policy.steps[at]!;
    const rest = policy.steps.filter((_, position) => position !== at);
    expect(diffPolicies(policy, { ...policy, steps: rest })).toMatchObject([{ kind: 'step-removed', step: step.id }]);
    expect(diffPolicies({ ...policy, steps: rest }, policy)).toMatchObject([{ kind: 'step-added', step: step.id }]);
    const target = to % policy.steps.length;
    const moved = [...rest.slice(0, target), step, ...rest.slice(target)];
    const kinds = diffPolicies(policy, { ...policy, steps: moved }).map(({ kind }) => kind);
    expect(kinds).toEqual(target === at ? [] : ['step-moved']);
  }));
});

describe('in words', () => {
  test('the timing of a step', () => {
    expect(texts(reference, changed('overdue-7', { offset: { unit: 'businessDays', count: 10 }, atMinute: 600 }))).toEqual([
      '"Remind a week after the due date, with the invoice and the ways to pay": 7 days after the due date became 10 business days after the due date, at 10:00.',
    ]);
  });
  test('a condition, and one threshold among many', () => {
    const hold = reference.steps.find(({ id }) => id === 'hold-45')!;
    expect(texts(reference, changed('hold-45', { when: null }))[0]).toMatch(/^"Account hold until payment": it ran only if more than \$500 .* open, and always runs now\.$/);
    const minorByCurrency = hold.when && 'value' in hold.when && hold.when.value.kind === 'money' ? hold.when.value.minorByCurrency : {};
    const raised: Step['when'] = { field: 'invoice.balance', op: '>', value: { kind: 'money', minorByCurrency: { ...minorByCurrency, CHF: 50_000 } } };
    expect(texts(reference, changed('hold-45', { when: raised }))).toEqual(['"Account hold until payment": its condition changed: value.minorByCurrency.CHF: 45000 became 50000.']);
  });
  test('actions that come, go, change and change places', () => {
    const task: Action = { kind: 'task', queue: 'Care', title: 'Call', instructions: null, dueInDays: 1 };
    const [email] = reference.steps.find(({ id }) => id === 'due')!.actions;
    expect(texts(reference, changed('due', { actions: [email!, task] }))).toEqual(['"Remind on the due date": also task for Care: Call (due in 1 day).']);
    expect(texts(reference, changed('due', { actions: [task] }))).toEqual(['"Remind on the due date": no more email "due" to billing.', '"Remind on the due date": also task for Care: Call (due in 1 day).']);
    const both = changed('due', { actions: [email!, task] });
    expect(texts(both, changed('due', { actions: [task, email!] }))).toEqual(['"Remind on the due date": its actions are in another order: task, email.']);
    expect(texts(both, changed('due', { actions: [email!, { ...task, instructions: 'Be kind.' }] }))).toEqual(['"Remind on the due date": task: instructions: nothing became "Be kind.".']);
  });
  test('the calendar, the rules of contact, and rules that this code has no words for', () => {
    const other = { ...reference, calendar: { ...reference.calendar, weekdays: [1, 2] }, contact: { ...reference.contact, minimumDaysBetween: 4 }, grace: { days: 3 } } as Policy;
    expect(texts(reference, other)).toEqual(['The weekdays: mon, tue, wed, thu, fri became mon, tue.', 'The days between two contacts of a customer: 1 became 4.', 'grace: nothing became {"days":3}.']);
  });
});

test('a text tells its name and version, and takes another version with everything else as it was', () => {
  const source = '# ours\npolicy: gentle   # the name\nversion:  3 # the third\nsteps: [ {id: a} ]\n';
  expect(identityOf(source)).toEqual({ policy: 'gentle', version: 3 });
  expect(withVersion(source, 14)).toBe('# ours\npolicy: gentle   # the name\nversion:  14 # the third\nsteps: [ {id: a} ]\n');
  expect(identityOf('not: [a policy')).toEqual({ policy: null, version: null });
  expect(withVersion('steps: []', 2)).toBe('steps: []');
  expect(withVersion('{"policy": "a", "version": 1}', 2)).toBe('{"policy": "a", "version": 2}');
});
