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
  templateVersion: number;
  /** The customer's ledger version that it was rendered on. */
  renderedVersion: number;
}

/** Stores what is about to be handed over for the first time. To be committed before the provider is called. */
export async function storeFirstOffers(trx: Knex.Transaction, offers: ReadonlyMap<string, FrozenMessage>, wallNow: Date): Promise<void> {
  if (offers.size === 0) return;
  const rows = [...offers].map(([id, frozen]) => ({
    id,
    provider: frozen.provider,
    from_address: frozen.from,
    to_addresses: frozen.to,
    template_version: frozen.templateVersion,
    subject: frozen.subject,
    html: frozen.html,
    body_text: frozen.text,
    attachments: frozen.attachments,
    payload: frozen.payload,
    rendered_version: frozen.renderedVersion,
  }));
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `UPDATE messages m SET state = 'sending', state_reason = NULL, attempts = m.attempts + 1, first_attempt_at = :now, last_attempt_at = :now, updated_at = now(),
       provider = o.provider, from_address = o.from_address, to_addresses = o.to_addresses, subject = o.subject, html = o.html, body_text = o.body_text,
       attachments = o.attachments, payload = o.payload, rendered_version = o.rendered_version, template_version = o.template_version
     FROM json_populate_recordset(NULL::messages, :offers) o WHERE m.id = o.id AND m.state = 'queued'`,
    { now: wallNow, offers: JSON.stringify(rows) },
  );
  if (rowCount !== offers.size) throw new Error(`Of ${offers.size} messages only ${rowCount} are queued still, though they were locked: none was handed over.`);
}

/** Counts another offer of the stored bytes. To be committed before the provider is called. */
export async function storeRepeatedOffer(trx: Knex.Transaction, messageId: string, wallNow: Date): Promise<void> {
  await trx('messages').where({ id: messageId, state: 'sending' }).update({ attempts: trx.raw('attempts + 1'), last_attempt_at: wallNow, updated_at: trx.fn.now() });
}
