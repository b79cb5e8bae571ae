import { randomBytes, createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { runCommand } from './command';
import { EngineError, type Say } from './engineError';
import { lockFolder } from './folderLock';
import { claimPort, findFreePort } from './ports';
import { findPostgresPrograms, type PostgresPrograms } from './postgresPrograms';
import { canRead, postgresUser, type SystemUser } from './postgresUser';
import { identify } from './processIdentity';
import { startProcess, waitUntilReady, type Exit, type RunningProcess } from './supervise';

export type PostgresOptions = {
  /** Holds the cluster, its password and its log. */
  folder: string;
  say: Say;
  /** Exactly this port. */
  port?: number;
  /** Otherwise this one or one of the next, if they are free. */
  usualPort?: number;
  /** False gives up safety against power loss for speed: for tests, never for data that matters. */
  durable?: boolean;
  connectionsMax?: number;
  /** Created when it is not there. */
  database?: string;
};

export type PostgresServer = {
  /** Url of the database asked for, password included. */
  url: string;
  port: number;
  logFile: string;
  /** Process id of the server now; another one after a restart. */
  pid(): number;
  hasExited(): boolean;
  /** Resolves when the process that runs now ends, for whatever reason. */
  exited(): Promise<Exit>;
  /** Starts it again on the same folder and port after it was killed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const superuser = 'postgres';
const readyTimeoutMs = 60_000;
const initialiseTimeoutMs = 180_000;

/** Starts the bundled PostgreSQL on a folder, making the cluster there on the first start. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { say, durable = true, connectionsMax = 100, database = 'dunwell' } = options;
  const user = postgresUser(say);
  const programs = findPostgresPrograms(user, say);
  const folder = reachableFolder(path.resolve(options.folder), user, say);
  const lock = await lockFolder(folder, 'PostgreSQL', say);
  try {
    const dataFolder = path.join(folder, 'data');
    const logFile = path.join(folder, 'postgres.log');
    const password = readOrMakePassword(folder);
    if (!existsSync(path.join(dataFolder, 'PG_VERSION'))) await initialise({ programs, folder, dataFolder, password, user, durable, say });
    const port = options.port !== undefined ? await claimPort(options.port, 'PostgreSQL') : await findFreePort(options.usualPort);
    const urlOf = (name: string): string => `postgres://${superuser}:${password}@127.0.0.1:${port}/${name}`;
    const run = async (): Promise<RunningProcess> => {
      await removeStalePidFile(dataFolder);
      const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: String(connectionsMax), ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }) };
      const started = await startProcess({
        name: 'PostgreSQL', command: programs.postgres, logFile, cwd: folder, user,
        args: ['-D', dataFolder, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        env: { LC_ALL: 'C', TZ: 'UTC' },
        stopSignal: 'SIGINT', // "fast shutdown": ends open sessions, loses nothing (postgres(1))
      });
      lock.holdFor(started.pid);
      await waitUntilReady(started, { name: 'PostgreSQL', timeoutMs: readyTimeoutMs, check: () => canConnect(urlOf('postgres')) });
      return started;
    };
    say(`starting PostgreSQL ${programs.version.split('-')[0]} on port ${port}`);
    let running = await run();
    await createDatabase(urlOf('postgres'), database);
    return {
      url: urlOf(database), port, logFile,
      pid: () => running.pid,
      hasExited: () => running.hasExited(),
      exited: () => running.exited,
      restart: async () => {
        await running.stop();
        running = await run();
      },
      stop: async () => {
        await running.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Checks a server that somebody else runs: an error says why it cannot be used. */
export async function checkPostgres(url: string): Promise<{ version: string }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const shown = url.replace(/:[^:@/]*@/, ':…@');
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string; number: number }>(`SELECT current_setting('server_version') AS server_version, current_setting('server_version_num')::int AS number`);
    const found = rows[0];
    const oldestVersion = 150000; // unique indexes with NULLS NOT DISTINCT
    if (!found || found.number < oldestVersion) throw new EngineError(`PostgreSQL at ${shown} is version ${found?.server_version}; 15 or later is needed.`);
    return { version: found.server_version };
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(`PostgreSQL at ${shown} cannot be used: ${error instanceof Error ? error.message : String(error)}. Check DATABASE_URL.`);
  } finally {
    await client.end();
  }
}

export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

type Initialise = { programs: PostgresPrograms; folder: string; dataFolder: string; password: string; user: SystemUser | undefined; durable: boolean; say: Say };

async function initialise({ programs, folder, dataFolder, password, user, durable, say }: Initialise): Promise<void> {
  say(`making a PostgreSQL cluster in ${dataFolder}`);
  rmSync(dataFolder, { recursive: true, force: true }); // what a killed initdb left has no PG_VERSION and is no cluster
  const passwordFile = path.join(folder, 'initdb-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const args = [`--pgdata=${dataFolder}`, `--username=${superuser}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync'])];
  try {
    await runCommand({ command: programs.initdb, args, doing: 'making a PostgreSQL cluster', timeoutMs: initialiseTimeoutMs, cwd: folder, env: { LC_ALL: 'C' }, user, say });
  } catch (error) {
    rmSync(dataFolder, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The folder itself, unless the server's user cannot get there (root in /root): then one under /var/lib, named after it. */
function reachableFolder(folder: string, user: SystemUser | undefined, say: Say): string {
  mkdirSync(folder, { recursive: true });
  if (!user) return folder;
  let reachable = folder;
  chownSync(folder, user.uid, user.gid);
  if (!canRead(user, folder)) {
    reachable = path.join('/var/lib/dunwell', createHash('sha256').update(folder).digest('hex').slice(0, 16));
    say(`keeping the database in ${reachable}, because the user ${user.name} cannot enter ${folder}`);
    mkdirSync(reachable, { recursive: true });
    chownSync(reachable, user.uid, user.gid);
    writeFileSync(path.join(folder, 'MOVED'), `The database of this folder is kept in ${reachable}\n`);
  }
  return reachable;
}

function readOrMakePassword(folder: string): string {
  const file = path.join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * After a crash PostgreSQL checks its pid file itself, but it takes any process of that number for a living server, as happens
 * when a container starts again. A number that is free, or that belongs to something other than this cluster, does not count.
 */
async function removeStalePidFile(dataFolder: string): Promise<void> {
  const file = path.join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const waitForBackendsMs = 20_000;
  const until = Date.now() + waitForBackendsMs;
  while (Number.isInteger(pid) && pid > 0 && isPostgres(pid) && Date.now() < until) await sleep(100);
  if (!(Number.isInteger(pid) && pid > 0 && isPostgres(pid))) rmSync(file, { force: true });
}

function isPostgres(pid: number): boolean {
  if (!identify(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) ? readFileSync(commandLine, 'utf8').includes('postgres') : true;
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a connection cut while the server starts is just "not yet"
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
