import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { addressOf, nameOf } from './addresses';

const paymentMethod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bank'), accountHolder: z.string().min(1), bank: z.string().nullable().default(null), account: z.string().min(1), routing: z.string().nullable().default(null) }),
  z.strictObject({ kind: z.literal('link'), label: z.string().min(1), url: z.url({ protocol: /^https$/ }) }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1) }),
]);

const senderProfile = z.strictObject({
  name: z.string().min(1).optional(),
  addressLines: z.array(z.string()).default([]),
  replyTo: z.email().nullable().optional(),
  phone: z.string().nullable().default(null),
  paymentMethods: z.array(paymentMethod).default([]),
});

/** Who writes, and how customers can pay: what messages and invoices print. */
export interface SenderProfile {
  name: string;
  addressLines: string[];
  replyTo: string | null;
  phone: string | null;
  paymentMethods: z.infer<typeof paymentMethod>[];
}

export class SenderProfileError extends Error {
  override name = 'SenderProfileError';
}

/**
 * Reads who writes from a YAML or JSON file; without one, from the sender's address "Name <address>" alone.
 * Throws SenderProfileError naming the file, the place in it and what is allowed there.
 *
 *     name: Harbour Supplies
 *     addressLines: [1 Quay Street, Bristol BS1 4RN]
 *     replyTo: billing@harbour.example
 *     paymentMethods:
 *       - { kind: bank, accountHolder: Harbour Supplies Ltd, account: GB33BUKB20201555555555, routing: BUKBGB22 }
 *       - { kind: link, label: Pay online, url: https://pay.harbour.example }
 */
export function readSenderProfile(from: string, file: string | null = null): SenderProfile {
  const parsed = senderProfile.safeParse(file === null ? {} : contentOf(file));
  if (!parsed.success) {
    throw new SenderProfileError(`The sender's file ${file ?? ''} is wrong: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the document'}: ${message}`).join('; ')}`);
  }
  const { name, replyTo, ...rest } = parsed.data;
  return { ...rest, name: name ?? nameOf(from) ?? addressOf(from), replyTo: replyTo === undefined ? addressOf(from) : replyTo };
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    throw new SenderProfileError(`The sender's file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
