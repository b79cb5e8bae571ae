import type { Sender } from '../emails/types';

/** Who letters are from, as far as `MAIL_FROM` says: the name in 'Accounts <billing@example.com>', else the address. */
export function senderOf(from: string): Sender {
  const match = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from);
  const name = match?.[1] || match?.[2] || from.trim();
  return { name, addressLines: [], replyTo: null, phone: null, paymentMethods: [] };
}
