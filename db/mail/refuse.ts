import type { Knex } from 'knex';
import { isClosing } from '../../domain/collection/progress';
import { recipientsOfSteps } from '../../domain/collection/escalation';
import type { Action, Policy } from '../../domain/policy/types';
import { touchLedger } from '../ledger/touch';
import { readAddresses, type Addresses } from './content';
import type { MessageRow } from './messageRow';
import { addressesOfRoles } from './queueMessage';
import type { StandingItem } from './standing';

/** A step of an invoice that leaves its message: the decision is put right, in place. */
type RefusedItem = StandingItem & { refusal: NonNullable<StandingItem['refusal']> };

export function isRefused(item: StandingItem): item is RefusedItem {
  return item.refusal !== null;
}

/** Turns the decisions behind refused items into suppressed ones, saying why. */
export async function suppressDecisions(trx: Knex.Transaction, { id: messageId, customer_id: customerId }: Pick<MessageRow, 'id' | 'customer_id'>, items: readonly RefusedItem[]): Promise<void> {
  if (!items.length) return;
  await trx.raw(
    `UPDATE decisions d SET outcome = 'suppressed', reason_code = r.code, reason = r.reason, covered_by = NULL
     FROM jsonb_to_recordset(?::jsonb) AS r (invoice_id bigint, step text, code text, reason text)
     WHERE d.message_id = ? AND d.invoice_id = r.invoice_id AND d.step = r.step AND d.outcome IN ('executed', 'covered')`,
    [JSON.stringify(items.map(({ invoiceId, step, refusal }) => ({ invoice_id: invoiceId, step, code: refusal.code, reason: refusal.reason }))), messageId],
  );
  // What comes again has to be planned again.
  const invoiceIds = [...new Set(items.filter(({ refusal }) => isClosing(refusal.code)).map(({ invoiceId }) => invoiceId))];
  if (invoiceIds.length > 0) await touchLedger(trx, [{ customerId, invoiceIds, kind: 'message.taken-back' }]);
}

/**
 * Takes refused items out of a message that still has others. When the one that led is among them, the first that stands leads from
 * here: the message takes its template, and the decisions say so.
 */
export async function dropItems(trx: Knex.Transaction, message: MessageRow, refused: readonly RefusedItem[], standing: readonly StandingItem[]): Promise<MessageRow> {
  if (!refused.length) return message;
  await suppressDecisions(trx, message, refused);
  await trx.raw(
    `DELETE FROM message_invoices mi USING jsonb_to_recordset(?::jsonb) AS r (invoice_id bigint, step text)
     WHERE mi.message_id = ? AND mi.invoice_id = r.invoice_id AND mi.step = r.step`,
    [JSON.stringify(refused.map(({ invoiceId, step }) => ({ invoice_id: invoiceId, step }))), message.id],
  );
  const [lead] = standing;
  if (message.source !== 'ladder') return lead ? led(trx, message, { invoice_id: lead.invoiceId }) : message;
  const stillLed = await trx('decisions').where({ message_id: message.id, outcome: 'executed' }).first('id');
  if (stillLed || !lead) return message;

  await trx('decisions')
    .where({ message_id: message.id, invoice_id: lead.invoiceId, step: lead.step, outcome: 'covered' })
    .update({ outcome: 'executed', reason_code: 'due', reason: 'leads the message since what led it was settled before hand-over', covered_by: null });
  await trx('decisions').where({ message_id: message.id, outcome: 'covered' }).update({ covered_by: `${lead.invoiceExternalId}/${lead.step}` });
  const email = emailOf(lead.policy, lead.step);
  const change = { invoice_id: lead.invoiceId, template: email?.template ?? message.template, attach_invoice: email?.attachInvoice ?? message.attach_invoice };
  return led(trx, message, change);
}

/**
 * Where a ladder's message goes once some of it has left: to those whom the first that stands names, with the escalation contacts where any that stands is escalated, so
 * that nobody gets what is left of a letter that was meant for others.
 */
export async function readdress(trx: Knex.Transaction, message: MessageRow, standing: readonly StandingItem[]): Promise<Addresses | undefined> {
  const emails = message.source === 'ladder' ? standing.flatMap(({ action, policy, step }) => (policy ? [{ action, policy, step, to: emailOf(policy, step)?.to ?? [] }] : [])) : [];
  const roles = recipientsOfSteps(emails);
  const to_addresses = roles.length > 0 ? await addressesOfRoles(trx, message.customer_id, roles) : message.to_addresses;
  return (await readAddresses(trx, [{ ...message, to_addresses }])).get(message.id);
}

function emailOf(policy: Policy | null, id: string): Extract<Action, { kind: 'email' }> | undefined {
  return policy?.steps.find((step) => step.id === id)?.actions.find((action) => action.kind === 'email');
}

async function led(trx: Knex.Transaction, message: MessageRow, change: Pick<MessageRow, 'invoice_id'> & Partial<MessageRow>): Promise<MessageRow> {
  await trx('messages').where({ id: message.id }).update(change);
  return { ...message, ...change };
}
