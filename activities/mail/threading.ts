import { messageIdHeader, replyAddress } from '../../integrations/inbound/replyAddress';
import { threadToken } from '../../integrations/inbound/threadToken';
import type { MessageRow } from '../../db/mail/messageRow';
import type { MailDependencies } from './dependencies';

/** How answers find their way back, and how mail that is not owed is declined. */
export interface Threading {
  replyTo: string | null;
  messageIdHeader?: string;
  headers?: Readonly<Record<string, string>>;
}

/** The header by which our own mail is known when it comes back to us. */
export const ownMark = 'X-Dunwell-Message';

/** Reminders of what is owed are no advertisement and carry no unsubscribe link, nor does what goes to one's own people; all that is written besides does. */
export function isOptional({ source }: Pick<MessageRow, 'source'>): boolean {
  return source !== 'ladder' && source !== 'internal';
}

/** Where a page of the console is, for emails to one's own people; null where its address is not known. */
export const consoleLink = ({ thread }: Pick<MailDependencies, 'thread'>, page: string): string | null => (thread ? `${thread.publicUrl.replace(/\/+$/, '')}${page}` : null);

export function threadingOf({ thread, sender, from }: Pick<MailDependencies, 'thread' | 'sender' | 'from'>, message: Pick<MessageRow, 'id' | 'source'>): Threading {
  if (!thread) return { replyTo: sender.replyTo };
  // What a colleague answers is no word of the customer.
  if (message.source === 'internal') return { replyTo: sender.replyTo, headers: { [ownMark]: message.id } };
  const address = thread.replyAddress;
  return {
    replyTo: address === null ? sender.replyTo : replyAddress({ key: thread.key, address }, message.id),
    messageIdHeader: messageIdHeader(thread, message.id, from),
    headers: { [ownMark]: message.id, ...(isOptional(message) ? unsubscribeHeaders(thread, message.id) : {}) },
  };
}

/** RFC 2369 and RFC 8058: mail programs show a button, and post to this address when it is pressed. */
function unsubscribeHeaders({ key, publicUrl }: NonNullable<MailDependencies['thread']>, messageId: string): Record<string, string> {
  const link = `${publicUrl.replace(/\/+$/, '')}/api/v1/unsubscribe/${threadToken(key, 'unsubscribe', messageId)}`;
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
