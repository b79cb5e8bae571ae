import type { Knex } from 'knex';
import type { ContactRole } from '../../domain/policy/types';
import { appendAudit, type Actor } from '../audit';
import { lockCustomersOf, touchLedger } from '../ledger';
import { findContact, type Contact } from '../readmodels/customers';

export interface ContactFields {
  role?: ContactRole;
  name?: string | null;
  email?: string;
  phone?: string | null;
}

export class ContactError extends Error {
  override name = 'ContactError';
  constructor(readonly code: 'changed' | 'twice', message: string) {
    super(message);
  }
}

const uniqueViolation = '23505';

async function refusingTwice<T>(email: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) throw new ContactError('twice', `This customer has a contact with ${email} in that role already.`);
    throw error;
  }
}

/** Adds a contact. Whether a customer can be reached at all hangs on its contacts, so collection hears of it. Throws ContactError. */
export async function addContact(trx: Knex.Transaction, actor: Actor, customerId: number, fields: ContactFields & { email: string }): Promise<Contact> {
  await lockCustomersOf(trx, [customerId]);
  const { rows } = await refusingTwice(fields.email, () => trx.raw<{ rows: { id: number }[] }>(
    'INSERT INTO contacts (customer_id, role, name, email, phone) VALUES (?, ?, ?, ?, ?) RETURNING id', [customerId, fields.role ?? 'billing', fields.name ?? null, fields.email, fields.phone ?? null]));
  const contact = await existing(trx, rows[0]?.id ?? 0);
  await tell(trx, actor, 'contact.created', customerId, undefined, contact);
  return contact;
}

/** Changes a contact if its version is still the one that was read (null: whatever it is); null when there is none. Throws ContactError. */
export async function changeContact(trx: Knex.Transaction, actor: Actor, id: number, version: number | null, change: ContactFields): Promise<Contact | null> {
  const found = await findContact(trx, id);
  if (!found) return null;
  await lockCustomersOf(trx, [found.customerId]);
  const before = await existing(trx, id);
  if (version !== null && version !== before.rowVersion) throw new ContactError('changed', `The contact is at version ${before.rowVersion}.`);
  const after = { role: change.role ?? before.role, name: change.name === undefined ? before.name : change.name, email: change.email ?? before.email, phone: change.phone === undefined ? before.phone : change.phone };
  await refusingTwice(after.email, () => trx.raw('UPDATE contacts SET role = ?, name = ?, email = ?, phone = ?, row_version = row_version + 1 WHERE id = ?', [after.role, after.name, after.email, after.phone, id]));
  const contact = await existing(trx, id);
  await tell(trx, actor, 'contact.updated', before.customerId, before, contact);
  return contact;
}

export async function removeContact(trx: Knex.Transaction, actor: Actor, id: number): Promise<boolean> {
  const found = await findContact(trx, id);
  if (!found) return false;
  await lockCustomersOf(trx, [found.customerId]);
  await trx.raw('DELETE FROM contacts WHERE id = ?', [id]);
  await tell(trx, actor, 'contact.removed', found.customerId, found, undefined);
  return true;
}

async function existing(trx: Knex, id: number): Promise<Contact> {
  const contact = await findContact(trx, id);
  if (!contact) throw new Error(`Contact ${id} vanished while it was being changed.`);
  return contact;
}

async function tell(trx: Knex.Transaction, actor: Actor, action: string, customerId: number, before: Contact | undefined, after: Contact | undefined): Promise<void> {
  await touchLedger(trx, [{ customerId, invoiceIds: null, kind: 'customer.changed' }]);
  const { rows } = await trx.raw<{ rows: { external_id: string }[] }>('SELECT external_id FROM customers WHERE id = ?', [customerId]);
  await appendAudit(trx, [{ actor, action, subjectType: 'customer', subjectId: rows[0]?.external_id ?? String(customerId), before, after }]);
}
