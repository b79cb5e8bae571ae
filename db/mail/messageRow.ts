import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { CustomValue } from '../../domain/collection/facts';
import type { MessageContent } from '../../domain/templates/content';
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
  content: MessageContent;
}

/** The customer as it is read in the same breath. */
export interface MessageCustomer {
  id: number;
  external_id: string;
  name: string;
  time_zone: string;
  country: string | null;
  region: string | null;
  do_not_contact: boolean;
  paused: boolean;
  paused_until: Date | null;
  ledger_version: number;
  tier: string | null;
  business_unit: string | null;
  terms_days: number | null;
  custom: Record<string, CustomValue>;
}

const messageColumns = [
  'id', 'source', 'idempotency_key', 'customer_id', 'invoice_id', 'template', 'language', 'from_address', 'to_addresses', 'subject', 'body_text', 'payload', 'attach_invoice',
  'state', 'provider', 'provider_id', 'attempts', 'first_attempt_at', 'last_attempt_at', 'contact_on', 'queued_at', 'content',
] as const satisfies readonly (keyof MessageRow)[];

/** A message and its customer, locked. */
export interface LockedMessage {
  message: MessageRow;
  customer: MessageCustomer;
}

/**
 * Locks messages, and their customers' ledgers against change while they are read: first the customers, as everyone does who takes both, each in the order of
 * ids. As whoever changes a ledger does it, since what is taken out of a message changes one. Those that do not exist are left out.
 */
export async function lockMessages(trx: Knex.Transaction, messageIds: readonly string[]): Promise<Map<string, LockedMessage>> {
  // A stop holds back what is about no invoice, such as a statement, as a pause without an end does.
  const customers = await trx('customers')
    .whereRaw('id IN (SELECT customer_id FROM messages WHERE id = ANY(?))', [[...messageIds]])
    .orderBy('id')
    .forNoKeyUpdate()
    .select<MessageCustomer[]>('id', 'name', 'time_zone', 'country', 'region', 'do_not_contact', trx.raw('(paused OR stopped) AS paused'), trx.raw('CASE WHEN NOT stopped THEN paused_until END AS paused_until'), 'ledger_version', 'external_id', 'tier', 'business_unit', 'terms_days', 'custom');
  const messages = await trx<MessageRow>('messages').whereRaw('id = ANY(?)', [[...messageIds]]).orderBy('id').forUpdate().select<MessageRow[]>([...messageColumns]);
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return new Map(messages.flatMap((message): [string, LockedMessage][] => {
    const customer = byId.get(message.customer_id);
    return customer ? [[message.id, { message, customer }]] : [];
  }));
}
