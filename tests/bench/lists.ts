import type { Knex } from 'knex';
import { listAudit } from '../../db/audit/listAudit';
import { listApprovals } from '../../db/readmodels/approvals';
import { listDisputes, listPromises } from '../../db/readmodels/claims';
import { listCustomers } from '../../db/readmodels/customers';
import { listDecisionItems } from '../../db/readmodels/decisions';
import type { Page, PageRequest } from '../../db/readmodels/keyset';
import { listMessages } from '../../db/readmodels/messages';
import { listCreditNotes, listPayments } from '../../db/readmodels/money';
import { listReplies } from '../../db/readmodels/replies';
import { listHandoffs, listHolds, listTasks } from '../../db/readmodels/work';
import { startEngines } from '../processes/engines';
import { type Bench, type Figure, lessIsBetter, percentile } from './figure';
import { fillLists } from './listRows';
import { byTurns } from './turns';

const ratioMax = 2;
/** A page of the console. */
const limit = 50;

interface List {
  what: string;
  ours: (knex: Knex, page: PageRequest) => Promise<Page<object> | object[]>;
  /** The same rows in the same order with the names that the page shows, as one would write it by hand. */
  bare: string;
}

const invoicesOfPromise = `(SELECT json_agg(json_build_object('id', n.id, 'number', n.number, 'amount', l.amount_minor)) FROM promise_invoices l JOIN invoices n ON n.id = l.invoice_id WHERE l.promise_id = x.id)`;
const paidOfPromise = `(SELECT sum(a.amount_minor) FROM promise_invoices l JOIN applications a ON a.invoice_id = l.invoice_id JOIN payments y ON y.id = a.payment_id WHERE l.promise_id = x.id AND a.id > l.after_application_id AND a.reversed_at IS NULL AND y.received_at < x.ends_at)`;
const named = 'JOIN customers c ON c.id = x.customer_id LEFT JOIN invoices i ON i.id = x.invoice_id';
const lists: readonly List[] = [
  { what: 'customers by name', ours: (knex, page) => listCustomers(knex, {}, { direction: 'asc', currency: null }, page), bare: `SELECT x.*, ${balances('x')} AS balances, EXISTS (SELECT FROM holds h WHERE h.customer_id = x.id AND h.released_at IS NULL) AS held FROM customers x ORDER BY x.name, x.id LIMIT ${limit}` },
  { what: 'customers by what is overdue', ours: (knex, page) => listCustomers(knex, {}, { direction: 'desc', currency: 'USD' }, page), bare: `SELECT x.*, v.overdue FROM customers x LEFT JOIN (SELECT customer_id, sum(open_minor) AS overdue FROM invoices WHERE open_minor > 0 AND currency = 'USD' AND due_on < now()::date GROUP BY 1) v ON v.customer_id = x.id ORDER BY coalesce(v.overdue, 0) DESC, x.id DESC LIMIT ${limit}` },
  { what: 'tasks that wait', ours: (knex, page) => listTasks(knex, { state: ['open', 'claimed'] }, 'dueOn', page), bare: `SELECT x.*, c.name, i.number FROM tasks x ${named} WHERE x.state IN ('open', 'claimed') ORDER BY coalesce(x.due_on, 'infinity'::date), x.id LIMIT ${limit}` },
  { what: 'tasks by priority', ours: (knex, page) => listTasks(knex, { state: ['open', 'claimed'] }, 'priority', page), bare: `SELECT x.*, c.name, i.number FROM tasks x ${named} WHERE x.state IN ('open', 'claimed') ORDER BY x.priority, coalesce(x.due_on, 'infinity'::date), x.id LIMIT ${limit}` },
  { what: 'messages', ours: (knex, page) => listMessages(knex, {}, page), bare: `SELECT x.id, x.subject, x.state, x.template, x.queued_at, x.to_addresses, c.name, i.number FROM messages x ${named} ORDER BY x.queued_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'messages of unknown outcome', ours: (knex, page) => listMessages(knex, { state: ['unknown'] }, page), bare: `SELECT x.id, x.subject, x.state, x.template, x.queued_at, x.to_addresses, c.name, i.number FROM messages x ${named} WHERE x.state = 'unknown' ORDER BY x.queued_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'decisions', ours: (knex, page) => listDecisionItems(knex, {}, page), bare: `SELECT x.id, x.at, x.step, x.action, x.outcome, x.reason, c.name, i.number FROM decisions x ${named} ORDER BY x.at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'replies that wait', ours: (knex, page) => listReplies(knex, { state: ['triage'] }, page), bare: `SELECT x.id, x.subject, x.from_address, left(x.said, 200), x.received_at, c.name FROM replies x LEFT JOIN customers c ON c.id = x.customer_id WHERE x.state = 'triage' ORDER BY x.received_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'promises that run', ours: (knex, page) => listPromises(knex, { state: ['pending'] }, page), bare: `SELECT x.*, c.name, ${invoicesOfPromise} AS invoices, ${paidOfPromise} AS paid FROM promises x JOIN customers c ON c.id = x.customer_id WHERE x.state = 'pending' ORDER BY x.promised_on DESC, x.id DESC LIMIT ${limit}` },
  { what: 'disputes that are open', ours: (knex, page) => listDisputes(knex, { state: 'open' }, page), bare: `SELECT x.*, c.name, i.number, i.open_minor FROM disputes x ${named} WHERE x.state = 'open' ORDER BY x.opened_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'approvals that wait', ours: (knex, page) => listApprovals(knex, { state: ['pending'] }, 'dueAt', page), bare: `SELECT x.*, c.name, i.number, i.open_minor FROM approvals x ${named} WHERE x.state = 'pending' ORDER BY coalesce(x.due_at, 'infinity'), x.id LIMIT ${limit}` },
  { what: 'holds in force', ours: (knex, page) => listHolds(knex, { active: true }, page), bare: `SELECT x.*, c.name, i.number FROM holds x ${named} WHERE x.released_at IS NULL ORDER BY x.placed_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'hand-offs', ours: (knex, page) => listHandoffs(knex, {}, page), bare: `SELECT x.*, c.name, i.number FROM handoffs x ${named} ORDER BY x.at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'payments', ours: (knex, page) => listPayments(knex, {}, page), bare: `SELECT x.*, c.name FROM payments x JOIN customers c ON c.id = x.customer_id ORDER BY x.received_at DESC, x.id DESC LIMIT ${limit}` },
  { what: 'credit notes', ours: (knex, page) => listCreditNotes(knex, {}, page), bare: `SELECT x.*, c.name FROM credit_notes x JOIN customers c ON c.id = x.customer_id ORDER BY x.issued_on DESC, x.id DESC LIMIT ${limit}` },
  { what: 'the audit trail, one action', ours: (knex) => listAudit(knex, { action: 'promise.made' }, limit), bare: `SELECT * FROM audit_entries x WHERE x.action = 'promise.made' ORDER BY x.seq DESC LIMIT ${limit}` },
];

/** Every long list of the console at 200,000 rows: its first page, as the API reads it, against the bare SQL of that page, on the same database by turns. */
export const listsBench: Bench = async ({ scale, say }) => {
  const count = Math.round(200_000 * scale);
  const engines = await startEngines('bench-lists', say);
  try {
    const { knex } = engines;
    say(`lists: ${count} rows of each kind`);
    await fillLists(knex, count, engines.folder);
    const figures: Figure[] = [];
    for (const { what, ours, bare } of lists) {
      const taken = await byTurns(async () => { await ours(knex, { after: null, limit }); }, async () => { await knex.raw(bare); });
      figures.push(lessIsBetter({
        bench: 'lists', what: `${what}, p95 of a page at ${count} rows`, value: percentile(taken.ours, 0.95), unit: 'ms', baseline: { name: 'the bare SQL, p95', value: percentile(taken.bare, 0.95) },
        limit: 'the SQL itself', notes: { 'median, ours': Number(percentile(taken.ours, 0.5).toFixed(2)), 'median, SQL': Number(percentile(taken.bare, 0.5).toFixed(2)) },
      }, ratioMax));
    }
    return figures;
  } finally {
    await engines.stop();
  }
};

/** What is open and overdue, and what is unapplied: the three sums of a customer's row. */
function balances(customer: string): string {
  const money = (table: string): string => `UNION ALL SELECT currency, 0, 0, unapplied_minor FROM ${table} WHERE customer_id = ${customer}.id AND unapplied_minor > 0`;
  return `(SELECT json_agg(b) FROM (SELECT currency, sum(open), sum(overdue), sum(unapplied) FROM (
    SELECT i.currency, i.open_minor AS open, CASE WHEN i.due_on < now()::date THEN i.open_minor ELSE 0 END AS overdue, 0 AS unapplied FROM invoices i WHERE i.customer_id = ${customer}.id AND i.open_minor > 0
    ${money('payments')} ${money('credit_notes')}) parts GROUP BY 1) b)`;
}
