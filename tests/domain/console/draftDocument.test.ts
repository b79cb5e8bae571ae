import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { addStep, moveStep, readContent, removeStep, write } from '../../../web/src/policy/drafts/document';

const reference = readFileSync(path.join(__dirname, '../../../policies/reference.yaml'), 'utf8');
const ids = (text: string): unknown[] => {
  const read = readContent(text);
  return read.ok ? read.content.steps.map(({ id }) => id) : [read.problem];
};
const text = `# Ours
policy: mine # the name
grace: { days: 3 } # a key that the form does not know
steps:
  - id: a # the first
    offset: { days: 1 }
    novelty: yes
  - { id: b, offset: { days: 2 } }
`;

test('an edit changes its place; comments and keys that the form does not know stay', () => {
  const edited = write(text, ['steps', 0, 'offset'], { days: 5 });
  expect(edited).toContain('# Ours');
  expect(edited).toContain('policy: mine # the name');
  expect(edited).toContain('grace: { days: 3 } # a key that the form does not know');
  expect(edited).toContain('novelty: yes');
  expect(readContent(edited)).toMatchObject({ ok: true, content: { steps: [{ id: 'a', offset: { days: 5 } }, { id: 'b', offset: { days: 2 } }] } });
  expect(write(text, ['contact', 'minimumDaysBetween'], 4)).toContain('minimumDaysBetween: 4');
  expect(readContent(write(text, ['steps', 0, 'novelty'], undefined))).toMatchObject({ content: { steps: [{ id: 'a' }, {}] } });
});

test('steps are moved, removed and added, and keep what is theirs', () => {
  expect(ids(moveStep(text, 1, 0))).toEqual(['b', 'a']);
  expect(moveStep(text, 1, 0)).toContain('# the first');
  expect(ids(removeStep(text, 0))).toEqual(['b']);
  expect(ids(addStep(text, 0))).toEqual(['a', 'step-3', 'b']);
  expect(parsePolicy(addStep(reference, 2))).toMatchObject({ ok: true });
});

test('a step that holds what others refer to may go: they get a copy of their own', () => {
  const before = parsePolicy(reference);
  const held = ids(reference).indexOf('hold-45');
  const removed = parsePolicy(removeStep(reference, held));
  expect(removed.ok && before.ok && removed.policy.steps.at(-1)?.when).toEqual(before.ok && before.policy.steps.at(-1)?.when);
  const turned = moveStep(reference, held + 1, held);
  expect(ids(turned).slice(-2)).toEqual(['handoff-120', 'hold-45']);
});

test('a text that is no document says so', () => {
  expect(readContent('steps: [')).toMatchObject({ ok: false });
  expect(readContent('just words')).toMatchObject({ ok: false, problem: expect.stringContaining('policy: reference') as string });
  expect(readContent('policy: x')).toMatchObject({ ok: true, content: { steps: [] } });
});

test('a condition that was built is written into the step, and read from it', () => {
  const condition = { all: [{ field: 'invoice.balance', op: '>', value: { USD: '500.00' } }, { not: { field: 'customer.tier', op: 'in', value: ['gold'] } }] };
  const written = readContent(write(reference, ['steps', 0, 'when'], condition));
  expect(written.ok && written.content.steps[0]?.when).toEqual(condition);
  const taken = readContent(write(reference, ['steps', 0, 'when'], undefined));
  expect(taken.ok && taken.content.steps[0]?.when).toBeUndefined();
});
