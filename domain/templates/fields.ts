import type { CustomType } from '../ledger/customFields';
import type { TemplateKind } from './types';

/** `amounts`: one amount per currency. `block`: a part of the letter that the frame sets, alone in its paragraph. */
export type TemplateFieldType = 'text' | 'number' | 'boolean' | 'date' | 'money' | 'amounts' | 'block' | 'list';

export interface TemplateField {
  /** As it is written in a template: `customer.name`. In a list's `items`: below the loop's variable, `number`. */
  name: string;
  type: TemplateFieldType;
  label: string;
  /** It may have no value: it needs an `{% if %}` around it or a `default`. */
  optional?: true;
  /** The fields of each entry of a list. */
  items?: readonly TemplateField[];
}

/** Fields that a deployment made itself, with what they hold. */
export interface CustomFieldTypes {
  customer: ReadonlyMap<string, CustomType>;
  invoice: ReadonlyMap<string, CustomType>;
}

export const noCustomFields: CustomFieldTypes = { customer: new Map(), invoice: new Map() };

const field = (name: string, type: TemplateFieldType, label: string): TemplateField => ({ name, type, label });
const maybe = (name: string, type: TemplateFieldType, label: string): TemplateField => ({ name, type, label, optional: true });
const within = (prefix: string, fields: readonly TemplateField[]): TemplateField[] => fields.map((each) => ({ ...each, name: `${prefix}.${each.name}` }));

const customerFields: readonly TemplateField[] = [
  field('name', 'text', 'Name of the customer'),
  maybe('number', 'text', 'Id of the customer in your system'),
  maybe('country', 'text', 'Country code'),
  maybe('tier', 'text', 'Tier'),
  maybe('business_unit', 'text', 'Business unit'),
  maybe('terms_days', 'number', 'Payment terms, days'),
];

const invoiceFields: readonly TemplateField[] = [
  field('number', 'text', 'Invoice number'),
  field('issued_on', 'date', 'Invoice date'),
  field('due_on', 'date', 'Due date'),
  field('total', 'money', 'Invoice total'),
  field('open', 'money', 'Still open'),
  field('currency', 'text', 'Currency code'),
  field('days_overdue', 'number', 'Days since the due date; below zero before it'),
  field('is_overdue', 'boolean', 'Whether it is overdue and still open'),
  field('status', 'text', 'Standing in words: 7 days overdue'),
  maybe('charges', 'money', 'Late fees and interest that are open beside it'),
  maybe('discount', 'money', 'What is taken off for paying early'),
  maybe('discounted', 'money', 'What is to be paid for the discount'),
  maybe('discount_until', 'date', 'Last day of the discount'),
];

const senderFields: readonly TemplateField[] = [
  field('name', 'text', 'Your name'),
  maybe('contact', 'text', 'Reply-to address and phone'),
  maybe('reply_to', 'text', 'Reply-to address'),
  maybe('phone', 'text', 'Phone'),
];

const entryFields: readonly TemplateField[] = [
  field('date', 'date', 'Date of the entry'),
  field('text', 'text', 'What it is'),
  field('amount', 'money', 'Amount'),
  field('balance', 'money', 'Balance after it'),
];

const noticeFields: readonly TemplateField[] = [
  field('title', 'text', 'What it is about'),
  maybe('customer', 'text', 'The customer, if it is about one'),
  maybe('url', 'text', 'Where it is in the console'),
];

const itemFields: readonly TemplateField[] = [
  field('text', 'text', 'What is open: an invoice, a late fee'),
  field('issued_on', 'date', 'Date of the invoice or charge'),
  field('due_on', 'date', 'Due date'),
  field('days_overdue', 'number', 'Days since the due date; below zero before it'),
  field('total', 'money', 'Its total'),
  field('open', 'money', 'Still open'),
  maybe('disputed', 'money', 'What of it is disputed'),
  maybe('promised', 'money', 'What of it is promised'),
];

const agingFields: readonly TemplateField[] = [
  field('currency', 'text', 'Currency code'),
  field('not_due', 'money', 'Open and not due'),
  field('days_1_30', 'money', '1 to 30 days overdue'),
  field('days_31_60', 'money', '31 to 60 days overdue'),
  field('days_61_90', 'money', '61 to 90 days overdue'),
  field('days_91_120', 'money', '91 to 120 days overdue'),
  field('over_120', 'money', 'More than 120 days overdue'),
  field('open', 'money', 'Open in total'),
];

function invoiceParts(custom: CustomFieldTypes, { lead, always }: { lead: boolean; always: boolean }): TemplateField[] {
  const each = [...invoiceFields, ...customFields(custom.invoice)];
  return [
    ...(lead ? within('invoice', each) : []),
    { ...field('invoices', 'list', 'Invoices, to be looped over'), items: each },
    field('invoice_count', 'number', 'How many invoices the message is about'),
    field('overdue_count', 'number', 'How many of them are overdue'),
    { ...field('totals.open', 'amounts', 'Open in total, per currency'), ...(always ? {} : { optional: true as const }) },
    maybe('totals.overdue', 'amounts', 'Overdue in total, per currency'),
    field('blocks.invoices', 'block', 'Table of the invoices'),
    field('blocks.payment', 'block', 'Ways to pay'),
  ];
}

function customFields(types: ReadonlyMap<string, CustomType>): TemplateField[] {
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, type]) => maybe(customPath(name), type, name));
}

/** A custom field's name may hold anything: what is no plain word stands in brackets and quotes. */
function customPath(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return `custom.${name}`;
  return name.includes('"') ? `custom['${name}']` : `custom["${name}"]`;
}

/**
 * Every field that a template of a kind may use: the one catalogue that the editor offers, the check knows and the renderer fills.
 */
export function templateFields(kind: TemplateKind, custom: CustomFieldTypes = noCustomFields): TemplateField[] {
  return [
    ...within('customer', [...customerFields, ...customFields(custom.customer)]),
    ...within('sender', senderFields),
    field('today', 'date', 'The day on which it is sent, where the customer is'),
    maybe('links.pay', 'text', 'Where to pay online, from your ways to pay'),
    ...ofKind(kind, custom),
  ];
}

function ofKind(kind: TemplateKind, custom: CustomFieldTypes): TemplateField[] {
  switch (kind) {
    case 'customer':
    case 'invoice-delivery':
      return invoiceParts(custom, { lead: true, always: true });
    case 'segment':
      return [...invoiceParts(custom, { lead: false, always: true }), field('segment.name', 'text', 'Name of the segment')];
    case 'statement':
      return [
        ...invoiceParts(custom, { lead: false, always: false }),
        field('statement.from', 'date', 'First day of the statement'),
        field('statement.to', 'date', 'Last day of the statement'),
        maybe('statement.opening', 'amounts', 'Balance before the first day, per currency'),
        maybe('statement.closing', 'amounts', 'Balance on the last day, per currency'),
        maybe('statement.charges', 'amounts', 'Late fees and interest that are open, per currency'),
        maybe('statement.unapplied', 'amounts', 'Payments and credit on no invoice yet, per currency'),
        { ...field('statement.entries', 'list', 'What was billed and paid, to be looped over'), items: entryFields },
        { ...field('statement.items', 'list', 'What is open, to be looped over'), items: itemFields },
        { ...field('statement.aging', 'list', 'What is open by age, one entry per currency'), items: agingFields },
      ];
    case 'campaign':
      return [
        ...invoiceParts(custom, { lead: false, always: false }),
        field('campaign.name', 'text', 'Name of the campaign'),
        maybe('campaign.offer', 'text', 'What is offered, in words'),
        maybe('campaign.expires_on', 'date', 'Last day of the offer'),
      ];
    case 'internal':
      return [
        ...invoiceParts(custom, { lead: false, always: false }),
        field('notice.title', 'text', 'What it is about'),
        maybe('notice.text', 'text', 'What is to be done'),
        maybe('links.console', 'text', 'Where it is in the console'),
        { ...field('notice.items', 'list', 'What it lists, if it is about several things, to be looped over'), items: noticeFields },
      ];
  }
}
