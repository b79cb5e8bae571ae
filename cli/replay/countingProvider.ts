import { localOutbox } from '../../integrations/mail/outbox';
import type { MailProvider } from '../../integrations/mail/provider';

/** The local outbox, with a count of how often each message was handed over. */
export function countingOutbox(): { provider: MailProvider; accepted: ReadonlyMap<string, number> } {
  const accepted = new Map<string, number>();
  const outbox = localOutbox();
  return {
    accepted,
    provider: {
      ...outbox,
      send: (handOver, signal) => {
        accepted.set(handOver.idempotencyKey, (accepted.get(handOver.idempotencyKey) ?? 0) + 1);
        return outbox.send(handOver, signal);
      },
    },
  };
}
