import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';
import { publishPolicy } from '../../db/policies';
import { isMembershipOwed, keepMembership } from '../../db/segments/keepMembership';
import { addDays } from '../../domain/calendar/dates';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { referencePolicy } from './policies';

/** As many customers, invoices and rows of everything that is written about them; what waits for somebody is one in a hundred. */
export async function fillLists(knex: Knex, count: number, folder: string): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
  await importLedger(knex, unpaidLedger({ invoices: count, invoicesPerCustomer: 1, issuedFrom: addDays(today, -330), issuedOverDays: 330, termsDays: 30 }), folder);
  const at = `now() - (i.id % 1000) * interval '7 minutes' - (i.id % 400) * interval '1 day'`;
  const rare = 'i.id % 100 = 0';
  for (const statement of [
    `INSERT INTO payments (external_id, customer_id, currency, amount_minor, received_at) SELECT 'p' || id, customer_id, currency, 1, ${at} FROM invoices i`,
    `INSERT INTO credit_notes (external_id, customer_id, currency, amount_minor, issued_on) SELECT 'n' || id, customer_id, currency, 1, (${at})::date FROM invoices i`,
    `INSERT INTO messages (id, idempotency_key, customer_id, invoice_id, template, language, to_addresses, subject, state, ledger_version, queued_at)
     SELECT gen_random_uuid(), 'm' || id, customer_id, id, 'overdue', 'en', ARRAY['a@example.com'], 'Reminder', CASE WHEN ${rare} THEN 'unknown' ELSE 'delivered' END, 1, ${at} FROM invoices i`,
    `INSERT INTO decisions (invoice_id, customer_id, policy_version_id, step, action, outcome, reason_code, reason, at, on_date, planned_at, open_minor, currency, ledger_version, inputs)
     SELECT i.id, i.customer_id, v.id, 'overdue-7', 'email', 'executed', 'due', 'planned', ${at}, (${at})::date, ${at}, 1, i.currency, 1, '{}' FROM invoices i, policy_versions v`,
    `INSERT INTO tasks (key, queue, title, customer_id, invoice_id, state, priority, due_on, created_at) SELECT 't' || id, 'Collections', 'Call', customer_id, id, CASE WHEN id % 10 = 0 THEN 'open' ELSE 'done' END, 1 + id % 4, due_on, ${at} FROM invoices i`,
    `INSERT INTO promises (external_id, customer_id, currency, amount_minor, promised_on, ends_at, source, state, made_at, made_by)
     SELECT 'r' || id, customer_id, currency, 100, due_on, due_on + 1, 'call', CASE WHEN ${rare} THEN 'pending' ELSE 'kept' END, ${at}, 'user:1' FROM invoices i`,
    `INSERT INTO promise_invoices (promise_id, invoice_id, amount_minor, open_minor, after_application_id) SELECT p.id, i.id, 100, i.open_minor, 0 FROM invoices i JOIN promises p ON p.external_id = 'r' || i.id`,
    `INSERT INTO disputes (external_id, customer_id, invoice_id, currency, amount_minor, reason_code, source, state, resolution, opened_at, opened_by)
     SELECT 'd' || id, customer_id, id, currency, 100, 'price', 'call', CASE WHEN ${rare} THEN 'open' ELSE 'resolved' END, CASE WHEN ${rare} THEN NULL ELSE 'invalid' END, ${at}, 'user:1' FROM invoices i`,
    `INSERT INTO replies (source, source_ref, mail_id, from_address, recipients, subject, body_text, said, state, customer_id, received_at)
     SELECT 'imap', 's' || id, 'w' || id, 'a@example.com', '{}', 'Re: Reminder', 'We will pay.', 'We will pay.', CASE WHEN ${rare} THEN 'triage' ELSE 'settled' END, customer_id, ${at} FROM invoices i`,
    `INSERT INTO approvals (key, kind, customer_id, invoice_id, role, amount_minor, currency, state, requested_by, requested_at, due_at)
     SELECT 'a' || id, 'write-off', customer_id, id, 'credit-manager', 100, currency, CASE WHEN ${rare} THEN 'pending' ELSE 'refused' END, 'user:1', ${at}, CASE WHEN id % 300 = 0 THEN NULL ELSE ${at} END FROM invoices i`,
    `INSERT INTO holds (key, customer_id, invoice_id, placed_at, placed_by, released_at) SELECT 'h' || id, customer_id, id, ${at}, 'user:1', CASE WHEN ${rare} THEN NULL ELSE now() END FROM invoices i`,
    `INSERT INTO handoffs (key, customer_id, invoice_id, open_minor, currency, at) SELECT 'x' || id, customer_id, id, open_minor, currency, ${at} FROM invoices i`,
    `INSERT INTO audit_entries (seq, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, content, hash)
     SELECT 1000000 + id, ${at}, 'system', 'bench', 'bench', CASE WHEN ${rare} THEN 'promise.made' ELSE 'payment.recorded' END, 'customer', customer_id::text, '{}', '\\x00' FROM invoices i`,
  ]) await knex.raw(statement);
  // As the worker's keeper would have by the time that anybody looks.
  while (await isMembershipOwed(knex, Date.now())) await keepMembership(knex, Date.now());
  await knex.raw('VACUUM ANALYZE');
}
