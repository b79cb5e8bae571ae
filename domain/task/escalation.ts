/**
 * Raising a matter to somebody who may decide more: an urgent task in their queue, due today, and a word to those who answer for it. Steps of policies, automations and campaigns
 * all mean this by `escalate`; what a collector has open on the invoice stays where it is.
 */
export interface Escalation {
  queue: string;
  /** What is to be decided; may hold the fields of a task in braces. */
  title: string;
  /** Who is told besides: a role or a queue. */
  audience: string;
}

/** Who is told where nothing is said. */
export const defaultAudience = 'credit-manager';

const urgent = 1;

export interface EscalatedTask {
  queue: string;
  title: string;
  instructions: string;
  priority: number;
}

/** The task of an escalation. `by`: who or what raises it, as in "reference@1/overdue-60"; `because`: the reason in words. */
export function escalatedTask({ queue, title }: Pick<Escalation, 'queue' | 'title'>, by: string, because: string): EscalatedTask {
  return { queue, title, instructions: `Escalated by ${by}: ${because}`, priority: urgent };
}
