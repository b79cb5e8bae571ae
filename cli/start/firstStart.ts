import path from 'node:path';
import type { Knex } from 'knex';
import { ensureFirstAdmin } from '../../db/access/users';
import { systemActor } from '../../db/audit/actor';
import { migrate, pendingMigrations } from '../../db/migrate';
import { activePolicyVersion, publishPolicy } from '../../db/policies';
import { startManualClock } from '../../db/clock/clock';
import { demoLedger } from '../../demo/demoLedger';
import type { LocalDate } from '../../domain/calendar/dates';
import type { Say } from '../../engines/engineError';
import { loadDemo } from '../demo/loadDemo';
import { demoBegins } from '../demo/playDemo';
import { readPolicyFile } from '../policyFiles';

export type FirstStart = {
  /** Made now, and told only now. */
  admin: { email: string; password: string } | null;
};

export type Wishes = {
  /** 'first-start': only that begins with the demo, so that what was begun empty stays so. 'asked': whenever there are no customers. */
  demo: 'first-start' | 'asked' | 'none';
  realTime: boolean;
  say: Say;
};

/** Migrates, and on the first start publishes the reference strategy, makes the demo ledger and the first admin. */
export async function prepareDatabase(knex: Knex, { demo, realTime, say }: Wishes): Promise<FirstStart> {
  const pending = await pendingMigrations(knex);
  if (pending.length > 0) say(`migrating the database (${pending.length} ${pending.length === 1 ? 'step' : 'steps'})`);
  await migrate(knex);
  const mayHaveDemo = demo === 'asked' || (demo === 'first-start' && (await isFirstStart(knex)));
  const wantsDemo = mayHaveDemo && (await isWithoutCustomers(knex));
  if (wantsDemo && !realTime) await startManualClock(knex, demoBegins);
  if (!(await activePolicyVersion(knex))) await publishReference(knex);
  if (wantsDemo) {
    say('making the demo ledger');
    await (realTime ? loadDemo(knex, demoLedger(today()), Date.now()) : loadDemo(knex, demoLedger(), demoBegins));
  }
  return { admin: await ensureFirstAdmin(knex) };
}

function today(): LocalDate {
  return new Date().toISOString().slice(0, 10);
}

/** The first start ends by making the first admin. */
async function isFirstStart(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: unknown[] }>('SELECT 1 FROM users LIMIT 1');
  return rows.length === 0;
}

async function isWithoutCustomers(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: unknown[] }>('SELECT 1 FROM customers LIMIT 1');
  return rows.length === 0;
}

async function publishReference(knex: Knex): Promise<void> {
  const { policy, source } = await readPolicyFile(path.join(__dirname, '..', '..', 'policies', 'reference.yaml'));
  await knex.transaction((trx) => publishPolicy(trx, { policy, source, actor: systemActor }));
}
