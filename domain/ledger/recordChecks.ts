import { checkTimeZone } from '../calendar/checkTimeZone';
import { isCurrency } from '../money/money';
import { checkAmount, checkCountry, checkCustomName, checkEmail, checkFieldText, checkLanguage, checkReceivedAt, checkStorable, checkTotal, isLedgerDate, shown } from './checks';
import type { CreditNoteRecord, CustomerRecord, FieldError, InvoiceRecord, LedgerKind, LedgerRecords, PaymentRecord, RefundRecord } from './records';

/** What is wrong with a record by itself, before it meets the ledger. Records from files have passed the same checks already. */
export const recordChecks: { [K in LedgerKind]: (record: LedgerRecords[K]) => FieldError[] } = {
  customers: (record) => [...checkTexts(record), ...checkCustomer(record)],
  invoices: (record) => [...checkTexts(record), ...checkInvoice(record)],
  payments: (record) => [...checkTexts(record), ...checkPayment(record)],
  credit_notes: (record) => [...checkTexts(record), ...checkCreditNote(record)],
};

/** The same for a refund, which has no table of incoming records. */
export function checkRefund(record: RefundRecord): FieldError[] {
  const faults = new Faults();
  faults.externalId(record.externalId);
  faults.check('refunded_at', record.refundedAt, checkReceivedAt);
  if (record.amountMinor !== null && record.amountMinor !== undefined) faults.money('amount', record.amountMinor, checkAmount);
  return [...checkTexts(record), ...faults.errors];
}

/** Whatever it holds of texts, also in its contacts, lines and custom fields. */
function checkTexts(record: object): FieldError[] {
  return Object.entries(record).flatMap(([key, value]: [string, unknown]): FieldError[] => {
    if (typeof value === 'string') return checkText(fieldOf(key), value);
    if (Array.isArray(value)) return value.flatMap((part: unknown) => (typeof part === 'object' && part !== null ? checkTexts(part) : []));
    return key === 'custom' && typeof value === 'object' && value !== null ? checkCustom(value) : [];
  });
}

function checkCustom(custom: object): FieldError[] {
  return Object.entries(custom).flatMap(([name, value]: [string, unknown]): FieldError[] => {
    const wrong = checkCustomName(name);
    if (wrong) return [{ field: `custom.${shown(name)}`, value: null, reason: wrong }];
    const unfit = typeof value === 'string' ? checkStorable(value) : null;
    return unfit === null ? [] : [{ field: `custom.${name}`, value: shown(String(value)), reason: unfit }];
  });
}

function checkText(field: string, text: string): FieldError[] {
  const reason = checkFieldText(field, text);
  return reason === null ? [] : [{ field, value: shown(text), reason }];
}

/** `dueOn` → `due_on`: a field as files call it. */
const fieldOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

class Faults {
  readonly errors: FieldError[] = [];

  add(field: string, value: unknown, reason: string | null): void {
    if (reason) this.errors.push({ field, value: value === null || value === undefined ? null : String(value), reason });
  }

  present(field: string, value: string): void {
    if (!value.trim()) this.add(field, value, 'is empty');
  }

  externalId(value: string): void {
    this.present('external_id', value);
  }

  check(field: string, value: string | null | undefined, check: (text: string) => string | null): void {
    if (value !== null && value !== undefined) this.add(field, value, check(value));
  }

  date(field: string, value: string): void {
    if (!isLedgerDate(value)) this.add(field, value, 'is not a date such as 2026-03-01');
  }

  money(field: string, minor: number, check: (minor: number) => string | null): void {
    this.add(field, minor, Number.isSafeInteger(minor) ? check(minor) : 'is not a whole number of minor units');
  }

  graceDays(value: number | null | undefined): void {
    const days = value ?? 0;
    if (!Number.isInteger(days) || days < 0 || days > 365) this.add('grace_days', days, 'must be a whole number from 0 to 365');
  }

  currency(value: string): void {
    if (!isCurrency(value)) this.add('currency', value, 'is not an ISO 4217 currency code such as USD or EUR');
  }
}

function checkCustomer(record: CustomerRecord): FieldError[] {
  const faults = new Faults();
  faults.externalId(record.externalId);
  faults.present('name', record.name);
  faults.check('time_zone', record.timeZone, checkTimeZone);
  faults.check('country', record.country, checkCountry);
  faults.check('language', record.language, checkLanguage);
  const terms = record.termsDays ?? 0;
  if (!Number.isInteger(terms) || terms < 0 || terms > 3650) faults.add('terms_days', terms, 'must be a whole number from 0 to 3650');
  faults.graceDays(record.graceDays);
  checkLimit(faults, record);
  for (const contact of record.contacts ?? []) faults.add('email', contact.email, checkEmail(contact.email));
  return faults.errors;
}

function checkLimit(faults: Faults, { creditLimitMinor, creditLimitCurrency }: CustomerRecord): void {
  if (creditLimitMinor === undefined && creditLimitCurrency === undefined) return;
  if ((creditLimitMinor ?? null) === null && (creditLimitCurrency ?? null) === null) return;
  if (!creditLimitCurrency || !isCurrency(creditLimitCurrency)) faults.add('credit_limit_currency', creditLimitCurrency, 'is not an ISO 4217 currency code such as USD or EUR');
  if (creditLimitMinor === null || creditLimitMinor === undefined) faults.add('credit_limit', null, 'is empty, although its currency is given');
  else faults.money('credit_limit', creditLimitMinor, checkTotal);
}

function checkInvoice(record: InvoiceRecord): FieldError[] {
  const faults = new Faults();
  faults.externalId(record.externalId);
  faults.date('issued_on', record.issuedOn);
  faults.date('due_on', record.dueOn);
  if (record.dueOn < record.issuedOn) faults.add('due_on', record.dueOn, `is before the issue date ${record.issuedOn}`);
  faults.currency(record.currency);
  faults.money('total', record.totalMinor, checkTotal);
  faults.graceDays(record.graceDays);
  return faults.errors;
}

function checkPayment(record: PaymentRecord): FieldError[] {
  const faults = new Faults();
  faults.externalId(record.externalId);
  faults.check('received_at', record.receivedAt, checkReceivedAt);
  checkPayer(faults, record);
  faults.currency(record.currency);
  faults.money('amount', record.amountMinor, checkAmount);
  return faults.errors;
}

function checkCreditNote(record: CreditNoteRecord): FieldError[] {
  const faults = new Faults();
  faults.externalId(record.externalId);
  faults.date('issued_on', record.issuedOn);
  checkPayer(faults, record);
  faults.currency(record.currency);
  faults.money('amount', record.amountMinor, checkAmount);
  return faults.errors;
}

function checkPayer(faults: Faults, record: { customerExternalId?: string | null; invoiceExternalId?: string | null }): void {
  if (!record.customerExternalId && !record.invoiceExternalId) faults.add('customer_external_id', null, 'is empty, and no invoice is named that would tell the customer');
}
