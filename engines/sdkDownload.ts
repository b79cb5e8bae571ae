import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cacheFolder';
import { isExecutable, runCommand } from './command';
import type { Say } from './engineError';

const downloadTimeoutMs = 5 * 60_000;

/** What the Temporal SDK itself can download, and how its code is asked for it. */
const creators = { cli: 'createLocal', 'test-server': 'createTimeSkipping' } as const;

/**
 * Has the Temporal SDK download a server program into the cache folder.
 *
 * The SDK offers the download only together with a start, so a child process starts the server once and ends it.
 * @returns the program's path
 */
export async function downloadWithSdk(what: keyof typeof creators, say: Say): Promise<string> {
  const folder = cacheFolder(`sdk-${what}`);
  const script = `
    const { TestWorkflowEnvironment } = require('@temporalio/testing');
    TestWorkflowEnvironment.${creators[what]}({ server: { executable: { type: 'cached-download', downloadDir: ${JSON.stringify(folder)} } } })
      .then((environment) => environment.teardown())
      .then(() => process.exit(0), (error) => { console.error(String(error)); process.exit(1); });`;
  await runCommand({ command: process.execPath, args: ['-e', script], cwd: path.join(__dirname, '..'), doing: `downloading the Temporal ${what === 'cli' ? 'CLI' : 'test server'}`, timeoutMs: downloadTimeoutMs, say });
  const found = downloadedBySdk(what);
  if (!found) throw new Error(`the SDK left no program in ${folder}`);
  return found;
}

/** The newest program that the SDK has downloaded earlier, or undefined. */
export function downloadedBySdk(what: keyof typeof creators): string | undefined {
  const folder = cacheFolder(`sdk-${what}`);
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && isExecutable(file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}
