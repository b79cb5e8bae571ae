import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { publishPolicy } from '../../../db/policies';
import { moveThreadPause } from '../../../db/replies/moveThreadPause';
import { createTask } from '../../../db/work/createTask';
import { moveTask } from '../../../db/work/tasks';
import { referencePolicy } from '../../collection/deployment';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const now = Date.parse('2026-03-10T09:00:00Z');
const day = 86_400_000;
let database: FreshDatabase;
let knex: Knex;
let invoiceId: number;
let customerId: number;
let replyId: number;
beforeEach(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
  const { id: policyVersionId } = await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, [{ externalId: 'c', name: 'Ada', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
  await upsertInvoices(knex, context, [{ externalId: 'i', customerExternalId: 'c', issuedOn: '2026-01-05', dueOn: '2026-02-19', currency: 'USD', totalMinor: 100 }]);
  ({ id: invoiceId, customer_id: customerId } = await knex('invoices').first<{ id: number; customer_id: number }>('id', 'customer_id'));
  await insertCollections(knex, [{ invoiceId, customerId, policyVersionId, requestedSeq: 1, startedAt: now }]);
  const [reply] = await knex('replies').insert({
    source: 'imap', source_ref: '1', mail_id: 'm1', from_address: 'ada@example.com', recipients: [], subject: 's', body_text: 't', said: 't', is_cut: false, customer_id: customerId, state: 'received', received_at: new Date(now),
  }).returning<{ id: number }[]>('id');
  replyId = reply!.id;
  await knex('reply_invoices').insert({ reply_id: replyId, invoice_id: invoiceId });
});
afterEach(() => database.destroy());

const pauseForReply = (until: number | null): Promise<void> => knex.transaction((trx) => moveThreadPause(trx, { replyId, customerId, until, at: now, reason: 'a reply' }));
const pausedUntil = async (): Promise<Date | null> => (await knex('collections').first<{ paused_until: Date | null }>('paused_until')).paused_until;
async function theySayItIsPaid(): Promise<void> {
  await knex.transaction(async (trx) => {
    const id = await createTask(trx, systemActor, { title: 'Call', queue: 'Collections', invoiceId, requestId: 'call' }, new Date(now));
    await moveTask(trx, systemActor, id, { kind: 'complete', report: { outcome: 'paid', inDays: 5, note: null }, userId: null, others: true, at: new Date(now) });
  });
}

test('a reply pauses for ten days; on the phone they say it is paid, five days; the reply turns out to be nothing: the five days stay', async () => {
  await pauseForReply(now + 10 * day);
  await theySayItIsPaid();
  expect(await pausedUntil()).toEqual(new Date(now + 10 * day));
  await pauseForReply(null);
  expect(await pausedUntil()).toEqual(new Date('2026-03-16T00:00:00Z'));
});

test('a reply pauses for two days, a call for five: they last the five', async () => {
  await pauseForReply(now + 2 * day);
  await theySayItIsPaid();
  await pauseForReply(null);
  expect(await pausedUntil()).toEqual(new Date('2026-03-16T00:00:00Z'));
});
