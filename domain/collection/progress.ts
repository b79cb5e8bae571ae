import type { InstantMs } from '../calendar/dates';
import type { DecidedAction, InvoiceFacts, ReasonCode, StepRecord } from './facts';

/**
 * Reasons that end a step only for as long as they hold: a reversal or a resumption makes the step's next occurrence. So does taking it out of
 * an email that was not handed over yet.
 */
const closing: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['settled', 'stopped', 'void', 'paid-before-hand-over', 'taken-back', 'restarted']);

export function isClosing(code: ReasonCode): boolean {
  return closing.has(code);
}

/** What has become so far of one action of one step. */
export interface ItemProgress {
  /** Set when the current occurrence has ended: the decision that ended it. */
  ended: StepRecord | null;
  occurrence: number;
  /** The latest instant to which the current occurrence was held back. */
  deferredUntil: InstantMs | null;
  deferrals: readonly StepRecord[];
}

const noDeferrals: readonly StepRecord[] = [];

/** Whether the current occurrence of an action has ended. Asked of every step each time, so it makes nothing. */
export function isEnded(invoice: InvoiceFacts, step: string, action: DecidedAction): boolean {
  for (const record of invoice.progress) {
    if (record.step === step && record.action === action && record.outcome !== 'deferred' && !closing.has(record.reasonCode)) return true;
  }
  return false;
}

/** Reads an invoice's records for one action of one step. Records are few (some ten), so a scan beats an index. */
export function itemProgress(invoice: InvoiceFacts, step: string, action: DecidedAction): ItemProgress {
  let ended: StepRecord | null = null;
  let occurrence = 1;
  let deferrals: StepRecord[] | null = null;
  for (const record of invoice.progress) {
    if (record.step !== step || record.action !== action) continue;
    if (record.outcome === 'deferred') {
      if (record.occurrence === occurrence) (deferrals ??= []).push(record);
    } else if (isClosing(record.reasonCode)) {
      // The largest, not the last: what another policy version did is carried over with the numbers that it had there.
      occurrence = Math.max(occurrence, record.occurrence + 1);
      deferrals = null;
    } else {
      ended = record;
    }
  }
  let deferredUntil: InstantMs | null = null;
  for (const { until } of deferrals ?? noDeferrals) {
    if (until !== null && (deferredUntil === null || until > deferredUntil)) deferredUntil = until;
  }
  return { ended, occurrence, deferredUntil, deferrals: deferrals ?? noDeferrals };
}

/** The occurrence that follows one that has ended: of a letter that is to be sent after all. */
export function followingProgress(invoice: InvoiceFacts, step: string, action: DecidedAction): ItemProgress {
  const { ended, occurrence: current } = itemProgress(invoice, step, action);
  const occurrence = Math.max(current, (ended?.occurrence ?? 0) + 1);
  const deferrals = invoice.progress.filter((record) => record.step === step && record.action === action && record.outcome === 'deferred' && record.occurrence === occurrence);
  return { ended: null, occurrence, deferrals, deferredUntil: deferrals.reduce<InstantMs | null>((latest, { until }) => (until !== null && (latest === null || until > latest) ? until : latest), null) };
}

/** Whether this deferral is on record already, so that it is not written twice. */
export function hasDeferral(progress: ItemProgress, code: ReasonCode, until: InstantMs | null): boolean {
  return progress.deferrals.some((record) => record.reasonCode === code && record.until === until);
}

/** Why a rule of the policy holds a step back. */
export const holdingBack: readonly ReasonCode[] = ['spacing', 'cap', 'notice'];

/** Whether a record holds its step back by a rule of the policy: the notice before it, or the rules of contact. */
export function holdsBack({ outcome, reasonCode }: StepRecord): boolean {
  return outcome === 'deferred' && holdingBack.includes(reasonCode);
}

/** What holds a step back still, by the notice before it or the rules of contact, for the longest; null: nothing does. */
export function standingDeferral(pending: readonly { progress: ItemProgress }[], now: InstantMs): StepRecord | null {
  let longest: StepRecord | null = null;
  for (const { progress } of pending) {
    for (const record of progress.deferrals) if (record.until !== null && record.until > Math.max(now, longest?.until ?? now) && holdsBack(record)) longest = record;
  }
  return longest;
}
