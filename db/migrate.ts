import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';

/** Any number that nothing else in the database locks. */
const migrationLock = 684_210_001;
const folder = join(__dirname, 'migrations');

interface Migration {
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

/** Brings the database to the newest schema; safe to call from several processes at once, and again. Needs two connections. */
export async function migrate(knex: Knex): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx.raw('SELECT pg_advisory_xact_lock(?)', [migrationLock]);
    // Whoever holds our lock is alone, so a lock row that is set was left behind by a process that died.
    await knex.migrate.forceFreeMigrationsLock({ migrationSource: source });
    await knex.migrate.latest({ migrationSource: source });
  });
}

/** Takes every migration back, newest first: for development. */
export async function rollbackAll(knex: Knex): Promise<void> {
  await knex.migrate.rollback({ migrationSource: source }, true);
}

// Our own source rather than knex's: it imports through whatever runs us (tsx, jest, plain node after a build), and names a
// migration without its extension, so that a database migrated from .ts files is not migrated again from .js files.
const source: Knex.MigrationSource<string> = {
  async getMigrations() {
    const files = await readdir(folder);
    return [...new Set(files.filter((file) => /^\d{4}_.*\.[jt]s$/.test(file) && !file.endsWith('.d.ts')).map((file) => file.replace(/\.[jt]s$/, '')))].sort();
  },
  getMigrationName: (name) => name,
  getMigration: async (name) => (await import(join(folder, name))) as Migration,
};

/** The migrations that this code has and the database has not, oldest first. */
export async function pendingMigrations(knex: Knex): Promise<string[]> {
  const [, pending] = (await knex.migrate.list({ migrationSource: source })) as [unknown[], string[]];
  return pending;
}
