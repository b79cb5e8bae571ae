/**
 * What moved accounts and is new to their customers: dated within the days asked about, or written since the last statement. Of a row that was changed rather than written, such as a
 * payment that was taken back, the instant tells.
 */
interface Source {
  kind: string;
  from: string;
  on: string;
  amount: string;
  reference: string;
  /** By which it is known whether the last statement told of it. */
  since: { id: string; seen: string } | { at: string };
  currency?: string;
}

const dayOf = (instant: string): string => `(${instant} AT TIME ZONE a.time_zone)::date`;
const invoices = 'JOIN invoices i ON i.customer_id = a.customer_id';
const writeOffs = `${invoices} JOIN write_offs w ON w.invoice_id = i.id`;
const discounts = 'JOIN discount_offers o ON o.customer_id = a.customer_id JOIN applications p ON p.discount_offer_id = o.id AND p.invoice_id = o.invoice_id JOIN invoices i ON i.id = p.invoice_id';
const charges = 'JOIN charges h ON h.customer_id = a.customer_id JOIN invoices i ON i.id = h.invoice_id';

const sources: readonly Source[] = [
  { kind: `'invoice'`, from: `${invoices} AND i.document_state = 'issued' AND i.total_minor > 0`, on: 'i.issued_on', amount: 'i.total_minor', reference: 'i.number', since: { id: 'i.id', seen: 'invoice' } },
  { kind: `'payment'`, from: 'JOIN payments i ON i.customer_id = a.customer_id', on: dayOf('i.received_at'), amount: '-i.amount_minor', reference: 'i.external_id', since: { id: 'i.id', seen: 'payment' } },
  { kind: `'payment-refunded'`, from: 'JOIN refunds r ON r.customer_id = a.customer_id JOIN payments i ON i.id = r.payment_id', on: dayOf('r.recorded_at'), amount: 'r.amount_minor', reference: 'i.external_id', since: { at: 'r.recorded_at' } },
  // What had been given back before was told of then.
  { kind: `'payment-reversed'`, from: 'JOIN payments i ON i.customer_id = a.customer_id AND i.reversed_at IS NOT NULL', on: dayOf('i.reversed_at'), amount: 'i.amount_minor - i.refunded_minor', reference: 'i.external_id', since: { at: 'i.reversed_at' } },
  { kind: `'credit-note'`, from: 'JOIN credit_notes i ON i.customer_id = a.customer_id', on: 'i.issued_on', amount: '-i.amount_minor', reference: 'i.external_id', since: { id: 'i.id', seen: 'credit_note' } },
  { kind: `'write-off'`, from: writeOffs, on: dayOf('w.written_off_at'), amount: '-w.amount_minor', reference: 'i.number', since: { id: 'w.id', seen: 'write_off' } },
  { kind: `'write-off-reversed'`, from: `${writeOffs} AND w.reversed_at IS NOT NULL`, on: dayOf('w.reversed_at'), amount: 'w.amount_minor', reference: 'i.number', since: { at: 'w.reversed_at' } },
  { kind: `'discount'`, from: discounts, on: dayOf('p.applied_at'), amount: '-p.amount_minor', reference: 'i.number', since: { id: 'p.id', seen: 'application' } },
  { kind: `'discount-reversed'`, from: `${discounts} AND p.reversed_at IS NOT NULL`, on: dayOf('p.reversed_at'), amount: 'p.amount_minor', reference: 'i.number', since: { at: 'p.reversed_at' } },
  { kind: 'h.kind', from: charges, on: dayOf('h.charged_at'), amount: 'h.amount_minor', reference: 'i.number', since: { id: 'h.id', seen: 'charge' }, currency: 'h.currency' },
  // What had been paid of it by then stays paid.
  { kind: `'charge-waived'`, from: `${charges} AND h.waived_at IS NOT NULL AND h.applied_minor < h.amount_minor`, on: dayOf('h.waived_at'), amount: 'h.applied_minor - h.amount_minor', reference: 'i.number', since: { at: 'h.waived_at' }, currency: 'h.currency' },
];

/** Rows of `AccountEntry`, with `customerId`; the customers asked about are in `asks`. */
export const newEntriesSql = sources.map(({ kind, from, on, amount, reference, since, currency = 'i.currency' }) => {
  const isNew = 'at' in since ? `${since.at} > a.after_at` : `${since.id} > a.seen_${since.seen}`;
  return `SELECT a.customer_id AS "customerId", ${kind} AS kind, ${on} AS "on", ${reference} AS reference, ${currency} AS currency, (${amount})::bigint AS "amountMinor"
    FROM asks a ${from} WHERE ${on} <= a.to_on AND (${on} >= a.from_on OR ${isNew})`;
}).join('\nUNION ALL\n');
