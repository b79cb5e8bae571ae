import { dateReader } from './dateFormat';
import { plainDecimal } from './decimalText';
import { ledgerFields } from './fields';
import { mappingSchema, type Mapping } from './mapping';
import type { FileKind } from './records';

/** Other names under which files bring our fields, without blanks, case and marks. */
const otherNames: Record<string, readonly string[]> = {
  external_id: ['id', 'reference', 'ref', 'key'],
  customer_external_id: ['customer', 'customerid', 'customernumber', 'customerno', 'account', 'accountid', 'accountnumber', 'debtor', 'kunde', 'kundennummer', 'client'],
  payment_external_id: ['payment', 'paymentid', 'paymentnumber', 'paymentno', 'originalpayment', 'transaction', 'transactionid', 'zahlung'],
  invoice_external_id: ['invoice', 'invoiceid', 'invoicenumber', 'invoiceno', 'rechnung', 'rechnungsnummer'],
  number: ['invoicenumber', 'invoiceno', 'documentnumber', 'rechnungsnummer'],
  name: ['customername', 'company', 'companyname', 'accountname', 'firma', 'kundenname'],
  email: ['emailaddress', 'mail', 'billingemail', 'contactemail'],
  owner_email: ['owner', 'accountowner', 'accountmanager', 'salesperson', 'collector', 'betreuer', 'kundenbetreuer', 'sachbearbeiter'],
  phone: ['telephone', 'phonenumber', 'telefon'],
  time_zone: ['timezone', 'tz', 'zeitzone'],
  country: ['countrycode', 'land'],
  issued_on: ['issued', 'issuedate', 'invoicedate', 'date', 'rechnungsdatum', 'datum'],
  due_on: ['due', 'duedate', 'faelligam', 'faelligkeit', 'fälligam', 'fälligkeit'],
  received_at: ['received', 'date', 'paymentdate', 'paidon', 'paidat', 'valuedate', 'settleddate', 'datum'],
  refunded_at: ['refunded', 'refundedon', 'refunddate', 'date', 'datum'],
  made_at: ['made', 'madeon', 'date', 'datum'],
  promised_on: ['promised', 'promisedate', 'promisedfor', 'paymentpromisedon'],
  opened_at: ['opened', 'openedon', 'date', 'datum'],
  currency: ['currencycode', 'waehrung', 'währung'],
  total: ['amount', 'invoiceamount', 'totalamount', 'gross', 'grossamount', 'betrag'],
  amount: ['total', 'paymentamount', 'paid', 'betrag'],
  business_unit: ['businessunit', 'unit', 'division', 'entity'],
};

/** In each kind of file, the name that such a file calls its own id by. */
const ownIds: Record<FileKind, readonly string[]> = {
  customers: ['customerid', 'customernumber', 'customerno', 'customer', 'accountid', 'accountnumber', 'kundennummer'],
  invoices: ['invoiceid', 'invoicenumber', 'invoiceno', 'number', 'documentnumber', 'rechnungsnummer'],
  payments: ['paymentid', 'paymentnumber', 'transactionid', 'transaction'],
  credit_notes: ['creditnoteid', 'creditnotenumber', 'creditnote', 'number'],
  refunds: ['refundid', 'refundnumber', 'refund'],
  promises: ['promiseid', 'promisenumber'],
  disputes: ['disputeid', 'disputenumber', 'casenumber', 'caseid'],
};

const dateFormats = ['yyyy-MM-dd', 'M/d/yyyy', 'd/M/yyyy', 'd.M.yyyy', 'd-M-yyyy', 'yyyy/MM/dd', 'yyyyMMdd'];

/**
 * A mapping to start from: columns by their names, the date format and the decimal mark by the sample's cells. Where month and day
 * could be either, the format that fits all the sample is taken, the American one first: a person looks it over.
 */
export function suggestMapping(kind: FileKind, header: readonly string[], sample: readonly (readonly string[])[]): Mapping {
  const free = new Map(header.map((name) => [plain(name), name.trim()]));
  const columns: Record<string, string> = {};
  const take = (field: string, names: readonly string[]): void => {
    const found = names.find((name) => free.has(name));
    if (found === undefined) return;
    const column = free.get(found)!;
    if (column !== field) columns[field] = column;
    free.delete(found);
    taken.add(field);
  };
  const taken = new Set<string>();
  for (const field of ledgerFields[kind]) take(field, [plain(field)]);
  for (const field of ledgerFields[kind]) {
    if (!taken.has(field)) take(field, [...(field === 'external_id' ? ownIds[kind] : []), ...(otherNames[field] ?? [])]);
  }
  const cells = (fields: readonly string[]): string[] => fields.flatMap((field) => {
    const at = header.findIndex((name) => name.trim() === (columns[field] ?? field));
    return at < 0 ? [] : sample.flatMap((row) => row[at]?.trim() || []);
  });
  const dates = cells(['issued_on', 'due_on', 'received_at', 'refunded_at', 'made_at', 'promised_on', 'opened_at', 'resolved_at']).filter((text) => !text.includes('T'));
  const amounts = cells(['total', 'amount', 'credit']);
  const dateFormat = dateFormats.find((format) => dates.every((text) => dateReader(format)(text) !== null)) ?? 'yyyy-MM-dd';
  const european = amounts.some((text) => plainDecimal(text, '.') === null) && amounts.every((text) => plainDecimal(text, ',') !== null);
  // 12,50 reads as twelve and a half in Europe; as grouping it would be irregular, so the first test has found it out.
  return mappingSchema.parse({ kind, columns, dateFormat, ...(european ? { decimal: ',' } : {}) });
}

function plain(name: string): string {
  return name.trim().toLowerCase().replace(/[\s_.#-]/g, '');
}
