import { customFieldOf } from '../../domain/condition/catalogue';
import { promisesCountedDays } from '../../domain/condition/history';
import { contactsKept } from '../../domain/contact/history';
import type { Comparison, ComparisonOp, Condition } from '../../domain/policy/types';
import { settledSince } from '../promises/standings';
import { joined, plain, sql, type Fragment } from './fragment';
import { customSql, dateSql, numberSql, operator, textSql } from './valueSql';

/** What a condition on an invoice needs besides the invoice and its customer: they cost a join, so they are made only when asked for. */
export interface Needs {
  /** `m.collectable_minor`: what may be asked for of the invoice. */
  collectable: boolean;
  /** `m.balance_minor`: the customer's balance in the invoice's currency. */
  balance: boolean;
  /** `q`: what is promised and disputed of the invoice. */
  claims: boolean;
  /** `t`: the customer's account in the invoice's currency. */
  account: boolean;
  /** `w`: when the invoice was written about. */
  invoiceContacts: boolean;
  /** `k`: when the customer was written to. */
  contact: boolean;
  /** `h`: how the customer pays. */
  behaviour: boolean;
  /** `l`: the customer's balance in the currency of its credit limit. */
  credit: boolean;
  /** `b`: what became of the customer's promises. */
  promises: boolean;
  /** `y`: when the customer wrote back. */
  reply: boolean;
}

export function noNeeds(): Needs {
  return { collectable: false, balance: false, claims: false, account: false, invoiceContacts: false, contact: false, behaviour: false, credit: false, promises: false, reply: false };
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

/** How a field is read, and the join that it needs. */
interface Column {
  sql: string;
  as: 'text' | 'number' | 'date' | 'money';
  need?: keyof Needs;
}

/** What is disputed of an invoice `i`, and then promised, of what is open: domain/collection/claims has the rule. */
export const disputedSql = 'least(i.open_minor, coalesce(q.disputed_minor, 0))';
export const promisedSql = `least(i.open_minor - ${disputedSql}, coalesce(q.promised_minor, 0))`;

const yesOrNo = (is: string): string => `CASE WHEN ${is} THEN 'yes' ELSE 'no' END`;

const invoiceColumns: Readonly<Record<string, Column>> = {
  'invoice.currency': { sql: 'i.currency::text', as: 'text' }, 'invoice.type': { sql: 'i.type', as: 'text' }, 'invoice.businessUnit': { sql: 'i.business_unit', as: 'text' },
  'invoice.issuedOn': { sql: 'i.issued_on', as: 'date' }, 'invoice.dueOn': { sql: 'i.due_on', as: 'date' }, 'invoice.daysPastDue': { sql: '(c.today - i.due_on)', as: 'number' },
  'invoice.amount': { sql: 'i.total_minor', as: 'money' }, 'invoice.balance': { sql: 'm.collectable_minor', as: 'money', need: 'collectable' },
  'invoice.disputed': { sql: disputedSql, as: 'money', need: 'claims' }, 'invoice.promised': { sql: promisedSql, as: 'money', need: 'claims' },
  'invoice.openDispute': { sql: yesOrNo(`${disputedSql} > 0`), as: 'text', need: 'claims' }, 'invoice.activePromise': { sql: yesOrNo(`${promisedSql} > 0`), as: 'text', need: 'claims' },
  'invoice.contacts': { sql: 'coalesce(w.contacts, 0)', as: 'number', need: 'invoiceContacts' },
  'invoice.contactsIn7Days': { sql: 'coalesce(w.in_7, 0)', as: 'number', need: 'invoiceContacts' }, 'invoice.contactsIn30Days': { sql: 'coalesce(w.in_30, 0)', as: 'number', need: 'invoiceContacts' },
  'customer.balance': { sql: 'm.balance_minor', as: 'money', need: 'balance' }, 'customer.overdue': { sql: 't.overdue_minor', as: 'money', need: 'account' },
  'customer.overdueShare': { sql: '((t.overdue_minor * 100)::float8 / t.open_minor::float8)', as: 'number', need: 'account' },
  'customer.disputed': { sql: 't.disputed_minor', as: 'money', need: 'account' }, 'customer.promised': { sql: 't.promised_minor', as: 'money', need: 'account' },
  'customer.openInvoices': { sql: 't.invoices', as: 'number', need: 'account' },
  'customer.openDispute': { sql: yesOrNo('t.is_disputed'), as: 'text', need: 'account' }, 'customer.activePromise': { sql: yesOrNo('t.is_promised'), as: 'text', need: 'account' },
};

function invoiceComparisonSql({ field, op, value }: Comparison, needs: Needs): Fragment | null {
  const custom = customFieldOf(field);
  if (custom?.entity === 'invoice') return customSql(plain('i.custom'), custom.key, op, value, today);
  const column = Object.hasOwn(invoiceColumns, field) ? invoiceColumns[field] : undefined;
  return column ? columnSql(column, plain('i.currency::text'), op, value, needs) : null;
}

/** `currency`: of the column, where it is of money. */
function columnSql({ sql: text, as, need }: Column, currency: Fragment, op: ComparisonOp, value: Comparison['value'], needs: Needs): Fragment {
  if (need) needs[need] = true;
  const column = plain(text);
  if (as === 'date') return dateSql(column, op, value, today);
  if (as === 'number') return numberSql(column, op, value);
  if (value.kind !== 'money') return textSql(column, op, value);
  const cases = Object.entries(value.minorByCurrency).map(([code, minor]) => sql`WHEN ${code}::text THEN ${column} ${operator(op)} ${minor}::bigint`);
  return cases.length === 0 ? plain('false') : sql`(CASE ${currency} ${joined(cases, ' ')} ELSE false END)`;
}

const customerColumns: Readonly<Record<string, Column>> = {
  'customer.country': { sql: 'c.country', as: 'text' }, 'customer.region': { sql: 'c.region', as: 'text' }, 'customer.language': { sql: 'c.language', as: 'text' },
  'customer.businessUnit': { sql: 'c.business_unit', as: 'text' }, 'customer.tier': { sql: 'c.tier', as: 'text' }, 'customer.termsDays': { sql: 'c.terms_days', as: 'number' },
  'customer.doNotContact': { sql: yesOrNo('c.do_not_contact'), as: 'text' }, 'customer.behaviour': { sql: 'h.class', as: 'text', need: 'behaviour' },
  'customer.lastContactOn': { sql: 'k.last_contact_on', as: 'date', need: 'contact' }, 'customer.daysSinceContact': { sql: '(c.today - k.last_contact_on)', as: 'number', need: 'contact' },
  'customer.contactsIn7Days': { sql: 'coalesce(k.in_7, 0)', as: 'number', need: 'contact' }, 'customer.contactsIn30Days': { sql: 'coalesce(k.in_30, 0)', as: 'number', need: 'contact' },
  'customer.creditLimit': { sql: 'c.credit_limit_minor', as: 'money' },
  'customer.creditUsed': { sql: '((coalesce(l.balance_minor, 0) * 100)::float8 / nullif(c.credit_limit_minor, 0)::float8)', as: 'number', need: 'credit' },
  'customer.overCreditLimit': { sql: yesOrNo('coalesce(l.balance_minor, 0) > c.credit_limit_minor'), as: 'text', need: 'credit' },
  'customer.brokenPromises': { sql: 'coalesce(b.broken, 0)', as: 'number', need: 'promises' }, 'customer.keptPromises': { sql: 'coalesce(b.kept, 0)', as: 'number', need: 'promises' },
  'customer.daysSinceBrokenPromise': { sql: '(c.today - b.last_broken_on)', as: 'number', need: 'promises' },
  'customer.lastReplyOn': { sql: 'y.last_reply_on', as: 'date', need: 'reply' }, 'customer.daysSinceReply': { sql: '(c.today - y.last_reply_on)', as: 'number', need: 'reply' },
};

/** What is of the customer as such: the same in both kinds of conditions. */
export function customerComparisonSql({ field, op, value }: Comparison, needs: Needs): Fragment {
  const custom = customFieldOf(field);
  if (custom) return customSql(plain('c.custom'), custom.key, op, value, today);
  if (field === 'customer.segments' && value.kind === 'list') {
    const inOne = sql`EXISTS (SELECT FROM segment_members sm JOIN segments s ON s.id = sm.segment_id AND NOT s.archived WHERE sm.customer_id = c.id AND s.key = ANY (${value.values.map(String).filter((key) => !key.includes('\u0000'))}::text[]))`;
    return op === 'in' ? inOne : sql`NOT ${inOne}`;
  }
  const column = Object.hasOwn(customerColumns, field) ? customerColumns[field] : undefined;
  if (column === undefined) throw new Error(`The field "${field}" has no column in db/conditions`);
  return columnSql(column, plain('c.credit_limit_currency::text'), op, value, needs);
}

/**
 * What may be asked for and what the customer owes, by invoice, for the customers of `c`: the rules of domain/collection/claims and unapplied, which read one customer at a
 * time, over a whole ledger. A test holds that both select the same.
 */
const moneyPerInvoice = `(
    SELECT o.id, greatest(0, o.open_minor - least(o.open_minor, greatest(0, coalesce(u.unapplied_minor, 0) - o.before_minor)) - coalesce(q.disputed_minor, 0) - coalesce(q.promised_minor, 0))::bigint AS collectable_minor,
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
    SELECT invoice_id, sum(disputed_minor)::bigint AS disputed_minor, sum(promised_minor)::bigint AS promised_minor FROM (
      SELECT d.invoice_id, d.amount_minor AS disputed_minor, 0 AS promised_minor FROM c JOIN disputes d ON d.customer_id = c.id WHERE d.state = 'open'
      UNION ALL
      SELECT l.invoice_id, 0, greatest(0, least(l.amount_minor, greatest(0, l.open_minor - coalesce(s.credited_minor, 0))) - coalesce(s.paid_minor, 0))
      FROM c JOIN promises p ON p.customer_id = c.id JOIN promise_invoices l ON l.promise_id = p.id ${settledSince}
      WHERE p.state = 'pending' AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL AND NOT l.superseded
    ) every GROUP BY invoice_id
  )`;

const unapplied = `unapplied AS (
    SELECT customer_id, currency, sum(unapplied_minor)::bigint AS unapplied_minor FROM (
      SELECT p.customer_id, p.currency, p.unapplied_minor FROM c JOIN payments p ON p.customer_id = c.id WHERE p.unapplied_minor > 0
      UNION ALL
      SELECT n.customer_id, n.currency, n.unapplied_minor FROM c JOIN credit_notes n ON n.customer_id = c.id WHERE n.unapplied_minor > 0
    ) every GROUP BY customer_id, currency
  )`;

/** What customers of `c` owe in each currency, and over all of them. */
const account = `account AS (
    SELECT i.customer_id, i.currency, sum(i.open_minor) AS open_minor, coalesce(sum(i.open_minor) FILTER (WHERE i.due_on < c.today), 0) AS overdue_minor,
      sum(${disputedSql}) AS disputed_minor, sum(${promisedSql}) AS promised_minor, sum(count(*)) OVER whole AS invoices,
      bool_or(bool_or(${disputedSql} > 0)) OVER whole AS is_disputed, bool_or(bool_or(${promisedSql} > 0)) OVER whole AS is_promised
    FROM c JOIN invoices i ON i.customer_id = c.id AND i.open_minor > 0 LEFT JOIN claimed q ON q.invoice_id = i.id
    GROUP BY i.customer_id, i.currency WINDOW whole AS (PARTITION BY i.customer_id)
  )`;

/** What customers of `c` owe, less what they have in hand, in the currency of their credit limit. */
const credit = `credit AS (
    SELECT customer_id, sum(minor) AS balance_minor FROM (
      SELECT c.id AS customer_id, x.open_minor AS minor FROM c JOIN invoices x ON x.customer_id = c.id AND x.open_minor > 0 AND x.currency = c.credit_limit_currency
      UNION ALL SELECT c.id, -p.unapplied_minor FROM c JOIN payments p ON p.customer_id = c.id AND p.unapplied_minor > 0 AND p.currency = c.credit_limit_currency
      UNION ALL SELECT c.id, -n.unapplied_minor FROM c JOIN credit_notes n ON n.customer_id = c.id AND n.unapplied_minor > 0 AND n.currency = c.credit_limit_currency
    ) every GROUP BY customer_id
  )`;

/** When customers of `c` were written to. */
const contacts = `written AS (
    SELECT t.customer_id, max(t.contact_on) AS last_contact_on, ${lastDays('t.contact_on', 'c.today', (count) => `least(${contactsKept}, ${count})`)}
    FROM c JOIN messages t ON t.customer_id = c.id AND t.contact_on IS NOT NULL AND t.state <> 'cancelled' GROUP BY t.customer_id
  )`;

/** When invoices of `c` were written about; one message may be about several steps of an invoice. */
const invoiceContacts = `invoice_contacts AS (
    SELECT o.invoice_id, count(*) AS contacts, ${lastDays('o.contact_on', 'o.today', (count) => count)}
    FROM (SELECT DISTINCT l.invoice_id, t.id, t.contact_on, c.today FROM c JOIN messages t ON t.customer_id = c.id AND t.contact_on IS NOT NULL AND t.state <> 'cancelled'
      JOIN message_invoices l ON l.message_id = t.id) o GROUP BY o.invoice_id
  )`;

/** How many there were in the last days, and on which day the first of them was: so many days after that it is no longer one of them. */
function lastDays(day: string, todaySql: string, counted: (count: string) => string): string {
  return [7, 30].map((days) => `${counted(`count(*) FILTER (WHERE ${day} > ${todaySql} - ${days})`)} AS in_${days}, min(${day}) FILTER (WHERE ${day} > ${todaySql} - ${days}) AS first_in_${days}`).join(', ');
}

/** What became of the promises of customers of `c`: domain/condition/history has the rules. */
const promises = `promised AS (
    SELECT customer_id, count(*) FILTER (WHERE is_broken AND counts) AS broken, min(promised_on) FILTER (WHERE is_broken AND counts) AS first_broken_on,
      max(promised_on) FILTER (WHERE is_broken) AS last_broken_on, min(promised_on) FILTER (WHERE state = 'pending' AND NOT is_broken) AS next_end_on,
      count(*) FILTER (WHERE state = 'kept' AND counts) AS kept, min(promised_on) FILTER (WHERE state = 'kept' AND counts) AS first_kept_on
    FROM (
      SELECT p.customer_id, p.promised_on, p.state, p.state IN ('broken', 'partly-kept') OR (p.state = 'pending' AND p.promised_on < c.today) AS is_broken, p.promised_on > c.today - ${promisesCountedDays} AS counts
      FROM c JOIN promises p ON p.customer_id = c.id AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL
    ) every GROUP BY customer_id
  )`;

/** When customers of `c` last wrote back. */
const replies = `replied AS (
    SELECT r.customer_id, (max(r.received_at) AT TIME ZONE c.time_zone)::date AS last_reply_on FROM c JOIN replies r ON r.customer_id = c.id AND r.automatic IS NULL GROUP BY r.customer_id, c.time_zone
  )`;

/** The \`WITH\` clauses after \`c\` that what is needed reads. */
export function ctesFor(needs: Needs, also: { unapplied?: boolean } = {}): Fragment[] {
  const perInvoice = needs.collectable || needs.balance;
  return ([
    [perInvoice || also.unapplied === true, unapplied], [perInvoice || needs.claims || needs.account, claimed], [needs.account, account], [needs.credit, credit],
    [needs.contact, contacts], [needs.invoiceContacts, invoiceContacts], [needs.promises, promises], [needs.reply, replies],
  ] as const).flatMap(([needed, text]) => (needed ? [plain(text)] : []));
}

/** Joins that tell of an invoice \`i\`. */
export function invoiceJoins({ collectable, balance, claims, account: ofAccount, invoiceContacts: ofContacts }: Needs): string {
  return [
    collectable || balance ? `LEFT JOIN ${moneyPerInvoice} m ON m.id = i.id` : '', claims ? 'LEFT JOIN claimed q ON q.invoice_id = i.id' : '',
    ofAccount ? 'LEFT JOIN account t ON t.customer_id = i.customer_id AND t.currency = i.currency' : '', ofContacts ? 'LEFT JOIN invoice_contacts w ON w.invoice_id = i.id' : '',
  ].filter(Boolean).join('\n  ');
}

/** Joins that tell of a customer \`c\`. */
export function customerJoins({ contact, behaviour, credit: ofCredit, promises: ofPromises, reply }: Needs): string {
  return [
    behaviour ? 'LEFT JOIN customer_behaviour h ON h.customer_id = c.id' : '', contact ? 'LEFT JOIN written k ON k.customer_id = c.id' : '', ofCredit ? 'LEFT JOIN credit l ON l.customer_id = c.id' : '',
    ofPromises ? 'LEFT JOIN promised b ON b.customer_id = c.id' : '', reply ? 'LEFT JOIN replied y ON y.customer_id = c.id' : '',
  ].filter(Boolean).join('\n  ');
}
