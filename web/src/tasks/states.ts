import type { Tone } from '../app/StateBadge';
import type { DisputeReason, TaskOutcome, TaskQueue, TaskState } from './queries';

export const taskStates: Readonly<Record<TaskState, { label: string; tone: Tone }>> = {
  open: { label: 'Open', tone: 'neutral' },
  claimed: { label: 'Claimed', tone: 'active' },
  done: { label: 'Done', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

export const disputeReasons: readonly DisputeReason[] = ['price', 'quantity', 'quality', 'not-delivered', 'not-ordered', 'duplicate', 'paid-already', 'terms', 'other'];

export const assignmentRules: Readonly<Record<TaskQueue['assignment'], string>> = { none: 'to whoever takes them', 'round-robin': 'to its people in turn', owner: 'to the owner of the account', load: 'to whom has least to do' };

/** By the API's numbers. */
export const priorities = { 1: 'Urgent', 2: 'Normal', 3: 'Low', 4: 'Some day' } as const;

export const taskOutcomes: Readonly<Record<TaskOutcome, string>> = {
  done: 'Done',
  'no-answer': 'No answer',
  promised: 'Promised to pay',
  disputed: 'Disputed',
  paid: 'Says it is paid',
  'wrong-contact': 'Wrong contact',
  'wrong-number': 'Wrong number',
};
