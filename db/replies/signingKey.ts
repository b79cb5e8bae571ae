import type { Knex } from 'knex';

/** The key by which this installation's reply addresses and unsubscribe links are signed. */
export async function readThreadKey(knex: Knex): Promise<Buffer> {
  const { rows } = await knex.raw<{ rows: { key: Buffer }[] }>(`SELECT key FROM signing_keys WHERE purpose = 'threads'`);
  if (!rows[0]) throw new Error('The table signing_keys has lost its key: run the migrations, or restore it.');
  return rows[0].key;
}
