interface Aliases {
  /** Of a row of `applications` with all its columns. */
  application: string;
  /** SQL of the customer's time zone. */
  zone: string;
}

const startOf = (date: string, zone: string): string => `${date}::timestamp AT TIME ZONE ${zone}`;

/**
 * SQL of the instant at which what is applied came, whenever it was recorded: a payment when the money was received, a credit note at the start of the day on which it was issued, a write-off when it
 * was made, a discount with the last of the payments that earned it.
 */
function cameAtSql({ application, zone }: Aliases): string {
  return `CASE
    WHEN ${application}.payment_id IS NOT NULL THEN (SELECT counted.received_at FROM payments counted WHERE counted.id = ${application}.payment_id)
    WHEN ${application}.credit_note_id IS NOT NULL THEN (SELECT ${startOf('counted.issued_on', zone)} FROM credit_notes counted WHERE counted.id = ${application}.credit_note_id)
    WHEN ${application}.write_off_id IS NOT NULL THEN (SELECT counted.written_off_at FROM write_offs counted WHERE counted.id = ${application}.write_off_id)
    ELSE coalesce((
      SELECT max(counted.received_at) FROM discount_offers met JOIN applications earning ON earning.invoice_id = met.invoice_id AND earning.id > met.after_application_id AND earning.id < ${application}.id
      JOIN payments counted ON counted.id = earning.payment_id AND counted.received_at < met.expires_at WHERE met.id = ${application}.discount_offer_id
    ), ${application}.applied_at) END`;
}

/**
 * SQL of the instant from which an application counts against its invoice: when it came, and never before the day of the invoice, since money that was there already counts from then on. Everything that
 * measures how somebody paid goes by this; `applied_at` says when the ledger came to know of it, which for a ledger brought over is years later.
 *
 * @param invoice alias of its row of `invoices`
 */
export function countedAtSql({ application, zone, invoice }: Aliases & { invoice: string }): string {
  return `greatest(${startOf(`${invoice}.issued_on`, zone)}, ${cameAtSql({ application, zone })})`;
}

/**
 * SQL of whether what is applied came after an instant: recorded after it, and of a day that is not before that day where the customer is. A payment that comes as a date counts from the start of that
 * day, so that by instants one of the very day would be taken for an earlier one.
 */
export function cameSinceSql({ application, zone, since }: Aliases & { since: string }): string {
  return `(${application}.applied_at >= ${since} AND ${cameAtSql({ application, zone })} >= date_trunc('day', ${since} AT TIME ZONE ${zone}) AT TIME ZONE ${zone})`;
}
