import type { ReasonCode } from '../collection/facts';

/** Every reason that a run of a segment can give for what it did for a member. */
export const runReasons = [
  'due', 'settled', 'condition', 'paused', 'window', 'spacing', 'cap', 'collapsed', 'no-address', 'address-suppressed', 'do-not-contact',
] as const satisfies readonly (ReasonCode | 'window')[];
export type RunReason = (typeof runReasons)[number];

export interface MemberOutcome {
  outcome: 'executed' | 'suppressed' | 'deferred';
  /** As the run put it, to stand within a sentence. */
  reason: string;
  /** Its email, as it stands now; null: it wrote none. */
  message: { state: string; reason: string | null } | null;
}

/**
 * Why a member of a segment was written to in a run, or was not, in a sentence. What became of the email afterwards is told too: one that was about nothing any more when it was
 * handed over reached nobody, though the run had decided on it.
 *
 * @example explainDecision({ outcome: 'suppressed', reason: 'nothing is open that may be collected', message: null }) // Not written to: nothing is open that may be collected.
 */
export function explainDecision({ outcome, reason, message }: MemberOutcome): string {
  switch (outcome) {
    case 'suppressed': return `Not written to: ${reason}.`;
    case 'deferred': return `Waits: ${reason}.`;
    case 'executed': return message === null ? withoutEmail(reason) : withEmail(reason, message);
  }
}

const noEmail = 'no email: ';
function withoutEmail(reason: string): string {
  return reason.startsWith(noEmail) ? `Not written to: ${reason.slice(noEmail.length)}. What else the run does was done.` : `Done: ${reason}.`;
}

/** How an email failed that had been decided on. */
const failures: Readonly<Record<string, string>> = { cancelled: 'it was not sent', failed: 'sending it failed', bounced: 'it bounced', complained: 'it was complained of' };

function withEmail(reason: string, { state, reason: why }: { state: string; reason: string | null }): string {
  const failure = failures[state];
  return failure === undefined ? `Written to: ${reason}.` : `An email was decided on (${reason}), but ${failure}${why === null ? '' : `: ${why}`}.`;
}
