import { cutText } from '../domain/cutText';

// Control characters, line and paragraph separators, and the marks that turn the direction of writing around: none of them has
// a place in a header, and in a line of text they let data pose as something else.
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Text from the ledger as one visible line. */
export function oneLine(text: string): string {
  return text.replace(invisible, ' ').replace(/ {2,}/g, ' ').trim();
}

/** RFC 5322 allows 998 characters in a line; people read far fewer. */
const subjectCharsMax = 200;

export function safeSubject(text: string): string {
  const line = oneLine(text);
  return line.length <= subjectCharsMax ? line : `${cutText(line, subjectCharsMax - 1).trimEnd()}…`;
}

/** The address if it is one of the web, else null: a link is never `javascript:` or `data:`. */
export function webUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password ? url.href : null;
}

/** What a link may lead to: a page of the web, or one plain mail address. */
export function linkUrl(text: string): string | null {
  const mail = /^mailto:([^\s<>()[\]",;:@?&]+@[^\s<>()[\]",;:@?&]+)$/i.exec(text.trim());
  return mail ? `mailto:${mail[1]}` : webUrl(text);
}

/** A file name made of a business number: no separators, nothing hidden. */
export function safeFileName(text: string): string {
  const name = cutText(oneLine(text).replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, ''), 80);
  return name || 'invoice';
}
