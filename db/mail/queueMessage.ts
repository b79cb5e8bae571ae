import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { isoInstant } from '../../domain/collection/decideTurn';
import type { ContactRole } from '../../domain/policy/types';
import type { MessageContent } from '../../domain/templates/content';
import { prepared } from '../prepared';
import { columnArrays, unnestOf } from '../rowArrays';

/**
 * What a message comes from. Those of a ladder are about steps, whose decisions refer to them. The others list what their customer owes, or nothing: what is
 * settled at hand-over leaves them, and one of which all is settled is cancelled, save a statement, which says how things stand. What is internal goes to one's own people.
 */
export type MessageSource = 'ladder' | 'segment' | 'statement' | 'campaign' | 'automation' | 'internal';

export interface QueuedMessage {
  /** A uuid; decisions refer to it as `message_id`. */
  id: string;
  /** A ladder's unless told. */
  source?: MessageSource;
  /** A business fact, never an attempt's number: 'inv-1/reference@1/overdue-7/1/email', 'campaign:year-end/cust-7/2'. */
  idempotencyKey: string;
  customerId: number;
  /** The template's name as in the policy. */
  template: string;
  language: string;
  /** Whose addresses: resolved here, without those that are suppressed. Where nobody has these roles, billing is written to; where nobody has that, whoever is there. */
  to: readonly ContactRole[];
  /** Of what is internal: one's own people, who are no contacts of the customer. */
  addresses?: readonly string[];
  attachInvoice: boolean;
  /** The customer's local date, when the message counts towards spacing. */
  contactOn: LocalDate | null;
  /** The ledger version on which it was authorised. */
  ledgerVersion: number;
  /** On the deployment's clock. */
  queuedAt: InstantMs;
  /** What it is about: the invoice that leads first. Where no ladder's step is meant, `step` names what is, such as the campaign's step. */
  invoices: readonly { invoiceId: number; step: string }[];
  /** What its template tells beyond the ledger, for templates of the kinds segment, statement and campaign. */
  content?: MessageContent;
}

/** Queues one message. See queueMessages. */
export function queueMessage(trx: Knex.Transaction, message: QueuedMessage): Promise<void> {
  return queueMessages(trx, [message]);
}

/**
 * Queues messages in the transaction that authorised them. A key that is queued already changes nothing. They are put into words when they are
 * handed over, from the ledger as it is then.
 */
export async function queueMessages(trx: Knex.Transaction, messages: readonly QueuedMessage[]): Promise<void> {
  if (!messages.length) return;
  const queued = messages.map((message) => ({
    id: message.id,
    source: message.source ?? 'ladder',
    key: message.idempotencyKey,
    customer_id: message.customerId,
    lead_id: message.invoices[0]?.invoiceId ?? null,
    template: message.template,
    language: message.language,
    roles: message.to.join(),
    addresses: message.addresses ? JSON.stringify(message.addresses) : null,
    attach: message.attachInvoice,
    contact_on: message.contactOn,
    version: message.ledgerVersion,
    queued_at: isoInstant(message.queuedAt),
    content: JSON.stringify(message.content ?? {}),
  }));
  const about = messages.flatMap(({ id, invoices }) => invoices.map(({ invoiceId, step }) => ({ message_id: id, invoice_id: invoiceId, step })));
  await prepared(trx, queueSql, { ...columnArrays(messageColumns, queued), ...columnArrays(aboutColumns, about) });
}

const messageColumns = {
  id: 'uuid', source: 'text', key: 'text', customer_id: 'bigint', lead_id: 'bigint', template: 'text', language: 'text', roles: 'text', addresses: 'jsonb', attach: 'boolean', contact_on: 'date', version: 'bigint', queued_at: 'timestamptz', content: 'jsonb',
};
const aboutColumns = { message_id: 'uuid', invoice_id: 'bigint', step: 'text' };

/** The addresses of a customer's contacts of these roles, else of its billing contacts, else of whoever is there; without those that are suppressed. */
export async function addressesOfRoles(trx: Knex.Transaction, customerId: number, roles: readonly ContactRole[]): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { emails: string[] }[] }>(`SELECT ${addressesSql} AS emails FROM (SELECT ?::bigint AS customer_id, ?::text AS roles) m`, [customerId, roles.join()]);
  return rows[0]!.emails;
}

function addressesOf(whose: string): string {
  return `(SELECT array_agg(DISTINCT c.email) FROM contacts c
       WHERE c.customer_id = m.customer_id AND ${whose} AND NOT EXISTS (SELECT 1 FROM suppressed_addresses s WHERE s.email = lower(c.email)))`;
}

const addressesSql = `coalesce(${addressesOf("c.role = ANY (string_to_array(m.roles, ','))")}, ${addressesOf("c.role = 'billing'")}, ${addressesOf('true')}, '{}')`;

/** Addresses are looked for only as far as nobody has been found, and once for all messages of a customer to the same roles. */
const queueSql = `
  WITH whom AS MATERIALIZED (
    SELECT m.customer_id, m.roles, ${addressesSql} AS emails
    FROM (SELECT DISTINCT customer_id, roles FROM unnest(:customer_id::bigint[], :roles::text[], :addresses::jsonb[]) AS w (customer_id, roles, addresses) WHERE addresses IS NULL) m
  ), queued AS (
    INSERT INTO messages (id, source, idempotency_key, customer_id, invoice_id, template, language, to_addresses, attach_invoice, contact_on, ledger_version, queued_at, content)
    SELECT m.id, m.source, m.key, m.customer_id, m.lead_id, m.template, m.language,
      CASE WHEN m.addresses IS NOT NULL THEN ARRAY(SELECT jsonb_array_elements_text(m.addresses)) ELSE w.emails END,
      m.attach, m.contact_on, m.version, m.queued_at, m.content
    FROM ${unnestOf(messageColumns, 'm')} LEFT JOIN whom w ON m.addresses IS NULL AND w.customer_id = m.customer_id AND w.roles = m.roles
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
  )
  INSERT INTO message_invoices (message_id, invoice_id, step)
  SELECT i.message_id, i.invoice_id, i.step FROM ${unnestOf(aboutColumns, 'i')} JOIN queued q ON q.id = i.message_id
  ON CONFLICT DO NOTHING`;
