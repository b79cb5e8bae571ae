import fc from 'fast-check';
import type { Knex } from 'knex';
import { addDays, type LocalDate } from '../../domain/calendar/dates';
import type { Comparison, ComparisonOp, Condition } from '../../domain/policy/types';

/** Around this day everything that is generated happens. */
export const middle: LocalDate = '2026-03-08';
/** Names and texts that would do harm if they were ever a part of a statement. */
export const hostile = [`'; DROP TABLE customers; --`, '$1 ? ?? :name', 'a"b\\', '\u0000', 'naïve ☃'];

const currency = fc.constantFrom('USD', 'JPY', 'KWD');
/** Few amounts, so that thresholds are met exactly. */
const minor = fc.constantFrom(0, 1, 99, 100, 101, 200, 1_000_000_000_000_000);
const near = fc.integer({ min: -4, max: 4 }).map((days) => addDays(middle, days));
const storedText = fc.constantFrom('gold', 'silver', 'GOLD', '', `'; DROP TABLE customers; --`, 'a"b\\', 'naïve ☃');
const custom = fc.dictionary(
  fc.constantFrom('score', 'since', 'flag', 'constructor'),
  fc.oneof(
    fc.constantFrom<string | number | boolean | null>(null, true, false, 'true', 'false', 0, -0, 7, 7.5, 0.1, 1e21, '7', '7.50', '7,5', ' 7', '1e3', '0007', 'high', '2026-03-08', '2026-03-08T10:00:00Z', '2026-99-99', '9'.repeat(400)),
    near, storedText,
  ),
  { maxKeys: 4 },
);

export interface GeneratedCustomer {
  zone: string;
  country: string | null;
  tier: string | null;
  termsDays: number | null;
  doNotContact: boolean;
  custom: Record<string, unknown>;
  contactOn: LocalDate | null;
  /** Days on which the first, or with \`both\` the first two, of the invoices were written about. */
  contacts?: { on: LocalDate; both: boolean }[];
  creditLimit?: { minor: number; currency: string } | null;
  promises?: { on: LocalDate; state: string }[];
  /** Replies, by minutes around the middle; those that came by themselves are none. */
  replies?: { minutes: number; automatic: boolean }[];
  behaviour: string | null;
  unapplied: { currency: string; minor: number }[];
  invoices: { currency: string; total: number; paid: number; dueOn: LocalDate; type: string; custom: Record<string, unknown>; promised?: number; disputed?: number }[];
}

const customer: fc.Arbitrary<GeneratedCustomer> = fc.record({
  zone: fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York', 'Europe/Berlin'),
  country: fc.constantFrom('DE', 'US', null),
  tier: fc.option(storedText),
  termsDays: fc.constantFrom(0, 1, 7, null),
  doNotContact: fc.boolean(),
  custom,
  contactOn: fc.option(near),
  contacts: fc.array(fc.record({ on: fc.oneof(near, fc.integer({ min: -33, max: -5 }).map((days) => addDays(middle, days))), both: fc.boolean() }), { maxLength: 4 }),
  creditLimit: fc.option(fc.record({ currency, minor: fc.constantFrom(0, 1, 100, 200, 1_000_000_000_000_000) })),
  promises: fc.array(fc.record({
    on: fc.oneof(near, fc.integer({ min: -370, max: -360 }).map((days) => addDays(middle, days))), state: fc.constantFrom('pending', 'kept', 'partly-kept', 'broken', 'superseded', 'cancelled'),
  }), { maxLength: 4 }),
  replies: fc.array(fc.record({ minutes: fc.integer({ min: -4 * 24 * 60, max: 2 * 24 * 60 }), automatic: fc.boolean() }), { maxLength: 2 }),
  behaviour: fc.constantFrom('new', 'prompt', 'slow', 'at-risk', null),
  unapplied: fc.array(fc.record({ currency, minor: fc.constantFrom(1, 100, 150) }), { maxLength: 2 }),
  invoices: fc.array(fc.record({
    currency, total: minor, paid: fc.constantFrom(0, 1, 99, 100), dueOn: near, type: fc.constantFrom('standard', 'retainer'), custom,
    promised: fc.constantFrom(0, 0, 1, 100), disputed: fc.constantFrom(0, 0, 1, 99),
  }), { maxLength: 5 }),
});
export const ledger = fc.array(customer, { minLength: 3, maxLength: 10 });

const ordering: readonly ComparisonOp[] = ['>', '>=', '<', '<=', '=', '!='];
const orderedOp = fc.constantFrom(...ordering);
const equalOp = fc.constantFrom<ComparisonOp>('=', '!=');
const listOp = fc.constantFrom<ComparisonOp>('in', 'not-in');
const number = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0.5, -0.5, 7, 7.5, 0.1, 1e21));
const literalText = fc.constantFrom('gold', 'GOLD', 'silver', '', 'DE', 'USD', 'retainer', '7', '0', '1e+21', 'true', ...hostile);

const numberValue = (field: string) => fc.oneof(
  fc.record({ op: orderedOp, number }).map(({ op, number: limit }): Condition => ({ field, op, value: { kind: 'number', number: limit } })),
  fc.record({ op: listOp, values: fc.array(number, { minLength: 1, maxLength: 3 }) }).map(({ op, values }): Condition => ({ field, op, value: { kind: 'list', values } })),
);
const moneyValue = (field: string) => fc.record({ op: orderedOp, thresholds: fc.dictionary(currency, minor, { minKeys: 1, maxKeys: 3 }) })
  .map(({ op, thresholds }): Condition => ({ field, op, value: { kind: 'money', minorByCurrency: thresholds } }));
const textValue = (field: string) => fc.oneof(
  fc.record({ op: equalOp, text: literalText }).map(({ op, text }): Condition => ({ field, op, value: { kind: 'text', text } })),
  fc.record({ op: listOp, values: fc.array(literalText, { minLength: 1, maxLength: 3 }) }).map(({ op, values }): Condition => ({ field, op, value: { kind: 'list', values } })),
  fc.constant<Condition>({ field, op: 'is-set', value: { kind: 'none' } }),
);
const dateValue = (field: string) => fc.record({ op: orderedOp, value: fc.oneof(
  near.map((date): Comparison['value'] => ({ kind: 'date', date })),
  fc.integer({ min: -3, max: 3 }).map((days): Comparison['value'] => ({ kind: 'relative-date', days })),
) }).map(({ op, value }): Condition => ({ field, op, value }));
const customValue = (field: string) => fc.oneof(
  numberValue(field), textValue(field), dateValue(field),
  fc.record({ op: equalOp, boolean: fc.boolean() }).map(({ op, boolean }): Condition => ({ field, op, value: { kind: 'boolean', boolean } })),
);
const customNames = fc.constantFrom('score', 'since', 'flag', 'constructor', '__proto__');

/** Few, so that they are met exactly; a count of contacts or promises is seldom more. */
const countValue = (field: string) => fc.record({ op: orderedOp, number: fc.constantFrom(0, 1, 2, 0.5, 33, 362) }).map(({ op, number: limit }): Condition => ({ field, op, value: { kind: 'number', number: limit } }));
const shareValue = (field: string) => fc.record({ op: orderedOp, number: fc.constantFrom(0, 33.333333333333336, 50, 100, 99.5) }).map(({ op, number: limit }): Condition => ({ field, op, value: { kind: 'number', number: limit } }));
const yesOrNo = (field: string) => fc.oneof(fc.record({ op: equalOp, text: fc.constantFrom('yes', 'no') }).map(({ op, text }): Condition => ({ field, op, value: { kind: 'text', text } })), fc.constant<Condition>({ field, op: 'is-set', value: { kind: 'none' } }));

const ofHistory = fc.oneof(
  ...['customer.contactsIn7Days', 'customer.contactsIn30Days', 'customer.brokenPromises', 'customer.keptPromises'].map(countValue), numberValue('customer.daysSinceBrokenPromise'), countValue('customer.daysSinceBrokenPromise'),
  dateValue('customer.lastReplyOn'), numberValue('customer.daysSinceReply'),
);
const ofAccount = fc.oneof(
  ...['customer.overdue', 'customer.disputed', 'customer.promised', 'customer.creditLimit'].map(moneyValue), numberValue('customer.openInvoices'), shareValue('customer.overdueShare'), shareValue('customer.creditUsed'),
  ...['customer.openDispute', 'customer.activePromise', 'customer.overCreditLimit'].map(yesOrNo),
);
const ofBoth = fc.oneof(
  ofHistory, ofAccount,
  ...['customer.country', 'customer.region', 'customer.language', 'customer.businessUnit', 'customer.tier'].map(textValue), numberValue('customer.termsDays'), fc.oneof(textValue('customer.doNotContact'), fc.constantFrom('yes', 'no').map((text): Condition => ({ field: 'customer.doNotContact', op: '=', value: { kind: 'text', text } }))), textValue('customer.behaviour'), dateValue('customer.lastContactOn'), numberValue('customer.daysSinceContact'),
  customNames.chain((name) => customValue(`customer.custom.${name}`)), moneyValue('customer.balance'),
  fc.record({ op: listOp, values: fc.subarray(['big', 'small', `'; --`, 'gone'], { minLength: 1 }) }).map(({ op, values }): Condition => ({ field: 'customer.segments', op, value: { kind: 'list', values } })),
);
const invoiceLeaf = fc.oneof(
  ofBoth, moneyValue('invoice.amount'), moneyValue('invoice.balance'), moneyValue('invoice.disputed'), moneyValue('invoice.promised'), yesOrNo('invoice.openDispute'), yesOrNo('invoice.activePromise'),
  ...['invoice.contacts', 'invoice.contactsIn7Days', 'invoice.contactsIn30Days'].map(countValue), numberValue('invoice.daysPastDue'), textValue('invoice.currency'), textValue('invoice.type'), textValue('invoice.businessUnit'),
  dateValue('invoice.dueOn'), dateValue('invoice.issuedOn'), customNames.chain((name) => customValue(`invoice.custom.${name}`)),
);
const tree = (leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> => fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' }, leaf,
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('node').map((not) => ({ not })),
  ),
})).node;

export const invoiceCondition = tree(invoiceLeaf);
export const customerCondition = tree(fc.oneof(
  ofBoth,
  fc.record({ invoices: fc.constantFrom('some' as const, 'every' as const, 'none' as const), where: fc.option(invoiceCondition) }),
));

/** Puts a generated ledger in place of what is there. */
export async function fill(knex: Knex, customers: readonly GeneratedCustomer[]): Promise<void> {
  await knex.raw('TRUNCATE customers, invoices, promises, disputes, payments, messages, replies, segments, segment_changes RESTART IDENTITY CASCADE');
  if (customers.length === 0) return;
  await knex.raw(`INSERT INTO segments (key, title, document, condition, created_at, created_by, updated_at, archived)
    SELECT key, key, '{}', '{}', now(), 'test', now(), key = 'gone' FROM unnest(ARRAY['big', 'small', 'gone']) AS key`);
  await knex('customers').insert(customers.map((each, index) => ({
    external_id: `c${index}`, name: `Customer ${index}`, time_zone: each.zone, country: each.country, tier: each.tier, terms_days: each.termsDays, do_not_contact: each.doNotContact, custom: JSON.stringify(each.custom),
    credit_limit_minor: each.creditLimit?.minor ?? null, credit_limit_currency: each.creditLimit?.currency ?? null,
  })));
  await knex.raw('INSERT INTO segment_members (segment_id, customer_id, joined_at, reason) SELECT s.id, c.id, now(), $$$$ FROM segments s JOIN customers c ON (c.id + s.id) % 2 = 0');
  const rows = customers.flatMap((each, index) => each.invoices.map((invoice, position) => ({ ...invoice, id: `i${index}-${position}`, customer_id: index + 1 })));
  if (rows.length > 0) {
    const inserted = await knex('invoices').insert(rows.map((row) => ({
      external_id: row.id, customer_id: row.customer_id, number: row.id, issued_on: addDays(row.dueOn, -2), due_on: row.dueOn, currency: row.currency, total_minor: row.total,
      type: row.type, custom: JSON.stringify(row.custom), settled_minor: Math.min(row.paid, row.total),
    })), ['id', 'external_id']) as { id: number; external_id: string }[];
    const ids = new Map(inserted.map(({ id, external_id }) => [external_id, id]));
    await fillClaims(knex, rows.map((row) => ({ ...row, invoice_id: ids.get(row.id) ?? 0 })));
  }
  const unapplied = customers.flatMap((each, index) => each.unapplied.map((money, position) => ({
    external_id: `p${index}-${position}`, customer_id: index + 1, currency: money.currency, amount_minor: money.minor, received_at: new Date(),
  })));
  if (unapplied.length > 0) await knex('payments').insert(unapplied);
  await fillHistory(knex, customers);
  for (const [index, { contactOn, behaviour }] of customers.entries()) {
    if (behaviour) await knex('customer_behaviour').insert({ customer_id: index + 1, class: behaviour, reason: '', updated_at: new Date() });
    if (contactOn) {
      await knex.raw(`INSERT INTO messages (id, idempotency_key, customer_id, template, language, to_addresses, contact_on, ledger_version, queued_at, state)
        SELECT gen_random_uuid(), ? || s, ?, 'due', 'en', '{}', ?::date + (CASE s WHEN 'cancelled' THEN 1 ELSE 0 END), 1, now(), s FROM unnest(ARRAY['sent', 'cancelled']) AS s`, [`m${index}`, index + 1, contactOn]);
    }
  }
}

/** Messages about invoices, one of them about two steps; promises of all kinds; and replies. */
async function fillHistory(knex: Knex, customers: readonly GeneratedCustomer[]): Promise<void> {
  for (const [index, { contacts = [], promises = [], replies = [] }] of customers.entries()) {
    const customer_id = index + 1;
    for (const [position, { on, both }] of contacts.entries()) {
      await knex.raw(`WITH written AS (
          INSERT INTO messages (id, idempotency_key, customer_id, template, language, to_addresses, contact_on, ledger_version, queued_at, state) VALUES (gen_random_uuid(), ?, ?, 'due', 'en', '{}', ?, 1, now(), 'sent') RETURNING id)
        INSERT INTO message_invoices (message_id, invoice_id, step)
        SELECT w.id, i.id, s.step FROM written w, (SELECT id FROM invoices WHERE customer_id = ? ORDER BY id LIMIT ?) i, unnest(ARRAY['first', 'second']) AS s (step)`, [`h${index}-${position}`, customer_id, on, customer_id, both ? 2 : 1]);
    }
    if (promises.length > 0) {
      await knex('promises').insert(promises.map(({ on, state }, position) => ({
        external_id: `h${index}-${position}`, customer_id, currency: 'USD', amount_minor: 1, promised_on: on, ends_at: `${addDays(on, 1)}T00:00:00Z`, source: 'api', state, made_at: new Date(), made_by: 'test',
        withdrawn_at: state === 'cancelled' ? new Date() : null,
      })));
    }
    if (replies.length > 0) {
      await knex('replies').insert(replies.map(({ minutes, automatic }, position) => ({
        source: 'imap', source_ref: 'test', mail_id: `h${index}-${position}`, from_address: 'a@b.example', recipients: '{}', subject: '', body_text: '', said: '', customer_id, state: 'received',
        automatic: automatic ? 'auto-reply' : null, received_at: new Date(Date.parse(middle) + minutes * 60_000),
      })));
    }
  }
}

interface ClaimedRow {
  id: string;
  invoice_id: number;
  customer_id: number;
  currency: string;
  total: number;
  promised?: number;
  disputed?: number;
}

/** Promises that run, and ones that are over; disputes that are open, also for more than is open still. */
async function fillClaims(knex: Knex, rows: readonly ClaimedRow[]): Promise<void> {
  for (const { id, invoice_id, customer_id, currency, total, promised = 0, disputed = 0 } of rows) {
    const about = { customer_id, currency };
    for (const state of promised > 0 ? ['pending', 'broken'] : []) {
      const [promise] = await knex('promises').insert({
        ...about, external_id: `${id}/${state}`, amount_minor: promised, promised_on: middle, ends_at: `${addDays(middle, 400)}T00:00:00Z`, source: 'api', state, made_at: new Date(), made_by: 'test',
      }, ['id']) as { id: number }[];
      await knex('promise_invoices').insert({ promise_id: promise?.id, invoice_id, amount_minor: promised, open_minor: total, after_application_id: 0 });
    }
    if (disputed > 0) {
      await knex('disputes').insert({ ...about, external_id: id, invoice_id, amount_minor: disputed, reason_code: 'price', source: 'api', opened_at: new Date(), opened_by: 'test' });
    }
  }
}
