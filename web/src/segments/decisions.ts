import type { Tone } from '../app/StateBadge';
import type { SegmentDecision } from './queries';

export const outcomes: Readonly<Record<SegmentDecision['outcome'], { label: string; tone: Tone }>> = {
  executed: { label: 'Done', tone: 'good' },
  suppressed: { label: 'Not done', tone: 'neutral' },
  deferred: { label: 'Waiting', tone: 'warn' },
};

/** Why a run did or did not do what it does for a member, as a filter offers it. */
export const reasonLabels: Readonly<Record<SegmentDecision['reasonCode'], string>> = {
  due: 'It was due',
  settled: 'Nothing to tell of',
  condition: 'A condition did not hold',
  paused: 'Paused by a person',
  window: 'Send window closed',
  spacing: 'Contacted too recently',
  cap: 'Contacted too often',
  collapsed: 'The next run began',
  'no-address': 'No email address',
  'address-suppressed': 'Addresses bounced or complained',
  'do-not-contact': 'Not to be contacted',
};
