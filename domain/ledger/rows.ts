import { checkTimeZone } from '../calendar/checkTimeZone';
import type { CustomValue } from '../collection/facts';
import { checkAmount, checkCountry, checkCustomName, checkEmail, checkLanguage, checkStorable, checkTotal, shown } from './checks';
import { dateReader } from './dateFormat';
import { ledgerFields, requiredFields, takesCustomFields } from './fields';
import { MappingError, type Mapping } from './mapping';
import { readDispute, readPromise } from './claimRows';
import type { ContactRecord, CreditNoteRecord, CustomerRecord, FieldError, FileKind, FileRecords, FiledRefund, InvoiceRecord, PaymentRecord } from './records';
import { refundKinds } from './reversal';
import { Row, type RowRules } from './row';

export type ReadRow<R> = { kind: 'record'; record: R } | { kind: 'refused'; errors: readonly FieldError[] };

export interface RowReader<K extends FileKind> {
  kind: K;
  /** Reads one row's cells. Custom fields are still texts: CustomTypeInference sees them all and then types them. */
  read(cells: readonly string[]): ReadRow<FileRecords[K]>;
  /** The fields that the file or the mapping gives: the others keep what they are in the ledger. */
  fields: readonly string[];
  /** The file's columns that became custom fields. */
  customColumns: readonly string[];
  /** The column that a field is read from; the field's own name for a constant. */
  columnOf(field: string): string;
}

/**
 * The reader of a file's rows, by its mapping and the cells of its first line.
 * Throws MappingError when a column that the file cannot do without is missing, or when one is there twice.
 */
export function rowReader<K extends FileKind>(kind: K, mapping: Mapping, header: readonly string[]): RowReader<K> {
  const columns = header.map((name) => name.trim());
  const twice = columns.find((name, index) => name && columns.indexOf(name) !== index);
  if (twice !== undefined) throw new MappingError(`The column "${twice}" is in the first line twice; give every column its own name`);

  const index = new Map<string, number>();
  for (const field of ledgerFields[kind]) {
    const column = mapping.columns[field];
    const at = columns.indexOf(column ?? field);
    if (column !== undefined && at < 0) throw new MappingError(`The mapping reads ${field} from the column "${column}", which the file does not have; it has ${columns.join(', ')}`);
    if (at >= 0) index.set(field, at);
  }
  const missing = requiredFields[kind].filter((field) => !index.has(field) && !(field in mapping.constants));
  if (missing.length) {
    throw new MappingError(`The file has no column for ${missing.join(', ')}; its columns are ${columns.join(', ')}. Name the columns in a mapping ("columns"), or give a value for all rows ("constants")`);
  }

  const taken = new Set(index.values());
  const customName = new Map(Object.entries(mapping.columns).flatMap(([field, column]): [string, string][] => (field.startsWith('custom.') ? [[column, field.slice('custom.'.length)]] : [])));
  const lost = [...customName.keys()].find((column) => !columns.includes(column));
  if (lost !== undefined) throw new MappingError(`The mapping reads custom.${customName.get(lost)} from the column "${lost}", which the file does not have; it has ${columns.join(', ')}`);
  const custom = takesCustomFields[kind]
    ? columns.flatMap((column, at) => (column && !taken.has(at) && !mapping.ignore.includes(column) ? [{ name: customName.get(column) ?? column, at }] : []))
    : [];
  for (const { name } of custom) {
    const wrong = checkCustomName(name);
    if (wrong) throw new MappingError(`The column "${shown(name)}" ${wrong}; give it another name, or leave it out ("ignore")`);
  }
  const rules: RowRules = { index, constants: mapping.constants, date: dateReader(mapping.dateFormat), dateFormat: mapping.dateFormat, decimal: mapping.decimal };
  const readRecord = readers[kind] as (row: Row, custom: Record<string, CustomValue>) => FileRecords[K];

  return {
    kind,
    fields: [...index.keys(), ...Object.keys(mapping.constants)],
    customColumns: custom.map(({ name }) => name),
    columnOf: (field) => columns[index.get(field) ?? custom.find(({ name }) => name === field)?.at ?? -1] ?? field,
    read(cells) {
      if (cells.length !== columns.length) {
        return { kind: 'refused', errors: [{ field: 'row', value: null, reason: `has ${cells.length} cells where the first line has ${columns.length}; is a quote or a delimiter missing?` }] };
      }
      const row = new Row(cells, rules);
      const values: Record<string, CustomValue> = {};
      for (const { name, at } of custom) {
        const text = cells[at]!.trim() || null;
        const wrong = text && checkStorable(text);
        if (wrong) row.refuse(name, text, wrong);
        values[name] = text;
      }
      const record = readRecord(row, values);
      return row.errors.length ? { kind: 'refused', errors: row.errors } : { kind: 'record', record };
    },
  };
}

const readers: { [K in FileKind]: (row: Row, custom: Record<string, CustomValue>) => FileRecords[K] } = {
  customers: readCustomer,
  invoices: readInvoice,
  payments: readPayment,
  credit_notes: readCreditNote,
  refunds: readRefund,
  promises: readPromise,
  disputes: readDispute,
};

const contactColumns = [
  { field: 'email', role: 'billing' },
  { field: 'escalation_email', role: 'escalation' },
  { field: 'leadership_email', role: 'leadership' },
] as const;

function readCustomer(row: Row, custom: Record<string, CustomValue>): CustomerRecord {
  const given = contactColumns.filter(({ field }) => row.has(field));
  const contacts = given.flatMap(({ field, role }): ContactRecord[] => {
    const email = row.checked(field, checkEmail);
    if (!email) return [];
    return [role === 'billing' ? { role, email, name: row.text('contact_name') ?? null, phone: row.text('phone') ?? null } : { role, email }];
  });
  return {
    externalId: row.required('external_id'),
    name: row.required('name'),
    timeZone: row.checked('time_zone', checkTimeZone),
    country: row.checked('country', checkCountry),
    region: row.text('region'),
    language: row.checked('language', checkLanguage),
    businessUnit: row.text('business_unit'),
    termsDays: row.wholeNumber('terms_days', 3650),
    tier: row.text('tier'),
    doNotContact: row.boolean('do_not_contact'),
    graceDays: row.wholeNumber('grace_days', 365),
    ...readLimit(row),
    ...(row.has('owner_email') ? { ownerEmail: row.checked('owner_email', checkEmail) } : {}),
    custom,
    ...(given.length ? { contacts, contactRoles: given.map(({ role }) => role) } : {}),
  };
}

function readLimit(row: Row): Pick<CustomerRecord, 'creditLimitMinor' | 'creditLimitCurrency'> {
  const text = row.text('credit_limit');
  if (!text) return text === null ? { creditLimitMinor: null, creditLimitCurrency: null } : {};
  const currency = row.currency('credit_limit_currency');
  return { creditLimitMinor: row.money('credit_limit', currency, checkTotal), creditLimitCurrency: currency };
}

function readInvoice(row: Row, custom: Record<string, CustomValue>): InvoiceRecord {
  const currency = row.currency('currency');
  const issuedOn = row.date('issued_on');
  const dueOn = row.date('due_on');
  if (issuedOn && dueOn && dueOn < issuedOn) row.refuse('due_on', dueOn, `is before the issue date ${issuedOn}`);
  return {
    externalId: row.required('external_id'),
    customerExternalId: row.required('customer_external_id'),
    number: row.text('number'),
    issuedOn,
    dueOn,
    currency,
    totalMinor: row.money('total', currency, checkTotal),
    type: row.text('type'),
    businessUnit: row.text('business_unit'),
    documentState: row.choice('document_state', ['draft', 'issued', 'void']) ?? undefined,
    graceDays: row.wholeNumber('grace_days', 365),
    custom,
  };
}

function readPayment(row: Row): PaymentRecord {
  const currency = row.currency('currency');
  return {
    externalId: row.required('external_id'),
    ...payer(row),
    receivedAt: row.moment('received_at'),
    currency,
    amountMinor: row.money('amount', currency, checkAmount),
    method: row.text('method'),
  };
}

function readCreditNote(row: Row): CreditNoteRecord {
  const currency = row.currency('currency');
  return {
    externalId: row.required('external_id'),
    ...payer(row),
    issuedOn: row.date('issued_on'),
    currency,
    amountMinor: row.money('amount', currency, checkAmount),
    reason: row.text('reason'),
  };
}

function readRefund(row: Row): FiledRefund {
  const currency = row.currency('currency');
  const kind = row.choice('kind', refundKinds) ?? 'refund';
  if (kind !== 'refund' && row.text('amount')) row.refuse('amount', row.text('amount') ?? null, `is for a refund: a ${kind} takes all that is left of the payment back`);
  return {
    externalId: row.required('external_id'),
    paymentExternalId: row.required('payment_external_id'),
    kind,
    refundedAt: row.moment('refunded_at'),
    currency,
    amountMinor: row.text('amount') ? row.money('amount', currency, checkAmount) : null,
    reason: row.text('reason'),
  };
}

function payer(row: Row): { customerExternalId: string | null; invoiceExternalId: string | null } {
  const customerExternalId = row.text('customer_external_id') ?? null;
  const invoiceExternalId = row.text('invoice_external_id') ?? null;
  if (!customerExternalId && !invoiceExternalId) row.refuse('customer_external_id', null, 'is empty, and no invoice is named that would tell the customer');
  return { customerExternalId, invoiceExternalId };
}
