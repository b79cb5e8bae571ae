import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';
import type { CustomValue } from '../../domain/collection/facts';
import { discountToTell } from '../../domain/discount/discount';
import type { MessageRow } from './messageRow';
import { claimsWithin } from '../../domain/collection/claims';
import { noClaims } from '../../domain/collection/facts';
import { readClaims } from '../collection/claims';
import { readOffers, standingOf } from '../discounts';
import { nowSql } from '../readmodels/clockSql';

/** What a message tells of an invoice, as the ledger has it now. */
export interface InvoiceContent {
  id: number;
  number: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  openMinor: number;
  custom: Record<string, CustomValue>;
  /** Late fees and interest that are neither paid nor waived; not in what is open. */
  chargesMinor: number;
  /** What is taken off for paying until a day, where something is offered. */
  discount: { amountMinor: number; lastDay: LocalDate } | null;
  lines: { description: string; quantity: string; amountMinor: number }[];
  document: { fileName: string; contentType: string; contentBase64: string } | null;
}

/** An invoice as a message asks for it: `openMinor` is what is asked for, without what the customer disputes or has promised. */
export interface DueContent extends InvoiceContent {
  disputedMinor: number;
  promisedMinor: number;
}

/** Reads invoices of these customers for messages, in the order of the ids. */
export async function readDueContents(trx: Knex.Transaction, customerIds: readonly number[], invoiceIds: readonly number[], documentsOf: readonly number[]): Promise<DueContent[]> {
  if (invoiceIds.length === 0) return [];
  const claims = await readClaims(trx, customerIds);
  return (await readInvoiceContents(trx, invoiceIds, documentsOf)).map((invoice) => {
    const { disputedMinor, promisedMinor } = claimsWithin(invoice.openMinor, claims.get(invoice.id) ?? noClaims);
    // What is promised is not asked for: to pay the rest does not meet the offer yet, so nothing is said of it.
    const discount = promisedMinor > 0 ? null : invoice.discount;
    return { ...invoice, openMinor: invoice.openMinor - disputedMinor - promisedMinor, disputedMinor, promisedMinor, discount };
  });
}

interface Row extends Omit<InvoiceContent, 'document' | 'discount'> {
  offered: boolean;
  file_name: string | null;
  content_type: string | null;
  content: Buffer | null;
}

/** Reads invoices with their lines, and the stored documents of those whose document is wanted, in the order of the ids. */
export async function readInvoiceContents(trx: Knex.Transaction, invoiceIds: readonly number[], documentsOf: readonly number[]): Promise<InvoiceContent[]> {
  if (invoiceIds.length === 0) return [];
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT i.id, i.number, i.issued_on AS "issuedOn", i.due_on AS "dueOn", i.currency, i.total_minor AS "totalMinor", i.open_minor AS "openMinor", i.custom,
       coalesce((SELECT sum(h.open_minor) FROM charges h WHERE h.invoice_id = i.id), 0)::bigint AS "chargesMinor",
       EXISTS (SELECT FROM discount_offers o WHERE o.invoice_id = i.id AND o.withdrawn_at IS NULL AND o.expires_at > ${nowSql}) AS offered,
       coalesce((SELECT json_agg(json_build_object('description', l.description, 'quantity', l.quantity::text, 'amountMinor', l.amount_minor) ORDER BY l.line)
                 FROM invoice_lines l WHERE l.invoice_id = i.id), '[]') AS lines,
       d.file_name, d.content_type, d.content
     FROM unnest(?::bigint[]) WITH ORDINALITY AS wanted (id, position)
     JOIN invoices i ON i.id = wanted.id
     LEFT JOIN invoice_documents d ON d.invoice_id = i.id AND i.id = ANY(?)
     ORDER BY wanted.position`,
    [[...invoiceIds], [...documentsOf]],
  );
  const discounts = await readDiscounts(trx, rows.filter(({ offered }) => offered).map(({ id }) => id));
  return rows.map(({ file_name, content_type, content, offered: _offered, ...invoice }) => ({
    ...invoice,
    discount: discounts.get(invoice.id) ?? null,
    document: file_name && content_type && content ? { fileName: file_name, contentType: content_type, contentBase64: content.toString('base64') } : null,
  }));
}

/** What the offer made last says, of those that hold still. */
async function readDiscounts(trx: Knex.Transaction, invoiceIds: readonly number[]): Promise<Map<number, NonNullable<InvoiceContent['discount']>>> {
  const told = (await readOffers(trx, invoiceIds)).filter(({ holds }) => holds)
    .map((offer) => [offer.invoiceId, { amountMinor: discountToTell(standingOf(offer), offer), lastDay: offer.lastDay }] as const);
  return new Map(told.filter(([, { amountMinor }]) => amountMinor > 0));
}

/** Resend takes no more recipients in a message. */
const recipientsMax = 50;
/** One plain address: nothing in it that a header or an SMTP command could read as more. */
const plainAddress = /^[^\s<>()[\]",;:@]+@[^\s<>()[\]",;:@]+$/;

/** Where a message may go. */
export interface Addresses {
  /** Those of its addresses that are contacts of its customer still; where none is left, the customer's billing contacts as they are now, or whoever else is there. What is internal keeps its own. */
  current: string[];
  /** Those of them that can be written to and are not suppressed, each once, in their order. */
  reachable: string[];
}

/** Where messages may go, by their ids. */
export async function readAddresses(trx: Knex.Transaction, messages: readonly Pick<MessageRow, 'id' | 'customer_id' | 'to_addresses' | 'source'>[]): Promise<Map<string, Addresses>> {
  const contacts = messages.length === 0 ? [] : await trx<Contact>('contacts').whereIn('customer_id', messages.map(({ customer_id }) => customer_id)).orderBy('email').select('customer_id', 'email', 'role');
  const current = messages.map(({ customer_id, to_addresses, source }) => (source === 'internal' ? to_addresses : currentAddresses(contacts.filter((contact) => contact.customer_id === customer_id), to_addresses)));
  const asked = [...new Set(current.flat().map((address) => address.toLowerCase()))];
  const suppressed = new Set(asked.length === 0 ? [] : await trx<{ email: string }>('suppressed_addresses').whereIn('email', asked).pluck('email'));
  return new Map(messages.map(({ id }, index) => [id, { current: current[index]!, reachable: reachableAddresses(current[index]!, suppressed) }]));
}

interface Contact {
  customer_id: number;
  email: string;
  role: string;
}

/** None of a message's own is left when the one that was there has been corrected. A customer that has any address can be reached, as the decision took it. */
function currentAddresses(contacts: readonly Contact[], addresses: readonly string[]): string[] {
  const known = new Set(contacts.map(({ email }) => email.toLowerCase()));
  const still = addresses.filter((address) => known.has(address.toLowerCase()));
  if (still.length > 0) return still;
  const billing = contacts.filter(({ role }) => role === 'billing');
  return (billing.length > 0 ? billing : contacts).map(({ email }) => email);
}

function reachableAddresses(addresses: readonly string[], suppressed: ReadonlySet<string>): string[] {
  const once = new Map(addresses.filter((address) => plainAddress.test(address)).map((address) => [address.toLowerCase(), address]));
  for (const email of suppressed) once.delete(email);
  return [...once.values()].slice(0, recipientsMax);
}
