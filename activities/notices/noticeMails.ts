import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { collectNotices } from '../../db/notices/collect';
import { dropUnwanted, listedMax, settleNoticeMail, storeNoticeMail, takeNoticeMails, takeNotices, waitingPeople, type NoticeMailEnd, type OfferedNoticeMail, type WaitingNotice, type WaitingPerson } from '../../db/notices/mails';
import { publishedTemplates } from '../../db/templates/published';
import { assertNever } from '../../domain/assertNever';
import type { InstantMs } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { isNoticeMailDue } from '../../domain/notice/due';
import { digestTemplate } from '../../domain/templates/builtin/digest';
import { laterTemplates } from '../../domain/templates/builtin/later';
import type { MessageContent } from '../../domain/templates/content';
import type { MessageTemplate } from '../../domain/templates/types';
import { renderMessage, TemplateError } from '../../emails/render';
import type { MessageInput } from '../../emails/types';
import type { MailDependencies } from '../mail';
import { forgotten, outcomeOfLookUp, outcomeOfSend, type Outcome } from '../mail/outcome';
import { consoleLink } from '../mail/threading';

const single = 'internal-notice';
const list = 'internal-digest';
const builtin = new Map<string, MessageTemplate>([digestTemplate, ...laterTemplates].map((template) => [template.name, template]));
const callTimeoutMs = 30_000;
const mailsAtOnce = 20;
/** After so long a mail about what waits is of no use any more. */
const givenUpMs = 2 * 86_400_000;

/**
 * One look at what people are to be told: takes it down, puts what is due into a mail for each person, and offers what waits to the provider. Safe to repeat after any death: a notice is in one mail, whose
 * bytes are stored before they are offered under their own key. Answers how much there was to do.
 */
export async function tellPeople(deps: MailDependencies, now: InstantMs): Promise<number> {
  const { knex } = deps;
  const looked = await collectNotices(knex, now);
  await dropUnwanted(knex);
  const due = (await waitingPeople(knex)).filter((person) => isNoticeMailDue(person, now));
  for (const person of due) await writeTo(deps, person, now);
  return looked + due.length + (await offerMails(deps));
}

async function writeTo(deps: MailDependencies, { userId, timeZone }: WaitingPerson, now: InstantMs): Promise<void> {
  await deps.knex.transaction(async (trx) => {
    const taken = await takeNotices(trx, userId);
    const first = taken?.notices[0];
    if (!taken || !first) return;
    const about = aboutOf(deps, taken.notices);
    const id = randomUUID();
    const { template, rendered } = await wordsOf(trx, { ...about, messageId: id, sender: deps.sender, today: localDateAt(now, timeZone), invoices: [], attachInvoices: false });
    const payload = await deps.provider.compose({ id, from: deps.from, to: [taken.email], replyTo: null, ...rendered, attachments: [] });
    // The first notice names the mail: each is in one only, or in one after each that was not sent.
    await storeNoticeMail(trx, {
      id, idempotencyKey: `notice/${userId}/${first.id}${first.retold === 0 ? '' : `/${first.retold}`}`, userId, to: taken.email, from: deps.from, template: template.name, templateVersion: template.version, subject: rendered.subject, html: rendered.html, text: rendered.text,
      payload, provider: deps.provider.name, at: now, offeredFrom: (deps.wallNow ?? Date.now)(),
    }, taken.notices.map((notice) => notice.id));
  });
}

type About = Pick<MessageInput, 'customerName' | 'customer' | 'notice'> & { asked: string };

function aboutOf(deps: MailDependencies, notices: readonly WaitingNotice[]): About {
  const url = (notice: WaitingNotice): string | null => consoleLink(deps, pathOf(notice));
  const [only] = notices;
  if (only?.customer && notices.length === 1) {
    const { name, number } = only.customer;
    return { asked: single, customerName: name, customer: { number, country: null, tier: null, businessUnit: null, termsDays: null, custom: {} }, notice: { title: only.title, text: null, url: url(only) } };
  }
  const more = notices.length - listedMax;
  const content: MessageContent['notice'] = {
    title: notices.length === 1 && only ? only.title : `${notices.length} notices`, url: null, text: more > 0 ? `… ${more} more in the console` : null,
    items: notices.slice(0, listedMax).map((notice) => ({ title: notice.title, customer: notice.customer?.name ?? null, url: url(notice) })),
  };
  return { asked: list, customerName: '', notice: content };
}

function pathOf({ kind, taskId, customer }: WaitingNotice): string {
  if (kind === 'approval-waiting') return '/approvals';
  if (taskId !== null) return `/tasks?task=${taskId}`;
  return customer ? `/customers/${customer.id}` : '/';
}

/** In the template's own language: the company's. Words that somebody has broken are replaced by the built-in ones, so that a notice is not lost for them. */
async function wordsOf(trx: Knex.Transaction, { asked, ...about }: About & Omit<MessageInput, 'template' | 'language' | 'customerName' | 'customer' | 'notice'>) {
  const own = (await publishedTemplates(trx, [asked])).get(asked);
  const fallback = builtin.get(asked) as MessageTemplate;
  for (const template of own && own.kind === 'internal' ? [own, fallback] : [fallback]) {
    try {
      return { template, rendered: await renderMessage({ ...about, template, language: template.defaultLanguage }) };
    } catch (error) {
      if (!(error instanceof TemplateError) || template === fallback) throw error;
    }
  }
  throw new Error(`There are no words for ${asked}.`);
}

async function offerMails(deps: MailDependencies): Promise<number> {
  const wallNow = deps.wallNow ?? Date.now;
  const mails = await takeNoticeMails(deps.knex, wallNow(), mailsAtOnce);
  for (const mail of mails) await settleNoticeMail(deps.knex, mail.id, wallNow(), await offer(deps, mail, wallNow()));
  return mails.length;
}

/** By the rule of messages: what may have been taken is offered again only while the provider knows its key, and looked up after that; where it cannot be, a person says whether it was sent. */
async function offer({ provider, random }: MailDependencies, mail: OfferedNoticeMail, wallNow: InstantMs): Promise<NoticeMailEnd> {
  const { fresh } = mail;
  if (fresh && provider.name !== mail.provider) return { state: 'failed', reason: `it was composed for ${mail.provider}, and the provider is now ${provider.name}` };
  const why = fresh ? null : forgotten(provider, mail, wallNow) ?? (wallNow - mail.writtenAt > givenUpMs ? 'it has been tried for days' : null);
  const signal = AbortSignal.timeout(callTimeoutMs);
  return endOf(why === null
    ? outcomeOfSend(provider, await provider.send({ idempotencyKey: mail.idempotencyKey, payload: mail.payload, from: mail.from, to: [mail.to] }, signal), mail, random)
    : await outcomeOfLookUp(provider, { messageId: mail.id, to: [mail.to], subject: mail.subject, text: mail.text, firstAttemptAt: mail.firstAttemptAt }, mail, why, { wallNow, signal, random }), wallNow - mail.writtenAt);
}

function endOf(outcome: Outcome, ageMs: number): NoticeMailEnd {
  switch (outcome.kind) {
    case 'taken': return { state: outcome.delivered ? 'delivered' : 'sent', providerId: outcome.providerId, reason: outcome.note };
    case 'refused': return { state: 'failed', reason: outcome.reason };
    case 'unknown': return { state: 'unknown', reason: outcome.reason };
    case 'again': return outcome.fresh && ageMs > givenUpMs ? { state: 'failed', reason: `it could not be sent for days: ${outcome.reason}` } : { state: 'again', afterMs: outcome.afterMs, fresh: outcome.fresh, reason: outcome.reason };
    default: return assertNever(outcome);
  }
}
