import path from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';
import { migrationWorkflowId } from '../../workflows/contracts/migration';
import { quietRuntime } from '../collection/deployment';
import { parseHistory, readHistoryText } from './historyFile';

jest.setTimeout(120_000);
beforeAll(quietRuntime);

/*
 * A migration that was paused before its first page, resumed, moved three pages and ended. Recorded by tests/integration/migratePolicy.test.ts, which writes it
 * where DUNWELL_RECORD_MIGRATION says.
 */
const text = readHistoryText(path.join(__dirname, 'migrations/paused-and-resumed.json'));

async function replay(history: string): Promise<Error | undefined> {
  for await (const { error } of Worker.runReplayHistories({ workflowBundle: await workflowBundle() }, [{ workflowId: migrationWorkflowId(1), history: parseHistory(history) }])) return error;
  return undefined;
}

test('a migration that is under way goes on under the code as it is', async () => {
  expect(await replay(text)).toBeUndefined();
});

test('a history in which it waited for something else does not replay', async () => {
  const altered = text.replaceAll('EVENT_TYPE_MARKER_RECORDED', 'EVENT_TYPE_TIMER_STARTED').replaceAll('markerRecordedEventAttributes', 'timerStartedEventAttributes');
  expect(altered).not.toBe(text);
  expect(await replay(altered)).toBeInstanceOf(DeterminismViolationError);
});
