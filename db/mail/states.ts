export const messageStates = ['queued', 'sending', 'sent', 'unknown', 'delivered', 'bounced', 'complained', 'failed', 'cancelled'] as const;
export type MessageState = (typeof messageStates)[number];

/**
 * The moves that a message may make. Whatever is not here is refused, so that an event that comes late or out of order never
 * takes a state back: `delivered` after `bounced` changes nothing.
 *
 * `sending` means that a provider was offered the message and its answer is not known yet; `unknown` that it cannot be found
 * out without a person. `sending` goes back to `queued` only when it is certain that the provider did not take it.
 */
export const allowedMoves: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: ['sending', 'cancelled', 'failed'],
  sending: ['sent', 'delivered', 'bounced', 'complained', 'failed', 'unknown', 'queued', 'cancelled'],
  unknown: ['sent', 'delivered', 'bounced', 'complained', 'failed'],
  sent: ['delivered', 'bounced', 'complained', 'failed'],
  delivered: ['bounced', 'complained'],
  bounced: ['complained'],
  complained: [],
  failed: [],
  cancelled: [],
};

export function mayMove(from: MessageState, to: MessageState): boolean {
  return allowedMoves[from].includes(to);
}

/** The states from which a message may come to `to`: for the WHERE of a guarded update. */
export function statesBefore(to: MessageState): MessageState[] {
  return messageStates.filter((from) => mayMove(from, to));
}

/** Whether delivery has nothing left to do for the message. */
export function isSettled(state: MessageState): boolean {
  return state !== 'queued' && state !== 'sending';
}
