import type { Knex } from 'knex';
import { prepared } from '../prepared';
import type { PromiseLine, PromiseStanding, PromiseState } from '../../domain/promise/promise';

/** A promise as the ledger has it now, and what it was last decided to be. */
export interface RecordedPromise extends PromiseStanding {
  id: number;
  externalId: string;
  customerId: number;
  amountMinor: number;
  currency: string;
  promisedOn: string;
  state: PromiseState;
  lines: readonly (PromiseLine & { invoiceId: number })[];
}

interface Row {
  id: number;
  external_id: string;
  customer_id: number;
  amount_minor: number;
  currency: string;
  promised_on: string;
  ends_at: Date;
  state: PromiseState;
  invoice_id: number;
  line_minor: number;
  open_minor: number;
  released: boolean;
  paid_minor: number;
  credited_minor: number;
}

/** Joins what has settled a line `l` of a promise `p` since it was made. */
export const settledSince = `CROSS JOIN LATERAL (
       SELECT sum(a.amount_minor) FILTER (WHERE y.received_at < p.ends_at) AS paid_minor,
         sum(a.amount_minor) FILTER (WHERE a.payment_id IS NULL AND a.applied_at < p.ends_at) AS credited_minor
       FROM applications a LEFT JOIN payments y ON y.id = a.payment_id
       WHERE a.invoice_id = l.invoice_id AND a.id > l.after_application_id AND a.reversed_at IS NULL
     ) s`;

/** The promises of customers that may still change: all but those that were withdrawn or superseded. */
export async function readPromiseStandings(db: Knex, customerIds: readonly number[]): Promise<RecordedPromise[]> {
  const { rows } = await prepared<Row>(db,
    `SELECT p.id, p.external_id, p.customer_id, p.amount_minor, p.currency, p.promised_on, p.ends_at, p.state,
       l.invoice_id, l.amount_minor AS line_minor, l.open_minor, (l.superseded OR i.document_state = 'void') AS released,
       coalesce(s.paid_minor, 0)::bigint AS paid_minor, coalesce(s.credited_minor, 0)::bigint AS credited_minor
     FROM promises p
     JOIN promise_invoices l ON l.promise_id = p.id
     JOIN invoices i ON i.id = l.invoice_id
     ${settledSince}
     WHERE p.customer_id = ANY(?) AND p.withdrawn_at IS NULL AND p.superseded_by IS NULL
     ORDER BY p.id, l.invoice_id`,
    [[...customerIds]],
  );
  const promises = new Map<number, RecordedPromise & { lines: (PromiseLine & { invoiceId: number })[] }>();
  for (const row of rows) {
    let promise = promises.get(row.id);
    if (!promise) {
      promise = {
        id: row.id, externalId: row.external_id, customerId: row.customer_id, amountMinor: row.amount_minor, currency: row.currency, promisedOn: row.promised_on,
        endsAt: row.ends_at.getTime(), state: row.state, withdrawn: false, superseded: false, lines: [],
      };
      promises.set(row.id, promise);
    }
    promise.lines.push({ invoiceId: row.invoice_id, amountMinor: row.line_minor, openMinor: row.open_minor, paidMinor: row.paid_minor, creditedMinor: row.credited_minor, released: row.released });
  }
  return [...promises.values()];
}
