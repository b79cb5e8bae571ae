import { render } from '@react-email/render';
import { createElement } from 'react';
import { invoicePdf } from './invoicePdf';
import { composeLetter } from './letter';
import { LetterEmail } from './LetterEmail';
import { plainText } from './plainText';
import { safeFileName } from './safety';
import { statementFileName, statementPdf } from './statementPdf';
import type { Attachment, MessageInput, MessageInvoice, RenderedMessage } from './types';

export { TemplateError } from './templates/errors';

const attachmentsMax = 50;
/** Many mail servers refuse messages beyond 25 MB, and base64 adds a third; drawn invoices have some kilobytes, stored ones may be scans. */
const attachmentCharsMax = 24_000_000;

/**
 * Renders a message: subject, HTML, plain text and the invoices as attachments. The same input gives the same bytes.
 * Everything in the input is taken as hostile. Throws TemplateError for a template that cannot say what it is to say.
 */
export async function renderMessage(input: MessageInput): Promise<RenderedMessage> {
  const letter = composeLetter(input);
  const html = await render(createElement(LetterEmail, { letter }));
  return {
    subject: letter.subject,
    html,
    text: plainText(letter),
    attachments: [...(await statementOf(input)), ...(input.attachInvoices ? await attachmentsOf(input) : [])],
  };
}

/** A statement always comes with its file, in the language of the customer where there are words for it. */
async function statementOf(input: MessageInput): Promise<Attachment[]> {
  const { template, statement, language } = input;
  if (template.kind !== 'statement' || !statement) return [];
  const pdf = await statementPdf(statement, input);
  return [{ filename: statementFileName(statement, language), contentType: 'application/pdf', contentBase64: pdf.toString('base64') }];
}

async function attachmentsOf(input: MessageInput): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  let chars = 0;
  for (const invoice of input.invoices.slice(0, attachmentsMax)) {
    const attachment = await attachmentOf(invoice, input);
    chars += attachment.contentBase64.length;
    if (chars > attachmentCharsMax) break;
    attachments.push(attachment);
  }
  return attachments;
}

async function attachmentOf(invoice: MessageInvoice, input: MessageInput): Promise<Attachment> {
  if (invoice.document) {
    return { filename: safeFileName(invoice.document.fileName), contentType: invoice.document.contentType, contentBase64: invoice.document.contentBase64 };
  }
  const pdf = await invoicePdf(invoice, input);
  return { filename: `${safeFileName(invoice.number)}.pdf`, contentType: 'application/pdf', contentBase64: pdf.toString('base64') };
}
