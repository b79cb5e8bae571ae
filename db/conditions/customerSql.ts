import type { Comparison, ComparisonOp, Condition } from '../../domain/policy/types';
import { flipsOf, type Flip } from './flips';
import { joined, plain, sql, type Fragment } from './fragment';
import { ctesFor, customerComparisonSql, customerJoins, disputedSql, invoiceConditionSql, invoiceJoins, noNeeds, promisedSql, type Needs } from './invoiceSql';
import { numberSql, operator, textSql } from './valueSql';

/** A condition on a customer in SQL, and what its tables have to give for it. */
export interface CustomerQuery {
  /** True or false for each customer `c`. */
  holds: Fragment;
  /** The next date where the customer is on which that may change by itself; null: never. */
  flipsOn: Fragment;
  /** `WITH` clauses after `c`, each with a comma before it. */
  ctes: Fragment;
  /** Joins after `FROM c`. */
  joins: Fragment;
}

/** Columns that are counted over a customer's open invoices, each under the name by which the condition knows it. */
interface Gathering {
  columns: Fragment[];
  needs: Needs;
  shares: Fragment[];
  /** Whether customers' unapplied money is asked for by currency. */
  unappliedIn: Set<string>;
}

function column(gathering: Gathering, aggregate: Fragment): Fragment {
  const name = `a${gathering.columns.length}`;
  gathering.columns.push(sql`${aggregate} AS ${plain(name)}`);
  return plain(`a.${name}`);
}

/**
 * A condition on customers as a query over the customers of `c` (id, today, and the columns of customers). All that it asks of open invoices is
 * counted in one pass over them.
 */
export function customerQuery(condition: Condition): CustomerQuery {
  const gathering: Gathering = { columns: [], needs: noNeeds(), shares: [], unappliedIn: new Set() };
  const holds = conditionSql(condition, gathering);
  const flipsOn = flipsSql(condition, gathering);
  const { needs, columns, shares } = gathering;
  const ctes: Fragment[] = [
    ...ctesFor(needs, { unapplied: gathering.unappliedIn.size > 0 }),
    ...(columns.length > 0 ? [sql`a AS (
      SELECT i.customer_id, ${joined(columns, ', ')}
      FROM c JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0 ${plain(invoiceJoins(needs))} ${plain(customerJoins(needs))}
      GROUP BY i.customer_id)`] : []),
    ...(shares.length > 0 ? [sql`shares AS (
      SELECT customer_id, ${joined(shares, ', ')} FROM (
        SELECT i.customer_id, (sum(i.open_minor) FILTER (WHERE i.due_on < c.today) * 100)::float8 AS late, sum(i.open_minor)::float8 AS open
        FROM c JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0 GROUP BY i.customer_id, i.currency) by_currency
      GROUP BY customer_id)`] : []),
  ];
  return {
    holds, flipsOn,
    ctes: ctes.length === 0 ? plain('') : sql`, ${joined(ctes, ', ')}`,
    joins: joined([
      plain(columns.length > 0 ? 'LEFT JOIN a ON a.customer_id = c.id' : ''), plain(shares.length > 0 ? 'LEFT JOIN shares ON shares.customer_id = c.id' : ''), plain(customerJoins(needs)),
    ], ' '),
  };
}

function conditionSql(condition: Condition, gathering: Gathering): Fragment {
  if ('all' in condition) return group(condition.all, ' AND ', 'true', gathering);
  if ('any' in condition) return group(condition.any, ' OR ', 'false', gathering);
  if ('not' in condition) return sql`NOT (${conditionSql(condition.not, gathering)})`;
  if ('invoices' in condition) {
    const where = condition.where === null ? plain('true') : invoiceConditionSql(condition.where, gathering.needs);
    const counted = column(gathering, condition.invoices === 'every' ? sql`bool_and(${where})` : sql`bool_or(${where})`);
    return condition.invoices === 'none' ? sql`NOT coalesce(${counted}, false)` : sql`coalesce(${counted}, false)`;
  }
  return comparisonSql(condition, gathering);
}

function group(parts: readonly Condition[], by: string, none: string, gathering: Gathering): Fragment {
  return parts.length === 0 ? plain(none) : sql`(${joined(parts.map((part) => conditionSql(part, gathering)), by)})`;
}

/** What is claimed of an open invoice \`i\`, by the fields that ask whether anything is. */
const claimedSql: Readonly<Record<string, string>> = { 'customer.openDispute': disputedSql, 'customer.activePromise': promisedSql };

function comparisonSql(comparison: Comparison, gathering: Gathering): Fragment {
  const { field, op, value } = comparison;
  if (value.kind === 'money' && field !== 'customer.creditLimit') {
    const tests = Object.entries(value.minorByCurrency).map(([currency, minor]) => sql`${totalSql(field, currency, gathering)} ${operator(op)} ${minor}::bigint`);
    return tests.length === 0 ? plain('false') : sql`(${joined(tests, ' OR ')})`;
  }
  if (field === 'customer.overdueShare' && value.kind === 'number') return shareSql(op, value.number, gathering);
  if (field === 'customer.openInvoices') return numberSql(sql`coalesce(${column(gathering, plain('count(*)'))}, 0)`, op, value);
  const claimed = claimedSql[field];
  if (claimed !== undefined) {
    gathering.needs.claims = true;
    return textSql(sql`CASE WHEN ${column(gathering, plain(`bool_or(${claimed} > 0)`))} THEN 'yes' ELSE 'no' END`, op, value);
  }
  return customerComparisonSql(comparison, gathering.needs);
}

/** What is added up over the open invoices \`i\` of a customer, by field. */
const summedSql: Readonly<Record<string, { minor: string; of?: string; needs?: keyof Needs }>> = {
  'customer.balance': { minor: 'i.open_minor' }, 'customer.overdue': { minor: 'i.open_minor', of: 'AND i.due_on < c.today' },
  'customer.disputed': { minor: disputedSql, needs: 'claims' }, 'customer.promised': { minor: promisedSql, needs: 'claims' },
};

function totalSql(field: string, currency: string, gathering: Gathering): Fragment {
  const summed = summedSql[field];
  if (!summed) throw new Error(`The field "${field}" has no sum in db/conditions`);
  if (summed.needs) gathering.needs[summed.needs] = true;
  const total = sql`coalesce(${column(gathering, sql`sum(${plain(summed.minor)}) FILTER (WHERE i.currency = ${currency}::text ${plain(summed.of ?? '')})`)}, 0)`;
  if (field !== 'customer.balance') return total;
  gathering.unappliedIn.add(currency);
  return sql`(${total} - coalesce((SELECT u.unapplied_minor FROM unapplied u WHERE u.customer_id = c.id AND u.currency = ${currency}::text), 0))`;
}

function shareSql(op: ComparisonOp, limit: number, gathering: Gathering): Fragment {
  const name = `s${gathering.shares.length}`;
  gathering.shares.push(sql`bool_or(coalesce(late, 0) / open ${operator(op)} ${limit}::float8) AS ${plain(name)}`);
  return sql`coalesce(${plain(`shares.${name}`)}, false)`;
}

/** The join that tells a day which belongs to a customer, by its alias. */
const customerDays: Readonly<Record<string, keyof Needs>> = { k: 'contact', b: 'promises', y: 'reply' };

/** The earliest of the days after today on which a comparison with time changes its mind. */
function flipsSql(condition: Condition, gathering: Gathering): Fragment {
  const days = flipsOf(condition).map((flip) => flipSql(flip, gathering));
  return days.length === 0 ? plain('NULL::date') : sql`least(${joined(days, ', ')})`;
}

function flipSql(flip: Flip, gathering: Gathering): Fragment {
  if (flip.base === 'tomorrow') return plain('c.today + 1');
  const day = sql`(${plain(flip.base)} + ${flip.days}::integer)`;
  const need = customerDays[flip.base.split('.')[0] ?? ''];
  if (need) {
    gathering.needs[need] = true;
    return sql`CASE WHEN ${day} > c.today THEN ${day} END`;
  }
  if (flip.base.startsWith('w.')) gathering.needs.invoiceContacts = true;
  return column(gathering, sql`min(${day}) FILTER (WHERE ${day} > c.today)`);
}
