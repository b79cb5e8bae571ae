import type { InstantMs } from '../calendar/dates';
import type { EventKind } from '../events/kinds';
import type { Condition, ContactRole, DiscountTerms } from '../policy/types';
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
    | { kind: 'email'; template: string; to: readonly ContactRole[]; discount?: { terms: DiscountTerms; forDays: number } | null }
    | { kind: 'task'; queue: string; title: string; dueInDays: number };
}

/** Why a campaign leaves a customer alone. */
export type StopReason = 'paid' | 'promised' | 'disputed' | 'replied' | 'nothing-open' | 'unreachable' | 'no-contact-possible';
