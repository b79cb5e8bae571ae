import { collectMembers } from '../../../activities/segment/collectMembers';
import type { TimedStep } from '../../../activities/segment/runSteps';
import type { RunProgress } from '../../../workflows/contracts/segment';

const page = (after: number | null, deliver: string[], decided = deliver.length): TimedStep => ({ step: { kind: 'more', deliver, at: { run: 3, after, decided } }, waitMs: null });
const begun: TimedStep = { step: { kind: 'more', deliver: [], at: null }, waitMs: null };
const wait: TimedStep = { step: { kind: 'wait', until: 5_000, why: 'the next run' }, waitMs: 4_000 };
const limits = { messagesMax: 4, pagesMax: 10 };

/** Takes the steps in turn; a step that is an error fails. */
function taking(...steps: (TimedStep | Error)[]): () => Promise<TimedStep> {
  return async () => {
    const step = steps.shift();
    if (step === undefined) throw new Error('It took a step too many.');
    if (step instanceof Error) throw step;
    return step;
  };
}

test('a run goes on page after page, until it has to wait: everything that was queued is handed over, and each page tells how far it is', async () => {
  const told: RunProgress[] = [];
  const step = await collectMembers(taking(begun, page(2, ['a', 'b']), page(null, ['c'], 2), wait), limits, [], () => false, (progress) => told.push(progress));
  expect(step).toEqual({ kind: 'wait', waitMs: 4_000, why: 'the next run', deliver: ['a', 'b', 'c'] });
  expect(told).toEqual([{ run: 3, after: 2, decided: 2, messages: 2 }, { run: 3, after: null, decided: 4, messages: 3 }]);
});

test('a call is bounded: by messages and by pages', async () => {
  expect(await collectMembers(taking(page(2, ['a', 'b']), page(4, ['c', 'd'])), limits, [], () => false, () => undefined)).toEqual({ kind: 'more', deliver: ['a', 'b', 'c', 'd'] });
  expect(await collectMembers(taking(page(2, ['a']), page(4, [], 2)), { ...limits, pagesMax: 2 }, [], () => false, () => undefined)).toEqual({ kind: 'more', deliver: ['a'] });
});

test('what a call left that died is handed over with what comes', async () => {
  expect(await collectMembers(taking(page(4, ['c']), wait), limits, ['a', 'b'], () => false, () => undefined)).toMatchObject({ kind: 'wait', deliver: ['a', 'b', 'c'] });
});

test('a page that fails fails the call, save for what was queued before it: that is handed over first, and the next call fails', async () => {
  const failing = new Error('nothing can be written');
  await expect(collectMembers(taking(failing), limits, ['left'], () => false, () => undefined)).rejects.toThrow(failing);
  expect(await collectMembers(taking(page(2, ['a', 'b']), failing), limits, [], () => false, () => undefined)).toEqual({ kind: 'more', deliver: ['a', 'b'] });
});

test('a worker that ends stops it between two pages', async () => {
  let ends = false;
  const step = await collectMembers(taking(page(2, ['a'])), limits, [], () => ends, () => { ends = true; });
  expect(step).toEqual({ kind: 'more', deliver: ['a'] });
});

test('a segment that does nothing by itself any more is done', async () => {
  expect(await collectMembers(taking({ step: { kind: 'done' }, waitMs: null }), limits, [], () => false, () => undefined)).toEqual({ kind: 'done', deliver: [] });
});
