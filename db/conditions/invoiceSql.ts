import { customFieldOf } from '../../domain/condition/catalogue';
import type { Comparison, Condition } from '../../domain/policy/types';
import { settledSince } from '../promises/standings';
import { joined, plain, sql, type Fragment } from './fragment';
import { customSql, dateSql, numberSql, operator, textSql } from './valueSql';

/** What a condition on an invoice needs besides the invoice and its customer: they cost a join, so they are made only when asked for. */
export interface Needs {
  /** `m.collectable_minor`: what may be asked for of the invoice. */
  collectable: boolean;
  /** `m.balance_minor`: the customer's balance in the invoice's currency. */
  balance: boolean;
  contact: boolean;
  behaviour: boolean;
}

export function noNeeds(): Needs {
  return { collectable: false, balance: false, contact: false, behaviour: false };
}

export const today = plain('c.today');

/** A condition on an invoice `i` of the customer `c`, as SQL that is true or false; notes in `needs` what it looks at besides. */
export function invoiceConditionSql(condition: Condition, needs: Needs): Fragment {
  if ('all' in condition) return group(condition.all, ' AND ', 'true', needs);
  if ('any' in condition) return group(condition.any, ' OR ', 'false', needs);
  if ('not' in condition) return sql`NOT (${invoiceConditionSql(condition.not, needs)})`;
  if ('invoices' in condition) throw new Error('A condition on an invoice does not ask about other invoices');
  return invoiceComparisonSql(condition, needs) ?? customerComparisonSql(condition, needs);
}

function group(parts: readonly Condition[], by: string, none: string, needs: Needs): Fragment {
  return parts.length === 0 ? plain(none) : sql`(${joined(parts.map((part) => invoiceConditionSql(part, needs)), by)})`;
}

const invoiceColumns: Readonly<Record<string, string>> = {
  'invoice.currency': 'i.currency::text', 'invoice.type': 'i.type', 'invoice.businessUnit': 'i.business_unit',
  'invoice.issuedOn': 'i.issued_on', 'invoice.dueOn': 'i.due_on', 'invoice.daysPastDue': '(c.today - i.due_on)',
  'invoice.amount': 'i.total_minor', 'invoice.balance': 'm.collectable_minor', 'customer.balance': 'm.balance_minor',
};

function invoiceComparisonSql(comparison: Comparison, needs: Needs): Fragment | null {
  const { field, op, value } = comparison;
  const custom = customFieldOf(field);
  if (custom?.entity === 'invoice') return customSql(plain('i.custom'), custom.key, op, value, today);
  const column = Object.hasOwn(invoiceColumns, field) ? plain(invoiceColumns[field] ?? '') : null;
  if (column === null) return null;
  if (field === 'invoice.balance') needs.collectable = true;
  if (field === 'customer.balance') needs.balance = true;
  if (value.kind === 'money') {
    const cases = Object.entries(value.minorByCurrency).map(([currency, minor]) => sql`WHEN ${currency}::text THEN ${column} ${operator(op)} ${minor}::bigint`);
    return cases.length === 0 ? plain('false') : sql`(CASE i.currency::text ${joined(cases, ' ')} ELSE false END)`;
  }
  if (field === 'invoice.issuedOn' || field === 'invoice.dueOn') return dateSql(column, op, value, today);
  return field === 'invoice.daysPastDue' ? numberSql(column, op, value) : textSql(column, op, value);
}

const customerColumns: Readonly<Record<string, string>> = {
  'customer.country': 'c.country', 'customer.region': 'c.region', 'customer.language': 'c.language', 'customer.businessUnit': 'c.business_unit', 'customer.tier': 'c.tier',
  'customer.behaviour': 'h.class', 'customer.termsDays': 'c.terms_days', 'customer.doNotContact': `CASE WHEN c.do_not_contact THEN 'yes' ELSE 'no' END`,
};

/** What is of the customer as such: the same in both kinds of conditions. */
export function customerComparisonSql({ field, op, value }: Comparison, needs: Needs): Fragment {
  const custom = customFieldOf(field);
  if (custom) return customSql(plain('c.custom'), custom.key, op, value, today);
  if (field === 'customer.segments' && value.kind === 'list') {
    const inOne = sql`EXISTS (SELECT FROM segment_members sm JOIN segments s ON s.id = sm.segment_id AND NOT s.archived WHERE sm.customer_id = c.id AND s.key = ANY (${value.values.map(String).filter((key) => !key.includes('\u0000'))}::text[]))`;
    return op === 'in' ? inOne : sql`NOT ${inOne}`;
  }
  if (field === 'customer.lastContactOn' || field === 'customer.daysSinceContact') {
    needs.contact = true;
    return field === 'customer.lastContactOn' ? dateSql(plain('k.last_contact_on'), op, value, today) : numberSql(plain('(c.today - k.last_contact_on)'), op, value);
  }
  if (field === 'customer.behaviour') needs.behaviour = true;
  const column = Object.hasOwn(customerColumns, field) ? customerColumns[field] : undefined;
  if (column === undefined) throw new Error(`The field "${field}" has no column in db/conditions`);
  return field === 'customer.termsDays' ? numberSql(plain(column), op, value) : textSql(plain(column), op, value);
}

/**
 * What may be asked for and what the customer owes, by invoice, for the customers of `c`: the rules of domain/collection/claims and unapplied, which read one customer at a
 * time, over a whole ledger. A test holds that both select the same.
 */
export const moneyPerInvoice = `(
    SELECT o.id, greatest(0, o.open_minor - least(o.open_minor, greatest(0, coalesce(u.unapplied_minor, 0) - o.before_minor)) - coalesce(q.claimed_minor, 0))::bigint AS collectable_minor,
      (o.owed_minor - coalesce(u.unapplied_minor, 0))::bigint AS balance_minor
    FROM (
      SELECT x.id, x.customer_id, x.currency, x.open_minor,
        sum(x.open_minor) OVER (PARTITION BY x.customer_id, x.currency ORDER BY x.due_on, x.external_id COLLATE "C" ROWS UNBOUNDED PRECEDING) - x.open_minor AS before_minor,
        sum(x.open_minor) OVER (PARTITION BY x.customer_id, x.currency) AS owed_minor
      FROM c JOIN invoices x ON x.customer_id = c.id WHERE x.open_minor > 0
    ) o LEFT JOIN unapplied u ON u.customer_id = o.customer_id AND u.currency = o.currency LEFT JOIN claimed q ON q.invoice_id = o.id
  )`;

/** What of the invoices of `c` is promised or disputed, as domain/promise has it. */
const claimed = `claimed AS (
    SELECT invoice_id, sum(minor)::bigint AS claimed_minor FROM (
      SELECT d.invoice_id, d.amount_minor AS minor FROM c JOIN disputes d ON d.customer_id = c.id WHERE d.state = 'open'
      UNION ALL
      SELECT l.invoice_id, greatest(0, least(l.amount_minor, greatest(0, l.open_minor - coalesce(s.credited_minor, 0))) - coalesce(s.paid_minor, 0))
      FROM c JOIN promises p ON p.customer_id = c.id JOIN promise_invoices l ON l.promise_id = p.id ${settledSince}
      WHERE p.state = 'pending' AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL AND NOT l.superseded
    ) every GROUP BY invoice_id
  )`;

export const unapplied = `unapplied AS (
    SELECT customer_id, currency, sum(unapplied_minor)::bigint AS unapplied_minor FROM (
      SELECT p.customer_id, p.currency, p.unapplied_minor FROM c JOIN payments p ON p.customer_id = c.id WHERE p.unapplied_minor > 0
      UNION ALL
      SELECT n.customer_id, n.currency, n.unapplied_minor FROM c JOIN credit_notes n ON n.customer_id = c.id WHERE n.unapplied_minor > 0
    ) every GROUP BY customer_id, currency
  )`;

/** What moneyPerInvoice reads. */
export const moneyCtes = `${unapplied}, ${claimed}`;

/** Joins that tell of a customer `c`. */
export function customerJoins({ contact, behaviour }: Needs): string {
  return [
    behaviour ? 'LEFT JOIN customer_behaviour h ON h.customer_id = c.id' : '',
    contact ? `LEFT JOIN LATERAL (SELECT max(m.contact_on) AS last_contact_on FROM messages m WHERE m.customer_id = c.id AND m.contact_on IS NOT NULL AND m.state <> 'cancelled') k ON true` : '',
  ].filter(Boolean).join('\n  ');
}
