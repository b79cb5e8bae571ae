import type { Knex } from 'knex';
import type { MoveRules } from '../../domain/migration/moveRules';
import type { ContactChange, CustomerComparison, PolicyComparison, Tally } from '../../domain/simulation/comparePolicies';
import { readPage, Where, type Page, type PageRequest } from '../readmodels/keyset';
import { columnArrays, unnestOf } from '../rowArrays';

export interface PreviewRequest {
  source: string;
  /** The policies, by name, whose invoices would be under the draft; empty: those of every policy. */
  policies: readonly string[];
  rules: MoveRules;
  days: number;
}

/** Of the customers for whom something is different it has how many there are: which ones is in a list of its own. */
export type PreviewResult = Omit<PolicyComparison, 'changed'> & { from: string; to: string; tookMs: number };

export interface PolicyPreview {
  id: string;
  state: 'running' | 'done' | 'failed';
  done: number;
  total: number;
  result: PreviewResult | null;
  problem: string | null;
}

/** A preview that has said nothing for so long was in a process that is gone. */
const silentAfter = '60 seconds';

/** Keeps what is asked, and forgets previews of more than an hour ago. */
export async function createPreview(knex: Knex, id: string, request: PreviewRequest, createdBy: string): Promise<void> {
  await knex.raw(`DELETE FROM policy_previews WHERE created_at < now() - interval '1 hour'`);
  await knex.raw('INSERT INTO policy_previews (id, request, created_by) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING', [id, JSON.stringify(request), createdBy]);
}

export async function findPreview(knex: Knex, id: string): Promise<PolicyPreview | null> {
  const { rows } = await knex.raw<{ rows: PolicyPreview[] }>(
    `SELECT id, done, total, result, CASE WHEN state = 'running' AND updated_at < now() - interval '${silentAfter}' THEN 'failed' ELSE state END AS state,
       CASE WHEN state = 'running' AND updated_at < now() - interval '${silentAfter}' THEN 'The process that worked it out is gone: ask again.' ELSE problem END AS problem
     FROM policy_previews WHERE id = ?`, [id]);
  return rows[0] ?? null;
}

export async function readPreviewRequest(knex: Knex, id: string): Promise<PreviewRequest> {
  const { rows } = await knex.raw<{ rows: { request: PreviewRequest }[] }>('SELECT request FROM policy_previews WHERE id = ?', [id]);
  if (!rows[0]) throw new Error(`There is no preview ${id}.`);
  return rows[0].request;
}

export async function notePreview(knex: Knex, id: string, note: Partial<Pick<PolicyPreview, 'state' | 'done' | 'total' | 'problem'>>): Promise<void> {
  await knex('policy_previews').where({ id }).update({ ...note, updated_at: knex.fn.now() });
}

const changedColumns = { customer_id: 'bigint', contact: 'text', difference: 'integer', today: 'jsonb', draft: 'jsonb' };
/** In one statement. */
const rowsAtOnce = 10_000;

/** Keeps what a preview has found, and for whom it makes a difference. */
export async function keepResult(knex: Knex, id: string, { changed, ...result }: PreviewResult & Pick<PolicyComparison, 'changed'>): Promise<void> {
  await knex.transaction(async (trx) => {
    for (let from = 0; from < changed.length; from += rowsAtOnce) {
      // Whoever was erased since the ledger was read is left out.
      await trx.raw(
        `INSERT INTO policy_preview_customers (preview_id, customer_id, contact, difference, today, draft)
         SELECT :id, r.customer_id, r.contact, r.difference, r.today, r.draft FROM ${unnestOf(changedColumns, 'r')} JOIN customers c ON c.id = r.customer_id`, { id, ...columnArrays(changedColumns, changed.slice(from, from + rowsAtOnce).map(rowOf)) });
    }
    await trx('policy_previews').where({ id }).update({ state: 'done', result: JSON.stringify(result), done: trx.ref('total'), updated_at: trx.fn.now() });
  });
}

function rowOf({ customerId, contact, difference, today, draft }: CustomerComparison): Record<keyof typeof changedColumns, string | number | null> {
  return { customer_id: Number(customerId), contact, difference, today: JSON.stringify(today), draft: JSON.stringify(draft) };
}

/** A customer for whom a draft makes a difference. */
export interface ChangedCustomer {
  customerId: number;
  customerExternalId: string;
  customerName: string;
  contact: ContactChange;
  today: Tally;
  draft: Tally;
}

export interface ChangedFilter {
  contact?: Exclude<ContactChange, null> | undefined;
  /** A part of the customer's name or number. */
  search?: string | undefined;
}

/** For whom a preview has found a difference, the largest first. */
export function listChanged(knex: Knex, id: string, { contact, search }: ChangedFilter, page: PageRequest): Promise<Page<ChangedCustomer>> {
  return readPage<ChangedCustomer>(knex, {
    columns: 'p.customer_id AS "customerId", c.external_id AS "customerExternalId", c.name AS "customerName", p.contact, p.today, p.draft',
    from: 'policy_preview_customers p JOIN customers c ON c.id = p.customer_id',
    where: new Where().and('p.preview_id = ?', id).when(contact, 'p.contact = ?').containing(search, 'c.name', 'c.external_id'),
    sort: [{ sql: 'p.difference', type: 'integer' }, { sql: 'p.customer_id', type: 'bigint' }], direction: 'desc',
  }, page);
}

/** Customers of whom something is collected under these policies, for a preview to say how far it is. */
export async function countCustomersUnder(knex: Knex, policies: readonly string[]): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `SELECT count(DISTINCT k.customer_id)::int AS count FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id
     WHERE i.open_minor > 0 AND (cardinality(:policies::text[]) = 0 OR v.policy = ANY (:policies::text[]))`, { policies: [...policies] });
  return rows[0]?.count ?? 0;
}
