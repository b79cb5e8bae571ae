import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';

export type FreshDatabase = { url: string; knex: Knex; destroy(): Promise<void> };

/** Any number that nothing else locks on a test server. */
const templateLock = 684_210_002;
let counter = 0;

/**
 * A database of its own for one test file, migrated. It is copied from a template, which takes a tenth of a second.
 *
 * @example
 * let database: FreshDatabase;
 * beforeAll(async () => { database = await freshDatabase(); });
 * afterAll(() => database.destroy());
 */
export async function freshDatabase(options: { poolMax?: number } = {}): Promise<FreshDatabase> {
  const adminUrl = process.env.DUNWELL_TEST_PG_URL;
  if (!adminUrl) throw new Error('DUNWELL_TEST_PG_URL is not set: this project of jest.config.cjs needs globalSetup tests/engines/globalSetup.ts.');
  const name = `dunwell_test_${process.pid}_${Date.now().toString(36)}_${++counter}`;
  const admin = connect(adminUrl, { poolMax: 1 });
  try {
    const template = await ensureTemplate(admin, adminUrl);
    await admin.raw('CREATE DATABASE ?? TEMPLATE ??', [name, template]);
  } finally {
    await admin.destroy();
  }
  const url = databaseUrl(adminUrl, name);
  const knex = connect(url, options);
  return {
    url,
    knex,
    destroy: async () => {
      await knex.destroy();
      const dropper = connect(adminUrl, { poolMax: 1 });
      try {
        await dropper.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
      } catch (error) {
        // What is left goes with the folder of the engine; it is no reason to call tests failed that passed.
        process.stderr.write(`${name} was not dropped: ${String(error)}\n`);
      } finally {
        await dropper.destroy();
      }
    },
  };
}

/** The template is named after what the migrations say, so that an edited migration makes a new one. */
async function ensureTemplate(admin: Knex, adminUrl: string): Promise<string> {
  const template = `dunwell_template_${migrationsHash()}`;
  await admin.raw('SELECT pg_advisory_lock(?)', [templateLock]);
  try {
    const { rows } = await admin.raw<{ rows: unknown[] }>('SELECT 1 FROM pg_database WHERE datname = ?', [template]);
    if (rows.length > 0) return template;
    const partial = `${template}_partial`;
    await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [partial]);
    await admin.raw('CREATE DATABASE ??', [partial]);
    const knex = connect(databaseUrl(adminUrl, partial), { poolMax: 3 });
    try {
      await migrate(knex);
    } finally {
      await knex.destroy();
    }
    await admin.raw('ALTER DATABASE ?? RENAME TO ??', [partial, template]);
    return template;
  } finally {
    await admin.raw('SELECT pg_advisory_unlock(?)', [templateLock]);
  }
}

function migrationsHash(): string {
  const folder = path.join(__dirname, '../../db/migrations');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
