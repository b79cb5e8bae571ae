import type { Knex } from 'knex';
import type { InvoiceRecord } from '../../domain/ledger/records';
import { waiveChargesOfVoided } from '../charges/waiveChargesOfVoided';
import { auditEach, mayGive, mergedField, readResults, refusalOf, repeatedRows, repeatedRule, verdictColumns, type Rule, type UpsertMode } from './checked';
import { inTransaction, type LedgerContext, type RecordResult } from './context';
import { recordIssued } from './ledgerEvents';
import { touchSelected } from './touch';
import { upsertRecords } from './upsertRecords';

/**
 * Creates invoices or changes those whose external id is known. An issued invoice does not become a draft again, a void one stays
 * void, and a total cannot fall below what has been applied. Voiding gives what was applied back to the customer as unapplied.
 */
export async function upsertInvoices(db: Knex, context: LedgerContext, records: readonly InvoiceRecord[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => upsertRecords(trx, 'invoices', records, 'invoice', async (mode) => {
    await settleInvoices(trx, context, mode);
    return readResults(trx, 'invoices');
  }));
}

const fields = ['number', 'issued_on', 'due_on', 'currency', 'total_minor', 'type', 'business_unit', 'document_state', 'grace_days'] as const;

/** What holds amounts of an invoice in its currency besides what is applied: in another currency they would be other amounts. */
const claimedIn = ['promise_invoices', 'disputes', 'charges', 'discount_offers'] as const;

const rules: readonly Rule[] = [
  { when: 'c.id IS NULL', field: 'customer_external_id', value: 's.customer_external_id', reason: `'is not a known customer'` },
  { when: 'i.customer_id <> c.id', field: 'customer_external_id', value: 's.customer_external_id', reason: `'differs: the invoice belongs to another customer'` },
  { when: `i.currency <> s.currency AND (i.settled_minor > 0 OR EXISTS (SELECT FROM applications a WHERE a.invoice_id = i.id))`, field: 'currency', value: 's.currency', reason: `'cannot change: something has been applied in ' || i.currency` },
  { when: `i.currency <> s.currency AND (${claimedIn.map((table) => `EXISTS (SELECT FROM ${table} x WHERE x.invoice_id = i.id)`).join(' OR ')})`, field: 'currency', value: 's.currency', reason: `'cannot change: something has been promised, disputed, charged or offered in ' || i.currency` },
  // Voiding gives what was applied back first, whatever total the voided document is left with.
  { when: `s.total_minor < i.settled_minor AND s.document_state IS DISTINCT FROM 'void'`, field: 'total', value: 's.total_minor::text', reason: `'is less than what has been applied, ' || i.settled_minor || ' minor units'` },
  { when: `i.document_state = 'void' AND s.document_state <> 'void'`, field: 'document_state', value: 's.document_state', reason: `'cannot change: a void invoice stays void'` },
  { when: `i.document_state = 'issued' AND s.document_state = 'draft'`, field: 'document_state', value: 's.document_state', reason: `'cannot change: an issued invoice does not become a draft again; void it'` },
];

/** Takes incoming_invoices into the ledger; the verdicts stay in checked_invoices. */
export async function settleInvoices(trx: Knex.Transaction, context: LedgerContext, mode: UpsertMode): Promise<void> {
  await trx.raw(`CREATE TEMPORARY TABLE IF NOT EXISTS checked_invoices (${verdictColumns}, customer_id bigint, invoice_id bigint, number text, issued_on date, due_on date,
    currency text, total_minor bigint, type text, business_unit text, document_state text, grace_days integer, custom jsonb, lines jsonb, voided boolean, issued boolean) ON COMMIT DELETE ROWS; DELETE FROM checked_invoices`);
  await trx.raw(`SELECT count(*) FROM (SELECT id FROM customers WHERE external_id IN (SELECT customer_external_id FROM incoming_invoices) ORDER BY id FOR NO KEY UPDATE) locked`);

  const refusal = refusalOf([repeatedRule(mode), ...rules]);
  const lines = mayGive(mode, 'lines');
  const merged = (field: string, whenEmpty: string): string => `${mergedField(mode, field, { existing: 'i', whenEmpty })} AS ${field}, i.${field} AS old_${field}`;
  await trx.raw(`
    INSERT INTO checked_invoices
    SELECT ord, external_id,
      CASE WHEN reason IS NOT NULL THEN 'refused' WHEN repeated THEN 'unchanged' WHEN old_id IS NULL THEN 'created'
        WHEN (${fields.map((field) => `m.${field}`).join(', ')}, m.custom) IS DISTINCT FROM (${fields.map((field) => `m.old_${field}`).join(', ')}, m.old_custom) OR lines_changed THEN 'updated'
        ELSE 'unchanged' END,
      field, value, reason, before, customer_id,
      coalesce(old_id, CASE WHEN reason IS NULL AND NOT repeated THEN nextval('invoices_id_seq') END),
      ${fields.map((field) => `m.${field}`).join(', ')}, m.custom, lines,
      m.document_state = 'void' AND m.old_document_state <> 'void', m.document_state = 'issued' AND m.old_document_state IS DISTINCT FROM 'issued'
    FROM (
      SELECT s.ord, s.external_id, ${refusal.field} AS field, ${refusal.value} AS value, ${refusal.reason} AS reason, twice.same IS TRUE AS repeated,
        ${mode.audit === 'each' ? `CASE WHEN i.id IS NOT NULL THEN to_jsonb(i) - 'id' END` : 'NULL::jsonb'} AS before, i.id AS old_id, c.id AS customer_id,
        ${merged('number', 's.external_id')},
        s.issued_on, i.issued_on AS old_issued_on, s.due_on, i.due_on AS old_due_on, s.currency, i.currency::text AS old_currency, s.total_minor, i.total_minor AS old_total_minor,
        ${merged('type', `'standard'`)}, ${merged('business_unit', 'NULL')}, ${merged('document_state', `CASE i.document_state WHEN 'void' THEN 'void' ELSE 'issued' END`)}, ${merged('grace_days', 'NULL')},
        ${mayGive(mode, 'custom') ? `CASE WHEN i.id IS NULL THEN jsonb_strip_nulls(coalesce(s.custom, '{}')) ELSE jsonb_strip_nulls(i.custom || coalesce(s.custom, '{}')) END` : `coalesce(i.custom, '{}')`} AS custom,
        i.custom AS old_custom, s.lines, ${lines ? 's.lines IS NOT NULL AND i.id IS NOT NULL AND want.lines IS DISTINCT FROM have.lines' : 'false'} AS lines_changed
      FROM incoming_invoices s
      LEFT JOIN customers c ON c.external_id = s.customer_external_id
      LEFT JOIN invoices i ON i.external_id = s.external_id
      ${repeatedRows('invoices')}
      ${lines ? linesBeforeAndAfter : ''}
    ) m`);

  const { rows: [found] } = await trx.raw<{ rows: { updated: boolean | null; voided: boolean | null; lines: boolean | null }[] }>(
    `SELECT bool_or(status = 'updated') AS updated, bool_or(voided AND status = 'updated') AS voided, bool_or(lines IS NOT NULL) AS lines FROM checked_invoices`);
  await trx.raw(`INSERT INTO business_units (code, name) SELECT DISTINCT business_unit, business_unit FROM checked_invoices
    WHERE business_unit IS NOT NULL AND status IN ('created', 'updated') ON CONFLICT DO NOTHING`);
  if (found?.voided) {
    await trx.raw(`UPDATE applications a SET reversed_at = ? FROM checked_invoices k
      WHERE k.status = 'updated' AND k.voided AND a.invoice_id = k.invoice_id AND a.reversed_at IS NULL`, [context.at]);
  }
  const freed = found?.voided ? await waiveChargesOfVoided(trx, context) : [];
  if (found?.updated) {
    await trx.raw(`UPDATE invoices i SET ${fields.map((field) => `${field} = k.${field}`).join(', ')}, custom = k.custom, row_version = i.row_version + 1, updated_at = now(),
      voided_at = CASE WHEN k.voided THEN ?::timestamptz ELSE i.voided_at END
      FROM checked_invoices k WHERE k.status = 'updated' AND i.id = k.invoice_id`, [context.at]);
  }
  await trx.raw(`INSERT INTO invoices (id, external_id, customer_id, ${fields.join(', ')}, custom) OVERRIDING SYSTEM VALUE
    SELECT invoice_id, external_id, customer_id, ${fields.join(', ')}, custom FROM checked_invoices WHERE status = 'created'`);
  if (found?.lines) await settleLines(trx);
  await touchSelected(trx, `SELECT customer_id, invoice_id, CASE status WHEN 'created' THEN 'invoice.created' ELSE 'invoice.changed' END AS kind
    FROM checked_invoices WHERE status IN ('created', 'updated')${freed.length ? ` UNION ALL SELECT id, NULL, 'charge.waived' FROM customers WHERE id = ANY (?)` : ''}`, freed.length ? [freed] : []);
  await recordIssued(trx, context);
  if (mode.audit === 'each') await auditEach(trx, 'invoices', context.actor);
}

const linesBeforeAndAfter = `
      LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array(l.line, l.description, l.quantity, l.amount_minor) ORDER BY l.line) AS lines
        FROM invoice_lines l WHERE l.invoice_id = i.id) have ON s.lines IS NOT NULL
      LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array(l.line, l.description, l.quantity, l.amount_minor) ORDER BY l.line) AS lines
        FROM (${wantedLines('s')}) l) want ON s.lines IS NOT NULL`;

async function settleLines(trx: Knex.Transaction): Promise<void> {
  const changed = `k.status IN ('created', 'updated') AND k.lines IS NOT NULL`;
  await trx.raw(`DELETE FROM invoice_lines l USING checked_invoices k WHERE ${changed} AND l.invoice_id = k.invoice_id`);
  await trx.raw(`INSERT INTO invoice_lines (invoice_id, line, description, quantity, amount_minor)
    SELECT k.invoice_id, l.line, l.description, l.quantity, l.amount_minor FROM checked_invoices k CROSS JOIN LATERAL (${wantedLines('k')}) l WHERE ${changed}`);
}

function wantedLines(source: string): string {
  return `SELECT t.line::integer AS line, t.row ->> 'description' AS description, coalesce((t.row ->> 'quantity')::numeric, 1) AS quantity, (t.row ->> 'amountMinor')::bigint AS amount_minor
    FROM jsonb_array_elements(${source}.lines) WITH ORDINALITY AS t (row, line)`;
}
