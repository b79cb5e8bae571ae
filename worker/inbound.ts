import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { ownMark } from '../activities/mail/threading';
import { fetched, fetchFailed, leaseFetches, readPosition, storePosition, type Fetch } from '../db/replies/inbound';
import { recordReply } from '../db/replies/recordReply';
import { classificationFailed, recordClassification, unclassified, type UnreadReply } from '../db/replies/settleReply';
import { saidByDatabase } from '../db/saidByDatabase';
import type { ReplyClassifier } from '../domain/reply/classification';
import { said } from '../domain/reply/said';
import { storableText } from '../domain/storableText';
import type { InboundMail } from '../integrations/inbound/inboundMail';
import type { pollMailbox } from '../integrations/inbound/imapInbound';
import { addressOf, nameOf } from '../integrations/mail/addresses';
import { unreadableMail } from '../integrations/inbound/parseMail';
import { messageOfToken } from '../integrations/inbound/replyAddress';
import type { FetchedMail } from '../integrations/inbound/resendInbound';
import { leaderships, withLeadership } from './leadership';
import { pause } from './patience';

export interface InboundDeps {
  knex: Knex;
  log: Logger;
  /** Signs reply addresses. */
  key: Buffer;
  classifier: ReplyClassifier;
  /** Fetches what Resend announced; null: no key for it. */
  fetchMail: ((emailId: string, ownMark: string) => Promise<FetchedMail>) | null;
  /** Looks through a mailbox; null: none is configured. */
  mailbox: { name: string; poll: (position: Parameters<typeof pollMailbox>[1], ownMark: string) => ReturnType<typeof pollMailbox> } | null;
}

const idlePauseMs = 1_000;
const pollEveryMs = 30_000;
const batchSize = 10;
const leaseMs = 120_000;
const classifyTimeoutMs = 30_000;
/** Resend keeps what it received; an hour's outage is waited for, and then a day's. */
const retryWaitsMs = [5_000, 30_000, 120_000, 600_000, 3_600_000, 3_600_000, 6 * 3_600_000, 12 * 3_600_000, 24 * 3_600_000];

/** What the database refuses once may pass the next time; what it refuses five times is a person's. */
const classifyWaitsMs = [5_000, 60_000, 600_000, 3_600_000];

/** Takes in what customers write: fetches, reads, attaches and classifies it. Several workers may do so at a time. */
export function createInbound(deps: InboundDeps) {
  const { knex, log } = deps;
  let polledAt = -Infinity;

  /** A mail that the database takes at no try keeps no other waiting: what stands for it waits for a person. Where the database takes nothing, that fails too, and all is tried again. */
  async function take(mail: InboundMail): Promise<void> {
    let id: number | null;
    try {
      id = await withOneMoreTry(() => recordReply(knex, newReply(deps.key, mail)));
    } catch (error) {
      log.error({ err: error, source: mail.source, ref: mail.sourceRef }, 'a mail could not be taken in: a person is told where to look');
      id = await recordReply(knex, newReply(deps.key, unreadableMail(mail, `unreadable-${mail.source}-${mail.sourceRef}`, error)));
    }
    if (id !== null) log.info({ reply: id, source: mail.source, ref: mail.sourceRef, automatic: mail.automatic }, 'a reply came in');
  }

  async function fetchOne(fetchMail: NonNullable<InboundDeps['fetchMail']>, { ref, envelope, attempts }: Fetch): Promise<void> {
    const result = await fetchMail(ref, ownMark.toLowerCase()).catch((error: unknown) => ({ kind: 'retry' as const, reason: String(error), retryAfterMs: null }));
    if (result.kind === 'mail') {
      await take(result.mail);
      await fetched(knex, ref);
      return;
    }
    const waitMs = result.kind === 'gone' ? null : waitBefore(attempts, result.retryAfterMs);
    if (waitMs === null) await recordReply(knex, unread(deps.key, ref, envelope, result.reason));
    await fetchFailed(knex, ref, result.reason, waitMs);
    log.warn({ ref, attempts, reason: result.reason, retryAfterMs: waitMs }, waitMs === null ? 'a received mail cannot be fetched: a person is told where to look' : 'a received mail could not be fetched yet');
  }

  async function fetchAnnounced(): Promise<number> {
    if (!deps.fetchMail) return 0;
    const leased = await leaseFetches(knex, batchSize, leaseMs);
    for (const fetch of leased) await fetchOne(deps.fetchMail, fetch);
    return leased.length;
  }

  /** A position is stored once all before it is in the database: what is read twice is recognised. */
  async function poll(): Promise<number> {
    const { mailbox } = deps;
    if (!mailbox) return 0;
    const done = await withLeadership(knex, leaderships.mailbox, async () => {
      const { position, mails, hasMore } = await mailbox.poll(await readPosition(knex, mailbox.name), ownMark.toLowerCase());
      for (const { mail } of mails) await take(mail);
      await storePosition(knex, mailbox.name, position);
      if (!hasMore) polledAt = Date.now();
      return mails.length;
    });
    return done?.result ?? 0;
  }

  async function classifyOne({ id, ...reply }: UnreadReply): Promise<void> {
    const classification = await deps.classifier.classify(reply, AbortSignal.timeout(classifyTimeoutMs));
    const outcome = await recordClassification(knex, id, classification, deps.classifier.name);
    log.info({ reply: id, kind: classification.kind, confidence: classification.confidence, outcome }, 'a reply was classified');
  }

  /** One that cannot be read, or whose effects fail, keeps no other waiting. Where the database takes nothing this fails too, and counts for nothing. */
  async function classifyLater(id: number, error: unknown): Promise<void> {
    const retryAfterMs = await classificationFailed(knex, id, saidByDatabase(error), classifyWaitsMs);
    log.error({ err: error, reply: id, retryAfterMs }, retryAfterMs === null ? 'a reply cannot be classified: it waits for a person' : 'a reply could not be classified yet');
  }

  async function classifyWaiting(): Promise<number> {
    const waiting = await unclassified(knex, batchSize);
    for (const reply of waiting) await classifyOne(reply).catch((error: unknown) => classifyLater(reply.id, error));
    return waiting.length;
  }

  return {
    fetchAnnounced, poll, classifyWaiting,
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        // Each by itself: a mailbox that does not answer keeps nothing else waiting.
        const work = [fetchAnnounced, ...(Date.now() - polledAt >= pollEveryMs ? [poll] : []), classifyWaiting];
        let done = 0;
        for (const each of work) {
          try {
            done += await each();
          } catch (error) {
            if (signal.aborted) return;
            if (each === poll) polledAt = Date.now();
            log.error({ err: error }, 'taking in replies stumbled and is tried again');
          }
        }
        if (done === 0) await pause(idlePauseMs, signal);
      }
    },
  };
}

/** No sooner than Resend asks for, and not for ever, whatever it asks for; null: that was the last attempt. */
function waitBefore(attempts: number, retryAfterMs: number | null): number | null {
  const waitMs = retryWaitsMs[attempts - 1];
  return waitMs === undefined ? null : Math.max(waitMs, retryAfterMs ?? 0);
}

/** A deadlock, or a connection that broke, is over the next time. */
async function withOneMoreTry<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch {
    return attempt();
  }
}

function newReply(key: Buffer, mail: InboundMail) {
  return {
    source: mail.source, sourceRef: mail.sourceRef, mailId: mail.messageId, fromAddress: mail.from.address, fromName: mail.from.name, recipients: mail.recipients, subject: mail.subject, writtenAt: mail.writtenAt,
    text: mail.text, said: said(mail.text), isCut: mail.isCut, automatic: mail.automatic, attachments: mail.attachments, references: mail.references,
    byAddress: messageOfToken(key, mail.recipients), byReference: messageOfToken(key, mail.references),
  };
}

/** A mail that cannot be had: what was announced of it waits for a person, so that nothing is lost. */
function unread(key: Buffer, ref: string, { from, to, subject, messageId }: Fetch['envelope'], reason: string) {
  const text = storableText(`This mail could not be fetched from Resend (${reason}). Look it up there: ${ref}.`);
  return {
    source: 'resend' as const, sourceRef: ref, mailId: messageId.replace(/^<|>$/g, '') || `resend-${ref}`, fromAddress: addressOf(from), fromName: nameOf(from), recipients: to, subject, writtenAt: null, text, said: '', isCut: true,
    automatic: null, attachments: [], references: [], byAddress: messageOfToken(key, to), byReference: null,
  };
}
