/** The columns of rows to be written, by name, with their types in PostgreSQL; none of them is itself of arrays. */
export type ColumnTypes = Readonly<Record<string, string>>;

/**
 * `unnest` of an array for each column, named as the rows: what a set is written from. PostgreSQL takes half of the time for it that the same rows take as jsonb, whose fields it looks up and reads once more.
 *
 * @param columns the names are also those of the bindings that `columnArrays` makes
 * @example `INSERT INTO t (a) SELECT a FROM ${unnestOf({ a: 'bigint' }, 'r')}`
 */
export function unnestOf(columns: ColumnTypes, alias: string): string {
  const names = Object.keys(columns);
  return `unnest(${names.map((name) => `:${name}::${columns[name]}[]`).join(', ')}) WITH ORDINALITY AS ${alias} (${names.join(', ')}, ordinality)`;
}

type Value = string | number | boolean | null;

/** The rows' values, as the bindings of `unnestOf`: an array of PostgreSQL for each column, written out here, since the driver looks at every character of every value. */
export function columnArrays<Column extends string>(columns: Readonly<Record<Column, string>>, rows: readonly Readonly<Record<Column, Value>>[]): Record<Column, string> {
  const arrays = {} as Record<Column, string>;
  for (const name of Object.keys(columns) as Column[]) {
    let text = '';
    for (const row of rows) text += `${text === '' ? '{' : ','}${element(row[name])}`;
    arrays[name] = text === '' ? '{}' : `${text}}`;
  }
  return arrays;
}

const special = /["\\]/;

function element(value: Value): string | number | boolean {
  if (value === null) return 'NULL';
  if (typeof value !== 'string') return value;
  return `"${special.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`;
}
