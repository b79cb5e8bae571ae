import type { ParsedMail } from 'mailparser';
import type { AutomaticMail } from './inboundMail';

/** The lines of a mail's head whose names match, without the names, the topmost first. */
export function headerLines({ headerLines: lines }: ParsedMail, name: RegExp): string[] {
  return lines.filter(({ key }) => name.test(key)).map(({ line }) => line.slice(line.indexOf(':') + 1).trim());
}

/**
 * Whether a machine wrote a mail, by its head alone: what it says may be anything. `ownMark` is the header by which our own mail is known when it comes back.
 * Reports before answers: mail systems mark theirs as both.
 */
export function automaticBy(parsed: ParsedMail, ownMark: string): AutomaticMail | null {
  const value = (...names: readonly string[]): string => headerLines(parsed, new RegExp(`^(?:${names.join('|')})$`)).join(' ').toLowerCase();
  if (headerLines(parsed, new RegExp(`^${ownMark}$`)).length > 0) return 'loop';
  if (isReport(parsed, value)) return 'report';
  if (isAnswer(parsed, value)) return 'auto-reply';
  return /^(bulk|junk|list)/.test(value('precedence')) || value('list-id', 'list-unsubscribe') !== '' ? 'bulk' : null;
}

type Value = (...names: readonly string[]) => string;

/** Of non-delivery and of reading (RFC 3464, RFC 8098); Exim and Google name the recipients that failed. */
function isReport({ from }: ParsedMail, value: Value): boolean {
  return /^(multipart\/report|message\/(delivery-status|disposition-notification))/.test(value('content-type')) || value('x-failed-recipients') !== ''
    || /^(mailer-daemon|postmaster)(@|$)/i.test(from?.value[0]?.address ?? '');
}

/** RFC 3834: `Auto-Submitted`, and the empty return path by which no answer comes back; and what mail programs wrote before it. */
function isAnswer(parsed: ParsedMail, value: Value): boolean {
  const submitted = value('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return true;
  // The topmost is of the server that delivered it.
  if (/^<\s*>/.test(headerLines(parsed, /^return-path$/)[0] ?? '')) return true;
  // Who wants no absences and automatic answers back is one that they would answer for ever; who wants no delivery reports may be a person.
  return /^auto[_-]reply/.test(value('precedence')) || value('x-autoreply', 'x-auto-reply-from', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply') !== '' || /\b(all|oof|autoreply)\b/.test(value('x-auto-response-suppress'));
}
