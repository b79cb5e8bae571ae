import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { quietRuntime } from '../collection/deployment';
import { parseHistory, readHistoryText } from './historyFile';

jest.setTimeout(120_000);
beforeAll(quietRuntime);

const folder = path.join(__dirname, 'histories');
const names = readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, ''));

function read(name: string): string {
  return readHistoryText(path.join(folder, `${name}.json`));
}

async function replay(histories: readonly { name: string; text: string }[]): Promise<Map<string, Error | undefined>> {
  const results = new Map<string, Error | undefined>();
  const every = histories.map(({ name, text }) => ({ workflowId: invoiceWorkflowId(name), history: parseHistory(text) }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: await workflowBundle() }, every)) results.set(workflowId, error);
  return results;
}

describe('workflows that are under way when new code is deployed', () => {
  test('there is a history of every kind of life', () => {
    expect(names.sort()).toEqual(['asked-twice-at-once', 'batch-of-three-customers', 'campaign-by-pages', 'campaign-of-two-steps', 'disputed-and-resolved', 'full-ladder-to-hand-off', 'hand-over-of-a-batch', 'on-real-timers', 'paid-after-hold-with-release', 'paused-and-resumed', 'promise-broken', 'reopened-by-reversal', 'segment-continued-as-new', 'segment-email-task-and-notice', 'segment-goes-over', 'segment-monthly-statements', 'segment-paused-resumed-and-run-now', 'segment-runs-and-controls', 'settled-early', 'updates-during-wait']);
  });

  test('go on under the code as it is: every history replays', async () => {
    const results = await replay(names.map((name) => ({ name, text: read(name) })));
    expect([...results].filter(([, error]) => error !== undefined)).toEqual([]);
    expect(results.size).toBe(names.length);
  });

  test('would be told apart from others: a history in which another activity was scheduled does not replay', async () => {
    const text = read('full-ladder-to-hand-off');
    expect(text).toContain('"deliverMessage"');
    const results = await replay([{ name: 'altered', text: text.replace('"deliverMessage"', '"shredMessage"') }]);
    expect(results.get(invoiceWorkflowId('altered'))).toBeInstanceOf(DeterminismViolationError);
  });
});
