import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import type { Condition } from '../../domain/policy/types';
import { customerQuery } from './customerSql';
import { joined, plain, sql, type Fragment } from './fragment';
import { ctesFor, customerJoins, invoiceConditionSql, invoiceJoins, noNeeds } from './invoiceSql';

/** The customers that are asked about: all, those of these ids, or a page of all by id. */
export type CustomerScope = { kind: 'all' } | { kind: 'ids'; ids: readonly number[] } | { kind: 'page'; afterId: number; limit: number };

/** `c AS (…)`: customers with the date where they are. */
export function customersCte(scope: CustomerScope, now: InstantMs): Fragment {
  return sql`c AS MATERIALIZED (SELECT x.*, (${new Date(now)}::timestamptz AT TIME ZONE x.time_zone)::date AS today FROM customers x ${scopeSql(scope)})`;
}

function scopeSql(scope: CustomerScope): Fragment {
  switch (scope.kind) {
    case 'all': return plain('');
    case 'ids': return sql`WHERE x.id = ANY (${[...scope.ids]}::bigint[])`;
    case 'page': return sql`WHERE x.id > ${scope.afterId} ORDER BY x.id LIMIT ${scope.limit}`;
  }
}

/** A query that yields (id, time_zone, holds, flips_on) for each customer of the scope. */
export function customerVerdicts(condition: Condition, scope: CustomerScope, now: InstantMs): Fragment {
  const query = customerQuery(condition);
  return sql`WITH ${customersCte(scope, now)}${query.ctes} SELECT c.id, c.time_zone, ${query.holds} AS holds, ${query.flipsOn} AS flips_on FROM c ${query.joins}`;
}

export interface CustomerVerdict {
  id: number;
  holds: boolean;
  /** The next date where the customer is on which it may change by itself. */
  flips_on: LocalDate | null;
}

export async function readVerdicts(db: Knex, condition: Condition, scope: CustomerScope, now: InstantMs): Promise<CustomerVerdict[]> {
  const query = customerVerdicts(condition, scope, now);
  const { rows } = await db.raw<{ rows: CustomerVerdict[] }>(`${query.sql} ORDER BY c.id`, [...query.values]);
  return rows;
}

/** How many customers of the ledger a condition holds for, and the first of them by id. */
export async function selectCustomers(db: Knex, condition: Condition, now: InstantMs, limit: number): Promise<{ total: number; ids: number[] }> {
  const query = customerVerdicts(condition, { kind: 'all' }, now);
  const { rows } = await db.raw<{ rows: { total: number; ids: number[] | null }[] }>(
    `SELECT count(*)::int AS total, (array_agg(v.id::integer ORDER BY v.id))[1:?] AS ids FROM (${query.sql}) v WHERE v.holds`, [limit, ...query.values]);
  return { total: rows[0]?.total ?? 0, ids: rows[0]?.ids ?? [] };
}

/** The open invoices for which a condition on an invoice holds, by id. */
export async function selectInvoices(db: Knex, condition: Condition, scope: CustomerScope, now: InstantMs): Promise<number[]> {
  const needs = noNeeds();
  const holds = invoiceConditionSql(condition, needs);
  const query = sql`WITH ${joined([customersCte(scope, now), ...ctesFor(needs)], ', ')}
    SELECT i.id FROM c JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0 ${plain(invoiceJoins(needs))} ${plain(customerJoins(needs))}
    WHERE ${holds} ORDER BY i.id`;
  const { rows } = await db.raw<{ rows: { id: number }[] }>(query.sql, [...query.values]);
  return rows.map(({ id }) => id);
}
