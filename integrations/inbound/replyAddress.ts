import { addressOf } from '../mail/addresses';
import { readThreadToken, threadToken } from './threadToken';

/**
 * Where replies go: `replies@example.com` takes the token after a plus, `*@replies.example.com` (a domain of its own, all of whose addresses arrive in one place) as the
 * whole local part.
 */
export interface ReplyAddressing {
  key: Buffer;
  /** As configured. */
  address: string;
}

/** The address that an answer to a message is to be sent to. */
export function replyAddress({ key, address }: ReplyAddressing, messageId: string): string {
  const [local = '', domain = ''] = split(address);
  const token = threadToken(key, 'reply', messageId);
  return local === '*' ? `${token}@${domain}` : `${local}+${token}@${domain}`;
}

/** The Message-ID under which a message leaves: it carries the token too, so that References lead back even where a reply went to another address. */
export function messageIdHeader({ key }: Pick<ReplyAddressing, 'key'>, messageId: string, from: string): string {
  return `<${threadToken(key, 'reply', messageId)}@${split(addressOf(from))[1] ?? 'localhost'}>`;
}

/** The message that one of these addresses or Message-IDs stands for; null when none carries a genuine token. */
export function messageOfToken(key: Buffer, candidates: readonly string[]): string | null {
  for (const candidate of candidates.slice(0, candidatesMax)) {
    const [local = ''] = split(addressOf(candidate).replace(/^<|>$/g, ''));
    const found = readThreadToken(key, 'reply', local.slice(local.lastIndexOf('+') + 1));
    if (found) return found;
  }
  return null;
}

/** Nobody answers more; References of a long thread are cut at this. */
const candidatesMax = 100;

function split(address: string): string[] {
  const at = address.lastIndexOf('@');
  return at < 0 ? [address] : [address.slice(0, at), address.slice(at + 1)];
}
