import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { queueMessage, type MessageSource } from '../../../db/mail/queueMessage';
import type { MailDependencies } from '../../../activities/mail';
import type { Sender } from '../../../emails/types';
import { localOutbox } from '../../../integrations/mail/outbox';
import type { ContactRole } from '../../../domain/policy/types';
import { parsePolicy } from '../../../domain/policy/parsePolicy';

/** One customer with invoices that a message is about, written straight into the tables. */
export interface Account {
  customerId: number;
  email: string;
  invoices: { id: number; externalId: string }[];
}

export const sender: Sender = {
  name: 'Harbour Supplies',
  addressLines: ['1 Quay Street', 'Bristol BS1 4RN'],
  replyTo: 'billing@harbour.example',
  phone: null,
  paymentMethods: [{ kind: 'bank', accountHolder: 'Harbour Supplies Ltd', bank: null, account: 'GB33BUKB20201555555555', routing: 'BUKBGB22' }],
};

export function dependencies(knex: Knex, over: Partial<MailDependencies> = {}): MailDependencies {
  return { knex, provider: localOutbox(), from: 'Harbour Supplies <billing@harbour.example>', sender, random: () => 0, ...over };
}

let counter = 0;

export interface AccountOptions {
  openMinor?: number[];
  currency?: string;
  language?: string;
  timeZone?: string;
  name?: string;
  emails?: string[];
}

export async function createAccount(knex: Knex, { openMinor = [120_000], currency = 'EUR', language = 'en', timeZone = 'UTC', name = 'Ropes & Rigging', emails }: AccountOptions = {}): Promise<Account> {
  const n = ++counter;
  const email = emails?.[0] ?? `accounts-${n}@ropes.example`;
  const [customer] = await knex('customers').insert({ external_id: `c-${n}`, name, time_zone: timeZone, language }).returning<{ id: number }[]>('id');
  const customerId = customer!.id;
  await knex('contacts').insert((emails ?? [email]).map((address) => ({ customer_id: customerId, email: address })));
  const invoices = await knex('invoices')
    .insert(openMinor.map((total, index) => ({
      external_id: `inv-${n}-${index + 1}`, customer_id: customerId, number: `2026-${n}${index + 1}`, issued_on: '2026-02-01', due_on: '2026-03-03', currency, total_minor: total,
    })))
    .returning<{ id: number; external_id: string }[]>(['id', 'external_id']);
  await knex('invoice_lines').insert(invoices.map(({ id }, index) => ({ invoice_id: id, line: 1, description: 'Hemp rope, 20 m', amount_minor: openMinor[index] })));
  return { customerId, email, invoices: invoices.map(({ id, external_id }) => ({ id, externalId: external_id })) };
}

const policySource = `
policy: mail-test
version: 1
title: For the tests of mail
calendar: { timeZone: customer, window: { opens: "09:00", closes: "17:00" }, weekdays: [mon, tue, wed, thu, fri], holidays: none }
contact: { minimumDaysBetween: 1, merge: same-day }
steps:
  - { id: deliver, title: Deliver, anchor: issued, offset: { days: 0 }, exemptFromSpacing: true, actions: [{ email: { template: delivery, attachInvoice: true } }] }
  - { id: due, title: Due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due } }] }
  - { id: overdue-7, title: Overdue, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7, attachInvoice: true } }] }
  - { id: final, title: Final, anchor: due, offset: { days: 30 }, actions: [{ email: { template: overdue-30, to: [leadership] } }] }
escalation: { from: final, whenNone: { queue: Customer Care, title: Find one } }
`;

export async function publishPolicy(knex: Knex): Promise<number> {
  const parsed = parsePolicy(policySource);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const [row] = await knex('policy_versions').insert({ policy: 'mail-test', version: 1, source: policySource, document: JSON.stringify(parsed.policy) }).returning<{ id: number }[]>('id');
  return row!.id;
}

export interface QueueOptions {
  template?: string;
  steps?: string[];
  queuedAt?: string;
  action?: 'email' | 'release-notice';
  to?: ContactRole[];
}

/** Queues a message about all the account's invoices, with the decisions that a turn would have written. */
export async function queue(knex: Knex, policyVersionId: number, account: Account, { template = 'overdue-7', steps, queuedAt = '2026-03-10T09:00:00Z', action = 'email', to = ['billing'] }: QueueOptions = {}): Promise<string> {
  const id = randomUUID();
  const stepOf = (index: number): string => steps?.[index] ?? 'overdue-7';
  const lead = account.invoices[0]!;
  await knex.transaction(async (trx) => {
    await queueMessage(trx, {
      id, idempotencyKey: `${lead.externalId}/mail-test@1/${stepOf(0)}/1/email/${id}`, customerId: account.customerId, template, language: 'en', to, attachInvoice: true,
      contactOn: '2026-03-10', ledgerVersion: 0, queuedAt: Date.parse(queuedAt),
      invoices: account.invoices.map((invoice, index) => ({ invoiceId: invoice.id, step: stepOf(index) })),
    });
    await trx('decisions').insert(account.invoices.map((invoice, index) => ({
      invoice_id: invoice.id, customer_id: account.customerId, policy_version_id: policyVersionId, step: stepOf(index), action, outcome: index === 0 ? 'executed' : 'covered',
      reason_code: index === 0 ? 'due' : 'merged', reason: 'test', at: queuedAt, on_date: queuedAt.slice(0, 10), planned_at: queuedAt,
      covered_by: index === 0 ? null : `${lead.externalId}/${stepOf(0)}`, open_minor: 1, currency: 'EUR', ledger_version: 0, inputs: '{}', message_id: id,
    })));
  });
  return id;
}

/** Queues a message that no step of a ladder leads, about the account's invoices or about none. */
export async function queueFrom(knex: Knex, source: Exclude<MessageSource, 'ladder'>, account: Account, about: 'invoices' | 'nothing' = 'invoices'): Promise<string> {
  const id = randomUUID();
  await knex.transaction((trx) => queueMessage(trx, {
    id, source, idempotencyKey: `${source}:test/${id}`, customerId: account.customerId, template: 'overdue-7', language: 'en', to: ['billing'], attachInvoice: false,
    contactOn: '2026-03-10', ledgerVersion: 0, queuedAt: Date.parse('2026-03-10T09:00:00Z'),
    invoices: about === 'invoices' ? account.invoices.map((invoice) => ({ invoiceId: invoice.id, step: source })) : [],
  }));
  return id;
}

/** Pays an invoice, in part or in full. */
export async function pay(knex: Knex, account: Account, index: number, amountMinor: number): Promise<void> {
  const invoice = account.invoices[index]!;
  const at = '2026-03-10T10:00:00Z';
  const [payment] = await knex('payments')
    .insert({ external_id: `pay-${++counter}`, customer_id: account.customerId, currency: 'EUR', amount_minor: amountMinor, received_at: at })
    .returning<{ id: number }[]>('id');
  await knex('applications').insert({ invoice_id: invoice.id, payment_id: payment!.id, amount_minor: amountMinor, applied_at: at });
}

export interface MessageView {
  state: string;
  state_reason: string | null;
  subject: string | null;
  html: string | null;
  body_text: string | null;
  template: string;
  to_addresses: string[];
  payload: string | null;
  provider: string | null;
  provider_id: string | null;
  attempts: number;
  attachments: { filename: string; contentBase64: string }[];
  first_attempt_at: Date | null;
  opened_at: Date | null;
}

export async function readMessage(knex: Knex, id: string): Promise<MessageView> {
  const row = await knex('messages').where({ id }).first<MessageView | undefined>();
  if (!row) throw new Error(`no message ${id}`);
  return row;
}

export function decisionsOf(knex: Knex, messageId: string): Promise<{ outcome: string; reason_code: string; covered_by: string | null; step: string }[]> {
  return knex('decisions').where({ message_id: messageId }).orderBy('invoice_id').select('outcome', 'reason_code', 'covered_by', 'step');
}

export async function tasksAbout(knex: Knex, messageId: string): Promise<string[]> {
  return knex('tasks').where('key', 'like', `mail/${messageId}/%`).whereIn('state', ['open', 'claimed']).orderBy('key').pluck('title');
}
