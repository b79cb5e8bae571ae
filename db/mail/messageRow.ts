import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { MessageSource } from './queueMessage';
import type { MessageState } from './states';

/** A message as hand-over needs it. */
export interface MessageRow {
  id: string;
  source: MessageSource;
  idempotency_key: string;
  customer_id: number;
  invoice_id: number | null;
  template: string;
  language: string;
  from_address: string | null;
  to_addresses: string[];
  subject: string | null;
  body_text: string | null;
  payload: string | null;
  attach_invoice: boolean;
  state: MessageState;
  provider: string | null;
  provider_id: string | null;
  attempts: number;
  first_attempt_at: Date | null;
  last_attempt_at: Date | null;
  contact_on: LocalDate | null;
  queued_at: Date;
}

/** The customer as it is read in the same breath. */
export interface MessageCustomer {
  id: number;
  name: string;
  time_zone: string;
  country: string | null;
  region: string | null;
  do_not_contact: boolean;
  paused: boolean;
  paused_until: Date | null;
  ledger_version: number;
}

const messageColumns = [
  'id', 'source', 'idempotency_key', 'customer_id', 'invoice_id', 'template', 'language', 'from_address', 'to_addresses', 'subject', 'body_text', 'payload', 'attach_invoice',
  'state', 'provider', 'provider_id', 'attempts', 'first_attempt_at', 'last_attempt_at', 'contact_on', 'queued_at',
] as const satisfies readonly (keyof MessageRow)[];

/**
 * Locks a message, and its customer's ledger against change while it is read: first the customer, as everyone does who takes both.
 * Null when there is no such message.
 */
export async function lockMessage(trx: Knex.Transaction, messageId: string): Promise<{ message: MessageRow; customer: MessageCustomer } | null> {
  const customer = await trx<MessageCustomer>('customers')
    .whereRaw('id = (SELECT customer_id FROM messages WHERE id = ?)', [messageId])
    .forShare()
    .first('id', 'name', 'time_zone', 'country', 'region', 'do_not_contact', 'paused', 'paused_until', 'ledger_version');
  if (!customer) return null;
  const message = await trx<MessageRow>('messages').where({ id: messageId }).forUpdate().first<MessageRow | undefined>([...messageColumns]);
  return message ? { message, customer } : null;
}
