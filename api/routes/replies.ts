import type { Knex } from 'knex';
import { optInAgain, optOut } from '../../db/mail/optOuts';
import { findMessage } from '../../db/readmodels/messages';
import { findReply, findReplyAttachment, listOptOuts, listReplies, type Reply } from '../../db/readmodels/replies';
import { decideReply, ReplyError } from '../../db/replies/settleReply';
import { readThreadKey } from '../../db/replies/signingKey';
import type { DisputeReason, ReplyKind } from '../../domain/reply/classification';
import { readThreadToken } from '../../integrations/inbound/threadToken';
import type { replyContracts } from '../contracts/replies';
import { Document, type Handlers } from '../http/call';
import { changedMeanwhile } from '../http/etag';
import { impossible, notFound } from '../http/problem';
import { unsubscribePage } from '../http/unsubscribePage';
import { paged } from './paging';

export const replyHandlers: Handlers<typeof replyContracts> = {
  listReplies: async ({ db, query }) => paged(query, '-receivedAt', 2, async (page) => {
    const { rows, next } = await listReplies(db, query, page);
    return { next, rows: rows.map(typed) };
  }),
  getReply: async ({ db, params }) => one(await findReply(db, params.id), params.id),
  decideReply: async ({ trx, params, body, actor }) => {
    try {
      const { kind, rowVersion, on = null, amountMinor = null, disputeReason = null, customerId = null, invoiceIds } = body;
      const before = await findReply(trx, params.id);
      const decided = await decideReply(trx, actor, params.id, { kind, version: rowVersion, on, amountMinor, disputeReason, customerId, referredTo: before?.suggested?.referredTo ?? null, ...(invoiceIds ? { invoiceIds } : {}) });
      if (!decided) throw notFound('reply', params.id);
      return one(await findReply(trx, params.id), params.id);
    } catch (error) {
      if (error instanceof ReplyError) throw error.code === 'changed' ? changedMeanwhile('reply') : impossible(error.message);
      throw error;
    }
  },
  getReplyAttachment: async ({ db, params }) => {
    const attachment = await findReplyAttachment(db, params.id, params.index);
    if (!attachment) throw notFound('attachment', `${params.index} of reply ${params.id}`);
    // A stranger sent it: it is saved, and never shown or run here.
    return new Document(attachment.content, 'application/octet-stream', {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`, 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff',
    });
  },
  showUnsubscribe: async ({ db, params }) => unsubscribePage((await unsubscribedMessage(db, params.token)).language, 'ask'),
  unsubscribe: async ({ trx, params, request }) => {
    const message = await unsubscribedMessage(trx, params.token);
    await optOut(trx, { addresses: message.toAddresses, via: 'one-click', messageId: message.id, customerId: message.customerId });
    // A mail program takes anything; a person in a browser wants to be told.
    return request.accepts(['json', 'html']) === 'html' ? unsubscribePage(message.language, 'done') : { result: 'unsubscribed' as const };
  },
  listOptOuts: async ({ db, query }) => paged(query, 'email', 1, (page) => listOptOuts(db, query, page)),
  removeOptOut: async ({ trx, params, actor }) => {
    if (!(await optInAgain(trx, actor, params.email))) throw notFound('opt-out of', params.email);
  },
};

/** The message whose link it is. */
async function unsubscribedMessage(db: Knex, token: string) {
  const messageId = readThreadToken(await readThreadKey(db), 'unsubscribe', token);
  const message = messageId === null ? null : await findMessage(db, messageId);
  if (!message) throw notFound('such link', 'any more');
  return message;
}

/** The kinds are text in the tables; what is written there is checked when it is written. */
function typed<Row extends { kind: string | null; decidedKind: string | null }>(row: Row) {
  return { ...row, kind: row.kind as ReplyKind | null, decidedKind: row.decidedKind as ReplyKind | null };
}

function one(reply: Reply | null, id: number) {
  if (!reply) throw notFound('reply', id);
  const { suggested, decided } = reply;
  return {
    ...typed(reply),
    suggested: suggested && { ...suggested, disputeReason: suggested.disputeReason as DisputeReason | null },
    decided: decided && { ...decided, disputeReason: decided.disputeReason as DisputeReason | null },
  };
}
