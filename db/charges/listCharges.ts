import type { Knex } from 'knex';

export interface ChargeRow {
  id: number;
  invoiceId: number;
  kind: 'late-fee' | 'interest' | 'compensation';
  amountMinor: number;
  currency: string;
  fromOn: string | null;
  toOn: string | null;
  openMinor: number;
  basis: string;
  chargedAt: Date;
  chargedBy: string;
  waivedAt: Date | null;
  waivedBy: string | null;
  waiveReason: string | null;
}

const person = (column: string): string => `coalesce((SELECT name FROM users WHERE 'user:' || id = ${column}), ${column})`;
const columns = `h.id, h.invoice_id AS "invoiceId", h.kind, h.amount_minor AS "amountMinor", h.currency, h.open_minor AS "openMinor", h.from_on AS "fromOn", h.to_on AS "toOn", h.basis, h.charged_at AS "chargedAt",
  ${person('h.charged_by')} AS "chargedBy", h.waived_at AS "waivedAt", ${person('h.waived_by')} AS "waivedBy", h.waive_reason AS "waiveReason"`;

/** What was charged for an invoice, oldest first; those that were waived too. */
export async function listCharges(db: Knex, by: { invoiceId: number } | { ids: readonly number[] }): Promise<ChargeRow[]> {
  const { rows } = await db.raw<{ rows: ChargeRow[] }>(
    `SELECT ${columns} FROM charges h WHERE ${'ids' in by ? 'h.id = ANY (?)' : 'h.invoice_id = ?'} ORDER BY h.id`, ['ids' in by ? [...by.ids] : by.invoiceId]);
  return rows;
}
