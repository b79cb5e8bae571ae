import { z } from 'zod';
import { disputeReasons, replyKinds } from '../../domain/reply/classification';
import { collectors, contract, creditManagers, readers } from './contract';
import { Flag, Id, Instant, LocalDate, PositiveMinor, QueryId, RowVersion, Search, Minor, idParams, page, pageQuery } from './values';

export const ReplyKind = z.enum(replyKinds).meta({ id: 'ReplyKind' });
export const ReplyState = z.enum(['received', 'triage', 'settled', 'ignored']).meta({ id: 'ReplyState' });
const DisputeReason = z.enum(disputeReasons);
const fields = {
  id: Id, state: ReplyState.describe('triage: waits for a person'), receivedAt: Instant, fromAddress: z.string(), fromName: z.string().nullable(), subject: z.string(), customerId: Id.nullable(), customerName: z.string().nullable(),
  matchedBy: z.enum(['address', 'references', 'sender', 'person']).nullable().describe('How it was found what it answers; null: it belongs to nobody yet'),
  automatic: z.enum(['auto-reply', 'report', 'bulk', 'loop']).nullable().describe('A machine wrote it'),
  kind: ReplyKind.nullable().describe('What the classifier takes it for'), confidence: z.number().min(0).max(1).nullable(), decidedKind: ReplyKind.nullable().describe('What it was taken as'), pausedUntil: Instant.nullable(),
};
export const ReplyListItem = z.object({ ...fields, excerpt: z.string() }).meta({ id: 'ReplyListItem' });
const details = { on: LocalDate.nullable(), disputeReason: DisputeReason.nullable(), referredTo: z.string().nullable() };
export const Reply = z.object({
  ...fields, excerpt: z.string(), messageId: z.string().nullable(), messageSubject: z.string().nullable(), recipients: z.array(z.string()), said: z.string().describe('Without quotation and signature'), bodyText: z.string(),
  isCut: z.boolean(), writtenAt: Instant.nullable().describe('When it was written, as far as the mail tells: its days count from there'),
  senderKnown: z.boolean().nullable().describe('false: the sender is no contact of the customer, nor of its company, and a person decides; null: not looked at'), source: z.enum(['resend', 'imap']), reason: z.string().nullable(), classifier: z.string().nullable(),
  suggested: z.object({ ...details, amount: z.object({ decimal: z.string(), currency: z.string().nullable() }).nullable() }).nullable(),
  decided: z.object({ ...details, amountMinor: Minor.nullable(), invoiceIds: z.array(Id).optional() }).nullable(), decidedBy: z.string().nullable(), decidedAt: Instant.nullable(),
  invoices: z.array(z.object({ invoiceId: Id, number: z.string(), openMinor: Minor, currency: z.string(), dueOn: LocalDate })),
  attachments: z.array(z.object({ position: z.int(), filename: z.string(), contentType: z.string(), bytes: z.int(), refused: z.string().nullable() })), rowVersion: RowVersion,
}).meta({ id: 'Reply' });
const OptOut = z.object({ email: z.string(), via: z.enum(['one-click', 'reply', 'person']), messageId: z.string().nullable(), at: Instant }).meta({ id: 'OptOut' });

export const replyContracts = {
  listReplies: contract({
    id: 'listReplies', method: 'get', path: '/replies', tag: 'Replies', summary: 'What customers wrote back, newest first', access: readers,
    query: z.object({ state: z.array(ReplyState).optional(), kind: ReplyKind.optional(), customerId: QueryId.optional(), unmatched: Flag.optional().describe('Those that belong to nobody yet'), search: z.string().max(200).optional().describe('Part of the subject or the address'), ...pageQuery }),
    status: 200, answer: page('ReplyPage', ReplyListItem),
  }),
  getReply: contract({ id: 'getReply', method: 'get', path: '/replies/{id}', tag: 'Replies', summary: 'One reply, as text', access: readers, params: idParams, status: 200, answer: Reply, etag: true, problems: [404] }),
  decideReply: contract({
    id: 'decideReply', method: 'post', path: '/replies/{id}/decide', tag: 'Replies', summary: 'Say what a reply is: accept what the classifier makes of it, or correct it; what follows is done', access: collectors, params: idParams,
    body: z.strictObject({
      kind: ReplyKind, rowVersion: RowVersion, on: LocalDate.optional().describe('promise: the day by which; out-of-office: the day of return'), amountMinor: PositiveMinor.optional().describe('promise: left out, all that is open; dispute: the disputed part of the one invoice chosen'),
      invoiceIds: z.array(Id).min(1).max(1_000).optional().describe('Which of its invoices a promise or a dispute is about; left out: all are promised, and those disputed that it names'),
      disputeReason: DisputeReason.optional(), customerId: Id.optional().describe('For a reply that belongs to nobody yet'),
    }), status: 200, answer: Reply, etag: true, problems: [404, 409],
  }),
  getReplyAttachment: contract({ id: 'getReplyAttachment', method: 'get', path: '/replies/{id}/attachments/{index}', tag: 'Replies', summary: 'An attachment, to be saved', access: readers, params: z.object({ id: QueryId, index: z.coerce.number().int().min(0).max(100) }), status: 200, contentType: 'application/octet-stream', problems: [404] }),
  showUnsubscribe: contract({
    id: 'showUnsubscribe', method: 'get', path: '/unsubscribe/{token}', tag: 'Replies', summary: 'The page behind an unsubscribe link: it asks first, and changes nothing', access: { kind: 'public' }, params: z.object({ token: z.string().max(200) }), status: 200, contentType: 'text/html', problems: [404],
  }),
  unsubscribe: contract({
    id: 'unsubscribe', method: 'post', path: '/unsubscribe/{token}', tag: 'Replies', summary: 'One-click unsubscribe (RFC 8058), as mail programs post it', description: 'Whatever the body. A browser is answered with a page.', access: { kind: 'public' }, upload: 'raw-json', params: z.object({ token: z.string().max(200) }), status: 200,
    answer: z.object({ result: z.enum(['unsubscribed']) }).meta({ id: 'Unsubscribed' }), problems: [404],
  }),
  listOptOuts: contract({ id: 'listOptOuts', method: 'get', path: '/mail-opt-outs', tag: 'Replies', summary: 'Addresses that want no mail beyond what is owed', access: readers, query: z.object({ search: Search.optional().describe('In the address'), ...pageQuery }), status: 200, answer: page('OptOutPage', OptOut) }),
  removeOptOut: contract({ id: 'removeOptOut', method: 'delete', path: '/mail-opt-outs/{email}', tag: 'Replies', summary: 'Write to an address again, as its owner asked', access: creditManagers, params: z.object({ email: z.string().min(3).max(320) }), status: 204, problems: [404] }),
};
