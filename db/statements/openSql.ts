/**
 * What was open at the end of a day: what had come by then, less what had been put on it by then. Money counts from the day on which it was received, a credit note from its date. For
 * the ledger as it is (`a.live`) its own balances are taken.
 */
const day = (instant: string): string => `(${instant} AT TIME ZONE a.time_zone)::date`;
const stands = (reversedAt: string): string => `(${reversedAt} IS NULL OR ${day(reversedAt)} > a.to_on)`;

const appliedToInvoice = `coalesce((SELECT sum(p.amount_minor) FROM applications p LEFT JOIN payments m ON m.id = p.payment_id LEFT JOIN credit_notes n ON n.id = p.credit_note_id
    WHERE p.invoice_id = i.id AND ${stands('p.reversed_at')} AND coalesce(${day('m.received_at')}, n.issued_on, ${day('p.applied_at')}) <= a.to_on), 0)`;
const appliedToCharge = `coalesce((SELECT sum(p.amount_minor) FROM charge_applications p JOIN payments m ON m.id = p.payment_id
    WHERE p.charge_id = h.id AND ${stands('p.reversed_at')} AND ${day('m.received_at')} <= a.to_on), 0)`;
const appliedOf = (column: string): string => `coalesce((SELECT sum(p.amount_minor) FROM applications p WHERE p.${column} = m.id AND ${stands('p.reversed_at')}), 0)`;
const appliedToCharges = `coalesce((SELECT sum(p.amount_minor) FROM charge_applications p JOIN charges h ON h.id = p.charge_id WHERE p.payment_id = m.id AND ${stands('p.reversed_at')} AND ${day('h.charged_at')} <= a.to_on), 0)`;

const refunded = `coalesce((SELECT sum(r.amount_minor) FROM refunds r WHERE r.payment_id = m.id AND ${day('r.recorded_at')} <= a.to_on), 0)`;

const openInvoice = `CASE WHEN a.live THEN i.open_minor ELSE i.total_minor - ${appliedToInvoice} END`;
const openCharge = `CASE WHEN a.live THEN h.open_minor ELSE h.amount_minor - ${appliedToCharge} END`;

/** Rows of `OpenItem` but for what is claimed of it, with `customerId` and `invoiceId`; the customers asked about are in `asks`. */
export const openItemsSql = `
  SELECT * FROM (
    SELECT a.customer_id AS "customerId", i.id AS "invoiceId", 'invoice' AS kind, i.number AS reference, i.issued_on AS "issuedOn", i.due_on AS "dueOn", i.currency, i.total_minor AS "totalMinor", (${openInvoice})::bigint AS "openMinor"
    FROM asks a JOIN invoices i ON i.customer_id = a.customer_id
    WHERE i.document_state = 'issued' AND i.issued_on <= a.to_on AND (NOT a.live OR i.open_minor > 0)
    UNION ALL
    SELECT a.customer_id, i.id, h.kind, i.number, ${day('h.charged_at')}, ${day('h.charged_at')}, h.currency, h.amount_minor, (${openCharge})::bigint
    FROM asks a JOIN charges h ON h.customer_id = a.customer_id JOIN invoices i ON i.id = h.invoice_id
    WHERE ${day('h.charged_at')} <= a.to_on AND (CASE WHEN a.live THEN h.open_minor > 0 ELSE ${stands('h.waived_at')} END)
  ) items WHERE "openMinor" > 0`;

/**
 * Money that is on invoices of which the statement does not tell: on one that is dated later, or, of a day before today, on one that was voided since. There it is the customer's, as if it were on none.
 */
const onUntoldInvoices = (kind: string, table: string, column: string, on: string): string => `
    SELECT a.customer_id, '${kind}', m.external_id, ${on}, m.currency, p.amount_minor
    FROM asks a JOIN invoices i ON i.customer_id = a.customer_id AND (i.issued_on > a.to_on OR (NOT a.live AND i.document_state = 'void'))
    JOIN applications p ON p.invoice_id = i.id AND (CASE WHEN a.live THEN p.reversed_at IS NULL ELSE ${stands('p.reversed_at')} END) JOIN ${table} m ON m.id = p.${column}
    WHERE a.live OR ${on} <= a.to_on`;

/** Rows of `UnappliedItem`, with `customerId`. */
export const unappliedSql = `
  SELECT "customerId", kind, reference, "on", currency, sum("amountMinor")::bigint AS "amountMinor" FROM (
    SELECT a.customer_id AS "customerId", 'payment' AS kind, m.external_id AS reference, ${day('m.received_at')} AS "on", m.currency,
      (CASE WHEN a.live THEN m.unapplied_minor ELSE m.amount_minor - ${appliedOf('payment_id')} - ${appliedToCharges} - ${refunded} END)::bigint AS "amountMinor"
    FROM asks a JOIN payments m ON m.customer_id = a.customer_id
    WHERE (CASE WHEN a.live THEN m.unapplied_minor > 0 ELSE ${day('m.received_at')} <= a.to_on AND ${stands('m.reversed_at')} END)
    UNION ALL
    SELECT a.customer_id, 'credit-note', m.external_id, m.issued_on, m.currency, (CASE WHEN a.live THEN m.unapplied_minor ELSE m.amount_minor - ${appliedOf('credit_note_id')} END)::bigint
    FROM asks a JOIN credit_notes m ON m.customer_id = a.customer_id
    WHERE (CASE WHEN a.live THEN m.unapplied_minor > 0 ELSE m.issued_on <= a.to_on END)
    UNION ALL ${onUntoldInvoices('payment', 'payments', 'payment_id', day('m.received_at'))}
    UNION ALL ${onUntoldInvoices('credit-note', 'credit_notes', 'credit_note_id', 'm.issued_on')}
  ) left_over GROUP BY 1, 2, 3, 4, 5 HAVING sum("amountMinor") > 0 ORDER BY "on", reference`;
