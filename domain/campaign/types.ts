import type { InstantMs } from '../calendar/dates';
import type { Silence } from '../collection/silence';
import type { ContactVerdict } from '../contact/arbitrate';
import type { EventKind } from '../events/kinds';
import type { Condition, ContactRole, DiscountTerms } from '../policy/types';
import type { WantedTask } from '../task/schema';
import type { Group } from '../experiment/assign';

export interface Campaign {
  title: string;
  audience: { segment: string | null; when: Condition | null; mode: 'frozen' | 'live' };
  schedule: Schedule;
  steps: readonly CampaignStep[];
  experiment: {
    groups: readonly Group[];
    templates: Readonly<Record<string, Readonly<Record<string, string>>>>;
    /** By group: the policy by which its customers are collected; not there in campaigns of before, and where no variant names one. */
    policies?: Readonly<Record<string, string>>;
    /** By group and step: what is offered in place of what the step does; not there in campaigns of before. */
    discounts?: Readonly<Record<string, Readonly<Record<string, Incentive | null>>>>;
    horizonDays: number;
  } | null;
}

export type Schedule =
  | { kind: 'now' }
  | { kind: 'at'; at: InstantMs }
  | { kind: 'yearly'; month: number; day: number }
  | { kind: 'event'; event: EventKind };

export interface CampaignStep {
  id: string;
  afterDays: number;
  action:
    /** `discount` is not there in campaigns of before. */
    | { kind: 'email'; template: string; to: readonly ContactRole[]; discount?: Incentive | null }
    | ({ kind: 'task' } & WantedTask)
    /** To somebody who may decide more: an email to the customer's escalation contacts, an urgent task, or both, and a word to those who answer for it. */
    | { kind: 'escalate'; template: string | null; task: UrgentTask | null; audience: string | null };
}

/** It says by itself who raises it, and why. */
export interface UrgentTask {
  queue: string;
  title: string;
  dueInDays: number;
}

/** A discount on each invoice that an email lists, for what is paid within so many days. */
export interface Incentive {
  terms: DiscountTerms;
  forDays: number;
}

/** Why exactly a customer gets nothing. */
export type LeftOutCode = 'paid' | 'promised' | 'disputed' | 'replied' | 'not-collected' | Silence['code'] | Extract<ContactVerdict, { kind: 'never' | 'later' }>['code'];

/** Why a campaign leaves a customer alone. */
export type StopReason = 'paid' | 'promised' | 'disputed' | 'replied' | 'nothing-open' | 'unreachable' | 'no-contact-possible';
