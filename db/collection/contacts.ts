import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Contact, Decision } from '../../domain/collection/decision';
import { recipientsOf } from '../../domain/collection/escalation';
import { queueMessages, type QueuedMessage } from '../mail/queueMessage';
import type { Decided } from './decisions';
import type { CustomerLedger } from './facts';
import { effectKey } from './keys';
import type { LedgerTurn } from './recordTurn';

/** Queues one message for each contact of these turns, whose decisions are `made`, and answers which decision is carried by which message. */
export async function queueContacts(trx: Knex.Transaction, turns: readonly LedgerTurn[], made: readonly Decided[]): Promise<Map<Decision, string>> {
  const invoiceIds = new Map(made.map(({ decision, collected }) => [decision, collected.invoiceId]));
  const carriedBy = new Map<Decision, string>();
  const contacts = turns.flatMap(({ ledger, turn }) => turn.contacts.map((contact) => ({ ledger, contact })));
  const messages = contacts.map(({ ledger, contact }): QueuedMessage => {
    const id = randomUUID();
    const decisions = [contact.lead, ...contact.covered];
    for (const decision of decisions) carriedBy.set(decision, id);
    return message(id, contact, decisions, ledger, invoiceIds);
  });
  await queueMessages(trx, messages);
  return carriedBy;
}

function message(id: string, { lead, contactOn }: Contact, decisions: readonly Decision[], ledger: CustomerLedger, invoiceIds: ReadonlyMap<Decision, number>): QueuedMessage {
  const { customer, effect } = lead;
  if (effect?.kind !== 'email') throw new Error(`The step ${lead.step} of invoice ${lead.invoice.externalId} leads a contact without an email.`);
  return {
    id,
    idempotencyKey: effectKey(lead),
    customerId: ledger.customerId,
    template: effect.template,
    language: customer.language,
    to: recipientsOf(decisions),
    attachInvoice: decisions.some((decision) => decision.effect?.kind === 'email' && decision.effect.attachInvoice),
    contactOn,
    ledgerVersion: customer.ledgerVersion,
    queuedAt: lead.at,
    invoices: decisions.map((decision) => ({ invoiceId: invoiceIds.get(decision)!, step: decision.step })),
  };
}
