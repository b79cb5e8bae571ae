import type { Knex } from 'knex';
import type { CustomerRecord } from '../../domain/ledger/records';
import { auditEach, mayGive, mergedField, readResults, refusalOf, repeatedRows, repeatedRule, verdictColumns, type Rule, type UpsertMode } from './checked';
import { inTransaction, type LedgerContext, type RecordResult } from './context';
import { touchSelected } from './touch';
import { upsertRecords } from './upsertRecords';

/** Creates customers or changes those whose external id is known; see CustomerRecord for what absent and null mean. */
export async function upsertCustomers(db: Knex, context: LedgerContext, records: readonly CustomerRecord[]): Promise<RecordResult[]> {
  return inTransaction(db, (trx) => upsertRecords(trx, 'customers', records, 'customer', async (mode) => {
    await settleCustomers(trx, context, mode);
    return readResults(trx, 'customers');
  }));
}

const fields = ['name', 'time_zone', 'country', 'region', 'language', 'business_unit', 'terms_days', 'tier', 'do_not_contact', 'grace_days', 'credit_limit_minor', 'credit_limit_currency'] as const;
/** What a field that must hold something gets when it is emptied or never given. */
const defaults: Partial<Record<(typeof fields)[number], string>> = { time_zone: `'UTC'`, language: `'en'`, do_not_contact: 'false' };

/** Takes incoming_customers into the ledger; the verdicts stay in checked_customers. */
export async function settleCustomers(trx: Knex.Transaction, context: LedgerContext, mode: UpsertMode): Promise<void> {
  await trx.raw(`CREATE TEMPORARY TABLE IF NOT EXISTS checked_customers (${verdictColumns}, customer_id bigint, ${fields.map((field) => `${field} ${type(field)}`).join(', ')},
    custom jsonb, contacts jsonb, contact_roles text[]) ON COMMIT DELETE ROWS; DELETE FROM checked_customers`);
  await trx.raw('SELECT count(*) FROM (SELECT c.id FROM customers c JOIN incoming_customers s USING (external_id) ORDER BY c.id FOR NO KEY UPDATE OF c) locked');

  const refusal = refusalOf([repeatedRule(mode), unknownOwner, ...(mayGive(mode, 'time_zone') ? [unknownZone] : [])]);
  await trx.raw(`
    INSERT INTO checked_customers
    SELECT ord, external_id,
      CASE WHEN reason IS NOT NULL THEN 'refused' WHEN repeated THEN 'unchanged' WHEN old_id IS NULL THEN 'created'
        WHEN (${fields.map((field) => `m.${field}`).join(', ')}, m.custom) IS DISTINCT FROM (${fields.map((field) => `m.old_${field}`).join(', ')}, m.old_custom) OR contacts_changed OR owner_changed THEN 'updated'
        ELSE 'unchanged' END,
      field, value, reason, before,
      coalesce(old_id, CASE WHEN reason IS NULL AND NOT repeated THEN nextval(pg_get_serial_sequence('customers', 'id')) END),
      ${fields.map((field) => `m.${field}`).join(', ')}, m.custom, contacts, contact_roles
    FROM (
      SELECT s.ord, s.external_id, ${refusal.field} AS field, ${refusal.value} AS value, ${refusal.reason} AS reason, twice.same IS TRUE AS repeated,
        ${mode.audit === 'each' ? `CASE WHEN c.id IS NOT NULL THEN to_jsonb(c) - 'id' END` : 'NULL::jsonb'} AS before, c.id AS old_id,
        ${fields.map((field) => `${mergedField(mode, field, { existing: 'c', whenEmpty: defaults[field] ?? 'NULL' })} AS ${field}, c.${field} AS old_${field}`).join(', ')},
        jsonb_strip_nulls(coalesce(c.custom, '{}') || coalesce(s.custom, '{}')) AS custom, c.custom AS old_custom, s.contacts, s.contact_roles,
        ${mayGive(mode, 'contacts') ? 's.contacts IS NOT NULL AND want.contacts IS DISTINCT FROM have.contacts' : 'false'} AS contacts_changed,
        ${mayGive(mode, 'owner_email') ? `${ownerGiven(mode)} AND o.id IS DISTINCT FROM c.owner_id` : 'false'} AS owner_changed
      FROM incoming_customers s
      LEFT JOIN customers c USING (external_id)
      ${repeatedRows('customers')}
      ${ownersJoin}
      ${mayGive(mode, 'contacts') ? contactsBeforeAndAfter : ''}
      ORDER BY s.ord                          -- so that customers get their ids in the order of the records, whatever the plan
    ) m`);

  await trx.raw(`INSERT INTO business_units (code, name) SELECT DISTINCT business_unit, business_unit FROM checked_customers
    WHERE business_unit IS NOT NULL AND status IN ('created', 'updated') ON CONFLICT DO NOTHING`);
  await trx.raw(`INSERT INTO customers (id, external_id, ${fields.join(', ')}, custom) OVERRIDING SYSTEM VALUE
    SELECT customer_id, external_id, ${fields.join(', ')}, custom FROM checked_customers WHERE status = 'created' ORDER BY ord`);
  await trx.raw(`UPDATE customers c SET ${fields.map((field) => `${field} = k.${field}`).join(', ')}, custom = k.custom, row_version = c.row_version + 1, updated_at = now()
    FROM checked_customers k WHERE k.status = 'updated' AND c.id = k.customer_id`);
  if (mayGive(mode, 'owner_email')) await settleOwners(trx, mode);
  await settleContacts(trx);
  await touchSelected(trx, `SELECT customer_id, NULL::bigint AS invoice_id, 'customer.changed' AS kind FROM checked_customers WHERE status = 'updated'`);
  if (mode.audit === 'each') await auditEach(trx, 'customers', context.actor);
}

/** The active user whose address a record gives as its customer's owner. */
const ownersJoin = 'LEFT JOIN users o ON o.active AND lower(o.email) = lower(s.owner_email)';
const unknownOwner: Rule = { when: 's.owner_email IS NOT NULL AND o.id IS NULL', field: 'owner_email', value: 's.owner_email', reason: `'is not the address of an active user'` };

/** An older PostgreSQL has older zones; one that it does not know would make every query fail that comes by this customer. */
const unknownZone: Rule = { when: 'NOT known_time_zone(s.time_zone)', field: 'time_zone', value: 's.time_zone', reason: `'is not known to this PostgreSQL: its time zone data is too old'` };

function ownerGiven(mode: UpsertMode): string {
  return mode.given === 'each' ? `(s.given IS NULL OR 'owner_email' = ANY (s.given))` : 'true';
}

async function settleOwners(trx: Knex.Transaction, mode: UpsertMode): Promise<void> {
  await trx.raw(`UPDATE customers c SET owner_id = o.id FROM checked_customers k JOIN incoming_customers s ON s.ord = k.ord ${ownersJoin}
    WHERE k.status IN ('created', 'updated') AND c.id = k.customer_id AND ${ownerGiven(mode)} AND c.owner_id IS DISTINCT FROM o.id`);
}

const contactsBeforeAndAfter = `
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(k.role, k.email, k.name, k.phone) ORDER BY k.role, k.email) AS contacts
        FROM contacts k WHERE k.customer_id = c.id AND (s.contact_roles IS NULL OR k.role = ANY (s.contact_roles))) have ON s.contacts IS NOT NULL
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(k.role, k.email, k.name, k.phone) ORDER BY k.role, k.email) AS contacts
        FROM (${wantedContacts('s')}) k) want ON s.contacts IS NOT NULL`;

async function settleContacts(trx: Knex.Transaction): Promise<void> {
  const changed = `k.status IN ('created', 'updated') AND k.contacts IS NOT NULL`;
  await trx.raw(`DELETE FROM contacts t USING checked_customers k
    WHERE ${changed} AND t.customer_id = k.customer_id AND (k.contact_roles IS NULL OR t.role = ANY (k.contact_roles))
      AND NOT EXISTS (SELECT 1 FROM (${wantedContacts('k')}) w WHERE w.role = t.role AND w.email = t.email)`);
  await trx.raw(`INSERT INTO contacts (customer_id, role, email, name, phone)
    SELECT k.customer_id, w.role, w.email, w.name, w.phone FROM checked_customers k CROSS JOIN LATERAL (${wantedContacts('k')}) w WHERE ${changed}
    ON CONFLICT (customer_id, role, email) DO UPDATE SET name = excluded.name, phone = excluded.phone, row_version = contacts.row_version + 1
    WHERE (contacts.name, contacts.phone) IS DISTINCT FROM (excluded.name, excluded.phone)`);
}

function wantedContacts(source: string): string {
  return `SELECT DISTINCT ON (role, email) coalesce(role, 'billing') AS role, email, name, phone
    FROM jsonb_to_recordset(${source}.contacts) AS t (role text, email text, name text, phone text) ORDER BY role, email`;
}

function type(field: (typeof fields)[number]): string {
  switch (field) {
    case 'terms_days':
    case 'grace_days': return 'integer';
    case 'credit_limit_minor': return 'bigint';
    case 'do_not_contact': return 'boolean';
    default: return 'text';
  }
}
