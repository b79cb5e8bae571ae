import { daysBetween, type LocalDate } from '../calendar/dates';
import { claimedOf, collectableMinor } from '../collection/claims';
import type { CustomerFacts, CustomValue, InvoiceFacts, PromiseOnRecord } from '../collection/facts';
import { openOf, totalsIn, type AccountTotals, type ConditionFacts } from './account';
import { findEventField } from './eventFields';
import { brokenIn, contactsIn, creditUsedPercent, isOverCreditLimit, keptIn, lastBrokenOn } from './history';
import { known } from './known';

export type { AccountFacts, AccountTotals, ConditionFacts } from './account';

/** What a condition is about: an invoice, as in a policy's step, or a customer, as in a segment. */
export type Subject = 'invoice' | 'customer';

/**
 * A custom field's type is known only from its values, so the literal that it is compared with decides how it is read. A share is a percentage of
 * each currency's balance, a set a list of names.
 */
export type FieldType = 'money' | 'number' | 'share' | 'text' | 'set' | 'date' | 'custom';

export type FieldValue = CustomValue | readonly string[];

/** Facts that cost a reading of their own, so that they are read only where a condition asks for them. */
export type AskedFact = 'owes' | 'promises' | 'contacts' | 'reply';

export interface Field {
  name: string;
  type: FieldType;
  /** How the field is called in a reason: "balance 450.00 USD is not over 500.00 USD". */
  title: string;
  read: (facts: ConditionFacts) => FieldValue;
  /** Where it can be used: fields of an invoice also in `invoices: … where: …` of a condition on a customer, those of an event only where such an event happens. */
  of: 'invoice' | 'both' | 'event';
  /** What has to be read for it; left out: what is read in any case. */
  asks?: AskedFact;
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

type Read<T> = (of: T, today: LocalDate) => FieldValue;
type More = Pick<Field, 'asks' | 'choices'>;

/** What an invoice owes in the currency that is asked about; a customer as such has no single currency. */
function ofInvoice(name: string, type: FieldType, title: string, read: Read<InvoiceFacts>, more: More = {}): Field {
  return { name, type, title, of: 'invoice', read: ({ invoice, today }) => (invoice === null ? null : read(invoice, today)), ...more };
}

function ofCustomer(name: string, type: FieldType, title: string, read: Read<CustomerFacts>, more: More = {}): Field {
  return { name, type, title, of: 'both', read: ({ customer, today }) => read(customer, today), ...more };
}

/** What is of the customer's whole account: asked of an invoice, in that invoice's currency. */
function ofAccount(name: string, type: 'money' | 'share', title: string, inCurrency: (totals: AccountTotals) => number | null): Field {
  return { name, type, title, of: 'both', asks: 'owes', inCurrency, read: (facts) => (facts.invoice === null ? null : inCurrency(totalsIn(facts, facts.invoice.currency))) };
}

const choices = ['yes', 'no'] as const;

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no';
}

function daysSince(day: LocalDate | null, today: LocalDate): number | null {
  return day === null ? null : daysBetween(day, today);
}

export const behaviourClasses = ['new', 'prompt', 'slow', 'at-risk'] as const;

function contactsOn(invoice: InvoiceFacts): readonly LocalDate[] {
  return known(invoice.contactsOn, 'when the invoice was written about');
}

function promises(customer: CustomerFacts): readonly PromiseOnRecord[] {
  return known(customer.promises, 'what the customer promised');
}

function lastReplyOn(customer: CustomerFacts): LocalDate | null {
  return known(customer.lastReplyOn, 'when the customer wrote back');
}

/** What a simulation cannot know, so that a policy's steps, and the segments of a file, may not ask for it. */
export const notSimulated: Readonly<Record<string, string>> = Object.fromEntries(['customer.lastReplyOn', 'customer.daysSinceReply'].map((name) => (
  [name, 'a simulation cannot know who will write back, so what it foretold would not be what is done; ask it in a segment, an automation or a campaign'])));

/** Every field that a condition may name, custom fields and those of events apart. Money fields are in minor units of the invoice's currency. */
export const fields: readonly Field[] = [
  ofInvoice('invoice.amount', 'money', 'amount', (invoice) => invoice.totalMinor),
  ofInvoice('invoice.balance', 'money', 'balance', collectableMinor),
  {
    name: 'customer.balance', type: 'money', title: 'customer balance', of: 'both',
    read: ({ invoice }) => invoice?.customerBalanceMinor ?? null, inCurrency: ({ openMinor, unappliedMinor }) => openMinor - unappliedMinor,
  },
  ofAccount('customer.overdue', 'money', 'overdue of the customer', ({ overdueMinor }) => overdueMinor),
  ofAccount('customer.overdueShare', 'share', 'overdue share', ({ openMinor, overdueMinor }) => (openMinor > 0 ? (overdueMinor * 100) / openMinor : null)),
  ofAccount('customer.disputed', 'money', 'disputed by the customer', ({ disputedMinor }) => disputedMinor),
  ofAccount('customer.promised', 'money', 'promised by the customer', ({ promisedMinor }) => promisedMinor),
  { name: 'customer.openInvoices', type: 'number', title: 'number of open invoices', of: 'both', asks: 'owes', read: (facts) => openOf(facts).length },
  { name: 'customer.openDispute', type: 'text', title: 'open dispute of the customer', of: 'both', asks: 'owes', choices, read: (facts) => yesOrNo(openOf(facts).some(({ disputedMinor }) => disputedMinor > 0)) },
  { name: 'customer.activePromise', type: 'text', title: 'active promise of the customer', of: 'both', asks: 'owes', choices, read: (facts) => yesOrNo(openOf(facts).some(({ promisedMinor }) => promisedMinor > 0)) },
  { ...ofCustomer('customer.creditLimit', 'money', 'credit limit', ({ creditLimit }) => creditLimit?.amountMinor ?? null), currencyOf: ({ customer }) => customer.creditLimit?.currency ?? null },
  { name: 'customer.creditUsed', type: 'share', title: 'share of the credit limit used', of: 'both', asks: 'owes', read: creditUsedPercent },
  { name: 'customer.overCreditLimit', type: 'text', title: 'over the credit limit', of: 'both', asks: 'owes', choices, read: (facts) => yesOrNo(isOverCreditLimit(facts)) },
  ofInvoice('invoice.disputed', 'money', 'disputed amount', (invoice) => claimedOf(invoice).disputedMinor),
  ofInvoice('invoice.promised', 'money', 'promised amount', (invoice) => claimedOf(invoice).promisedMinor),
  ofInvoice('invoice.openDispute', 'text', 'open dispute', (invoice) => yesOrNo(claimedOf(invoice).disputedMinor > 0), { choices }),
  ofInvoice('invoice.activePromise', 'text', 'active promise', (invoice) => yesOrNo(claimedOf(invoice).promisedMinor > 0), { choices }),
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
  ofCustomer('customer.doNotContact', 'text', 'not to be written to', ({ reach }) => (reach.kind === 'unreachable' && reach.why === 'do-not-contact' ? 'yes' : 'no'), { choices }),
  ofCustomer('customer.behaviour', 'text', 'payment behaviour', (customer) => customer.behaviour ?? null, { choices: behaviourClasses }),
  ofCustomer('customer.segments', 'set', 'segment', (customer) => customer.segments ?? []),
  ofCustomer('customer.lastContactOn', 'date', 'last contact', (customer) => customer.lastContactOn, { asks: 'contacts' }),
  ofCustomer('customer.daysSinceContact', 'number', 'days since the last contact', (customer, today) => daysSince(customer.lastContactOn, today), { asks: 'contacts' }),
  ofCustomer('customer.contactsIn7Days', 'number', 'number of contacts in the last 7 days', ({ contactsOn }, today) => contactsIn(7, contactsOn, today), { asks: 'contacts' }),
  ofCustomer('customer.contactsIn30Days', 'number', 'number of contacts in the last 30 days', ({ contactsOn }, today) => contactsIn(30, contactsOn, today), { asks: 'contacts' }),
  ofInvoice('invoice.contacts', 'number', 'number of contacts about the invoice', (invoice) => contactsOn(invoice).length, { asks: 'contacts' }),
  ofInvoice('invoice.contactsIn7Days', 'number', 'number of contacts about the invoice in the last 7 days', (invoice, today) => contactsIn(7, contactsOn(invoice), today), { asks: 'contacts' }),
  ofInvoice('invoice.contactsIn30Days', 'number', 'number of contacts about the invoice in the last 30 days', (invoice, today) => contactsIn(30, contactsOn(invoice), today), { asks: 'contacts' }),
  ofCustomer('customer.brokenPromises', 'number', 'number of promises broken in the last 365 days', (customer, today) => brokenIn(promises(customer), today), { asks: 'promises' }),
  ofCustomer('customer.keptPromises', 'number', 'number of promises kept in the last 365 days', (customer, today) => keptIn(promises(customer), today), { asks: 'promises' }),
  ofCustomer('customer.daysSinceBrokenPromise', 'number', 'days since the last broken promise', (customer, today) => daysSince(lastBrokenOn(promises(customer), today), today), { asks: 'promises' }),
  ofCustomer('customer.lastReplyOn', 'date', 'last reply', lastReplyOn, { asks: 'reply' }),
  ofCustomer('customer.daysSinceReply', 'number', 'days since the last reply', (customer, today) => daysSince(lastReplyOn(customer), today), { asks: 'reply' }),
];

const byName = new Map(fields.map((field) => [field.name, field]));
const customField = /^(customer|invoice)\.custom\.([A-Za-z0-9_][A-Za-z0-9_ -]{0,62})$/;

/** The field of that name, or null: `invoice.balance`, `customer.custom.segment`. */
export function findField(name: string): Field | null {
  const listed = byName.get(name) ?? findEventField(name);
  if (listed) return listed;
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
