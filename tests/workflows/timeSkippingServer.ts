import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { InternalConnectionOptionsSymbol } from '@temporalio/client/lib/connection';
import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { NativeConnection } from '@temporalio/worker';
import type { InstantMs } from '../../domain/calendar/dates';
import { findFreePort } from '../../engines/ports';
import { indexedValueTypes } from '../../engines/searchAttributes';
import { startProcess, waitUntilReady } from '../../engines/supervise';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';

export interface TimeSkippingServer {
  connection: NativeConnection;
  clientConnection: Connection;
  now(): Promise<InstantMs>;
  /** Lets so much virtual time pass: timers fire in order, and the time in which nothing is to be done is skipped. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const readyTimeoutMs = 60_000;

/**
 * Starts the time-skipping test server. `TestWorkflowEnvironment.createTimeSkipping` does the same but gives the server's Java five seconds to start, which a
 * busy machine does not keep.
 */
export async function startTimeSkippingServer(): Promise<TimeSkippingServer> {
  const command = process.env.DUNWELL_TEST_SERVER_PATH;
  if (!command) throw new Error('DUNWELL_TEST_SERVER_PATH is not set: the time-skipping test server was not found, see the output of globalSetup.');
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-time-'));
  const port = await findFreePort();
  const address = `127.0.0.1:${port}`;
  const server = await startProcess({ name: 'the time-skipping server', command, args: [String(port), '--enable-time-skipping'], logFile: path.join(folder, 'server.log') });
  await waitUntilReady(server, { name: 'the time-skipping server', timeoutMs: readyTimeoutMs, check: () => answers(address) });
  const clientConnection = await Connection.connect({ address, ...{ [InternalConnectionOptionsSymbol]: { supportsTestService: true } } });
  // The test server takes search attributes but does not list them, so there is no asking first.
  await clientConnection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes: Object.fromEntries(Object.values(collectionAttributes).map(({ name, type }) => [name, indexedValueTypes[type]])) });
  const connection = await NativeConnection.connect({ address });
  const { testService } = clientConnection;
  if (!testService) throw new Error('This version of the SDK does not reach the test service.');
  // It skips from the start unless it is told not to; `pass` lifts this for as long as it lasts.
  await testService.lockTimeSkipping({});
  return {
    connection, clientConnection,
    now: async () => tsToMs((await testService.getCurrentTime({})).time),
    pass: async (ms) => {
      await testService.unlockTimeSkippingWithSleep({ duration: msToTs(ms) });
    },
    stop: async () => {
      await connection.close();
      await clientConnection.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: string): Promise<boolean> {
  try {
    const probe = await Connection.connect({ address, connectTimeout: '1 s' });
    await probe.close();
    return true;
  } catch {
    return false; // not up yet; the caller's deadline ends the wait
  }
}
