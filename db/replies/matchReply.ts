import type { Knex } from 'knex';
import { isKnownSender } from '../../domain/reply/knownSender';

/** What is known of a mail before it is attached. */
export interface ReplyTraces {
  /** The message that a token in the recipients names. */
  byAddress: string | null;
  /** The message that a token in References names. */
  byReference: string | null;
  /** References as they are: a mail server's own Message-IDs are in the send ledger. */
  references: readonly string[];
  fromAddress: string;
}

export interface ReplyMatch {
  customerId: number | null;
  messageId: string | null;
  matchedBy: 'address' | 'references' | 'sender' | null;
  invoiceIds: number[];
  /** Whether the sender's address is one of the customer, or of its company; null without a customer. */
  senderKnown: boolean | null;
  /** The text of the message that it answers, as it was sent. */
  answered: string | null;
}

interface Thread {
  id: string;
  customer_id: number;
  to_addresses: string[];
  body_text: string | null;
}

/**
 * Finds what a mail answers: by the token in the address that it was sent to, by what it refers to, or else by its sender, if exactly one customer has that address.
 * A sender's address proves nothing: what is matched by it alone waits for a person, and so does what somebody else writes in a customer's thread.
 */
export async function matchReply(trx: Knex.Transaction, traces: ReplyTraces): Promise<ReplyMatch> {
  const byAddress = await findThread(trx, traces.byAddress);
  const thread = byAddress ?? (await findThread(trx, traces.byReference)) ?? (await findByProviderId(trx, traces.references));
  if (thread) {
    const senderKnown = isKnownSender(traces.fromAddress, [...thread.to_addresses, ...(await contactsOf(trx, thread.customer_id))]);
    return { customerId: thread.customer_id, messageId: thread.id, matchedBy: byAddress ? 'address' : 'references', invoiceIds: await invoicesOf(trx, thread.id), senderKnown, answered: thread.body_text };
  }
  const { rows: customers } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT DISTINCT customer_id FROM contacts WHERE lower(email) = lower(?) LIMIT 2', [traces.fromAddress]);
  const [customer] = customers;
  if (!customer || customers.length > 1) return { customerId: null, messageId: null, matchedBy: null, invoiceIds: [], senderKnown: null, answered: null };
  return { customerId: customer.customer_id, messageId: null, matchedBy: 'sender', invoiceIds: await openInvoicesOf(trx, customer.customer_id), senderKnown: true, answered: null };
}

function contactsOf(trx: Knex.Transaction, customerId: number): Promise<string[]> {
  return trx('contacts').where({ customer_id: customerId }).pluck('email');
}

const threadColumns = ['id', 'customer_id', 'to_addresses', 'body_text'] as const;

async function findThread(trx: Knex.Transaction, messageId: string | null): Promise<Thread | null> {
  return messageId === null ? null : (await trx('messages').where({ id: messageId }).whereNot({ source: 'internal' }).first<Thread | undefined>(...threadColumns)) ?? null;
}

async function findByProviderId(trx: Knex.Transaction, references: readonly string[]): Promise<Thread | null> {
  if (references.length === 0) return null;
  return (await trx('messages').whereIn('provider_id', [...references]).whereNot({ source: 'internal' }).orderBy('queued_at', 'desc').first<Thread | undefined>(...threadColumns)) ?? null;
}

async function invoicesOf(trx: Knex.Transaction, messageId: string): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { id: number }[] }>('SELECT DISTINCT invoice_id AS id FROM message_invoices WHERE message_id = ? ORDER BY 1', [messageId]);
  return rows.map(({ id }) => id);
}

/** All that a customer owes: at most as many as a person would look through. */
export async function openInvoicesOf(trx: Knex.Transaction, customerId: number): Promise<number[]> {
  const { rows } = await trx.raw<{ rows: { id: number }[] }>(`SELECT id FROM invoices WHERE customer_id = ? AND open_minor > 0 AND document_state = 'issued' ORDER BY due_on, id LIMIT 500`, [customerId]);
  return rows.map(({ id }) => id);
}
