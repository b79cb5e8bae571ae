import { SettleError, settleUnknown } from '../../db/mail/settleUnknown';
import { releaseAddress, suppressAddress } from '../../db/mail/suppressions';
import { findAttachment, findMessage, findMessageHtml, listMessages, listSuppressedAddresses } from '../../db/readmodels/messages';
import type { messageContracts } from '../contracts/messages';
import { Document, type Handlers } from '../http/call';
import { userIdOf } from '../http/identity';
import { conflict, notFound } from '../http/problem';
import { messagePolicy } from '../http/security';
import { now } from './ledgerContext';
import { paged } from './paging';

export const messageHandlers: Handlers<typeof messageContracts> = {
  listMessages: async ({ db, query }) => paged(query, '-queuedAt', 2, (page) => listMessages(db, query, page)),
  getMessage: async ({ db, params }) => {
    const message = await findMessage(db, params.id);
    if (!message) throw notFound('message', params.id);
    return message;
  },
  settleMessage: async ({ trx, params, body, actor, identity }) => {
    try {
      const againId = await settleUnknown(trx, actor, params.id, { sent: body.finding === 'sent', reason: body.reason, userId: userIdOf(identity) }, await now(trx));
      const message = againId === undefined ? null : await findMessage(trx, params.id);
      if (!message || againId === undefined) throw notFound('message', params.id);
      return { message, againId };
    } catch (error) {
      if (error instanceof SettleError) throw conflict(error.message);
      throw error;
    }
  },
  getMessageHtml: async ({ db, params }) => {
    const html = await findMessageHtml(db, params.id);
    if (html === null) throw notFound('rendered message', params.id);
    return new Document(html, 'text/html', { 'content-security-policy': messagePolicy });
  },
  getMessageAttachment: async ({ db, params }) => {
    const attachment = await findAttachment(db, params.id, params.index);
    if (!attachment) throw notFound('attachment', `${params.index} of message ${params.id}`);
    // Only PDFs are shown; whatever else an attachment may be is saved, never run here.
    const shown = attachment.contentType === 'application/pdf';
    return new Document(attachment.content, shown ? 'application/pdf' : 'application/octet-stream', {
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`, 'content-security-policy': "sandbox; default-src 'none'",
    });
  },
  listSuppressedAddresses: async ({ db, query }) => paged(query, 'email', 1, (page) => listSuppressedAddresses(db, query.search, page)),
  suppressAddress: async ({ trx, body, actor }) => suppressAddress(trx, actor, body.email),
  releaseAddress: async ({ trx, params, actor }) => {
    if (!(await releaseAddress(trx, actor, params.email))) throw notFound('suppressed address', params.email);
  },
};
