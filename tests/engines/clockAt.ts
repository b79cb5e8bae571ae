import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';

/** Sets the clock of a test's database to an instant, also back, and gives the context in which the system writes the ledger then. */
export async function clockAt(knex: Knex, iso: string): Promise<{ actor: typeof systemActor; at: Date }> {
  const at = new Date(iso);
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ?`, [at]);
  return { actor: systemActor, at };
}
