import { daysBetween, type LocalDate } from '../calendar/dates';
import { collectableMinor } from '../collection/claims';
import type { CustomerFacts, CustomValue, InvoiceFacts } from '../collection/facts';
import type { EventFacts } from '../events/kinds';
import { findEventField } from './eventFields';

/** What a condition is evaluated on, and the date where the customer is. */
export interface ConditionFacts {
  customer: CustomerFacts;
  /** The invoice that is asked about; null where a customer is, as for a segment. */
  invoice: InvoiceFacts | null;
  today: LocalDate;
  /** What is owed on all the customer's invoices: given where a customer is asked about. */
  account?: AccountFacts;
  /** What happened: given where something that happens is what sets off what the condition is of. */
  event?: EventFacts;
}

/** A customer's account: what a condition on a customer can look at. */
export interface AccountFacts {
  /** By currency; one that is not there is zero. */
  totals: Readonly<Record<string, AccountTotals>>;
  /** Those that are open. */
  invoices: readonly InvoiceFacts[];
}

export interface AccountTotals {
  /** Open on all invoices. */
  openMinor: number;
  /** The part of it that is past due where the customer is. */
  overdueMinor: number;
  /** Cash and credit that are not put to an invoice. */
  unappliedMinor: number;
}

const nothing: AccountTotals = { openMinor: 0, overdueMinor: 0, unappliedMinor: 0 };

/** What a condition is about: an invoice, as in a policy's step, or a customer, as in a segment. */
export type Subject = 'invoice' | 'customer';

/**
 * A custom field's type is known only from its values, so the literal that it is compared with decides how it is read. A share is a percentage of
 * each currency's balance, a set a list of names.
 */
export type FieldType = 'money' | 'number' | 'share' | 'text' | 'set' | 'date' | 'custom';

export type FieldValue = CustomValue | readonly string[];

export interface Field {
  name: string;
  type: FieldType;
  /** How the field is called in a reason: "balance 450.00 USD is not over 500.00 USD". */
  title: string;
  read: (facts: ConditionFacts) => FieldValue;
  /** Where it can be used: fields of an invoice also in `invoices: … where: …` of a condition on a customer, those of an event only where such an event happens. */
  of: 'invoice' | 'customer' | 'both' | 'event';
  /** Of money that has a currency of its own, which is not the invoice's. */
  currencyOf?: (facts: ConditionFacts) => string | null;
  /** For a customer with several currencies: its value in one of them. */
  inCurrency?: (totals: AccountTotals) => number | null;
  /** Names that it can have, where they are few. */
  choices?: readonly string[];
  /** Upper and lower case make no other name. */
  caseless?: true;
  /** What its names look like, where they are many. */
  form?: { pattern: RegExp; title: string };
}

/** What an invoice owes in the currency that is asked about; a customer as such has no single currency. */
function ofInvoice(name: string, type: FieldType, title: string, read: (invoice: InvoiceFacts, today: LocalDate) => FieldValue): Field {
  return { name, type, title, of: 'invoice', read: ({ invoice, today }) => (invoice === null ? null : read(invoice, today)) };
}

function ofCustomer(name: string, type: FieldType, title: string, read: (customer: CustomerFacts, today: LocalDate) => FieldValue, choices?: readonly string[]): Field {
  return { name, type, title, of: 'both', read: ({ customer, today }) => read(customer, today), ...(choices ? { choices } : {}) };
}

export const behaviourClasses = ['new', 'prompt', 'slow', 'at-risk'] as const;

/** Every field that a condition may name, custom fields and those of events apart. Money fields are in minor units of the invoice's currency. */
export const fields: readonly Field[] = [
  ofInvoice('invoice.amount', 'money', 'amount', (invoice) => invoice.totalMinor),
  ofInvoice('invoice.balance', 'money', 'balance', collectableMinor),
  {
    name: 'customer.balance', type: 'money', title: 'customer balance', of: 'both',
    read: ({ invoice }) => invoice?.customerBalanceMinor ?? null, inCurrency: ({ openMinor, unappliedMinor }) => openMinor - unappliedMinor,
  },
  { name: 'customer.overdue', type: 'money', title: 'overdue of the customer', of: 'customer', read: () => null, inCurrency: ({ overdueMinor }) => overdueMinor },
  {
    name: 'customer.overdueShare', type: 'share', title: 'overdue share', of: 'customer', read: () => null,
    inCurrency: ({ openMinor, overdueMinor }) => (openMinor > 0 ? (overdueMinor * 100) / openMinor : null),
  },
  { name: 'customer.openInvoices', type: 'number', title: 'number of open invoices', of: 'customer', read: ({ account }) => account?.invoices.length ?? null },
  ofInvoice('invoice.daysPastDue', 'number', 'days past due', (invoice, today) => daysBetween(invoice.dueOn, today)),
  { ...ofInvoice('invoice.currency', 'text', 'currency', (invoice) => invoice.currency), form: { pattern: /^[A-Z]{3}$/, title: 'a currency in three capitals, as in "USD"' } },
  ofInvoice('invoice.type', 'text', 'invoice type', (invoice) => invoice.type),
  ofInvoice('invoice.businessUnit', 'text', 'business unit of the invoice', (invoice) => invoice.businessUnit),
  ofInvoice('invoice.issuedOn', 'date', 'issue date', (invoice) => invoice.issuedOn),
  ofInvoice('invoice.dueOn', 'date', 'due date', (invoice) => invoice.dueOn),
  ofCustomer('customer.country', 'text', 'country', (customer) => customer.country),
  ofCustomer('customer.region', 'text', 'region', (customer) => customer.region),
  ofCustomer('customer.language', 'text', 'language', (customer) => customer.language),
  ofCustomer('customer.businessUnit', 'text', 'business unit of the customer', (customer) => customer.businessUnit),
  ofCustomer('customer.tier', 'text', 'tier', (customer) => customer.tier),
  ofCustomer('customer.termsDays', 'number', 'payment terms in days', (customer) => customer.termsDays ?? null),
  ofCustomer('customer.doNotContact', 'text', 'not to be written to', ({ reach }) => (reach.kind === 'unreachable' && reach.why === 'do-not-contact' ? 'yes' : 'no'), ['yes', 'no']),
  ofCustomer('customer.behaviour', 'text', 'payment behaviour', (customer) => customer.behaviour ?? null, behaviourClasses),
  ofCustomer('customer.segments', 'set', 'segment', (customer) => customer.segments ?? []),
  ofCustomer('customer.lastContactOn', 'date', 'last contact', (customer) => customer.lastContactOn),
  ofCustomer('customer.daysSinceContact', 'number', 'days since the last contact', (customer, today) => (customer.lastContactOn === null ? null : daysBetween(customer.lastContactOn, today))),
];

const byName = new Map(fields.map((known) => [known.name, known]));
const customField = /^(customer|invoice)\.custom\.([A-Za-z0-9_][A-Za-z0-9_ -]{0,62})$/;

/** The field of that name, or null: `invoice.balance`, `customer.custom.segment`. */
export function findField(name: string): Field | null {
  const known = byName.get(name) ?? findEventField(name);
  if (known) return known;
  const custom = customFieldOf(name);
  if (!custom) return null;
  const { entity, key } = custom;
  return entity === 'customer'
    ? ofCustomer(name, 'custom', name, (customer) => ownValue(customer.custom, key))
    : ofInvoice(name, 'custom', name, (invoice) => ownValue(invoice.custom, key));
}

/** The entity and the key of a custom field's name, or null for a name that is not of one. */
export function customFieldOf(name: string): { entity: 'customer' | 'invoice'; key: string } | null {
  const match = customField.exec(name);
  return match ? { entity: match[1] === 'customer' ? 'customer' : 'invoice', key: match[2] ?? '' } : null;
}

/** A field may have any name, that of something which every object has included. */
function ownValue(custom: Readonly<Record<string, CustomValue>>, key: string): CustomValue {
  return Object.hasOwn(custom, key) ? (custom[key] ?? null) : null;
}

/** Whether a field can be used in a condition on this subject. */
export function isFieldOf(field: Field, subject: Subject): boolean {
  return field.of === 'both' || field.of === subject;
}

/** What an account has in a currency. */
export function totalsIn(account: AccountFacts | undefined, currency: string): AccountTotals {
  return account && Object.hasOwn(account.totals, currency) ? (account.totals[currency] ?? nothing) : nothing;
}
