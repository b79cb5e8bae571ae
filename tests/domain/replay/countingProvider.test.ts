import { countingOutbox } from '../../../cli/replay/countingProvider';
import { localOutbox } from '../../../integrations/mail/outbox';
import type { MailProvider } from '../../../integrations/mail/provider';

const message = { id: 'message-1', from: 'us@example.com', to: ['c@example.com'], replyTo: null, subject: 'Due', html: '', text: '', attachments: [] };

async function handOver(provider: MailProvider, ...keys: string[]): Promise<void> {
  const payload = await provider.compose(message);
  for (const idempotencyKey of keys) await provider.send({ idempotencyKey, payload, from: message.from, to: message.to }, new AbortController().signal);
}

test('a message that is handed over again under its key is accepted once, under another key twice', async () => {
  const again = countingOutbox();
  await handOver(again.provider, 'key-1', 'key-1');
  expect(again.accepted).toEqual(new Map([['message-1', new Set(['key-1'])]]));
  const other = countingOutbox();
  await handOver(other.provider, 'key-1', 'key-2');
  expect(other.accepted.get('message-1')?.size).toBe(2);
});

test('a provider that knows no keys accepts a repeat as another message; what it does not take counts for nothing', async () => {
  let calls = 0;
  const forgetful = countingOutbox({ ...localOutbox(), send: async () => ({ kind: 'accepted', providerId: `id-${(calls += 1)}`, delivered: true }) });
  await handOver(forgetful.provider, 'key-1', 'key-1');
  expect(forgetful.accepted.get('message-1')?.size).toBe(2);
  const full = countingOutbox({ ...localOutbox(), send: async () => ({ kind: 'unavailable', reason: 'full' }) });
  await handOver(full.provider, 'key-1');
  expect(full.accepted.size).toBe(0);
});
