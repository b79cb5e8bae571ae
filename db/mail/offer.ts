import type { Knex } from 'knex';

/** A message put into words, with the bytes that will be handed over. */
export interface FrozenMessage {
  from: string;
  to: readonly string[];
  subject: string;
  html: string;
  text: string;
  attachments: readonly { filename: string; contentType: string; contentBase64: string }[];
  payload: string;
  provider: string;
  /** The customer's ledger version that it was rendered on. */
  renderedVersion: number;
}

/** Stores what is about to be handed over for the first time. To be committed before the provider is called. */
export async function storeFirstOffer(trx: Knex.Transaction, messageId: string, frozen: FrozenMessage, wallNow: Date): Promise<void> {
  const stored = await trx('messages').where({ id: messageId, state: 'queued' }).update({
    state: 'sending',
    state_reason: null,
    provider: frozen.provider,
    from_address: frozen.from,
    to_addresses: [...frozen.to],
    subject: frozen.subject,
    html: frozen.html,
    body_text: frozen.text,
    attachments: JSON.stringify(frozen.attachments),
    payload: frozen.payload,
    rendered_version: frozen.renderedVersion,
    attempts: trx.raw('attempts + 1'),
    first_attempt_at: wallNow,
    last_attempt_at: wallNow,
    updated_at: trx.fn.now(),
  });
  if (stored !== 1) throw new Error(`Message ${messageId} is not queued any more, though it was locked: nothing was handed over.`);
}

/** Counts another offer of the stored bytes. To be committed before the provider is called. */
export async function storeRepeatedOffer(trx: Knex.Transaction, messageId: string, wallNow: Date): Promise<void> {
  await trx('messages').where({ id: messageId, state: 'sending' }).update({ attempts: trx.raw('attempts + 1'), last_attempt_at: wallNow, updated_at: trx.fn.now() });
}
