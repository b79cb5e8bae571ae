import type { Knex } from 'knex';
import { timeZoneNamed } from '../../domain/calendar/checkTimeZone';
import { readInstant } from '../../domain/ledger/checks';
import type { CreditNoteRecord, CustomerRecord, InvoiceRecord, LedgerKind, LedgerRecords, PaymentRecord } from '../../domain/ledger/records';

/**
 * Every upsert goes through a temporary table per kind: records of a call come as one JSON document, files through COPY, and from
 * there both take the same statements. `ord` is the record's index or the file's line. `given` names the columns that were
 * given; null means all of them.
 */
const columns = {
  customers: {
    ord: 'integer', external_id: 'text', name: 'text', time_zone: 'text', country: 'text', region: 'text', language: 'text', business_unit: 'text',
    terms_days: 'integer', tier: 'text', do_not_contact: 'boolean', grace_days: 'integer', credit_limit_minor: 'bigint', credit_limit_currency: 'text', owner_email: 'text', custom: 'jsonb', contacts: 'jsonb', contact_roles: 'text[]', given: 'text[]',
  },
  invoices: {
    ord: 'integer', external_id: 'text', customer_external_id: 'text', number: 'text', issued_on: 'date', due_on: 'date', currency: 'text',
    total_minor: 'bigint', type: 'text', business_unit: 'text', document_state: 'text', grace_days: 'integer', custom: 'jsonb', lines: 'jsonb', given: 'text[]',
  },
  payments: {
    ord: 'integer', external_id: 'text', customer_external_id: 'text', invoice_external_id: 'text', received_at: 'timestamptz', received_on: 'date',
    currency: 'text', amount_minor: 'bigint', method: 'text',
  },
  credit_notes: {
    ord: 'integer', external_id: 'text', customer_external_id: 'text', invoice_external_id: 'text', issued_on: 'date', currency: 'text', amount_minor: 'bigint', reason: 'text',
  },
} as const satisfies Record<LedgerKind, Record<string, string>>;

export type Cell = string | number | boolean | null | object | undefined;

/** A record as the cells of its incoming table, without `ord` and `given`; undefined is not given. */
export type IncomingRow = Record<string, Cell>;

export function incomingColumns(kind: LedgerKind): string[] {
  return Object.keys(columns[kind]);
}

/** Makes this connection's incoming table of a kind, or empties it. */
export async function openIncoming(trx: Knex.Transaction, kind: LedgerKind): Promise<void> {
  const definition = Object.entries(columns[kind]).map(([name, type]) => `${name} ${type}`).join(', ');
  await trx.raw(`CREATE TEMPORARY TABLE IF NOT EXISTS incoming_${kind} (${definition}) ON COMMIT DELETE ROWS; DELETE FROM incoming_${kind}`);
}

export async function fillIncoming<K extends LedgerKind>(trx: Knex.Transaction, kind: K, records: readonly { index: number; record: LedgerRecords[K] }[]): Promise<void> {
  const names = incomingColumns(kind).join(', ');
  const definition = Object.entries(columns[kind]).map(([name, type]) => `${name} ${type}`).join(', ');
  const rows = records.map(({ index, record }) => ({ ord: index, ...withGiven(incomingRow(kind, record)) }));
  await trx.raw(`INSERT INTO incoming_${kind} (${names}) SELECT ${names} FROM jsonb_to_recordset(?::jsonb) AS t (${definition})`, [JSON.stringify(rows)]);
}

/** What a record puts into each column. */
export function incomingRow<K extends LedgerKind>(kind: K, record: LedgerRecords[K]): IncomingRow {
  return (rowsOf[kind] as (record: LedgerRecords[K]) => IncomingRow)(record);
}

const rowsOf: { [K in LedgerKind]: (record: LedgerRecords[K]) => IncomingRow } = {
  customers: (record: CustomerRecord) => ({
    external_id: record.externalId,
    name: record.name,
    time_zone: record.timeZone && timeZoneNamed(record.timeZone),
    country: record.country,
    region: record.region,
    language: record.language,
    business_unit: record.businessUnit,
    terms_days: record.termsDays,
    tier: record.tier,
    do_not_contact: record.doNotContact,
    grace_days: record.graceDays,
    credit_limit_minor: record.creditLimitMinor,
    credit_limit_currency: record.creditLimitCurrency,
    owner_email: record.ownerEmail,
    custom: record.custom,
    contacts: record.contacts,
    contact_roles: record.contactRoles,
  }),
  invoices: (record: InvoiceRecord) => ({
    external_id: record.externalId,
    customer_external_id: record.customerExternalId,
    number: record.number,
    issued_on: record.issuedOn,
    due_on: record.dueOn,
    currency: record.currency,
    total_minor: record.totalMinor,
    type: record.type,
    business_unit: record.businessUnit,
    document_state: record.documentState,
    grace_days: record.graceDays,
    custom: record.custom,
    lines: record.lines,
  }),
  payments: (record: PaymentRecord) => {
    const instant = readInstant(record.receivedAt);
    return {
      external_id: record.externalId,
      customer_external_id: record.customerExternalId ?? null,
      invoice_external_id: record.invoiceExternalId ?? null,
      received_at: instant === null ? null : new Date(instant).toISOString(),
      received_on: instant === null ? record.receivedAt : null,
      currency: record.currency,
      amount_minor: record.amountMinor,
      method: record.method ?? null,
    };
  },
  credit_notes: (record: CreditNoteRecord) => ({
    external_id: record.externalId,
    customer_external_id: record.customerExternalId ?? null,
    invoice_external_id: record.invoiceExternalId ?? null,
    issued_on: record.issuedOn,
    currency: record.currency,
    amount_minor: record.amountMinor,
    reason: record.reason ?? null,
  }),
};

function withGiven(row: IncomingRow): IncomingRow {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), given: given.map(([name]) => name) };
}
