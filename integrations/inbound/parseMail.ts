import { createHash } from 'node:crypto';
import { simpleParser, type AddressObject, type Attachment, type ParsedMail } from 'mailparser';
import type { AutomaticMail, InboundAttachment, InboundMail } from './inboundMail';

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

/** Reads a raw mail (RFC 5322). `isCut` says that its end is missing. */
export async function parseMail(raw: Buffer, { source, sourceRef, isCut, ownMark }: { source: InboundMail['source']; sourceRef: string; isCut: boolean; ownMark: string }): Promise<InboundMail> {
  const parsed = await simpleParser(raw, { skipImageLinks: true, maxHtmlLengthToParse: htmlCharactersMax });
  const from = parsed.from?.value[0];
  return {
    source, sourceRef, isCut,
    messageId: bare(parsed.messageId) || `none-${createHash('sha256').update(raw).digest('hex')}`,
    from: { address: (from?.address ?? '').slice(0, 320), name: from?.name?.slice(0, 200) || null },
    recipients: [...addressesOf(parsed.to), ...addressesOf(parsed.cc), ...headerLines(parsed, /^(delivered-to|x-original-to|envelope-to|x-forwarded-to)$/)].slice(0, recipientsMax),
    subject: (parsed.subject ?? '').slice(0, 500),
    text: (await textOf(parsed)).replaceAll('\0', '').slice(0, textCharactersMax),
    references: referencesOf(parsed),
    automatic: automaticBy(parsed, ownMark),
    attachments: parsed.attachments.slice(0, attachmentsMax).map(attachmentOf),
  };
}

/** mailparser makes text of HTML where it is the whole mail, with bounds on its depth and length; beside attachments it does not, so it is given the HTML as a whole mail. */
async function textOf({ text, html }: ParsedMail): Promise<string> {
  if (text?.trim() || !html) return text ?? '';
  return (await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`, { skipImageLinks: true, maxHtmlLengthToParse: htmlCharactersMax })).text ?? '';
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap(({ value }) => value).flatMap(({ address, group }) => (address ? [address] : (group ?? []).flatMap((member) => member.address ?? [])));
}

function headerLines({ headerLines: lines }: ParsedMail, key: RegExp): string[] {
  return lines.filter((line) => key.test(line.key)).map(({ line }) => line.slice(line.indexOf(':') + 1).trim());
}

function referencesOf({ inReplyTo, references }: ParsedMail): string[] {
  const ids = [...(inReplyTo ? [inReplyTo] : []), ...[references ?? []].flat().reverse()].map(bare).filter((id) => id !== '');
  return [...new Set(ids)].slice(0, referencesMax);
}

function bare(messageId: string | undefined): string {
  return (messageId ?? '').trim().replace(/^<|>$/g, '').slice(0, 500);
}

/**
 * Whether a machine wrote it: RFC 3834 (Auto-Submitted), RFC 3464 (reports), and what mail programs did before. `ownMark` is the header by which our own mail is known
 * when it comes back.
 */
function automaticBy(parsed: ParsedMail, ownMark: string): AutomaticMail | null {
  const value = (name: string): string => headerLines(parsed, new RegExp(`^${name}$`)).join(' ').toLowerCase();
  if (headerLines(parsed, new RegExp(`^${ownMark}$`)).length > 0) return 'loop';
  if (/^(multipart\/report|message\/delivery-status)/.test(value('content-type')) || /^(mailer-daemon|postmaster)@/i.test(parsed.from?.value[0]?.address ?? '')) return 'report';
  const submitted = value('auto-submitted');
  if (submitted !== '' && !submitted.startsWith('no')) return 'auto-reply';
  if (/^(auto_reply|auto-reply)/.test(value('precedence')) || value('x-autoreply') !== '' || value('x-autorespond') !== '' || /all|oof|autoreply/.test(value('x-auto-response-suppress')) && /auto|abwesen|absence|ausente|out of office/i.test(parsed.subject ?? '')) return 'auto-reply';
  if (/^(bulk|junk|list)/.test(value('precedence')) || value('list-id') !== '' || value('list-unsubscribe') !== '') return 'bulk';
  return null;
}

function attachmentOf(attachment: Attachment): InboundAttachment {
  const { filename, contentType, content, size } = attachment;
  const name = (filename ?? 'unnamed').replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').slice(-150);
  const type = contentType.toLowerCase().split(';')[0]!.trim();
  const refused = runnable.test(name) || !keptTypes.test(type) ? `files of this kind (${type}) are not kept`
    : size > attachmentBytesMax ? `it is larger than ${attachmentBytesMax / 1_000_000} MB` : null;
  return { filename: name, contentType: type.slice(0, 100), bytes: size, content: refused === null ? content : null, refused };
}
