import type { Knex } from 'knex';

/** A piece of SQL and the values of its `?`, in their order. Whatever comes from outside is a value, never a part of the text. */
export interface Fragment {
  sql: string;
  values: readonly Knex.RawBinding[];
}

/** `sql\`a = ${value}\``: fragments are put in as they are, everything else as a value. */
export function sql(parts: TemplateStringsArray, ...inner: readonly (Fragment | Knex.RawBinding)[]): Fragment {
  const values: Knex.RawBinding[] = [];
  const text = parts.reduce((done, part, index) => {
    const next = inner[index - 1];
    if (isFragment(next)) {
      values.push(...next.values);
      return done + next.sql + part;
    }
    values.push(next as Knex.RawBinding);
    return `${done}?${part}`;
  });
  return { sql: text, values };
}

/** Text of our own: a column, an operator. */
export function plain(text: string): Fragment {
  return { sql: text, values: [] };
}

export function joined(fragments: readonly Fragment[], by: string): Fragment {
  return { sql: fragments.map((fragment) => fragment.sql).join(by), values: fragments.flatMap((fragment) => fragment.values) };
}

function isFragment(value: unknown): value is Fragment {
  return typeof value === 'object' && value !== null && 'sql' in value && 'values' in value;
}
