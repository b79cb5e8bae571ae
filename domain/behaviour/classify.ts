import type { BehaviourClass } from '../collection/facts';

/** What is known of how a customer has paid. No part of it changes by the mere passing of time, so that it is worked out when something is paid, and only then. */
export interface PaymentHistory {
  /** Days after the due date on which each invoice was settled in full, the latest settled first; 0 or less: on time. At most `settledLookedAt` of them. */
  daysLate: readonly number[];
  /** How many of the customer's payments were taken back: bounced cheques, returned debits. */
  reversals: number;
  /** How many of the customer's invoices were written off, in whole or in part. */
  writeOffs: number;
}

/** Only so many are looked at: how a customer paid years ago says little. */
export const settledLookedAt = 12;
/** Fewer settled invoices than this say nothing yet. */
export const settledMin = 3;
/** On average no later than this is prompt: bank transfers take days. */
export const promptDaysMax = 5;
/** On average later than this is at risk. */
export const slowDaysMax = 30;
/** So many payments taken back are a habit. */
export const reversalsMax = 2;

export interface Behaviour {
  class: BehaviourClass;
  reason: string;
}

/**
 * How a customer pays, the first rule that applies:
 * 1. an invoice was written off, or two payments or more were taken back: at risk;
 * 2. fewer than three invoices were settled: new;
 * 3. the last twelve settled invoices were on average more than 30 days late, an early one counting as 0: at risk;
 * 4. more than 5 days: slow; else prompt.
 */
export function classifyBehaviour({ daysLate, reversals, writeOffs }: PaymentHistory): Behaviour {
  if (writeOffs > 0) return { class: 'at-risk', reason: `${count(writeOffs, 'invoice was', 'invoices were')} written off` };
  if (reversals >= reversalsMax) return { class: 'at-risk', reason: `${count(reversals, 'payment was', 'payments were')} taken back` };
  if (daysLate.length < settledMin) return { class: 'new', reason: `${count(daysLate.length, 'invoice has', 'invoices have')} been settled, fewer than ${settledMin}` };
  const looked = daysLate.slice(0, settledLookedAt);
  const average = looked.reduce((sum, days) => sum + Math.max(0, days), 0) / looked.length;
  const reason = `the last ${looked.length} settled invoices were ${Math.round(average * 10) / 10} days late on average`;
  return { class: average > slowDaysMax ? 'at-risk' : average > promptDaysMax ? 'slow' : 'prompt', reason };
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'no' : number} ${number === 1 ? one : many}`;
}
