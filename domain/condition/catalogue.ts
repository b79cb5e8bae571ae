import { daysBetween, type LocalDate } from '../calendar/dates';
import { collectableMinor } from '../collection/claims';
import type { CustomerFacts, CustomValue, InvoiceFacts } from '../collection/facts';

/** What a condition is evaluated on: one invoice, its customer, and the date where the customer is. */
export interface ConditionFacts {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  today: LocalDate;
}

/** A custom field's type is known only from its values, so the literal that it is compared with decides how it is read. */
export type FieldType = 'money' | 'number' | 'text' | 'date' | 'custom';

export interface Field {
  name: string;
  type: FieldType;
  /** How the field is called in a reason: "balance 450.00 USD is not over 500.00 USD". */
  title: string;
  read: (facts: ConditionFacts) => CustomValue;
}

function field(name: string, type: FieldType, title: string, read: (facts: ConditionFacts) => CustomValue): Field {
  return { name, type, title, read };
}

/** Every field that a condition may name, custom fields apart. Money fields are in minor units of the invoice's currency. */
export const fields: readonly Field[] = [
  field('invoice.amount', 'money', 'amount', (facts) => facts.invoice.totalMinor),
  field('invoice.balance', 'money', 'balance', (facts) => collectableMinor(facts.invoice)),
  field('customer.balance', 'money', 'customer balance', (facts) => facts.invoice.customerBalanceMinor),
  field('invoice.daysPastDue', 'number', 'days past due', (facts) => daysBetween(facts.invoice.dueOn, facts.today)),
  field('invoice.currency', 'text', 'currency', (facts) => facts.invoice.currency),
  field('invoice.type', 'text', 'invoice type', (facts) => facts.invoice.type),
  field('invoice.businessUnit', 'text', 'business unit of the invoice', (facts) => facts.invoice.businessUnit),
  field('invoice.issuedOn', 'date', 'issue date', (facts) => facts.invoice.issuedOn),
  field('invoice.dueOn', 'date', 'due date', (facts) => facts.invoice.dueOn),
  field('customer.country', 'text', 'country', (facts) => facts.customer.country),
  field('customer.region', 'text', 'region', (facts) => facts.customer.region),
  field('customer.language', 'text', 'language', (facts) => facts.customer.language),
  field('customer.businessUnit', 'text', 'business unit of the customer', (facts) => facts.customer.businessUnit),
  field('customer.tier', 'text', 'tier', (facts) => facts.customer.tier),
];

const byName = new Map(fields.map((known) => [known.name, known]));
const customField = /^(customer|invoice)\.custom\.([A-Za-z0-9_][A-Za-z0-9_ -]{0,62})$/;

/** The field of that name, or null: `invoice.balance`, `customer.custom.segment`. */
export function findField(name: string): Field | null {
  const known = byName.get(name);
  if (known) return known;
  const match = customField.exec(name);
  if (!match) return null;
  const key = match[2] ?? '';
  return match[1] === 'customer'
    ? field(name, 'custom', name, (facts) => facts.customer.custom[key] ?? null)
    : field(name, 'custom', name, (facts) => facts.invoice.custom[key] ?? null);
}
