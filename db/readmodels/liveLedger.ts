import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { policyVersionName } from '../../domain/collection/decideTurn';
import { everything } from '../../domain/condition/asked';
import type { AskedFact } from '../../domain/condition/catalogue';
import type { EarlierStay, LiveLedger, LiveSegment } from '../../domain/simulation/simulateLive';
import { progressSql, readFacts, stepRecord, type ProgressTuple } from '../collection/facts';

const customersPerRead = 200;

/** A run of customers by their ids, both included. */
export interface LedgerSlice {
  from: number;
  to: number;
  customers: number;
}

/** Of what is collected, what still matters: what is active, what is still open, and what a hold hangs on. */
const mattersSql = `(k.state = 'active' OR i.open_minor > 0 OR EXISTS (SELECT FROM holds h WHERE h.invoice_id = k.invoice_id AND h.released_at IS NULL))`;

/**
 * The customers of whom anything matters that is or was collected, in slices that can be read and lived through one by one, so that a large ledger is never in memory as
 * a whole. With `policies`: those who have something open under one of these; none means all.
 */
export async function liveLedgerSlices(db: Knex, policies: readonly string[] = []): Promise<LedgerSlice[]> {
  const { rows } = await db.raw<{ rows: LedgerSlice[] }>(
    `SELECT min(id) AS "from", max(id) AS "to", count(*)::int AS customers FROM (
       SELECT k.customer_id AS id, (row_number() OVER (ORDER BY k.customer_id) - 1) / :customersPerRead AS slice
       FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id
       WHERE ${mattersSql} AND (cardinality(:policies::text[]) = 0 OR (i.open_minor > 0 AND v.policy = ANY (:policies::text[]))) GROUP BY k.customer_id) every
     GROUP BY slice ORDER BY slice`, { customersPerRead, policies: [...policies] });
  return rows;
}

/** All that matters of the customers of a slice; `also`: what is asked beside what their policies ask. */
async function readLiveSlice(db: Knex, { from, to }: LedgerSlice, also: ReadonlySet<AskedFact>): Promise<LiveLedger[]> {
  const { rows } = await db.raw<{ rows: { customerId: number; invoiceId: number }[] }>(
    `SELECT k.customer_id AS "customerId", k.invoice_id AS "invoiceId" FROM collections k JOIN invoices i ON i.id = k.invoice_id WHERE k.customer_id BETWEEN ? AND ? AND ${mattersSql}`, [from, to]);
  const customerIds = [...new Set(rows.map(({ customerId }) => customerId))].sort((a, b) => a - b);
  const ledgers = await readFacts(db, customerIds, { kind: 'invoices', invoiceIds: rows.map(({ invoiceId }) => invoiceId) }, also);
  const unapplied = await readUnapplied(db, customerIds);
  const earlier = await readEarlierStays(db, rows.map(({ invoiceId }) => invoiceId));
  const waits = await readWaits(db, { from, to });
  return ledgers.map(({ customerId, customer, collected }) => ({ customer, collected, unapplied: unapplied.get(customerId) ?? [], earlier, ...(waits.has(customerId) ? { waits: waits.get(customerId)! } : {}) }));
}

/** All segments that are not archived, by key, and how their runs stand. */
export async function readLiveSegments(db: Knex): Promise<LiveSegment[]> {
  const { rows } = await db.raw<{ rows: (Omit<LiveSegment, 'nextRunAt'> & { nextRunAt: Date | null })[] }>(
    `SELECT s.key, s.title, s.condition, s.run, s.consolidated, s.paused, s.skip_next AS "skipNext", s.next_run_at AS "nextRunAt",
       (SELECT coalesce(max(r.number), 0) FROM segment_runs r WHERE r.segment_id = s.id) AS number
     FROM segments s WHERE NOT s.archived ORDER BY s.key COLLATE "C"`);
  return rows.map((row) => ({ ...row, nextRunAt: row.nextRunAt?.getTime() ?? null }));
}

/** In which runs that are under way customers still wait for their hour, or to be decided on at all. */
async function readWaits(db: Knex, { from, to }: Omit<LedgerSlice, 'customers'>): Promise<Map<number, Map<string, { until: InstantMs | null }>>> {
  const { rows } = await db.raw<{ rows: { customerId: number; key: string; until: Date | null }[] }>(
    `SELECT w.customer_id AS "customerId", s.key, w.until FROM segment_runs r JOIN segments s ON s.id = r.segment_id AND NOT s.archived CROSS JOIN LATERAL (
       SELECT d.customer_id, d.until FROM segment_decisions d WHERE d.run_id = r.id AND d.outcome = 'deferred' AND d.customer_id BETWEEN :from AND :to
       UNION ALL SELECT m.customer_id, NULL FROM segment_members m WHERE m.segment_id = s.id AND m.customer_id > r.page_after AND m.customer_id BETWEEN :from AND :to) w
     WHERE r.state = 'running'`, { from, to });
  const byCustomer = new Map<number, Map<string, { until: InstantMs | null }>>();
  for (const { customerId, key, until } of rows) byCustomer.set(customerId, (byCustomer.get(customerId) ?? new Map<string, { until: InstantMs | null }>()).set(key, { until: until?.getTime() ?? null }));
  return byCustomer;
}

/** What the policy versions that are in force have on record of invoices that were on them before: where a step starts one again, its ladder does not forget it. */
async function readEarlierStays(db: Knex, invoiceIds: readonly number[]): Promise<Map<string, EarlierStay[]>> {
  const { rows } = await db.raw<{ rows: { invoice: string; policy: string; version: number; progress: ProgressTuple[] | null }[] }>(
    `SELECT i.external_id AS invoice, v.policy, v.version, ${progressSql('stay.invoice_id', 'v.id')} AS progress
     FROM (SELECT DISTINCT m.invoice_id, m.from_version_id FROM policy_moves m WHERE m.invoice_id = ANY (?)) stay
     JOIN collections k ON k.invoice_id = stay.invoice_id AND k.policy_version_id <> stay.from_version_id
     JOIN policy_versions v ON v.id = stay.from_version_id AND v.in_force JOIN invoices i ON i.id = stay.invoice_id`, [[...invoiceIds]]);
  const byInvoice = new Map<string, EarlierStay[]>();
  for (const { invoice, policy, version, progress } of rows) byInvoice.set(invoice, [...byInvoice.get(invoice) ?? [], { version: policyVersionName({ policy, version }), records: (progress ?? []).map(stepRecord) }]);
  return byInvoice;
}

/** Runs `work` in a transaction that reads the database as it is now, and that others can read it through for as long as the work takes. */
export async function sharedSnapshot<T>(knex: Knex, work: (trx: Knex.Transaction, snapshot: string) => Promise<T>): Promise<T> {
  return knex.transaction(async (trx) => {
    const { rows: [row] } = await trx.raw<{ rows: { snapshot: string }[] }>('SELECT pg_export_snapshot() AS snapshot');
    if (!row) throw new Error('PostgreSQL exported no snapshot.');
    return work(trx, row.snapshot);
  }, { isolationLevel: 'repeatable read' });
}

/** Runs `work` with a reader of slices as a snapshot has them; `also`: what is asked beside what their policies ask. */
export async function readingSnapshot<T>(knex: Knex, snapshot: string, also: ReadonlySet<AskedFact>, work: (read: (slice: LedgerSlice) => Promise<LiveLedger[]>) => Promise<T>): Promise<T> {
  // PostgreSQL takes no parameter here.
  if (!/^[0-9A-F-]+$/.test(snapshot)) throw new Error(`"${snapshot}" is not the name of a snapshot.`);
  return knex.transaction(async (trx) => {
    await trx.raw(`SET TRANSACTION SNAPSHOT '${snapshot}'`);
    return work((slice) => readLiveSlice(trx, slice, also));
  }, { isolationLevel: 'repeatable read' });
}

/** The whole of it, slice by slice; `also`: what is asked beside what its policies ask. */
export async function* readLiveLedger(db: Knex, also: ReadonlySet<AskedFact> = everything): AsyncGenerator<LiveLedger[]> {
  for (const slice of await liveLedgerSlices(db)) yield await readLiveSlice(db, slice, also);
}

async function readUnapplied(db: Knex, customerIds: readonly number[]): Promise<Map<number, { currency: string; amountMinor: number }[]>> {
  const { rows } = await db.raw<{ rows: { customerId: number; currency: string; amountMinor: number }[] }>(
    `SELECT customer_id AS "customerId", currency, sum(unapplied_minor)::bigint AS "amountMinor" FROM (
       SELECT customer_id, currency, unapplied_minor FROM payments WHERE customer_id = ANY (?) AND unapplied_minor > 0
       UNION ALL SELECT customer_id, currency, unapplied_minor FROM credit_notes WHERE customer_id = ANY (?) AND unapplied_minor > 0) u GROUP BY 1, 2`, [[...customerIds], [...customerIds]]);
  const byCustomer = new Map<number, { currency: string; amountMinor: number }[]>();
  for (const { customerId, currency, amountMinor } of rows) byCustomer.set(customerId, [...(byCustomer.get(customerId) ?? []), { currency, amountMinor }]);
  return byCustomer;
}
