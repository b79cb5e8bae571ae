import type { MailProvider } from './provider';

/**
 * The local outbox: messages stay in our own database, where the console shows them as they would have been sent. It is
 * what a deployment without a mail provider uses, and the demo. Nothing leaves, so a message has arrived when it is stored.
 */
export function localOutbox(): MailProvider {
  return {
    name: 'outbox',
    keyLifetimeMs: Number.POSITIVE_INFINITY,
    compose: () => Promise.resolve(''),
    send: ({ idempotencyKey }) => Promise.resolve({ kind: 'accepted', providerId: idempotencyKey, delivered: true }),
    // Had it been accepted, the same transaction would have moved it on.
    find: () => Promise.resolve({ kind: 'absent' }),
  };
}
