import type { Knex } from 'knex';
import { assertNever } from '../../domain/assertNever';
import { addDays, type InstantMs } from '../../domain/calendar/dates';
import type { SegmentAction } from '../../domain/segment/types';
import { queueStatements, type NewStatement } from '../statements/statements';
import { queueMessages, type QueuedMessage } from '../mail/queueMessage';
import { raiseNotices, type NewNotice } from '../work/raiseNotices';
import { raiseTasks, taskWanted, type NewTask } from '../work/raiseTasks';
import type { MemberDecided } from './decideMembers';

/** A decision with the id that its email has, should it send one. */
export interface DecidedMember extends MemberDecided {
  messageId: string;
}

interface OfRun {
  segment: { id: number; key: string; title: string };
  /** The run's number. */
  number: number;
  /** All that the run does: an action is known by its place there. */
  actions: readonly SegmentAction[];
  now: InstantMs;
}

/**
 * Does what was decided for some members: queues emails, raises tasks and notifications. Each is keyed by the run, the customer and the action, so that it comes about once, also
 * where a member is decided on again because its email had to wait. Answers the messages.
 */
export async function actOnMembers(trx: Knex.Transaction, of: OfRun, decided: readonly DecidedMember[]): Promise<string[]> {
  const messages: QueuedMessage[] = [];
  const statements: NewStatement[] = [];
  const tasks: NewTask[] = [];
  const notices: NewNotice[] = [];
  for (const member of decided) {
    const { account: { customerId, facts }, decision } = member;
    if (decision.kind === 'suppress') continue;
    const key = `segment:${of.segment.key}/run-${of.number}/${facts.customer.externalId}`;
    for (const action of decision.actions) {
      const actionKey = `${key}/${of.actions.indexOf(action) + 1}-${action.kind}`;
      switch (action.kind) {
        case 'email': messages.push(emailTo(member, action, decision.invoices.map(({ id }) => Number(id)), key, of)); break;
        case 'statement': statements.push(statementTo(member, action, key, of)); break;
        case 'task': tasks.push({
          key: actionKey, ...taskWanted(action), customerId, invoiceId: null, dueOn: addDays(facts.today, action.dueInDays), at: of.now,
        }); break;
        case 'notify': notices.push({ key: actionKey, customerId, invoiceId: null, audience: action.audience, title: action.title, at: of.now }); break;
        default: assertNever(action);
      }
    }
  }
  await queueMessages(trx, messages);
  await queueStatements(trx, statements, of.now);
  await raiseTasks(trx, tasks);
  await raiseNotices(trx, notices);
  return [...messages.map(({ id }) => id), ...statements.map(({ messageId }) => messageId)];
}

function statementTo({ account: { customerId, facts: { customer } }, statement, messageId }: DecidedMember, { template, to }: { template: string; to: QueuedMessage['to'] }, key: string, { segment }: OfRun): NewStatement {
  if (!statement) throw new Error(`A run of the segment ${segment.key} sends statements, but none was written for ${customer.externalId}.`);
  return { messageId, key: `${key}/statement`, customerId, language: customer.language, template, to, ledgerVersion: customer.ledgerVersion, content: statement, segmentId: segment.id, askedBy: null };
}

function emailTo({ account: { customerId, facts: { customer, today } }, messageId }: DecidedMember, action: { template: string; to: QueuedMessage['to'] }, invoiceIds: readonly number[], key: string, { segment, now }: OfRun): QueuedMessage {
  return {
    id: messageId, source: 'segment', idempotencyKey: key, customerId, template: action.template, language: customer.language, to: action.to, attachInvoice: false, contactOn: today,
    ledgerVersion: customer.ledgerVersion, queuedAt: now, invoices: invoiceIds.map((invoiceId) => ({ invoiceId, step: `segment:${segment.key}` })), content: { segment: { name: segment.title } },
  };
}
