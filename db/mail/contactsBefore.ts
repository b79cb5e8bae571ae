import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { CustomerFacts, InvoiceFacts } from '../../domain/collection/facts';
import { contactsKept } from '../../domain/contact/history';

interface Contact {
  on: LocalDate;
  /** The invoices that it was about. */
  invoices: readonly number[];
}

/** The contacts that counted before messages were decided on, by message, the newest first: what is decided on is not the reason why it must not be sent. */
export async function readContactsBefore(trx: Knex.Transaction, messageIds: readonly string[]): Promise<Map<string, Contact[]>> {
  const before = new Map(messageIds.map((id): [string, Contact[]] => [id, []]));
  if (messageIds.length === 0) return before;
  const { rows } = await trx.raw<{ rows: ({ id: string } & Contact)[] }>(
    `SELECT b.id, t.contact_on AS "on", ARRAY(SELECT l.invoice_id::integer FROM message_invoices l WHERE l.message_id = t.id) AS invoices
     FROM messages b JOIN messages t ON t.customer_id = b.customer_id AND t.contact_on IS NOT NULL AND t.state <> 'cancelled' AND t.queued_at < b.queued_at
     WHERE b.id = ANY(?) ORDER BY b.id, t.contact_on DESC`, [[...messageIds]]);
  for (const { id, on, invoices } of rows) before.get(id)?.push({ on, invoices });
  return before;
}

/** A customer as it was when it was decided, as far as contacts go. */
export function asContacted(customer: CustomerFacts, contacts: readonly Contact[]): CustomerFacts {
  return { ...customer, lastContactOn: contacts[0]?.on ?? null, contactsOn: contacts.slice(0, contactsKept).map(({ on }) => on) };
}

/** The same for an invoice. */
export function asWrittenAbout(invoice: InvoiceFacts, invoiceId: number, contacts: readonly Contact[]): InvoiceFacts {
  return { ...invoice, contactsOn: contacts.filter(({ invoices }) => invoices.includes(invoiceId)).map(({ on }) => on) };
}
