import type { Knex } from 'knex';
import type { InstantMs, LocalDate } from '../../domain/calendar/dates';
import { claimsWithin } from '../../domain/collection/claims';
import { noClaims } from '../../domain/collection/facts';
import type { AccountEntry, OpenItem, StatementAccount, UnappliedItem } from '../../domain/statement/types';
import { readClaims } from '../collection/claims';
import { newEntriesSql } from './entriesSql';
import { openItemsSql, unappliedSql } from './openSql';

/** The last rows of the ledger that a statement has told of. Rows of one customer are written under its lock, so that what comes later has a greater id. */
export interface Seen {
  invoice: number;
  payment: number;
  creditNote: number;
  writeOff: number;
  application: number;
  charge: number;
}

/** Of what a statement is to tell. */
export interface StatementAsk {
  customerId: number;
  from: LocalDate;
  to: LocalDate;
  /** The ledger as it is; else as it was at the end of `to`, as far as days tell. */
  isLive: boolean;
  /** What the last statement told of; null: what is dated from `from` on is told. */
  after: { seen: Seen; at: InstantMs } | null;
}

/** Reads accounts for statements, by customer. */
export async function readStatementAccounts(db: Knex, asks: readonly StatementAsk[]): Promise<Map<number, StatementAccount>> {
  if (asks.length === 0) return new Map();
  const rows = JSON.stringify(asks.map(({ customerId, from, to, isLive, after }) => ({
    customer_id: customerId, from_on: from, to_on: to, live: isLive, after_at: after && new Date(after.at).toISOString(),
    seen_invoice: after?.seen.invoice ?? null, seen_payment: after?.seen.payment ?? null, seen_credit_note: after?.seen.creditNote ?? null, seen_write_off: after?.seen.writeOff ?? null,
    seen_application: after?.seen.application ?? null, seen_charge: after?.seen.charge ?? null,
  })));
  const read = async <Row>(sql: string): Promise<Row[]> => (await db.raw<{ rows: Row[] }>(`WITH asks AS MATERIALIZED (${asksSql}) ${sql}`, { asks: rows })).rows;
  const entries = await read<AccountEntry & OfCustomer>(newEntriesSql);
  const items = await read<ItemRow & OfCustomer>(openItemsSql);
  const unapplied = await read<UnappliedItem & OfCustomer>(unappliedSql);
  // What is disputed or promised is known as it is now, and of no day before.
  const claims = await readClaims(db, asks.filter(({ isLive }) => isLive).map(({ customerId }) => customerId));
  return new Map(asks.map(({ customerId, isLive }) => [customerId, {
    entries: entries.filter((row) => row.customerId === customerId).map(without),
    items: items.filter((row) => row.customerId === customerId).map(({ invoiceId, ...row }): OpenItem => {
      const { disputedMinor, promisedMinor } = isLive && row.kind === 'invoice' ? claimsWithin(row.openMinor, claims.get(invoiceId) ?? noClaims) : noClaims;
      return { ...without(row), disputedMinor, promisedMinor };
    }),
    unapplied: unapplied.filter((row) => row.customerId === customerId).map(without),
  }]));
}

interface OfCustomer {
  customerId: number;
}

interface ItemRow extends Omit<OpenItem, 'disputedMinor' | 'promisedMinor'> {
  invoiceId: number;
}

function without<Row extends OfCustomer>({ customerId: _customer, ...row }: Row): Omit<Row, 'customerId'> {
  return row;
}

const asksSql = `
  SELECT a.*, c.time_zone FROM jsonb_to_recordset(:asks::jsonb) AS a (customer_id bigint, from_on date, to_on date, live boolean, after_at timestamptz,
    seen_invoice bigint, seen_payment bigint, seen_credit_note bigint, seen_write_off bigint, seen_application bigint, seen_charge bigint)
  JOIN customers c ON c.id = a.customer_id`;

/** The last rows of these customers' ledgers, which are locked. */
export async function readSeen(db: Knex, customerIds: readonly number[]): Promise<Map<number, Seen>> {
  const { rows } = await db.raw<{ rows: (Seen & OfCustomer)[] }>(
    `SELECT c.id AS "customerId",
       coalesce((SELECT max(id) FROM invoices WHERE customer_id = c.id), 0)::bigint AS invoice, coalesce((SELECT max(id) FROM payments WHERE customer_id = c.id), 0)::bigint AS payment,
       coalesce((SELECT max(id) FROM credit_notes WHERE customer_id = c.id), 0)::bigint AS "creditNote",
       coalesce((SELECT max(w.id) FROM write_offs w JOIN invoices i ON i.id = w.invoice_id WHERE i.customer_id = c.id), 0)::bigint AS "writeOff",
       coalesce((SELECT max(a.id) FROM applications a JOIN discount_offers o ON o.id = a.discount_offer_id WHERE o.customer_id = c.id), 0)::bigint AS application,
       coalesce((SELECT max(id) FROM charges WHERE customer_id = c.id), 0)::bigint AS charge
     FROM customers c WHERE c.id = ANY (?)`, [[...customerIds]]);
  return new Map(rows.map(({ customerId, ...seen }) => [customerId, seen]));
}
