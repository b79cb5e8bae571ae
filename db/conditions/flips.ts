import { customFieldOf } from '../../domain/condition/catalogue';
import { promisesCountedDays } from '../../domain/condition/history';
import type { Comparison, Condition } from '../../domain/policy/types';

/** A day on which a condition may change its mind: so many days after a date. Looking once too often does no harm. */
export type Flip = { base: Day; days: number } | { base: 'tomorrow' };

/** Of an open invoice, or of its customer: db/conditions/invoiceSql says what is behind the letters. */
type Day =
  | 'i.due_on' | 'i.issued_on' | 'w.first_in_7' | 'w.first_in_30'
  | 'k.last_contact_on' | 'k.first_in_7' | 'k.first_in_30' | 'b.next_end_on' | 'b.first_broken_on' | 'b.last_broken_on' | 'b.first_kept_on' | 'y.last_reply_on';

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
    case 'customer.daysSinceReply': return limits(value).flatMap(around).map((days) => ({ base: 'y.last_reply_on', days }));
    case 'customer.contactsIn7Days': return [{ base: 'k.first_in_7', days: 7 }];
    case 'customer.contactsIn30Days': return [{ base: 'k.first_in_30', days: 30 }];
    case 'invoice.contactsIn7Days': return [{ base: 'w.first_in_7', days: 7 }];
    case 'invoice.contactsIn30Days': return [{ base: 'w.first_in_30', days: 30 }];
    case 'customer.brokenPromises': return [{ base: 'b.next_end_on', days: 1 }, { base: 'b.first_broken_on', days: promisesCountedDays }];
    case 'customer.keptPromises': return [{ base: 'b.first_kept_on', days: promisesCountedDays }];
    case 'customer.daysSinceBrokenPromise': return [{ base: 'b.next_end_on', days: 1 }, ...limits(value).flatMap(around).map((days): Flip => ({ base: 'b.last_broken_on', days }))];
  }
  if (value.kind !== 'relative-date') return [];
  const days = [-value.days, 1 - value.days];
  switch (field) {
    case 'invoice.dueOn': return days.map((each) => ({ base: 'i.due_on', days: each }));
    case 'invoice.issuedOn': return days.map((each) => ({ base: 'i.issued_on', days: each }));
    case 'customer.lastContactOn': return days.map((each) => ({ base: 'k.last_contact_on', days: each }));
    case 'customer.lastReplyOn': return days.map((each) => ({ base: 'y.last_reply_on', days: each }));
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
