import type { Tone } from '../app/StateBadge';
import type { TaskOutcome, TaskState } from './queries';

export const taskStates: Readonly<Record<TaskState, { label: string; tone: Tone }>> = {
  open: { label: 'Open', tone: 'neutral' },
  claimed: { label: 'Claimed', tone: 'active' },
  done: { label: 'Done', tone: 'good' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};

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
