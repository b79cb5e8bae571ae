import type { Knex } from 'knex';
import { containing, startingWith } from './keyset';

export async function listBusinessUnits(db: Knex): Promise<{ id: number; code: string; name: string }[]> {
  const { rows } = await db.raw<{ rows: { id: number; code: string; name: string }[] }>('SELECT id, code, name FROM business_units ORDER BY name, id');
  return rows;
}

export interface CustomField {
  entity: 'customer' | 'invoice';
  name: string;
  type: 'text' | 'number' | 'boolean' | 'date';
  label: string | null;
}
export async function listCustomFields(db: Knex): Promise<CustomField[]> {
  const { rows } = await db.raw<{ rows: CustomField[] }>('SELECT entity, name, type, label FROM custom_fields ORDER BY entity, name');
  return rows;
}

const foundMax = 8;

export interface Found {
  customers: { id: number; externalId: string; name: string }[];
  invoices: { id: number; number: string; externalId: string; customerName: string; openMinor: number; currency: string }[];
}
export async function searchLedger(db: Knex, text: string): Promise<Found> {
  const [customers, invoices] = await Promise.all([
    db.raw<{ rows: Found['customers'] }>('SELECT id, external_id AS "externalId", name FROM customers WHERE name ILIKE ? OR external_id ILIKE ? ORDER BY name, id LIMIT ?', [containing(text), startingWith(text), foundMax]),
    db.raw<{ rows: Found['invoices'] }>(
      `SELECT i.id, i.number, i.external_id AS "externalId", c.name AS "customerName", i.open_minor AS "openMinor", i.currency FROM invoices i JOIN customers c ON c.id = i.customer_id
       WHERE i.id IN (SELECT id FROM invoices WHERE number ILIKE ? UNION SELECT id FROM invoices WHERE external_id ILIKE ?) ORDER BY i.number, i.id LIMIT ?`, [startingWith(text), startingWith(text), foundMax]),
  ]);
  return { customers: customers.rows, invoices: invoices.rows };
}
