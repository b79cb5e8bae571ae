import type { Knex } from 'knex';
import type { CreditNoteRecord, PaymentRecord } from '../../domain/ledger/records';
import { honourDiscounts } from '../discounts/honour';
import { auditEach, readResults, refusalOf, repeatedRows, repeatedRule, verdictColumns, type Rule, type UpsertMode } from './checked';
import { inTransaction, type LedgerContext, type RecordResult } from './context';
import { recordReceived } from './ledgerEvents';
import { touchSelected } from './touch';
import { upsertRecords } from './upsertRecords';

/** What came of a payment or credit note: how much of it is applied to invoices now, and how much is left over. */
export interface ReceiptResult extends RecordResult {
  appliedMinor?: number;
  unappliedMinor?: number;
}

/**
 * Records payments, each applied to the invoice it names as far as that is open; what is left, or a payment that names none, is
 * unapplied cash of the customer. A payment that is known already has no effect and the same answer; its id with other content is refused.
 */
export async function recordPayments(db: Knex, context: LedgerContext, records: readonly PaymentRecord[]): Promise<ReceiptResult[]> {
  return inTransaction(db, (trx) => upsertRecords(trx, 'payments', records, null, async (mode) => {
    await settleReceipts(trx, 'payments', context, mode);
    return readReceiptResults(trx, 'payments');
  }));
}

/** Records credit notes: the same as payments, but for the customer's unapplied credit. */
export async function recordCreditNotes(db: Knex, context: LedgerContext, records: readonly CreditNoteRecord[]): Promise<ReceiptResult[]> {
  return inTransaction(db, (trx) => upsertRecords(trx, 'credit_notes', records, null, async (mode) => {
    await settleReceipts(trx, 'credit_notes', context, mode);
    return readReceiptResults(trx, 'credit_notes');
  }));
}

type ReceiptKind = 'payments' | 'credit_notes';

interface ReceiptTable {
  /** Columns of their own, with their types, and the expression over incoming (s), customer (c). */
  own: readonly { name: string; type: string; from: string }[];
  /** When they count: the order in which several on one invoice are applied. */
  order: string;
  same: string;
  applicationColumn: string;
  event: string;
}

const tables: Record<ReceiptKind, ReceiptTable> = {
  payments: {
    own: [
      { name: 'received_at', type: 'timestamptz', from: `coalesce(s.received_at, s.received_on::timestamp AT TIME ZONE c.time_zone)` },
      { name: 'received_on', type: 'date', from: 's.received_on' },
      { name: 'method', type: 'text', from: 's.method' },
    ],
    order: 'received_at',
    same: '(p.received_on, p.method) IS NOT DISTINCT FROM (s.received_on, s.method) AND (s.received_at IS NULL OR p.received_at = s.received_at)',
    applicationColumn: 'payment_id',
    event: 'payment',
  },
  credit_notes: {
    own: [
      { name: 'issued_on', type: 'date', from: 's.issued_on' },
      { name: 'reason_text', type: 'text', from: 's.reason' },
    ],
    order: 'issued_on',
    same: '(p.issued_on, p.reason) IS NOT DISTINCT FROM (s.issued_on, s.reason)',
    applicationColumn: 'credit_note_id',
    event: 'credit-note',
  },
};

/** Takes incoming_payments or incoming_credit_notes into the ledger; the verdicts stay in checked_<kind>. */
export async function settleReceipts(trx: Knex.Transaction, kind: ReceiptKind, context: LedgerContext, mode: UpsertMode): Promise<void> {
  const { own, order, same, applicationColumn, event } = tables[kind];
  await trx.raw(`CREATE TEMPORARY TABLE IF NOT EXISTS checked_${kind} (${verdictColumns}, id bigint, customer_id bigint, invoice_id bigint, currency text, amount_minor bigint,
    open_minor bigint, ${own.map(({ name, type }) => `${name} ${type}`).join(', ')}) ON COMMIT DELETE ROWS; DELETE FROM checked_${kind}`);
  await trx.raw(`SELECT count(*) FROM (SELECT id FROM customers WHERE external_id IN (SELECT customer_external_id FROM incoming_${kind})
    OR id IN (SELECT i.customer_id FROM invoices i JOIN incoming_${kind} s ON i.external_id = s.invoice_external_id) ORDER BY id FOR NO KEY UPDATE) locked`);

  const known = `p.customer_id = c.id AND p.invoice_id IS NOT DISTINCT FROM i.id AND p.currency = s.currency AND p.amount_minor = s.amount_minor AND ${same}`;
  const rules: readonly Rule[] = [
    repeatedRule(mode),
    { when: 's.invoice_external_id IS NOT NULL AND i.id IS NULL', field: 'invoice_external_id', value: 's.invoice_external_id', reason: `'is not a known invoice'` },
    { when: 's.customer_external_id IS NOT NULL AND k.id IS NULL', field: 'customer_external_id', value: 's.customer_external_id', reason: `'is not a known customer'` },
    { when: 'i.customer_id <> k.id', field: 'invoice_external_id', value: 's.invoice_external_id', reason: `'belongs to another customer'` },
    { when: 'i.currency <> s.currency', field: 'currency', value: 's.currency', reason: `'differs from the currency of the invoice, ' || i.currency` },
    { when: `p.id IS NOT NULL AND NOT (${known})`, field: 'external_id', value: 's.external_id', reason: `'is known already with other content'` },
  ];
  const refusal = refusalOf(rules);
  await trx.raw(`
    INSERT INTO checked_${kind}
    SELECT ord, external_id, CASE WHEN reason IS NOT NULL THEN 'refused' WHEN repeated OR old_id IS NOT NULL THEN 'unchanged' ELSE 'created' END,
      field, value, reason, NULL,
      coalesce(old_id, CASE WHEN reason IS NULL AND NOT repeated THEN nextval('${kind}_id_seq') END),
      customer_id, invoice_id, currency, amount_minor, open_minor, ${own.map(({ name }) => name).join(', ')}
    FROM (
      SELECT s.ord, s.external_id, ${refusal.field} AS field, ${refusal.value} AS value, ${refusal.reason} AS reason, twice.same IS TRUE AS repeated,
        p.id AS old_id, c.id AS customer_id, i.id AS invoice_id, s.currency, s.amount_minor, i.open_minor, ${own.map(({ name, from }) => `${from} AS ${name}`).join(', ')}
      FROM incoming_${kind} s
      LEFT JOIN invoices i ON i.external_id = s.invoice_external_id
      LEFT JOIN customers k ON k.external_id = s.customer_external_id
      LEFT JOIN customers c ON c.id = coalesce(k.id, i.customer_id)
      LEFT JOIN ${kind} p ON p.external_id = s.external_id
      ${repeatedRows(kind)}
    ) m`);

  const target = own.map(({ name }) => (name === 'reason_text' ? 'reason' : name)).join(', ');
  await trx.raw(`INSERT INTO ${kind} (id, external_id, customer_id, invoice_id, currency, amount_minor, ${target}) OVERRIDING SYSTEM VALUE
    SELECT id, external_id, customer_id, invoice_id, currency, amount_minor, ${own.map(({ name }) => name).join(', ')} FROM checked_${kind} WHERE status = 'created' ORDER BY ord`);
  // The rule of applyToInvoice, for many at once: each is applied as far as those before it on the same invoice have left it open.
  await trx.raw(`INSERT INTO applications (invoice_id, ${applicationColumn}, amount_minor, applied_at)
    SELECT invoice_id, id, least(amount_minor, open_minor - taken), ?::timestamptz
    FROM (
      SELECT *, coalesce(sum(amount_minor) OVER (PARTITION BY invoice_id ORDER BY ${order}, ord ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS taken
      FROM checked_${kind} WHERE status = 'created' AND invoice_id IS NOT NULL
    ) k WHERE open_minor > taken ORDER BY invoice_id, ${order}, ord`, [context.at]);
  const { rows: applied } = await trx.raw<{ rows: { invoice_id: number }[] }>(`SELECT DISTINCT k.invoice_id FROM checked_${kind} k JOIN discount_offers o ON o.invoice_id = k.invoice_id WHERE k.status = 'created'`);
  await honourDiscounts(trx, context, applied.map(({ invoice_id }) => invoice_id));
  await touchSelected(trx, `
    SELECT k.customer_id, k.invoice_id, '${event}.applied' AS kind FROM checked_${kind} k JOIN ${kind} t ON t.id = k.id WHERE k.status = 'created' AND t.applied_minor > 0
    UNION SELECT k.customer_id, NULL, '${event}.unapplied' FROM checked_${kind} k JOIN ${kind} t ON t.id = k.id WHERE k.status = 'created' AND t.unapplied_minor > 0`);
  await recordReceived(trx, kind, context);
  if (mode.audit === 'each') await auditEach(trx, kind, context.actor);
}

async function readReceiptResults(trx: Knex.Transaction, kind: ReceiptKind): Promise<ReceiptResult[]> {
  const results = await readResults(trx, kind);
  const rows = await trx<{ external_id: string; applied_minor: number; unapplied_minor: number }>(kind).whereIn('external_id', results.map((result) => result.externalId));
  const byId = new Map(rows.map((row) => [row.external_id, row]));
  return results.map((result) => {
    const row = result.status === 'refused' ? undefined : byId.get(result.externalId);
    return row ? { ...result, appliedMinor: row.applied_minor, unappliedMinor: row.unapplied_minor } : result;
  });
}
