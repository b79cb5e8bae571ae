import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '../../engines/command';
import type { Say } from '../../engines/engineError';

const root = path.join(__dirname, '..', '..');
const buildTimeoutMs = 10 * 60_000;

/** Builds the console into web/dist, unless it was built from these very sources. A server that runs goes on with the one before until this is whole. */
export async function buildConsole(say: Say): Promise<void> {
  const distFolder = path.join(root, 'web', 'dist');
  const stampFile = path.join(distFolder, '.built-from');
  const sources = hashOf(['web', 'package-lock.json']);
  const isBuilt = (): boolean => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources;
  if (isBuilt()) return;
  // Of this process alone: two may build at the same time.
  const nextFolder = path.join(root, 'web', `dist-next-${process.pid}`);
  say('building the console');
  await runCommand({
    command: process.execPath, args: [path.join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'web', '--outDir', path.basename(nextFolder), '--emptyOutDir', '--logLevel', 'warn'],
    cwd: root, env: { NODE_ENV: 'production' }, doing: 'building the console', timeoutMs: buildTimeoutMs, say,
  });
  writeFileSync(path.join(nextFolder, path.basename(stampFile)), sources);
  if (!isBuilt()) putInPlace(nextFolder, distFolder);
  rmSync(nextFolder, { recursive: true, force: true });
}

/** A folder cannot take the place of one that is not empty: that one steps aside for a moment. */
function putInPlace(nextFolder: string, distFolder: string): void {
  const beforeFolder = `${distFolder}-before-${process.pid}`;
  if (existsSync(distFolder)) renameSync(distFolder, beforeFolder);
  renameSync(nextFolder, distFolder);
  rmSync(beforeFolder, { recursive: true, force: true });
}

/** A digest of names and contents. */
function hashOf(names: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (file: string): void => {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  };
  for (const name of names) {
    const top = path.join(root, name);
    const files = name.includes('.') ? [top] : readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !path.relative(top, file).startsWith('dist'))
      .sort();
    files.forEach(add);
  }
  return hash.digest('hex');
}
