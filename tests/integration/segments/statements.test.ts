import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { deliver } from '../../../activities/mail/deliver';
import { systemActor } from '../../../db/audit';
import { recordCreditNotes, recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { setRun } from '../../../db/segments/controlRun';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { createSegment } from '../../../db/segments/segments';
import { stepRun, type RunStep } from '../../../db/segments/stepRun';
import { sendStatement, StatementError } from '../../../db/statements/sendNow';
import { statementAsOf } from '../../../db/statements/statements';
import { strandedStatements } from '../../../db/statements/waiting';
import { readRun } from '../../../domain/segment/readRun';
import type { StatementContent } from '../../../domain/statement/types';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { dependencies } from '../mail/account';

/** "On the first business day of the month at nine in Berlin", where 1 August 2026 is a Saturday, and 1 May a holiday before a weekend. */
const firstBusinessDay = {
  rhythm: { every: 'month-business-day', nth: 1 } as const, timeZone: 'Europe/Berlin', atMinute: 540, holidays: { country: 'DE', region: 'BE' }, when: null, invoices: { which: 'open', where: null } as const, minimumDaysBetween: 3,
  actions: [{ kind: 'statement' as const, template: 'statement', to: ['billing' as const], sendWhen: 'open-or-moved' as const }],
};
const at = (iso: string): number => Date.parse(iso);
const context = (iso: string) => ({ actor: systemActor, at: new Date(iso) });
const names = ['EVEN', 'MANY', 'PAUSED', 'SILENT', 'TOKYO'];
let database: FreshDatabase;
let knex: Knex;
let segment: number;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  const begin = '2026-04-01T08:00:00Z';
  await upsertCustomers(knex, context(begin), names.map((externalId) => ({
    externalId, name: externalId, timeZone: externalId === 'TOKYO' ? 'Asia/Tokyo' : 'Europe/Berlin', country: externalId === 'TOKYO' ? 'JP' : 'DE', region: externalId === 'TOKYO' ? null : 'BE',
    language: externalId === 'MANY' ? 'de' : 'en', doNotContact: externalId === 'SILENT', contacts: [{ role: 'billing' as const, email: `${externalId.toLowerCase()}@example.com` }],
  })));
  await upsertInvoices(knex, context(begin), [
    ...names.map((name) => ({ externalId: `${name}-1`, customerExternalId: name, issuedOn: '2026-01-10', dueOn: '2026-02-09', currency: name === 'TOKYO' ? 'JPY' : 'EUR', totalMinor: 10_000 })),
    { externalId: 'MANY-2', customerExternalId: 'MANY', issuedOn: '2026-04-10', dueOn: '2026-05-10', currency: 'KWD', totalMinor: 1_234 },
  ]);
  await recordPayments(knex, context(begin), [{ externalId: 'PAY-EVEN', invoiceExternalId: 'EVEN-1', receivedAt: '2026-02-09', currency: 'EUR', amountMinor: 10_000 }]);
  await knex('customers').where({ external_id: 'PAUSED' }).update({ paused: true });
  segment = (await knex.transaction((trx) => createSegment(trx, systemActor, 'everyone', { title: 'Everyone', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, at(begin)))).id;
  const read = readRun(firstBusinessDay);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await knex.transaction((trx) => setRun(trx, systemActor, segment, read.run, false, at('2026-04-20T08:00:00Z')));
});
afterAll(() => database.destroy());

async function run(iso: string): Promise<RunStep> {
  const now = at(iso);
  await knex.raw(`UPDATE clock SET mode = 'manual', virtual_now = ?`, [new Date(now)]);
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
  for (;;) {
    const step = await knex.transaction((trx) => stepRun(trx, segment, now, 2));
    if (step.kind !== 'more') return step;
    for (const id of step.deliver) await deliver(dependencies(knex), id);
  }
}
async function decided(number: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(
    `SELECT c.external_id || ' ' || d.outcome || ' ' || d.reason_code AS text FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN customers c ON c.id = d.customer_id WHERE r.number = ? ORDER BY c.external_id`, [number]);
  return rows.map(({ text }) => text);
}
interface Sent {
  id: string;
  state: string;
  contact_on: string | null;
  content: { statement: StatementContent };
  attachments: { filename: string; contentType: string; contentBase64: string }[];
  body_text: string;
}
async function sentTo(customer: string): Promise<Sent[]> {
  const { rows } = await knex.raw<{ rows: Sent[] }>(`SELECT m.id, m.state, m.contact_on, m.content, m.attachments, m.body_text FROM messages m JOIN customers c ON c.id = m.customer_id WHERE c.external_id = ? AND m.source = 'statement' ORDER BY m.queued_at, m.id`, [customer]);
  return rows;
}
const idOf = async (customer: string): Promise<number> => (await knex('customers').where({ external_id: customer }).first<{ id: number }>('id')).id;

test('Friday 1 May is a holiday and a weekend follows: the run waits for Monday the 4th, nine in Berlin', async () => {
  expect(await run('2026-04-20T08:00:00Z')).toMatchObject({ kind: 'wait', until: at('2026-05-04T07:00:00Z') });
});

test('Monday 4 May: whoever owes or moved gets a statement, also who was reminded today; who is paused, silent or even gets none, and Tokyo waits for its window', async () => {
  // A reminder of the same day neither holds the statement back nor is held back by it.
  await knex('messages').insert({ id: randomUUID(), idempotency_key: 'reminder', customer_id: await idOf('MANY'), template: 'overdue', language: 'de', to_addresses: [], state: 'sent', contact_on: '2026-05-04', ledger_version: 0, queued_at: '2026-05-04T07:00:00Z' });
  await run('2026-05-04T07:00:00Z');
  expect(await decided(1)).toEqual(['EVEN suppressed settled', 'MANY executed due', 'PAUSED suppressed paused', 'SILENT suppressed do-not-contact', 'TOKYO deferred window']);
  const [statement] = await sentTo('MANY');
  expect(statement).toMatchObject({ state: 'delivered', contact_on: null });
  expect(statement!.content.statement).toMatchObject({
    from: '2026-04-05', to: '2026-05-04', opening: [{ currency: 'EUR', amountMinor: 10_000 }], closing: [{ currency: 'EUR', amountMinor: 10_000 }, { currency: 'KWD', amountMinor: 1_234 }],
    entries: [{ date: '2026-04-10', kind: 'invoice', reference: 'MANY-2' }], aging: [{ currency: 'EUR', bucketsMinor: [0, 0, 0, 10_000, 0, 0] }, { currency: 'KWD', bucketsMinor: [1_234, 0, 0, 0, 0, 0] }],
  });
  expect(statement!.attachments).toMatchObject([{ filename: 'kontoauszug-2026-05-04.pdf', contentType: 'application/pdf' }]);
  expect(Buffer.from(statement!.attachments[0]!.contentBase64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  expect(statement!.body_text).toContain('im Anhang');
});

test('Thursday 7 May, after the holidays of Tokyo: its statement leaves, as the account is then; asked again, nothing leaves a second time', async () => {
  expect(await run('2026-05-05T00:00:00Z')).toMatchObject({ kind: 'wait', until: at('2026-05-07T00:00:00Z') });
  await recordPayments(knex, context('2026-05-06T01:00:00Z'), [{ externalId: 'PAY-TOKYO', customerExternalId: 'TOKYO', receivedAt: '2026-05-06T01:00:00Z', currency: 'JPY', amountMinor: 400 }]);
  await run('2026-05-07T00:00:00Z');
  await run('2026-05-07T01:00:00Z');
  expect((await sentTo('TOKYO')).map(({ content: { statement: { to, closing, unapplied } } }) => ({ to, closing, unapplied }))).toEqual([
    { to: '2026-05-07', closing: [{ currency: 'JPY', amountMinor: 9_600 }], unapplied: [{ kind: 'payment', reference: 'PAY-TOKYO', on: '2026-05-06', currency: 'JPY', amountMinor: 400 }] },
  ]);
  expect(await sentTo('MANY')).toHaveLength(1);
});

test('Monday 1 June: the next begins where the last ended, tells of what came since, also of what is dated before, marks what is disputed and promised, and counts charges on lines of their own', async () => {
  await recordPayments(knex, context('2026-05-20T09:00:00Z'), [{ externalId: 'PAY-1', invoiceExternalId: 'MANY-1', receivedAt: '2026-05-19', currency: 'EUR', amountMinor: 3_000 }]);
  // Dated before the last statement, and entered after it.
  await recordCreditNotes(knex, context('2026-05-21T09:00:00Z'), [{ externalId: 'CN-1', invoiceExternalId: 'MANY-1', issuedOn: '2026-04-30', currency: 'EUR', amountMinor: 500 }]);
  const [invoice] = (await knex.raw<{ rows: { id: number; customer_id: number }[] }>(`SELECT id, customer_id FROM invoices WHERE external_id = 'MANY-1'`)).rows;
  await knex('charges').insert({ invoice_id: invoice!.id, customer_id: invoice!.customer_id, kind: 'late-fee', amount_minor: 40, currency: 'EUR', basis: 'fixed', charged_at: '2026-05-25T09:00:00Z', charged_by: 'user:1' });
  await knex.raw(`INSERT INTO disputes (external_id, customer_id, invoice_id, currency, amount_minor, reason_code, source, opened_at, opened_by) VALUES ('D-1', ?, ?, 'EUR', 1500, 'price', 'call', '2026-05-26T09:00:00Z', 'x')`, [invoice!.customer_id, invoice!.id]);
  await run('2026-06-01T07:00:00Z');
  const statement = (await sentTo('MANY')).at(-1)!.content.statement;
  expect(statement).toMatchObject({ from: '2026-05-05', to: '2026-06-01', opening: [{ currency: 'EUR', amountMinor: 10_000 }, { currency: 'KWD', amountMinor: 1_234 }] });
  expect(statement.entries.map(({ date, kind, reference, amount, balance }) => [date, kind, reference, amount.amountMinor, balance.amountMinor])).toEqual([
    ['2026-04-30', 'credit-note', 'CN-1', -500, 9_500], ['2026-05-19', 'payment', 'PAY-1', -3_000, 6_500], ['2026-05-25', 'late-fee', 'MANY-1', 40, 6_540],
  ]);
  expect(statement.items.map(({ kind, reference, openMinor, disputedMinor }) => [kind, reference, openMinor, disputedMinor])).toEqual([['invoice', 'MANY-1', 6_500, 1_500], ['invoice', 'MANY-2', 1_234, 0], ['late-fee', 'MANY-1', 40, 0]]);
  // The letter asks for what is undisputed, and says why.
  expect((await sentTo('MANY')).at(-1)!.body_text).toContain('15,00');
});

test('what was sent is what is shown later: a statement and its file stay as they left, whatever becomes of the account', async () => {
  const before = await sentTo('MANY');
  await recordPayments(knex, context('2026-06-02T09:00:00Z'), [{ externalId: 'PAY-2', invoiceExternalId: 'MANY-1', receivedAt: '2026-06-02', currency: 'EUR', amountMinor: 6_500 }]);
  expect(await sentTo('MANY')).toEqual(before);
});

test('a payment that is taken back is told of in the next one, and a statement that never left is told again', async () => {
  await reversePayments(knex, context('2026-06-10T09:00:00Z'), [{ externalId: 'PAY-1', reason: 'bounced' }]);
  await knex('mail_opt_outs').insert({ email: 'many@example.com', via: 'person', at: new Date() });
  await run('2026-07-01T07:00:00Z');
  expect((await sentTo('MANY')).at(-1)).toMatchObject({ state: 'cancelled' });
  await knex('mail_opt_outs').delete();
  await run('2026-08-03T07:00:00Z');
  const { content: { statement }, state } = (await sentTo('MANY')).at(-1)!;
  expect(state).toBe('delivered');
  expect(statement).toMatchObject({ from: '2026-06-02', to: '2026-08-03', opening: [{ currency: 'EUR', amountMinor: 6_540 }, { currency: 'KWD', amountMinor: 1_234 }] });
  expect(statement.entries.map(({ kind, reference, amount }) => [kind, reference, amount.amountMinor])).toEqual([['payment', 'PAY-2', -6_500], ['payment-reversed', 'PAY-1', 3_000]]);
});

test('as of an earlier day the account is worked out by dates', async () => {
  const many = await idOf('MANY');
  const statement = await statementAsOf(knex, many, '2026-05-19', '2026-08-03');
  expect(statement).toMatchObject({ from: '2026-05-05', to: '2026-05-19', closing: [{ currency: 'EUR', amountMinor: 6_500 }, { currency: 'KWD', amountMinor: 1_234 }] });
  expect((await statementAsOf(knex, many, '2026-05-18', '2026-08-03')).closing[0]).toEqual({ currency: 'EUR', amountMinor: 9_500 });
});

test('a person sends one now, paused or not, once for a day and a state of the account; nobody else hands it over', async () => {
  const now = at('2026-08-04T20:00:00Z');
  const send = (customer: number): Promise<string | null> => knex.transaction((trx) => sendStatement(trx, systemActor, customer, 'statement', now));
  const paused = await idOf('PAUSED');
  const id = (await send(paused))!;
  await expect(send(paused)).rejects.toThrow(StatementError);
  expect(await strandedStatements(knex, 'real', 10)).toEqual([id]);
  await knex.raw(`UPDATE clock SET virtual_now = ?`, [new Date(now)]);
  await deliver(dependencies(knex), id);
  expect((await sentTo('PAUSED')).map(({ state }) => state)).toEqual(['delivered']);
  expect(await strandedStatements(knex, 'real', 10)).toEqual([]);
  await expect(send(await idOf('SILENT'))).rejects.toThrow('not to be contacted');
  expect(await send(999_999)).toBeNull();
});

test('a run’s statement does not leave once a person has paused its customer, nor a week late', async () => {
  await knex.raw(`UPDATE segments SET run_asked_by = 'user:1'`);
  const now = at('2026-08-05T08:00:00Z');
  const messages: string[] = [];
  for (let step = await knex.transaction((trx) => stepRun(trx, segment, now, 10)); step.kind === 'more'; step = await knex.transaction((trx) => stepRun(trx, segment, now, 10))) messages.push(...step.deliver);
  expect(messages.length).toBeGreaterThan(0);
  await knex('customers').where({ external_id: 'MANY' }).update({ paused: true });
  await knex.raw(`UPDATE clock SET virtual_now = ?`, [new Date(now)]);
  const many = (await sentTo('MANY')).at(-1)!;
  await deliver(dependencies(knex), many.id);
  expect((await sentTo('MANY')).at(-1)!.state).toBe('cancelled');
  await knex('customers').where({ external_id: 'MANY' }).update({ paused: false });
  await knex.raw(`UPDATE clock SET virtual_now = ?`, [new Date('2026-08-13T08:00:00Z')]);
  for (const id of messages) await deliver(dependencies(knex), id);
  const { rows } = await knex.raw<{ rows: { state: string }[] }>('SELECT DISTINCT state FROM messages WHERE id = ANY (?)', [messages]);
  expect(rows).toEqual([{ state: 'cancelled' }]);
});

test('what goes back of a payment is told of as a refund, and a reversal after it tells of the rest, so that the account adds up', async () => {
  const paid = { externalId: 'PAY-BACK', invoiceExternalId: 'BACK-1', receivedAt: '2026-08-05', currency: 'EUR', amountMinor: 12_000 };
  await upsertCustomers(knex, context('2026-08-04T08:00:00Z'), [{ externalId: 'BACK', name: 'BACK', timeZone: 'Europe/Berlin' }]);
  await upsertInvoices(knex, context('2026-08-04T08:00:00Z'), [{ externalId: 'BACK-1', customerExternalId: 'BACK', issuedOn: '2026-08-04', dueOn: '2026-09-04', currency: 'EUR', totalMinor: 10_000 }]);
  await recordPayments(knex, context('2026-08-05T08:00:00Z'), [paid]);
  await refundPayments(knex, context('2026-08-07T08:00:00Z'), [{ externalId: 'R-1', paymentExternalId: 'PAY-BACK', amountMinor: 1_500 }]);
  await refundPayments(knex, context('2026-08-10T08:00:00Z'), [{ externalId: 'R-2', paymentExternalId: 'PAY-BACK', amountMinor: 1_000 }]);
  await reversePayments(knex, context('2026-08-12T08:00:00Z'), [{ externalId: 'PAY-BACK', kind: 'chargeback', reason: 'not authorised' }]);
  const back = await idOf('BACK');
  const asOf = async (day: string): Promise<unknown[]> => {
    const { entries, closing, unapplied } = await statementAsOf(knex, back, day, '2026-08-20');
    return [entries.map(({ kind, amount }) => `${kind} ${amount.amountMinor}`), closing.map(({ amountMinor }) => amountMinor), unapplied.map(({ amountMinor }) => amountMinor)];
  };
  const before = ['invoice 10000', 'payment -12000'];
  expect(await asOf('2026-08-06')).toEqual([before, [-2_000], [2_000]]);
  expect(await asOf('2026-08-07')).toEqual([[...before, 'payment-refunded 1500'], [-500], [500]]);
  expect(await asOf('2026-08-10')).toEqual([[...before, 'payment-refunded 1500', 'payment-refunded 1000'], [500], []]);
  expect(await asOf('2026-08-12')).toEqual([[...before, 'payment-refunded 1500', 'payment-refunded 1000', 'payment-reversed 9500'], [10_000], []]);
  expect(await asOf('2026-08-20')).toEqual(await asOf('2026-08-12'));
});
