import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import { withoutOurs } from '../../domain/reply/withoutOurs';
import { readClock } from '../clock/clock';
import { recordEvents } from '../events';
import { lockCustomersOf } from '../ledger';
import { matchReply, type ReplyMatch, type ReplyTraces } from './matchReply';
import { moveThreadPause } from './moveThreadPause';
import { unseenPauseEnd } from './unseen';

/** A mail that came in, read and cleaned. */
export interface NewReply extends ReplyTraces {
  source: 'resend' | 'imap';
  sourceRef: string;
  /** Its Message-ID. */
  mailId: string;
  fromName: string | null;
  recipients: readonly string[];
  subject: string;
  /** By the mail itself; null: it does not say. */
  writtenAt: InstantMs | null;
  text: string;
  /** Without quotation and signature, as far as the mail marks them. */
  said: string;
  isCut: boolean;
  automatic: 'auto-reply' | 'report' | 'bulk' | 'loop' | null;
  attachments: readonly { filename: string; contentType: string; bytes: number; content: Buffer | null; refused: string | null }[];
}

/**
 * Takes in a mail: attaches it to what it answers, and pauses the invoices of that thread at once, before anybody knows what it says. A mail that came before, by its Message-ID, sender and text,
 * changes nothing; answers the reply's id, or null for a repeat. What belongs to nobody waits for a person like all else.
 */
export function recordReply(knex: Knex, reply: NewReply): Promise<number | null> {
  return knex.transaction(async (trx): Promise<number | null> => {
    const { now } = await readClock(trx);
    const match = await matchReply(trx, reply);
    if (match.customerId !== null) await lockCustomersOf(trx, [match.customerId]);
    const id = await insertReply(trx, reply, match, now);
    if (id === null) return null;
    await insertAttachments(trx, id, reply.attachments);
    if (match.invoiceIds.length > 0) await trx('reply_invoices').insert(match.invoiceIds.map((invoice_id) => ({ reply_id: id, invoice_id })));
    if (isFromPerson(reply) && match.customerId !== null) {
      const until = await unseenPauseEnd(trx, id, now);
      await trx('replies').where({ id }).update({ paused_until: until === null ? null : new Date(until) });
      await moveThreadPause(trx, { replyId: id, customerId: match.customerId, until, reason: 'the customer wrote back, and nobody has looked yet', at: now });
      await recordEvents(trx, [{ kind: 'email.replied', key: `reply-${id}`, customerId: match.customerId, invoiceId: match.invoiceIds[0] ?? null, at: new Date(now), data: { reply: id, message: match.messageId, matchedBy: match.matchedBy } }]);
    }
    return id;
  });
}

function isFromPerson({ automatic }: NewReply): boolean {
  return automatic === null;
}

/** Who writes a mail chooses its Message-ID. Another mail under one that is known is another reply, and is known by what it says too. */
async function insertReply(trx: Knex.Transaction, reply: NewReply, match: ReplyMatch, now: InstantMs): Promise<number | null> {
  const id = await insertUnder(trx, reply.mailId, reply, match, now);
  if (id !== null) return id;
  const known = await trx('replies').where({ mail_id: reply.mailId }).first<{ from_address: string; body_text: string } | undefined>('from_address', 'body_text');
  const content = contentOf(reply.fromAddress, reply.text);
  return known && contentOf(known.from_address, known.body_text) === content ? null : insertUnder(trx, `${reply.mailId}#${content}`, reply, match, now);
}

/** The same for a mail that came by two ways: mail servers break lines as they like. */
function contentOf(fromAddress: string, text: string): string {
  return createHash('sha256').update(`${fromAddress.toLowerCase()}\n${text.replace(/\s+/g, ' ').trim()}`).digest('hex').slice(0, 32);
}

async function insertUnder(trx: Knex.Transaction, mailId: string, reply: NewReply, match: ReplyMatch, now: InstantMs): Promise<number | null> {
  const rows = await trx('replies').insert({
    source: reply.source, source_ref: reply.sourceRef, mail_id: mailId, from_address: reply.fromAddress.toLowerCase(), from_name: reply.fromName, recipients: [...reply.recipients],
    subject: reply.subject, body_text: reply.text, said: match.answered === null ? reply.said : withoutOurs(reply.said, match.answered), is_cut: reply.isCut, automatic: reply.automatic, customer_id: match.customerId, message_id: match.messageId, matched_by: match.matchedBy, sender_known: match.senderKnown,
    // What only repeats our own mail says nothing; it is kept, and nobody is asked to read it.
    state: reply.automatic === 'loop' ? 'ignored' : 'received', received_at: new Date(now),
    // A sender writes any date: what lies in the future is now.
    written_at: new Date(Math.min(now, reply.writtenAt ?? now)),
  }).onConflict('mail_id').ignore().returning<{ id: number }[]>('id');
  return rows[0]?.id ?? null;
}

async function insertAttachments(trx: Knex.Transaction, replyId: number, attachments: NewReply['attachments']): Promise<void> {
  if (attachments.length === 0) return;
  await trx('reply_attachments').insert(attachments.map(({ filename, contentType, bytes, content, refused }, position) => ({ reply_id: replyId, position, filename, content_type: contentType, bytes, content, refused })));
}
