import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineError, type Say } from '../../engines/engineError';
import { isFolderHeld, lockFolder } from '../../engines/folderLock';
import { startPostgres } from '../../engines/postgres';
import { startTemporalDevServer } from '../../engines/temporalDevServer';
import { findTestServer } from '../../engines/testServer';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';

export type TestEngines = { environment: Record<string, string>; stop(): Promise<void> };

declare global {
  // eslint-disable-next-line no-var -- only `var` declares a property of globalThis
  var dunwellTestEngines: TestEngines | undefined;
}

const folderPrefix = 'dunwell-tests-';
const engineFolders = ['postgres', 'temporal'];
const connectionsMax = 300;
/** Younger folders may belong to a run that is just taking its lock. */
const settlingMs = 60_000;

const say: Say = (line) => process.stderr.write(`engines: ${line}\n`);

/**
 * Starts the engines that the tests need, once for all of them. Whatever the environment names already is used as it is:
 * DUNWELL_TEST_PG_URL, DUNWELL_TEST_TEMPORAL_ADDRESS, DUNWELL_TEST_SERVER_PATH.
 */
export async function startTestEngines(): Promise<TestEngines> {
  await sweepDeadRuns();
  const folder = mkdtempSync(path.join(tmpdir(), folderPrefix));
  chmodSync(folder, 0o755); // the user that runs PostgreSQL must get through
  await lockFolder(folder, 'A test run', say);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.reverse()) await stopOne();
    rmSync(folder, { recursive: true, force: true });
  };
  stopOnSignal(stop);
  const environment: Record<string, string> = {};
  try {
    if (!process.env.DUNWELL_TEST_PG_URL) {
      const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), say, durable: false, connectionsMax, database: 'postgres' });
      stops.push(() => postgres.stop());
      environment.DUNWELL_TEST_PG_URL = postgres.url;
    }
    if (!process.env.DUNWELL_TEST_TEMPORAL_ADDRESS) {
      const temporal = await startTemporalDevServer({ folder: path.join(folder, 'temporal'), say, inMemory: true, searchAttributes: Object.values(collectionAttributes) });
      stops.push(() => temporal.stop());
      environment.DUNWELL_TEST_TEMPORAL_ADDRESS = temporal.address;
      environment.DUNWELL_TEST_TEMPORAL_UI_URL = temporal.uiUrl;
    }
    if (!process.env.DUNWELL_TEST_SERVER_PATH) {
      try {
        environment.DUNWELL_TEST_SERVER_PATH = await findTestServer(say);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        say(`${error.message}\nThe tests on virtual workflow time need it and will fail; the others run.`);
      }
    }
    return { environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A run that was killed leaves its folder behind, and perhaps its servers: both are cleared away by the next run. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const folder = path.join(tmpdir(), name);
    const ageMs = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (ageMs < settlingMs || isFolderHeld(folder)) continue;
    for (const engine of engineFolders) {
      if (existsSync(path.join(folder, engine))) (await lockFolder(path.join(folder, engine), engine, say)).release(); // stops one that was left running
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    process.once(signal, () => {
      void stop().finally(() => process.exit(code));
    });
  }
}
