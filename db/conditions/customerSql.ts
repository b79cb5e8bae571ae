import type { Comparison, ComparisonOp, Condition } from '../../domain/policy/types';
import { flipsOf } from './flips';
import { joined, plain, sql, type Fragment } from './fragment';
import { customerComparisonSql, invoiceConditionSql, moneyCtes, moneyPerInvoice, noNeeds, unapplied, type Needs } from './invoiceSql';
import { numberSql, operator } from './valueSql';

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
  const perInvoice = needs.collectable || needs.balance;
  const ctes: Fragment[] = [
    ...(perInvoice ? [plain(moneyCtes)] : gathering.unappliedIn.size > 0 ? [plain(unapplied)] : []),
    ...(columns.length > 0 ? [sql`a AS (
      SELECT i.customer_id, ${joined(columns, ', ')}
      FROM c JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0 ${plain(perInvoice ? `LEFT JOIN ${moneyPerInvoice} m ON m.id = i.id` : '')} ${joinsOf(needs)}
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
      plain(columns.length > 0 ? 'LEFT JOIN a ON a.customer_id = c.id' : ''), plain(shares.length > 0 ? 'LEFT JOIN shares ON shares.customer_id = c.id' : ''), joinsOf(needs),
    ], ' '),
  };
}

function joinsOf({ contact, behaviour }: Needs): Fragment {
  return joined([
    plain(behaviour ? 'LEFT JOIN customer_behaviour h ON h.customer_id = c.id' : ''),
    plain(contact ? `LEFT JOIN (SELECT t.customer_id, max(t.contact_on) AS last_contact_on FROM messages t WHERE t.contact_on IS NOT NULL AND t.state <> 'cancelled'
      AND t.customer_id IN (SELECT id FROM c) GROUP BY t.customer_id) k ON k.customer_id = c.id` : ''),
  ], ' ');
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

function comparisonSql(comparison: Comparison, gathering: Gathering): Fragment {
  const { field, op, value } = comparison;
  if (value.kind === 'money') {
    const tests = Object.entries(value.minorByCurrency).map(([currency, minor]) => sql`${totalSql(field, currency, gathering)} ${operator(op)} ${minor}::bigint`);
    return tests.length === 0 ? plain('false') : sql`(${joined(tests, ' OR ')})`;
  }
  if (field === 'customer.overdueShare' && value.kind === 'number') return shareSql(op, value.number, gathering);
  if (field === 'customer.openInvoices') return numberSql(sql`coalesce(${column(gathering, plain('count(*)'))}, 0)`, op, value);
  return customerComparisonSql(comparison, gathering.needs);
}

function totalSql(field: string, currency: string, gathering: Gathering): Fragment {
  const late = field === 'customer.overdue' ? plain('AND i.due_on < c.today') : plain('');
  const open = sql`coalesce(${column(gathering, sql`sum(i.open_minor) FILTER (WHERE i.currency = ${currency}::text ${late})`)}, 0)`;
  if (field === 'customer.overdue') return open;
  gathering.unappliedIn.add(currency);
  return sql`(${open} - coalesce((SELECT u.unapplied_minor FROM unapplied u WHERE u.customer_id = c.id AND u.currency = ${currency}::text), 0))`;
}

function shareSql(op: ComparisonOp, limit: number, gathering: Gathering): Fragment {
  const name = `s${gathering.shares.length}`;
  gathering.shares.push(sql`bool_or(coalesce(late, 0) / open ${operator(op)} ${limit}::float8) AS ${plain(name)}`);
  return sql`coalesce(${plain(`shares.${name}`)}, false)`;
}

/** The earliest of the days after today on which a comparison with time changes its mind. */
function flipsSql(condition: Condition, gathering: Gathering): Fragment {
  const flips = flipsOf(condition);
  if (flips.some(({ base }) => base === 'k.last_contact_on')) gathering.needs.contact = true;
  const days = flips.map((flip) => {
    switch (flip.base) {
      case 'i.due_on':
      case 'i.issued_on': {
        const day = sql`(${plain(flip.base)} + ${flip.days}::integer)`;
        return column(gathering, sql`min(${day}) FILTER (WHERE ${day} > c.today)`);
      }
      case 'k.last_contact_on': {
        const day = sql`(k.last_contact_on + ${flip.days}::integer)`;
        return sql`CASE WHEN ${day} > c.today THEN ${day} END`;
      }
      case 'tomorrow':
        return plain('c.today + 1');
    }
  });
  return days.length === 0 ? plain('NULL::date') : sql`least(${joined(days, ', ')})`;
}

