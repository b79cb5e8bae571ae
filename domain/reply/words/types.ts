import type { DisputeReason, ReplyKind } from '../classification';

/** A pattern over plain words, and how strongly it speaks for a kind: 0 to 1. */
export interface Sign {
  kind: ReplyKind;
  weight: number;
  pattern: RegExp;
  disputeReason?: DisputeReason;
}

/** Signs of one kind, each with its weight. */
export function signs(kind: ReplyKind, ...weighted: readonly (readonly [weight: number, pattern: RegExp, disputeReason?: DisputeReason])[]): Sign[] {
  return weighted.map(([weight, pattern, disputeReason]) => ({ kind, weight, pattern, ...(disputeReason ? { disputeReason } : {}) }));
}
