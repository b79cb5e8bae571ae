import type { Knex } from 'knex';

/** How many rows of a table there are, with or without a WHERE. */
export async function counted(knex: Knex, of: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM ${of}`);
  return rows[0]?.count ?? 0;
}
