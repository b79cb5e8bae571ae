import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { EngineError, type Say } from './engineError';

export type CommandSpec = {
  command: string;
  args: readonly string[];
  /** What it does, said while it lasts, e.g. 'building the Temporal CLI'. */
  doing: string;
  timeoutMs: number;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  user?: { uid: number; gid: number };
  say: Say;
};

const progressEveryMs = 15_000;
const outputKeptMax = 4_000;

/** Runs a command to its end, telling every so often that it is still at work. */
export async function runCommand({ command, args, doing, timeoutMs, env, cwd, user, say }: CommandSpec): Promise<string> {
  const startedAtMs = Date.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, killSignal: 'SIGKILL', uid: user?.uid, gid: user?.gid });
  let output = '';
  const keep = (chunk: Buffer): void => { output = (output + chunk.toString()).slice(-outputKeptMax); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const progress = setInterval(() => say(`still ${doing} (${Math.round((Date.now() - startedAtMs) / 1000)} s)`), progressEveryMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', (error) => reject(new EngineError(`${doing}: ${command} could not be run: ${error.message}`)));
      child.once('close', resolve);
    });
    if (code === 0) return output;
    const why = code === null ? `ended after ${Math.round((Date.now() - startedAtMs) / 1000)} s` : `exit code ${code}`;
    throw new EngineError(`${doing} failed (${command}, ${why}):\n${output.trim()}`);
  } finally {
    clearInterval(progress);
  }
}

/** The full path of a program on PATH (or in one of the extra folders), or undefined. */
export function findProgram(name: string, extraFolders: readonly string[] = []): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...extraFolders].filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, name + suffix)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not executable: the same to the caller
  }
}

/** True if the program runs and ends well with these arguments; proof that a found file is more than a name. */
export function answers(command: string, args: readonly string[]): boolean {
  const answerTimeoutMs = 20_000;
  return spawnSync(command, args, { stdio: 'ignore', timeout: answerTimeoutMs }).status === 0;
}
