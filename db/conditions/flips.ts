import { customFieldOf } from '../../domain/condition/catalogue';
import type { Comparison, Condition } from '../../domain/policy/types';

/** A day on which a condition may change its mind: so many days after a date. Looking once too often does no harm. */
export type Flip = { base: 'i.due_on' | 'i.issued_on' | 'k.last_contact_on'; days: number } | { base: 'tomorrow' };

/** All of them in a condition on a customer, each once. A custom field's date may be any text, so one that moves with today is looked at daily. */
export function flipsOf(condition: Condition): Flip[] {
  const once = new Map(every(condition).map((flip) => [JSON.stringify(flip), flip]));
  return [...once.values()];
}

function every(condition: Condition): Flip[] {
  if ('all' in condition) return condition.all.flatMap(every);
  if ('any' in condition) return condition.any.flatMap(every);
  if ('not' in condition) return every(condition.not);
  if ('invoices' in condition) return condition.where === null ? [] : every(condition.where);
  return ofComparison(condition);
}

function ofComparison({ field, value }: Comparison): Flip[] {
  switch (field) {
    case 'customer.overdue':
    case 'customer.overdueShare': return [{ base: 'i.due_on', days: 1 }];
    case 'invoice.daysPastDue': return limits(value).flatMap(around).map((days) => ({ base: 'i.due_on', days }));
    case 'customer.daysSinceContact': return limits(value).flatMap(around).map((days) => ({ base: 'k.last_contact_on', days }));
  }
  if (value.kind !== 'relative-date') return [];
  const days = [-value.days, 1 - value.days];
  switch (field) {
    case 'invoice.dueOn': return days.map((each) => ({ base: 'i.due_on', days: each }));
    case 'invoice.issuedOn': return days.map((each) => ({ base: 'i.issued_on', days: each }));
    case 'customer.lastContactOn': return days.map((each) => ({ base: 'k.last_contact_on', days: each }));
  }
  return customFieldOf(field) ? [{ base: 'tomorrow' }] : [];
}

function limits(value: Comparison['value']): number[] {
  if (value.kind === 'number') return [value.number];
  return value.kind === 'list' ? value.values.map(Number).filter(Number.isFinite) : [];
}

/** Beyond ten thousand years nobody waits, and dates end. */
const daysMax = 1_000_000;

/** The days on which a count of whole days comes to a limit, and goes beyond it. */
function around(limit: number): number[] {
  const floor = Math.floor(limit);
  return Math.abs(floor) > daysMax ? [] : [floor, floor + 1];
}
