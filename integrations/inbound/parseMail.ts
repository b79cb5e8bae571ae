import { createHash } from 'node:crypto';
import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import { cutText } from '../../domain/cutText';
import { storableText } from '../../domain/storableText';
import { automaticBy, headerLines } from './automaticMail';
import type { InboundAttachment, InboundMail } from './inboundMail';

/** What is read of one mail: longer ones are cut, and say so. */
export const mailBytesMax = 15_000_000;
const textCharactersMax = 100_000;
const htmlCharactersMax = 1_000_000;
const attachmentBytesMax = 5_000_000;
const attachmentsMax = 20;
const referencesMax = 50;
const recipientsMax = 100;

/** What may be kept: what people send with a reply. All else is named and refused. */
const keptTypes = /^(application\/pdf|image\/(png|jpeg|gif|webp)|text\/(plain|csv)|application\/vnd\.(openxmlformats-officedocument\.(spreadsheetml\.sheet|wordprocessingml\.document)|ms-excel)|application\/msword)$/;
/** Names that a person's machine would run, whatever type the mail says. */
const runnable = /\.(exe|com|bat|cmd|scr|js|jse|vbs|wsf|ps1|msi|jar|hta|lnk|html?|svg|xhtml|docm|xlsm|iso|img)$/i;

export interface MailOrigin {
  source: InboundMail['source'];
  sourceRef: string;
  /** When the server got it, as it says itself. */
  receivedAt: Date | string | undefined;
  /** The end of the mail is missing. */
  isCut: boolean;
  /** The header by which our own mail is known when it comes back. */
  ownMark: string;
}

/** Reads a raw mail (RFC 5322). One that cannot be read is a mail that says so: a person looks at it, and those behind it do not wait. */
export async function parseMail(raw: Buffer, origin: MailOrigin): Promise<InboundMail> {
  try {
    return await readMail(raw, origin);
  } catch (error) {
    return unreadableMail(origin, `none-${hashOf(raw)}`, error);
  }
}

/** What stands for a mail of which no more can be had than where it is. */
export function unreadableMail({ source, sourceRef }: Pick<MailOrigin, 'source' | 'sourceRef'>, messageId: string, error: unknown): InboundMail {
  const reason = error instanceof Error ? error.message : String(error);
  const place = source === 'imap' ? `in the mailbox (UID ${sourceRef.split(':').at(-1)})` : `at Resend (${sourceRef})`;
  return {
    source, sourceRef, messageId, isCut: true, from: { address: '', name: null }, recipients: [], subject: 'A mail that could not be read', writtenAt: null, text: cutText(storableText(`Look it up ${place}: ${reason}`), 1_000),
    references: [], automatic: null, attachments: [],
  };
}

function hashOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex');
}

async function readMail(raw: Buffer, { source, sourceRef, receivedAt, isCut, ownMark }: MailOrigin): Promise<InboundMail> {
  const parsed = await simpleParser(raw, { skipImageLinks: true, maxHtmlLengthToParse: htmlCharactersMax });
  const from = parsed.from?.value[0];
  const text = await textOf(parsed);
  return {
    source, sourceRef, isCut: isCut || text.isCut,
    messageId: bare(parsed.messageId) || `none-${hashOf(raw)}`,
    from: { address: storableText(cutText(from?.address ?? '', 320)), name: storableText(cutText(from?.name ?? '', 200)) || null },
    recipients: [...addressesOf(parsed.to), ...addressesOf(parsed.cc), ...headerLines(parsed, /^(delivered-to|x-original-to|envelope-to|x-forwarded-to)$/)].slice(0, recipientsMax).map(storableText),
    subject: storableText(cutText(parsed.subject ?? '', 500)),
    writtenAt: writtenAt(parsed, receivedAt),
    text: storableText(text.text),
    references: referencesOf(parsed),
    automatic: automaticBy(parsed, ownMark),
    attachments: parsed.attachments.slice(0, attachmentsMax).map(attachmentOf),
  };
}

/** Pictures that stand in the HTML itself, and make it longer than what is read. */
const inlineData = /data:[a-z]+\/[^"'\s)>]*/gi;

/** mailparser makes text of HTML where it is the whole mail, with bounds on its depth and length; beside attachments it does not, so it is given the HTML as a whole mail, without pictures. */
async function textOf({ text, html }: ParsedMail): Promise<{ text: string; isCut: boolean }> {
  if (text?.trim() || !html) return cut(text ?? '', textCharactersMax);
  const read = cut(html.replace(inlineData, ''), htmlCharactersMax);
  const made = (await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${read.text}`, { skipImageLinks: true, maxHtmlLengthToParse: htmlCharactersMax })).text;
  // Nothing came of it: too deep, perhaps. Not all of the mail is here, then.
  return made === undefined ? { text: '', isCut: true } : { text: cut(made, textCharactersMax).text, isCut: read.isCut || made.length > textCharactersMax };
}

function cut(text: string, max: number): { text: string; isCut: boolean } {
  return { text: cutText(text, max), isCut: text.length > max };
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap(({ value }) => value).flatMap(({ address, group }) => (address ? [address] : (group ?? []).flatMap((member) => member.address ?? [])));
}

/** The earlier of the Date header and the server's own: a clock that is ahead, or a mail that was moved to another server, makes an old mail no younger. */
function writtenAt(parsed: ParsedMail, receivedAt: MailOrigin['receivedAt']): number | null {
  const known = [headerLines(parsed, /^date$/)[0], receivedAt].map((date) => (date === undefined ? NaN : new Date(date).getTime())).filter((at) => !Number.isNaN(at));
  return known.length === 0 ? null : Math.max(0, Math.min(...known));
}

function referencesOf({ inReplyTo, references }: ParsedMail): string[] {
  const ids = [...(inReplyTo ? [inReplyTo] : []), ...[references ?? []].flat().reverse()].map(bare).filter((id) => id !== '');
  return [...new Set(ids)].slice(0, referencesMax);
}

function bare(messageId: string | undefined): string {
  return storableText(cutText((messageId ?? '').trim().replace(/^<|>$/g, ''), 500));
}

function attachmentOf(attachment: Attachment): InboundAttachment {
  const { filename, contentType, content, size } = attachment;
  const name = storableText((filename ?? 'unnamed').replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').slice(-150));
  const type = contentType.toLowerCase().split(';')[0]!.trim();
  const refused = runnable.test(name) || !keptTypes.test(type) ? `files of this kind (${type}) are not kept`
    : size > attachmentBytesMax ? `it is larger than ${attachmentBytesMax / 1_000_000} MB` : null;
  return { filename: name, contentType: storableText(cutText(type, 100)), bytes: size, content: refused === null ? content : null, refused };
}
