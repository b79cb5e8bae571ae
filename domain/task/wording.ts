import type { LocalDate } from '../calendar/dates';
import { daysBetween } from '../calendar/dates';
import { formatMoney } from '../money/money';
import { suggestion } from '../policy/nearest';

/** What a title or instructions may hold in braces. */
export const taskFields = ['customer', 'externalId', 'owner', 'invoice', 'open', 'dueOn', 'daysOverdue'] as const;
export type TaskField = (typeof taskFields)[number];

/** What a task is about, as it stands when the task is raised. Without an invoice its fields are left empty. */
export interface TaskSubject {
  customer: { name: string; externalId: string; owner: string | null } | null;
  invoice: { number: string; openMinor: number; currency: string; dueOn: LocalDate } | null;
  today: LocalDate;
}

const placeholder = /\{([A-Za-z][A-Za-z]*)\}/g;

/** The placeholders of a text that are none, each with what was probably meant. */
export function unknownPlaceholders(text: string): string[] {
  const unknown = [...text.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !isField(name));
  return [...new Set(unknown)].map((name) => `{${name}} is no field of a task${suggestion(name, taskFields)}`);
}

/** Puts the fields of a task's subject into a text; whatever else stands in braces stays as it is. */
export function wordTask(text: string, subject: TaskSubject): string {
  return text.replace(placeholder, (whole, name: string) => (isField(name) ? fieldText(name, subject) : whole)).replace(/ {2,}/g, ' ').trim();
}

function fieldText(field: TaskField, { customer, invoice, today }: TaskSubject): string {
  switch (field) {
    case 'customer': return customer?.name ?? '';
    case 'externalId': return customer?.externalId ?? '';
    case 'owner': return customer?.owner ?? '';
    case 'invoice': return invoice?.number ?? '';
    case 'open': return invoice ? `${formatMoney(invoice.openMinor, invoice.currency)} ${invoice.currency}` : '';
    case 'dueOn': return invoice?.dueOn ?? '';
    case 'daysOverdue': return invoice ? String(Math.max(0, daysBetween(invoice.dueOn, today))) : '';
  }
}

const isField = (name: string): name is TaskField => (taskFields as readonly string[]).includes(name);
