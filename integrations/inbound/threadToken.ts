import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token is for: one made for answering a message does not unsubscribe from it. */
export type TokenPurpose = 'reply' | 'unsubscribe';

const idBytes = 16;
/** 80 bits: each guess is a mail or a request that is counted, and a lucky one would reach a single message. */
const signatureBytes = 10;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const tokenPattern = /^[a-z2-7]{42}$/;

/**
 * A token that names one message and cannot be made without the key: 42 small letters and digits, since mail systems change the case of addresses and allow 64 characters
 * before the @.
 */
export function threadToken(key: Buffer, purpose: TokenPurpose, messageId: string): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
  if (id.length !== idBytes) throw new Error(`"${messageId}" is no message's id.`);
  return encode(Buffer.concat([id, signatureOf(key, purpose, id)]));
}

/** The message that a token names; null when it was not made with this key for this purpose. Compared in constant time. */
export function readThreadToken(key: Buffer, purpose: TokenPurpose, token: string): string | null {
  const text = token.toLowerCase();
  if (!tokenPattern.test(text)) return null;
  const bytes = decode(text);
  const [id, signature] = [bytes.subarray(0, idBytes), bytes.subarray(idBytes, idBytes + signatureBytes)];
  if (!timingSafeEqual(signature, signatureOf(key, purpose, id))) return null;
  const hex = id.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function signatureOf(key: Buffer, purpose: TokenPurpose, id: Buffer): Buffer {
  return createHmac('sha256', key).update(`${purpose}:`).update(id).digest().subarray(0, signatureBytes);
}

/** Base 32 of RFC 4648 in small letters, without padding. */
function encode(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function decode(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
