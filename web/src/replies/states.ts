import type { Tone } from '../app/StateBadge';
import type { ReplyKind, ReplyState } from './queries';

export const replyStates: Readonly<Record<ReplyState, { label: string; tone: Tone }>> = {
  received: { label: 'Being read', tone: 'active' },
  triage: { label: 'Waits for you', tone: 'warn' },
  settled: { label: 'Settled', tone: 'good' },
  ignored: { label: 'Set aside', tone: 'neutral' },
};

export const replyKinds: Readonly<Record<ReplyKind, { label: string; follows: string }>> = {
  promise: { label: 'Promise to pay', follows: 'A promise is recorded, and what is promised is not asked for until the end of that day.' },
  dispute: { label: 'Dispute', follows: 'A dispute is opened on the invoices that the reply names, or on the only one, and somebody gets a task.' },
  paid: { label: 'Says it is paid', follows: 'Collection stands still for a week, and somebody looks for the payment.' },
  'out-of-office': { label: 'Out of office', follows: 'Collection stands still until the day of return.' },
  question: { label: 'Question', follows: 'Somebody gets a task to answer it; collection stands still for some days.' },
  'wrong-contact': { label: 'Wrong contact', follows: 'Somebody gets a task to find the right person.' },
  unsubscribe: { label: 'Wants less mail', follows: 'The address gets no statements, segment mails and campaigns any more.' },
  other: { label: 'Nothing to do', follows: 'Collection goes on at once.' },
};

export const disputeReasons = { amount: 'The amount is wrong', quality: 'Quality', 'not-received': 'Not received', duplicate: 'Billed twice', 'not-ordered': 'Not ordered', other: 'Another reason' } as const;

export const matches = {
  address: 'by the address it was sent to', references: 'by what it answers', sender: "by its sender's address alone, which proves nothing", person: 'by a person',
} as const;

export const machines = { 'auto-reply': 'An automatic answer', report: 'A report of a mail system', bulk: 'Mail to many', loop: 'Our own mail, come back' } as const;
