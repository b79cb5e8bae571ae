import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cacheFolder';
import { findProgram, runCommand } from './command';
import type { Say } from './engineError';

const buildTimeoutMs = 25 * 60_000;

export type GoBuild = {
  /** Import paths with a version, e.g. 'go.temporal.io/server/cmd/server@v1.29.1'. */
  packages: readonly string[];
  /** The programs that these packages make. */
  programs: readonly string[];
  /** Folder below the cache folder, unique to the version. */
  folder: string;
  doing: string;
  say: Say;
};

export function findGo(): string | undefined {
  return findProgram('go', ['/usr/local/go/bin']);
}

/** The folder with all of these programs if an earlier build made them. */
export function builtEarlier(folder: string, programs: readonly string[]): string | undefined {
  const target = cacheFolder(folder);
  return programs.every((program) => existsSync(path.join(target, program))) ? target : undefined;
}

/** Builds Go programs once into the cache folder; a build that is broken off leaves nothing behind that looks finished. */
export async function buildWithGo(go: string, { packages, programs, folder, doing, say }: GoBuild): Promise<string> {
  const built = builtEarlier(folder, programs);
  if (built) return built;
  const target = cacheFolder(folder);
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await runCommand({ command: go, args: ['install', ...packages], env: { GOBIN: partial }, doing, timeoutMs: buildTimeoutMs, say });
    for (const program of programs) renameSync(path.join(partial, program), path.join(target, program));
    return target;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
