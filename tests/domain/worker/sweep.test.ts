import { createAttention } from '../../../worker/sweep';

const minuteMs = 60_000;

test('an invoice that is neglected in two rounds is woken; one that was only slow is not', () => {
  const attend = createAttention();
  expect(attend(['a', 'b'], 0)).toEqual([]);
  expect(attend(['a'], 20_000)).toEqual(['a']);
  expect(attend(['b'], 40_000)).toEqual([]);
});

test('a message that is held back from Friday to Monday wakes its workflow some seventy times, not ten thousand', () => {
  const attend = createAttention();
  let woken = 0;
  for (let now = 0; now < 64 * 60 * minuteMs; now += 20_000) woken += attend(['a'], now).length;
  expect(woken).toBeGreaterThan(60);
  expect(woken).toBeLessThan(80);
});

test('one that was helped and is neglected again later is not made to wait', () => {
  const attend = createAttention();
  for (let now = 0; now < 60 * minuteMs; now += 20_000) attend(['a'], now);
  expect(attend([], 61 * minuteMs)).toEqual([]);
  expect(attend(['a'], 62 * minuteMs)).toEqual([]);
  expect(attend(['a'], 63 * minuteMs)).toEqual(['a']);
});

test('while a backlog of thousands is worked off nobody in it is woken; whoever is left when it stands still is', () => {
  const attend = createAttention();
  const backlog = Array.from({ length: 5_000 }, (_, index) => `i${index}`);
  for (let round = 0; round < 16; round += 1) expect(attend(backlog.slice(round * 300), round * 20_000)).toEqual([]);
  expect(attend(backlog.slice(4_999), 16 * 20_000)).toEqual([]);
  expect(attend(backlog.slice(4_999), 17 * 20_000)).toEqual(['i4999']);
});
