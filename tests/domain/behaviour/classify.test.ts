import fc from 'fast-check';
import { classifyBehaviour } from '../../../domain/behaviour/classify';

const classOf = (daysLate: number[], reversals = 0, writeOffs = 0): string => classifyBehaviour({ daysLate, reversals, writeOffs }).class;

test.each([
  ['two settled invoices say nothing yet', [90, 90], 'new'],
  ['three do', [0, 0, 0], 'prompt'],
  ['five days late on average are prompt', [5, 5, 5], 'prompt'],
  ['a third of a day more is slow', [5, 5, 6], 'slow'],
  ['thirty are slow', [30, 30, 30], 'slow'],
  ['thirty and a bit are at risk', [30, 30, 31], 'at-risk'],
  ['paying early makes up for nothing', [-60, 0, 18], 'slow'],
  ['the thirteenth invoice back is forgotten', [...Array.from({ length: 12 }, () => 0), 900], 'prompt'],
])('%s', (_, daysLate, expected) => expect(classOf(daysLate)).toBe(expected));

test('what was written off or taken back twice weighs more than any promptness', () => {
  expect(classOf([0, 0, 0, 0], 1)).toBe('prompt');
  expect(classOf([0, 0, 0, 0], 2)).toBe('at-risk');
  expect(classOf([0, 0, 0, 0], 0, 1)).toBe('at-risk');
});

test('paying later never makes a better class', () => {
  const rank = ['prompt', 'slow', 'at-risk'];
  fc.assert(fc.property(fc.array(fc.integer({ min: -10, max: 90 }), { minLength: 3, maxLength: 14 }), fc.nat(13), fc.integer({ min: 1, max: 60 }), (daysLate, at, more) => {
    const later = daysLate.map((days, index) => (index === at % daysLate.length ? days + more : days));
    expect(rank.indexOf(classOf(later))).toBeGreaterThanOrEqual(rank.indexOf(classOf(daysLate)));
  }));
});
