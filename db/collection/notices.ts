import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { policyVersionName } from '../../domain/collection/decideTurn';
import type { Decision } from '../../domain/collection/decision';
import type { Action } from '../../domain/policy/types';
import { wordTask } from '../../domain/task/wording';
import { colleagueAddresses, noticeLanguages } from '../mail/colleagues';
import { queueMessages, type QueuedMessage } from '../mail/queueMessage';
import { readSubjects, subjectOf } from '../work/subjects';
import type { Decided } from './decisions';
import { effectKey } from './keys';

/** One email to one's own leadership, about one invoice or about those of a customer of which the same is to be said. */
interface Notice {
  decisions: Decided[];
  customerId: number;
  effect: Extract<Action, { kind: 'leadership' }>;
  to: Extract<Action, { kind: 'leadership' }>['to'];
  title: string;
  text: string | null;
}

/** Queues the emails to one's own leadership that steps call for, and answers which decision is carried by which message. None of them is a contact of the customer. */
export async function queueNotices(trx: Knex.Transaction, made: readonly Decided[]): Promise<ReadonlyMap<Decision, string>> {
  const notices = await noticesOf(trx, made);
  const addresses = await colleagueAddresses(trx, notices);
  const languages = await noticeLanguages(trx, addresses);
  const carriedBy = new Map<Decision, string>();
  await queueMessages(trx, notices.map(({ decisions, customerId, effect, title, text }, position): QueuedMessage => {
    const id = randomUUID();
    const [{ decision: first }] = decisions as [Decided, ...Decided[]];
    for (const { decision } of decisions) carriedBy.set(decision, id);
    return {
      id, source: 'internal', idempotencyKey: effectKey(first), customerId, template: effect.template, language: languages[position]!, to: [], addresses: addresses[position] ?? [], attachInvoice: false, contactOn: null,
      ledgerVersion: first.customer.ledgerVersion, queuedAt: first.at, content: { notice: { title, text, url: null } },
      invoices: decisions.map(({ decision, collected }) => ({ invoiceId: collected.invoiceId, step: decision.step })),
    };
  }));
  return carriedBy;
}

async function noticesOf(trx: Knex.Transaction, made: readonly Decided[]): Promise<Notice[]> {
  const asked = made.flatMap((each) => (each.decision.outcome === 'executed' && each.decision.effect?.kind === 'leadership' ? [{ each, effect: each.decision.effect }] : []));
  if (asked.length === 0) return [];
  const subjects = await readSubjects(trx, asked.map(({ each: { collected } }) => collected));
  const notices = new Map<string, Notice>();
  for (const { each, effect } of asked) {
    const { decision, collected: { customerId, invoiceId } } = each;
    const subject = subjectOf({ customerId, invoiceId, at: decision.at }, subjects);
    const title = wordTask(effect.title, subject);
    const text = effect.text === null ? null : wordTask(effect.text, subject);
    const key = JSON.stringify([customerId, policyVersionName(decision.policy), decision.step, title, text]);
    const notice = notices.get(key);
    if (notice) notice.decisions.push(each);
    else notices.set(key, { decisions: [each], customerId, effect, to: effect.to, title, text });
  }
  return [...notices.values()];
}
