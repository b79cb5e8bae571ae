import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';

const root = path.join(__dirname, '..');
const bundleFile = path.join(__dirname, 'build', 'workflows.js');
/** What the workflow code is made of. */
const sources = ['workflows', 'domain', 'package-lock.json'];

/** The workflow code in one file. Built ahead by `npm run build:workflows`, and again here when it is missing or older than what it is made of. */
export async function workflowBundle(): Promise<{ codePath: string }> {
  if (!existsSync(bundleFile) || statSync(bundleFile).mtimeMs < newestSource()) await buildWorkflowBundle();
  return { codePath: bundleFile };
}

export async function buildWorkflowBundle(): Promise<WorkflowBundle> {
  const bundle = await bundleWorkflowCode({ workflowsPath: path.join(root, 'workflows', 'index.ts'), logger: quietLogger });
  mkdirSync(path.dirname(bundleFile), { recursive: true });
  // Renamed into place, since several processes may build at once and none may read half a file.
  const partial = `${bundleFile}.${process.pid}`;
  writeFileSync(partial, bundle.code);
  renameSync(partial, bundleFile);
  return bundle;
}

function newestSource(): number {
  return Math.max(...sources.map((source) => newestIn(path.join(root, source))));
}

function newestIn(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((entry) => newestIn(path.join(file, entry))));
}

/** The bundler reports every module that it takes; what matters is thrown. */
const nothing = (): void => undefined;
const quietLogger = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
