import type { LocalDate } from '../calendar/dates';

/** What a reply may be. */
export const replyKinds = ['promise', 'dispute', 'paid', 'out-of-office', 'question', 'wrong-contact', 'unsubscribe', 'other'] as const;
export type ReplyKind = (typeof replyKinds)[number];

/** Why a customer says that nothing, or less, is owed. */
export const disputeReasons = ['amount', 'quality', 'not-received', 'duplicate', 'not-ordered', 'other'] as const;
export type DisputeReason = (typeof disputeReasons)[number];

/** A reply as a classifier gets it. */
export interface ReplyText {
  subject: string;
  /** What the writer wrote: without quoted text and signature. */
  said: string;
  /** The customer's local date on which it was written: "tomorrow" is the day after, however late it is read. */
  today: LocalDate;
  /** From the mail's own headers: a machine wrote it. */
  automatic: boolean;
}

/** What a classifier makes of a reply. */
export interface Classification {
  kind: ReplyKind;
  /** 0 to 1: how sure it is. */
  confidence: number;
  /** In a sentence, with the words that it goes by. */
  reason: string;
  /** A promise's day, or the day on which an absent person is back. */
  on: LocalDate | null;
  /** A promise's amount as decimal text, and its currency if one is named; null: all that is open. */
  amount: { decimal: string; currency: string | null } | null;
  disputeReason: DisputeReason | null;
  /** To whom to turn instead. */
  referredTo: string | null;
}

/** Decides what a reply is. Rules by default; a language model where one is configured. */
export interface ReplyClassifier {
  readonly name: string;
  classify(reply: ReplyText, signal: AbortSignal): Promise<Classification>;
}

/** What a classifier is less sure of than this waits for a person. */
export const sureEnough = 0.75;

/** Whether a classification may act by itself: a promise needs its day, and what is merely unrecognised is nobody's decision. */
export function mayActAlone({ kind, confidence, on }: Classification): boolean {
  return confidence >= sureEnough && (kind !== 'promise' || on !== null);
}
