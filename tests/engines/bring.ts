import { provideChromium } from '../../engines/chromium';
import type { Say } from '../../engines/engineError';
import { findPostgresPrograms } from '../../engines/postgresPrograms';
import { postgresUser } from '../../engines/postgresUser';
import { findTemporalCli } from '../../engines/temporalCli';
import { canProvideTemporalServer, provideTemporalServer } from '../../engines/temporalServerPrograms';
import { findTestServer } from '../../engines/testServer';

const say: Say = (line) => process.stdout.write(`  ${line}\n`);

/** Brings every engine to this machine before the tests, one after the other, so that what is missing is said once and at the start. */
async function bringAll(): Promise<void> {
  const engines: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['PostgreSQL', () => findPostgresPrograms(postgresUser(say), say).version],
    ['Temporal CLI', () => findTemporalCli(say)],
    ['Temporal test server', () => findTestServer(say)],
    ['Chromium', () => provideChromium(say)],
    ['Temporal server on PostgreSQL', async () => (canProvideTemporalServer() ? (await provideTemporalServer(say)).server : 'skipped: it is built with Go, which is not here')],
  ];
  for (const [name, bring] of engines) {
    try {
      say(`${name}: ${await bring()}`);
    } catch (error) {
      say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

void bringAll();
