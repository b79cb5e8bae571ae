import type { Knex } from 'knex';
import { prepared } from '../prepared';

export type Binding = string | number | boolean | Date | null | readonly (string | number)[];

/** Conditions with their values, joined by AND. */
export class Where {
  private readonly clauses: string[] = [];
  readonly bindings: Binding[] = [];

  /** Adds a condition; `?` in it stand for the values. */
  and(sql: string, ...bindings: Binding[]): this {
    this.clauses.push(`(${sql})`);
    this.bindings.push(...bindings);
    return this;
  }

  /** Adds it only where a value was given. */
  when<T extends Binding>(value: T | undefined, sql: string, ...bindings: Binding[]): this {
    if (value === undefined) return this;
    return this.and(sql, ...(bindings.length > 0 ? bindings : [value]));
  }

  /** Adds `column = ANY` of the values, or `column = ` the only one, by which an index on the column and what the page is sorted by gives it in order. */
  among(column: string, values: readonly string[] | undefined): this {
    if (values === undefined) return this;
    return values.length === 1 ? this.and(`${column} = ?`, values[0]!) : this.and(`${column} = ANY (?)`, values);
  }

  /** Adds that the text, where one was given, is a part of one of the columns, whatever the case. */
  containing(text: string | undefined, ...columns: readonly string[]): this {
    return text === undefined ? this : this.and(columns.map((column) => `${column} ILIKE ?`).join(' OR '), ...columns.map(() => containing(text)));
  }

  /** Whether there is such a row, or none; written out as EXISTS, which the planner can join, where a comparison with true or false it cannot. */
  exists(wanted: boolean | undefined, select: string): this {
    return wanted === undefined ? this : this.and(`${wanted ? '' : 'NOT '}EXISTS (${select})`);
  }

  get sql(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.join(' AND ');
  }
}

export interface PageRequest {
  /** The sort keys of the last row of the page before, as text. */
  after: readonly string[] | null;
  limit: number;
}

export interface Page<Row> {
  rows: Row[];
  /** Null on the last page. */
  next: string[] | null;
}

/** A column that rows are sorted by: never null, and the last one unique. */
export interface SortKey {
  sql: string;
  type: 'bigint' | 'text' | 'date' | 'timestamptz' | 'uuid' | 'integer';
}

export interface PageQuery {
  with?: { sql: string; bindings: readonly Binding[] };
  columns: string;
  from: string;
  where: Where;
  sort: readonly SortKey[];
  direction: 'asc' | 'desc';
}

/**
 * One page in the order of the sort keys. It continues after a row, not at a position, so rows that come or go meanwhile
 * neither repeat nor hide others, and the hundredth page costs what the first does.
 */
export async function readPage<Row extends object>(db: Knex, query: PageQuery, request: PageRequest): Promise<Page<Row>> {
  const { with: common, columns, from, where, sort, direction } = query;
  const keys = sort.map((key) => key.sql).join(', ');
  if (request.after) {
    where.and(`(${keys}) ${direction === 'asc' ? '>' : '<'} (${sort.map((key) => `?::${key.type}`).join(', ')})`, ...request.after);
  }
  const sql = `${common ? `WITH ${common.sql} ` : ''}SELECT ${columns}, ARRAY[${sort.map((key) => `(${key.sql})::text`).join(', ')}] AS "sortKeys"
    FROM ${from} WHERE ${where.sql} ORDER BY ${sort.map((key) => `${key.sql} ${direction}`).join(', ')} LIMIT ${Math.trunc(request.limit) + 1}`;
  const { rows } = await preparedList<Row & { sortKeys: string[] }>(db, sql, [...(common?.bindings ?? []), ...where.bindings]);
  const more = rows.length > request.limit;
  const page = more ? rows.slice(0, request.limit) : rows;
  const next = more ? (page.at(-1)?.sortKeys ?? null) : null;
  for (const row of page as (Row & { sortKeys?: string[] })[]) delete row.sortKeys;
  return { rows: page, next };
}

const preparedMax = 200;
const preparedLists = new Set<string>();

/**
 * Lists are asked for with the same words again and again, and planning them takes the database as long as answering. So the words are prepared, once on each connection; PostgreSQL goes on planning anew
 * where the values matter. After so many different ones (each set of filters is one) the others are planned each time.
 */
function preparedList<Row>(db: Knex, sql: string, bindings: readonly Binding[]): Promise<{ rows: Row[] }> {
  if (preparedLists.size < preparedMax) preparedLists.add(sql);
  return preparedLists.has(sql) ? prepared(db, sql, bindings) : Promise.resolve(db.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[]));
}

/** `%` and `_` in what a person types mean themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
export function startingWith(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`;
}
