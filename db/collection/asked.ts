import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import { claimsWithin } from '../../domain/collection/claims';
import { noClaims, type Claims, type CustomerFacts, type InvoiceFacts, type Owed, type PromiseOnRecord } from '../../domain/collection/facts';
import type { AskedFact } from '../../domain/condition/catalogue';
import { prepared } from '../prepared';
import type { CustomersMoney } from './money';

/** The facts that are read only where a condition asks for them, by customer and by invoice; what nobody asked for is not there. */
export interface AskedFacts {
  of: (customerId: number) => Pick<CustomerFacts, 'owes' | 'promises' | 'lastReplyOn'>;
  ofInvoice: (invoiceId: number) => Pick<InvoiceFacts, 'contactsOn'>;
}

/** Reads them as sets. `money` and `claims`: of those customers. */
export async function readAsked(db: Knex, customerIds: readonly number[], asked: ReadonlySet<AskedFact>, money: CustomersMoney, claims: ReadonlyMap<number, Claims>): Promise<AskedFacts> {
  const owed = asked.has('owes') ? await readOwed(db, customerIds, claims) : null;
  const promises = asked.has('promises') ? await readPromises(db, customerIds) : null;
  const replies = asked.has('reply') ? await readReplies(db, customerIds) : null;
  const contacts = asked.has('contacts') ? await readContacts(db, customerIds) : null;
  return {
    of: (id) => ({
      ...(owed ? { owes: { open: owed.get(id) ?? [], unapplied: money.unappliedOf(id) } } : {}),
      ...(promises ? { promises: promises.get(id) ?? [] } : {}),
      ...(replies ? { lastReplyOn: replies.get(id) ?? null } : {}),
    }),
    ofInvoice: (id) => (contacts ? { contactsOn: contacts.get(id) ?? [] } : {}),
  };
}

async function readOwed(db: Knex, customerIds: readonly number[], claims: ReadonlyMap<number, Claims>): Promise<Map<number, Owed[]>> {
  const { rows } = await prepared<{ customer_id: number; id: number; currency: string; due_on: LocalDate; open_minor: number }>(db,
    'SELECT customer_id, id, currency, due_on, open_minor FROM invoices WHERE customer_id = ANY(?) AND open_minor > 0', [[...customerIds]]);
  return grouped(rows.map(({ customer_id, id, currency, due_on, open_minor }) => {
    const { promisedMinor, disputedMinor } = claimsWithin(open_minor, claims.get(id) ?? noClaims);
    return [customer_id, { currency, dueOn: due_on, openMinor: open_minor, promisedMinor, disputedMinor }];
  }));
}

async function readPromises(db: Knex, customerIds: readonly number[]): Promise<Map<number, PromiseOnRecord[]>> {
  const { rows } = await prepared<{ customer_id: number } & PromiseOnRecord>(db,
    `SELECT customer_id, promised_on AS on, CASE state WHEN 'partly-kept' THEN 'broken' ELSE state END AS state
     FROM promises WHERE customer_id = ANY(?) AND withdrawn_at IS NULL AND superseded_by IS NULL AND state IN ('pending', 'kept', 'partly-kept', 'broken')`, [[...customerIds]]);
  return grouped(rows.map(({ customer_id, on, state }) => [customer_id, { on, state }]));
}

async function readReplies(db: Knex, customerIds: readonly number[]): Promise<Map<number, LocalDate>> {
  const { rows } = await prepared<{ customer_id: number; last_reply_on: LocalDate }>(db,
    `SELECT r.customer_id, (max(r.received_at) AT TIME ZONE c.time_zone)::date AS last_reply_on
     FROM replies r JOIN customers c ON c.id = r.customer_id WHERE r.customer_id = ANY(?) AND r.automatic IS NULL GROUP BY r.customer_id, c.time_zone`, [[...customerIds]]);
  return new Map(rows.map(({ customer_id, last_reply_on }) => [customer_id, last_reply_on]));
}

/** One message may be about several steps of an invoice. */
async function readContacts(db: Knex, customerIds: readonly number[]): Promise<Map<number, LocalDate[]>> {
  const { rows } = await prepared<{ invoice_id: number; contact_on: LocalDate }>(db,
    `SELECT DISTINCT l.invoice_id, m.id, m.contact_on FROM messages m JOIN message_invoices l ON l.message_id = m.id
     WHERE m.customer_id = ANY(?) AND m.contact_on IS NOT NULL AND m.state <> 'cancelled'`, [[...customerIds]]);
  return grouped(rows.map(({ invoice_id, contact_on }) => [invoice_id, contact_on]));
}

function grouped<T>(pairs: readonly (readonly [number, T])[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const [id, each] of pairs) {
    const group = groups.get(id);
    if (group) group.push(each);
    else groups.set(id, [each]);
  }
  return groups;
}
