import fc from 'fast-check';
import { moveStep, readContent } from '../../../web/src/policy/drafts/document';
import { whenAdded, whenMoved, whenRemoved } from '../../../web/src/policy/drafts/folding';
import { doingOf, timingOf } from '../../../web/src/policy/drafts/stepWords';

describe('folding', () => {
  const ladders = fc.integer({ min: 1, max: 8 }).chain((count) => fc.record({ count: fc.constant(count), opened: fc.uniqueArray(fc.nat(count - 1)), from: fc.nat(count - 1), to: fc.nat(count - 1) }));

  test('what is open stays open wherever a step is put, as the text has them then', () => {
    fc.assert(fc.property(ladders, ({ count, opened, from, to }) => {
      const text = `steps:\n${Array.from({ length: count }, (_, index) => `  - id: ${opened.includes(index) ? 'open' : 'folded'}-${index}\n`).join('')}`;
      const read = readContent(moveStep(text, from, to));
      const moved = read.ok ? read.content.steps.flatMap(({ id }, index) => (String(id).startsWith('open') ? [index] : [])) : [];
      expect([...whenMoved(new Set(opened), count, from, to)]).toEqual(moved);
    }));
  });

  test('a step that is added begins open, one that goes takes nothing of the others', () => {
    expect([...whenAdded(new Set([0, 2]), 3, 0)]).toEqual([0, 1, 3]);
    expect([...whenAdded(new Set(), 3, 2)]).toEqual([3]);
    expect([...whenRemoved(new Set([0, 2]), 3, 0)]).toEqual([1]);
    expect([...whenRemoved(new Set([1]), 3, 1)]).toEqual([]);
  });
});

describe('a step as a line', () => {
  test.each([
    [{ anchor: 'due', offset: { days: 7 } }, '7 days after the due date'],
    [{ anchor: 'due', offset: { days: -1 }, at: '09:30' }, '1 day before the due date, at 09:30'],
    [{ anchor: 'issued', offset: { days: 0 } }, 'On the issue date'],
    [{ anchor: 'previous', offset: { businessDays: 2 } }, '2 business days after the step before'],
    [{ anchor: 'previous', offset: { days: 0 } }, 'On the day of the step before'],
    [{ anchor: 'someday', offset: { days: 'x' } }, 'someday'],
    [{}, ''],
  ])('%j: when', (step, words) => {
    expect(timingOf(step)).toBe(words);
  });

  test.each([
    [[{ email: { template: 'overdue-7' } }, { task: { queue: 'q', title: 'Call Acme' } }], 'Email: overdue-7; task: Call Acme'],
    [[{ hold: { kind: 'credit' } }, { handoff: {} }], 'Hold: credit; hand-off'],
    [[{ novelty: null }], 'Novelty'],
    [undefined, ''],
  ])('%j: what', (actions, words) => {
    expect(doingOf({ actions })).toBe(words);
  });
});
