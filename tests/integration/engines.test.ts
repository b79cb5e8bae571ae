import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as PostgresClient } from 'pg';
import { silent } from '../../engines/engineError';
import { isFolderHeld, lockFolder } from '../../engines/folderLock';
import { claimPort, findFreePort } from '../../engines/ports';
import { startPostgres } from '../../engines/postgres';
import { identify, isAlive } from '../../engines/processIdentity';
import { startProcess, waitUntilReady } from '../../engines/supervise';
import { freshDatabase } from '../engines/database';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-engines-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('each test file gets its own migrated database', async () => {
  const one = await freshDatabase();
  const other = await freshDatabase();
  try {
    await one.knex('business_units').insert({ code: 'north', name: 'North' });
    expect(await one.knex('business_units')).toHaveLength(1);
    expect(await other.knex('business_units')).toHaveLength(0);
  } finally {
    await one.destroy();
    await other.destroy();
  }
});

describe('a data folder', () => {
  test('is held by one at a time, and free again after', async () => {
    const lock = await lockFolder(folder, 'PostgreSQL', silent);
    expect(isFolderHeld(folder)).toBe(true);
    await expect(lockFolder(folder, 'PostgreSQL', silent)).rejects.toThrow(`PostgreSQL already runs on ${folder}, started by process ${process.pid}`);
    lock.release();
    expect(isFolderHeld(folder)).toBe(false);
    (await lockFolder(folder, 'PostgreSQL', silent)).release();
  });

  test('of an owner that was killed is taken over, and the engine that it left running is stopped first', async () => {
    const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const engine = identify(left.pid ?? 0);
    expect(engine).toBeDefined();
    writeFileSync(path.join(folder, 'running.json'), JSON.stringify({ owner: { pid: process.pid, startedAt: 'another start of another process' }, engine }));
    const lock = await lockFolder(folder, 'PostgreSQL', silent);
    expect(engine && isAlive(engine)).toBe(false);
    lock.release();
  });

  test('with half a lock file is free', async () => {
    writeFileSync(path.join(folder, 'running.json'), '{"owner":{"pi');
    (await lockFolder(folder, 'PostgreSQL', silent)).release();
    expect(existsSync(path.join(folder, 'running.json'))).toBe(false);
  });
});

describe('a port', () => {
  test('that is taken is stepped over, or named in the error when it was asked for', async () => {
    const server = createServer();
    const taken = await findFreePort(28_400);
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
    try {
      expect(await findFreePort(taken)).not.toBe(taken);
      await expect(claimPort(taken, 'the console')).rejects.toThrow(`Port ${taken}, asked for the console, is in use`);
    } finally {
      server.close();
    }
  });
});

describe('a process', () => {
  test('that ends at once is told with the end of its log', async () => {
    const running = await startProcess({ name: 'Worker', command: process.execPath, args: ['-e', 'console.error("no database"); process.exit(3)'], logFile: path.join(folder, 'log') });
    await expect(waitUntilReady(running, { name: 'Worker', timeoutMs: 20_000, check: async () => false })).rejects.toThrow(/Worker ended at once \(exit code 3\)[^]*no database/);
  });

  test('that ignores the polite signal is killed after its grace', async () => {
    const running = await startProcess({ name: 'Stubborn', command: process.execPath, args: ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'], logFile: path.join(folder, 'log') });
    await waitUntilReady(running, { name: 'Stubborn', timeoutMs: 20_000, check: async () => true });
    const graceMs = 300;
    await running.stop(graceMs);
    expect(running.hasExited()).toBe(true);
  });

  test('that does not exist is named', async () => {
    await expect(startProcess({ name: 'Temporal', command: path.join(folder, 'temporal'), args: [], logFile: path.join(folder, 'log') })).rejects.toThrow(/Temporal could not be started/);
  });
});

test('PostgreSQL keeps what was committed through SIGKILL, on the same port, and refuses a second copy', async () => {
  const server = await startPostgres({ folder, say: silent });
  try {
    const write = await connected(server.url);
    await write.query("CREATE TABLE kept (what text); INSERT INTO kept VALUES ('this')");
    write.on('error', () => undefined); // the kill cuts this connection
    await expect(startPostgres({ folder, say: silent })).rejects.toThrow('PostgreSQL already runs');
    const killed = server.pid();
    process.kill(killed, 'SIGKILL');
    await server.exited();
    await server.restart();
    expect(server.pid()).not.toBe(killed);
    const read = await connected(server.url);
    expect((await read.query('SELECT what FROM kept')).rows).toEqual([{ what: 'this' }]);
    await read.end();
  } finally {
    await server.stop();
  }
}, 120_000);

async function connected(url: string): Promise<PostgresClient> {
  const client = new PostgresClient({ connectionString: url });
  await client.connect();
  return client;
}
