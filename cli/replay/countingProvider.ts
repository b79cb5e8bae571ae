import { localOutbox } from '../../integrations/mail/outbox';
import type { MailProvider } from '../../integrations/mail/provider';

/** The local outbox, with the acceptances of each message. A repeat that is answered with the same id, as after a lost answer, is the same acceptance. */
export function countingOutbox(outbox: MailProvider = localOutbox()): { provider: MailProvider; accepted: ReadonlyMap<string, ReadonlySet<string>> } {
  const accepted = new Map<string, Set<string>>();
  return {
    accepted,
    provider: {
      ...outbox,
      // What is handed over names its message, so that one that is handed over under two keys is seen too.
      compose: ({ id }) => Promise.resolve(id),
      send: async (handOver, signal) => {
        const result = await outbox.send(handOver, signal);
        if (result.kind === 'accepted') accepted.set(handOver.payload, (accepted.get(handOver.payload) ?? new Set()).add(result.providerId));
        return result;
      },
    },
  };
}
