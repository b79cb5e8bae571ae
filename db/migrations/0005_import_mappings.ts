import type { Knex } from 'knex';

/** Imports as people run them in the console, and the column mappings that they keep under a name for the next file of the same kind. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    CREATE TABLE import_mappings (
      kind text NOT NULL CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes')),
      name text NOT NULL,
      document jsonb NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (kind, name)
    );

    CREATE TABLE imports (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN ('customers', 'invoices', 'payments', 'credit_notes')),
      file_name text NOT NULL,
      path text NOT NULL,                   -- where the uploaded file lies
      bytes bigint NOT NULL,
      columns jsonb NOT NULL,               -- the first line, as a list
      sample jsonb NOT NULL,                -- the first rows, as lists of cells
      suggested jsonb NOT NULL,             -- a mapping
      mapping jsonb,                        -- the mapping of the newest run
      state text NOT NULL DEFAULT 'uploaded' CHECK (state IN ('uploaded', 'running', 'done', 'failed')),
      dry_run boolean NOT NULL DEFAULT false,
      atomic text NOT NULL DEFAULT 'row' CHECK (atomic IN ('file', 'row')),
      rows_read bigint NOT NULL DEFAULT 0,
      report jsonb,                         -- the ImportReport of the newest run
      failure text,                         -- why the file as a whole could not be imported
      created_by text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      finished_at timestamptz
    )`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE import_mappings, imports');
}
