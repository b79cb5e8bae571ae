import type { Knex } from 'knex';
import type { LocalDate } from '../../domain/calendar/dates';

/** What a message tells of an invoice, as the ledger has it now. */
export interface InvoiceContent {
  id: number;
  number: string;
  issuedOn: LocalDate;
  dueOn: LocalDate;
  currency: string;
  totalMinor: number;
  openMinor: number;
  lines: { description: string; quantity: string; amountMinor: number }[];
  document: { fileName: string; contentType: string; contentBase64: string } | null;
}

interface Row extends Omit<InvoiceContent, 'document'> {
  file_name: string | null;
  content_type: string | null;
  content: Buffer | null;
}

/** Reads invoices with their lines, and their stored documents if asked, in the order of the ids. */
export async function readInvoiceContents(trx: Knex.Transaction, invoiceIds: readonly number[], withDocuments: boolean): Promise<InvoiceContent[]> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `SELECT i.id, i.number, i.issued_on AS "issuedOn", i.due_on AS "dueOn", i.currency, i.total_minor AS "totalMinor", i.open_minor AS "openMinor",
       coalesce((SELECT json_agg(json_build_object('description', l.description, 'quantity', l.quantity::text, 'amountMinor', l.amount_minor) ORDER BY l.line)
                 FROM invoice_lines l WHERE l.invoice_id = i.id), '[]') AS lines,
       d.file_name, d.content_type, d.content
     FROM unnest(?::bigint[]) WITH ORDINALITY AS wanted (id, position)
     JOIN invoices i ON i.id = wanted.id
     LEFT JOIN invoice_documents d ON ? AND d.invoice_id = i.id
     ORDER BY wanted.position`,
    [[...invoiceIds], withDocuments],
  );
  return rows.map(({ file_name, content_type, content, ...invoice }) => ({
    ...invoice,
    document: file_name && content_type && content ? { fileName: file_name, contentType: content_type, contentBase64: content.toString('base64') } : null,
  }));
}

/** Resend takes no more recipients in a message. */
const recipientsMax = 50;
/** One plain address: nothing in it that a header or an SMTP command could read as more. */
const plainAddress = /^[^\s<>()[\]",;:@]+@[^\s<>()[\]",;:@]+$/;

/**
 * Those of a message's addresses that are contacts of its customer still. Where none is left, as when the one that was there has been corrected,
 * the customer's billing contacts as they are now.
 */
export async function currentAddresses(trx: Knex.Transaction, customerId: number, addresses: readonly string[]): Promise<string[]> {
  const contacts = await trx<{ customer_id: number; email: string; role: string }>('contacts').where({ customer_id: customerId }).orderBy('email').select('email', 'role');
  const known = new Set(contacts.map(({ email }) => email.toLowerCase()));
  const still = addresses.filter((address) => known.has(address.toLowerCase()));
  return still.length > 0 ? still : contacts.filter(({ role }) => role === 'billing').map(({ email }) => email);
}

/** Those of the addresses that can be written to and are not suppressed, each once, in their order. */
export async function reachableAddresses(trx: Knex.Transaction, addresses: readonly string[]): Promise<string[]> {
  const once = new Map(addresses.filter((address) => plainAddress.test(address)).map((address) => [address.toLowerCase(), address]));
  if (!once.size) return [];
  const suppressed = await trx<{ email: string }>('suppressed_addresses').whereIn('email', [...once.keys()]).pluck('email');
  for (const email of suppressed) once.delete(email);
  return [...once.values()].slice(0, recipientsMax);
}
