import type { Knex } from 'knex';
import { restatedOverdue, staleOverdue } from '../customers/overdue';
import { pausedSql, todaySql } from './clockSql';
import { containing, readPage, startingWith, Where, type Binding, type Page, type PageRequest } from './keyset';

export interface CurrencyBalance {
  currency: string;
  openMinor: number;
  overdueMinor: number;
  unappliedMinor: number;
  openInvoices: number;
  overdueInvoices: number;
}

export interface CustomerListItem {
  id: number;
  externalId: string;
  name: string;
  country: string | null;
  language: string;
  timeZone: string;
  businessUnit: string | null;
  tier: string | null;
  doNotContact: boolean;
  paused: boolean;
  pausedUntil: Date | null;
  /** Nothing more comes of any of its invoices, nor of new ones, until somebody resumes it. */
  stopped: boolean;
  onHold: boolean;
  /** Whose account it is. */
  owner: { id: number; name: string } | null;
  balances: CurrencyBalance[];
}

export interface Contact {
  id: number;
  customerId: number;
  role: 'billing' | 'escalation' | 'leadership';
  name: string | null;
  email: string;
  phone: string | null;
  suppressed: string | null;
  /** Its number was found to be wrong, and is still the same. */
  phoneWrong: boolean;
  rowVersion: number;
}

export interface CustomerDetail extends CustomerListItem {
  region: string | null;
  termsDays: number | null;
  custom: Record<string, string | number | boolean | null>;
  contacts: Contact[];
  lastContactOn: string | null;
  graceDays: number | null;
  creditLimit: { amountMinor: number; currency: string } | null;
  limitExceededAt: Date | null;
  openTasks: number;
  ledgerVersion: number;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
}

const balancesSql = `coalesce((
  SELECT json_agg(json_build_object('currency', currency, 'openMinor', open, 'overdueMinor', overdue, 'unappliedMinor', unapplied, 'openInvoices', open_count, 'overdueInvoices', overdue_count) ORDER BY open DESC, currency)
  FROM (SELECT currency, sum(open)::bigint AS open, sum(overdue)::bigint AS overdue, sum(unapplied)::bigint AS unapplied, sum(open_count)::bigint AS open_count, sum(overdue_count)::bigint AS overdue_count FROM (
    SELECT i.currency, i.open_minor AS open, CASE WHEN i.due_on < z.today THEN i.open_minor ELSE 0 END AS overdue, 0 AS unapplied, 1 AS open_count, CASE WHEN i.due_on < z.today THEN 1 ELSE 0 END AS overdue_count
      FROM invoices i WHERE i.customer_id = c.id AND i.open_minor > 0
    UNION ALL SELECT currency, 0, 0, unapplied_minor, 0, 0 FROM payments WHERE customer_id = c.id AND unapplied_minor > 0
    UNION ALL SELECT currency, 0, 0, unapplied_minor, 0, 0 FROM credit_notes WHERE customer_id = c.id AND unapplied_minor > 0) parts
  GROUP BY currency) b), '[]')`;
const columns = `c.id, c.external_id AS "externalId", c.name, c.country, c.language, c.time_zone AS "timeZone", c.business_unit AS "businessUnit", c.tier, c.do_not_contact AS "doNotContact",
  ${pausedSql('c')} AS paused, CASE WHEN ${pausedSql('c')} THEN c.paused_until END AS "pausedUntil", c.stopped, EXISTS (SELECT FROM holds h WHERE h.customer_id = c.id AND h.released_at IS NULL) AS "onHold",
  (SELECT json_build_object('id', u.id, 'name', u.name) FROM users u WHERE u.id = c.owner_id) AS owner, ${balancesSql} AS balances`;
/** For each customer that is looked at, its own date: a table of all zones would be read from all customers first. */
const dayOf = `CROSS JOIN LATERAL (SELECT ${todaySql} AS today) z`;
const from = `customers c ${dayOf}`;

export interface CustomerFilter {
  search?: string;
  externalId?: string;
  businessUnit?: string;
  onHold?: boolean;
  paused?: boolean;
  stopped?: boolean;
  overdue?: boolean;
  ownerId?: number;
  segmentId?: number;
  behaviour?: 'new' | 'prompt' | 'slow' | 'at-risk';
}

/** The order of a list of customers: by name, or by what is overdue in a currency. */
export interface CustomerSort {
  direction: 'asc' | 'desc';
  currency: string | null;
}

/** The order that is asked for; where no currency is named, amounts are those in which most invoices are open. */
export async function customerSort(db: Knex, sort: 'name' | '-name' | 'overdue' | '-overdue', currency?: string): Promise<CustomerSort> {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  if (sort === 'name' || sort === '-name') return { direction, currency: null };
  if (currency !== undefined) return { direction, currency };
  const { rows } = await db.raw<{ rows: { currency: string }[] }>('SELECT currency FROM invoices WHERE open_minor > 0 GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1');
  return { direction, currency: rows[0]?.currency ?? 'EUR' };
}

export function listCustomers(db: Knex, filter: CustomerFilter, { direction, currency }: CustomerSort, page: PageRequest): Promise<Page<CustomerListItem>> {
  if (currency !== null) return listByOverdue(db, filter, { direction, currency }, page);
  return readPage<CustomerListItem>(db, { columns, from, where: filtered(filter), sort: [{ sql: 'c.name', type: 'text' }, { sql: 'c.id', type: 'bigint' }], direction }, page);
}

function filtered(filter: CustomerFilter): Where {
  const where = new Where();
  where.when(filter.externalId, 'c.external_id = ?').when(filter.businessUnit, 'c.business_unit = ?').when(filter.ownerId, 'c.owner_id = ?').when(filter.paused, `${pausedSql('c')} = ?`).when(filter.stopped, 'c.stopped = ?')
    .when(filter.segmentId, 'EXISTS (SELECT FROM segment_members g WHERE g.segment_id = ? AND g.customer_id = c.id)').when(filter.behaviour, 'EXISTS (SELECT FROM customer_behaviour b WHERE b.customer_id = c.id AND b.class = ?)')
    .exists(filter.onHold, 'SELECT FROM holds h WHERE h.customer_id = c.id AND h.released_at IS NULL')
    .exists(filter.overdue, 'SELECT FROM invoices i WHERE i.customer_id = c.id AND i.open_minor > 0 AND i.due_on < z.today');
  if (filter.search !== undefined) where.and('c.name ILIKE ? OR c.external_id ILIKE ?', containing(filter.search), startingWith(filter.search));
  return where;
}

/** What is before every customer of whom nothing is overdue, or after them all, as the order goes. */
const pastAllIds = '9223372036854775807';

interface OverdueOrder {
  direction: 'asc' | 'desc';
  currency: string;
  /** Whose kept figure is not to be believed; null: nobody's is. */
  stale: readonly number[] | null;
}

/** Those of whom something is overdue in the order of the index on it, and the others, who are all alike, by their ids: a page costs a page, however many there are. */
async function listByOverdue(db: Knex, filter: CustomerFilter, by: Omit<OverdueOrder, 'stale'>, { after, limit }: PageRequest): Promise<Page<CustomerListItem>> {
  const order = { ...by, stale: await staleOverdue(db) };
  const parts = [listOwing, listClear];
  const [first, second] = by.direction === 'desc' ? parts : parts.reverse();
  if (after !== null && (after[0] === '0') === (by.direction === 'desc')) return second!(db, filter, order, { after, limit });
  const begun = await first!(db, filter, order, { after, limit });
  if (begun.next) return begun;
  const room = limit - begun.rows.length;
  // Of a page that is full only whether there is another one is asked for.
  const rest = await second!(db, filter, order, { after: null, limit: Math.max(room, 1) });
  if (room === 0) return { rows: begun.rows, next: rest.rows.length > 0 ? ['0', pastAllIds] : null };
  return { rows: [...begun.rows, ...rest.rows], next: rest.next };
}

/** Of whom something is overdue: those whose figure is kept by its index, put together with those who are added up from the ledger. */
async function listOwing(db: Knex, filter: CustomerFilter, { direction, currency, stale }: OverdueOrder, page: PageRequest): Promise<Page<CustomerListItem>> {
  type Owing = CustomerListItem & { minor: number };
  const read = (table: string, where: Where, common?: { sql: string; bindings: readonly Binding[] }): Promise<Page<Owing>> => readPage<Owing>(db, {
    ...(common && { with: common }), columns: `${columns}, v.minor`, from: `${table} v JOIN customers c ON c.id = v.customer_id ${dayOf}`, where, sort: [{ sql: 'v.minor', type: 'bigint' }, { sql: 'v.customer_id', type: 'bigint' }], direction,
  }, page);
  const kept = stale === null ? null : await read('customer_overdue', filtered(filter).and('v.currency = ? AND v.minor > 0 AND v.customer_id <> ALL (?::bigint[])', currency, stale));
  const restated = stale?.length === 0 ? null : await read('restated', filtered(filter), restatedOverdue(currency, stale));
  const sign = direction === 'asc' ? 1 : -1;
  const found = [...kept?.rows ?? [], ...restated?.rows ?? []].sort((one, other) => sign * (one.minor - other.minor || one.id - other.id));
  const rows = found.slice(0, page.limit);
  const last = rows.at(-1);
  const more = found.length > rows.length || kept?.next || restated?.next;
  return { rows: rows.map(({ minor: _minor, ...row }) => row), next: more && last ? [String(last.minor), String(last.id)] : null };
}

/** Of whom nothing is overdue. */
async function listClear(db: Knex, filter: CustomerFilter, { direction, currency, stale }: OverdueOrder, page: PageRequest): Promise<Page<CustomerListItem>> {
  const where = filtered(filter).exists(false, 'SELECT FROM restated v WHERE v.customer_id = c.id');
  if (stale !== null) where.and('NOT EXISTS (SELECT FROM customer_overdue v WHERE v.customer_id = c.id AND v.currency = ? AND v.minor > 0 AND c.id <> ALL (?::bigint[]))', currency, stale);
  const { rows, next } = await readPage<CustomerListItem>(db, {
    with: restatedOverdue(currency, stale), columns, from, where, sort: [{ sql: 'c.id', type: 'bigint' }], direction,
  }, { ...page, after: page.after && page.after.slice(1) });
  return { rows, next: next && ['0', ...next] };
}

export async function findCustomer(db: Knex, id: number): Promise<CustomerDetail | null> {
  const { rows } = await db.raw<{ rows: Omit<CustomerDetail, 'contacts'>[] }>(
    `SELECT ${columns}, c.region, c.terms_days AS "termsDays", c.grace_days AS "graceDays", c.limit_exceeded_at AS "limitExceededAt",
       CASE WHEN c.credit_limit_minor IS NOT NULL THEN json_build_object('amountMinor', c.credit_limit_minor, 'currency', c.credit_limit_currency) END AS "creditLimit", c.custom, c.ledger_version AS "ledgerVersion", c.row_version AS "rowVersion", c.created_at AS "createdAt", c.updated_at AS "updatedAt",
       (SELECT max(m.contact_on) FROM messages m WHERE m.customer_id = c.id AND m.contact_on IS NOT NULL AND m.state <> 'cancelled') AS "lastContactOn",
       (SELECT count(*) FROM tasks t WHERE t.customer_id = c.id AND t.state IN ('open', 'claimed')) AS "openTasks"
     FROM ${from} WHERE c.id = ?`, [id]);
  const found = rows[0];
  return found ? { ...found, contacts: await listContacts(db, id) } : null;
}

export async function customerExists(db: Knex, id: number): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>('SELECT 1 FROM customers WHERE id = ?', [id]);
  return rows.length > 0;
}

const contactColumns = `t.id, t.customer_id AS "customerId", t.role, t.name, t.email, t.phone, (SELECT s.reason FROM suppressed_addresses s WHERE s.email = lower(t.email)) AS suppressed, coalesce(t.wrong_phone = t.phone, false) AS "phoneWrong", t.row_version AS "rowVersion"`;

export async function listContacts(db: Knex, customerId: number): Promise<Contact[]> {
  const { rows } = await db.raw<{ rows: Contact[] }>(`SELECT ${contactColumns} FROM contacts t WHERE t.customer_id = ? ORDER BY array_position(ARRAY['billing', 'escalation', 'leadership'], t.role), t.id`, [customerId]);
  return rows;
}

export async function findContact(db: Knex, id: number): Promise<Contact | null> {
  const { rows } = await db.raw<{ rows: Contact[] }>(`SELECT ${contactColumns} FROM contacts t WHERE t.id = ?`, [id]);
  return rows[0] ?? null;
}
