import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { ValueError } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

/** A key by which payloads are encrypted: 32 bytes, and the name under which a payload says so. */
export interface PayloadKey {
  id: string;
  key: Buffer;
}

const encoding = 'binary/encrypted';
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const { Payload: PayloadMessage } = temporal.api.common.v1;

/**
 * Encrypts what workflows and activities are given and answer, so that the Temporal server keeps ciphertext: AES-256-GCM over the whole
 * payload, its own metadata included; the data is nonce, tag and ciphertext. The first key encrypts; all of them decrypt, so that a key
 * can be replaced. What was written before there was a key is read as it is.
 */
export class EncryptingCodec implements PayloadCodec {
  constructor(private readonly keys: readonly [PayloadKey, ...PayloadKey[]]) {}

  encode(payloads: Payload[]): Promise<Payload[]> {
    const [{ id, key }] = this.keys;
    return Promise.resolve(payloads.map((payload) => {
      const nonce = randomBytes(nonceBytes);
      const encrypting = createCipheriv(cipher, key, nonce);
      const data = Buffer.concat([encrypting.update(PayloadMessage.encode(payload).finish()), encrypting.final()]);
      return { metadata: { encoding: Buffer.from(encoding), 'encryption-key-id': Buffer.from(id) }, data: Buffer.concat([nonce, encrypting.getAuthTag(), data]) };
    }));
  }

  /** @throws ValueError when a payload was encrypted by a key that is not here, or is not what was written */
  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve().then(() => payloads.map((payload) => this.decrypted(payload)));
  }

  private decrypted(payload: Payload): Payload {
    const { metadata, data } = payload;
    if (textOf(metadata?.encoding) !== encoding) return payload;
    const id = textOf(metadata?.['encryption-key-id']);
    const found = this.keys.find((key) => key.id === id);
    if (!found) throw new ValueError(`A payload was encrypted with the key "${id}", which is not among TEMPORAL_ENCRYPTION_KEYS.`);
    const bytes = Buffer.from(data ?? []);
    try {
      const decrypting = createDecipheriv(cipher, found.key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decrypting.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return PayloadMessage.decode(Buffer.concat([decrypting.update(bytes.subarray(nonceBytes + tagBytes)), decrypting.final()]));
    } catch (error) {
      throw new ValueError(`A payload that says it was encrypted with the key "${id}" cannot be decrypted: it was changed, or the key is another of that name.`, error);
    }
  }
}

const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

/** Null where there is no key. */
export function codecOf(keys: readonly PayloadKey[]): EncryptingCodec | null {
  const [first, ...others] = keys;
  return first ? new EncryptingCodec([first, ...others]) : null;
}

/** For clients and workers; undefined, which is Temporal's own, where there is no key. */
export function dataConverterOf(keys: readonly PayloadKey[]): DataConverter | undefined {
  const codec = codecOf(keys);
  return codec ? { payloadCodecs: [codec] } : undefined;
}

const keyBytes = 32;

/**
 * Reads `name:base64,name:base64`, the key that encrypts first.
 * @throws Error saying which is wrong, and never the key itself
 */
export function readPayloadKeys(text: string): PayloadKey[] {
  const keys = text.split(',').map((part, index): PayloadKey => {
    const [, id, encoded] = /^([\w.-]{1,40}):([A-Za-z0-9+/]+={0,2})$/.exec(part.trim()) ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || key.length !== keyBytes) throw new Error(`part ${index + 1} is not NAME:KEY, where KEY is ${keyBytes} bytes in base64, as \`openssl rand -base64 ${keyBytes}\` makes them`);
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('two keys have the same name');
  return keys;
}
