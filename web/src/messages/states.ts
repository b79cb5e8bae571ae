import type { Tone } from '../app/StateBadge';
import type { MessageState } from './queries';

export const messageStates: Readonly<Record<MessageState, { label: string; tone: Tone }>> = {
  queued: { label: 'Queued', tone: 'neutral' },
  sending: { label: 'Sending', tone: 'active' },
  sent: { label: 'Sent', tone: 'good' },
  unknown: { label: 'Outcome unknown', tone: 'warn' },
  delivered: { label: 'Delivered', tone: 'good' },
  bounced: { label: 'Bounced', tone: 'bad' },
  complained: { label: 'Complained', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'neutral' },
};
