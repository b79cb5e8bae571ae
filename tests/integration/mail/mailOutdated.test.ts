import type { Knex } from 'knex';
import { deliver } from '../../../activities/mail/deliver';
import { systemActor } from '../../../db/audit';
import { readFacts } from '../../../db/collection/facts';
import { insertCollections, markPlans } from '../../../db/collection/collections';
import { recordPromise } from '../../../db/promises';
import { addDays } from '../../../domain/calendar/dates';
import { localDateAt } from '../../../domain/calendar/zones';
import { decideNext } from '../../../domain/collection/decideNext';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, decisionsOf, dependencies, pay, queue, queueFrom, readMessage, type Account } from './account';

/* On real time, with a policy whose window is always open: what changes between the decision and the hand-over. */
const source = `
policy: mail-test
version: 1
title: For the tests of mail
calendar: { timeZone: customer, window: { opens: "00:00", closes: "23:59" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 1, merge: same-day }
steps:
  - { id: due, title: Due, anchor: due, offset: { days: 0 }, actions: [{ email: { template: due } }] }
  - { id: overdue-7, title: Overdue, anchor: due, offset: { days: 7 }, actions: [{ email: { template: overdue-7 } }] }
  - id: hold
    title: Hold
    anchor: due
    offset: { days: 8 }
    when: { field: invoice.balance, op: ">", value: { EUR: "500.00" } }
    actions: [{ hold: { kind: credit } }, { email: { template: hold-notice } }]
`;

let database: FreshDatabase;
let knex: Knex;
let policy: number;
let other: number;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const [row] = await knex('policy_versions').insert({ policy: 'mail-test', version: 1, source, document: JSON.stringify(parsed.policy) }).returning<{ id: number }[]>('id');
  policy = row!.id;
  const [next] = await knex('policy_versions').insert({ policy: 'mail-test-next', version: 1, source, document: JSON.stringify({ ...parsed.policy, policy: 'mail-test-next' }) }).returning<{ id: number }[]>('id');
  other = next!.id;
});
afterAll(() => database.destroy());

async function collected(openMinor?: number[]): Promise<Account> {
  const account = await createAccount(knex, { openMinor });
  await insertCollections(knex, account.invoices.map(({ id }) => ({ invoiceId: id, customerId: account.customerId, policyVersionId: policy, requestedSeq: 0, startedAt: Date.now() })));
  return account;
}

async function next(account: Account, index = 0): Promise<unknown> {
  const [ledger] = await readFacts(knex, [account.customerId], { kind: 'invoices', invoiceIds: [account.invoices[index]!.id] });
  const plan = decideNext(ledger!.customer, ledger!.collected[0]!, Date.now());
  return plan.kind === 'act' ? plan.items.map(({ stepId, action, occurrence, verdict }) => `${stepId} ${action} ${occurrence} ${verdict.kind} ${verdict.code}`) : plan.kind;
}

function unrelayed(account: Account): Promise<string[]> {
  return knex('outbox').where({ customer_id: account.customerId }).whereNull('relayed_at').pluck('kind');
}

describe('what has changed since a message was queued', () => {
  test('a part payment after which the condition no longer holds: the hold is not announced', async () => {
    const account = await collected();
    const id = await queue(knex, policy, account, { template: 'hold-notice', steps: ['hold'] });
    await pay(knex, account, 0, 70_000);
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect((await decisionsOf(knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'condition' });
  });

  test('the message itself is no contact that its own step waited for, and one that was sent before is', async () => {
    const quiet = parsePolicy(source.replace('policy: mail-test', 'policy: mail-test-quiet').replace('offset: { days: 7 },', 'offset: { days: 7 }, when: { all: [{ field: customer.contactsIn30Days, op: "<", value: 1 }, { field: invoice.contacts, op: "<", value: 1 }] },'));
    if (!quiet.ok) throw new Error(JSON.stringify(quiet.errors));
    const [row] = await knex('policy_versions').insert({ policy: 'mail-test-quiet', version: 1, source, document: JSON.stringify(quiet.policy) }).returning<{ id: number }[]>('id');
    const account = await collected();
    const id = await queue(knex, row!.id, account);
    await knex('messages').where({ id }).update({ contact_on: localDateAt(Date.now(), 'UTC') });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    const written = await collected();
    const before = await queueFrom(knex, 'campaign', written);
    await knex('messages').where({ id: before }).update({ contact_on: localDateAt(Date.now(), 'UTC') });
    const later = await queue(knex, row!.id, written, { queuedAt: '2026-03-10T10:00:00Z' });
    expect(await deliver(dependencies(knex), later)).toEqual({ kind: 'settled', state: 'cancelled' });
  });

  describe('of an invoice that has come to another policy since', () => {
    async function moved(): Promise<{ account: Account; id: string }> {
      const account = await collected();
      const id = await queue(knex, policy, account);
      await knex('collections').where({ customer_id: account.customerId }).update({ policy_version_id: other });
      return { account, id };
    }

    test('all that is open is promised: the reminder is taken back', async () => {
      const { account, id } = await moved();
      const customer = await knex('customers').where({ id: account.customerId }).first<{ external_id: string }>('external_id');
      const promise = { externalId: `promise-${id}`, customerExternalId: customer!.external_id, invoiceExternalIds: [account.invoices[0]!.externalId], currency: 'EUR', promisedOn: addDays(localDateAt(Date.now(), 'UTC'), 5), source: 'call' as const };
      expect(await recordPromise(knex, { actor: systemActor, at: new Date() }, promise)).toMatchObject({ promiseId: expect.any(Number) as number });
      expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
      expect((await decisionsOf(knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'taken-back' });
    });

    test('nothing else has changed: it goes out', async () => {
      const { id } = await moved();
      expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    });
  });

  test('a person has released the hold: it is not announced', async () => {
    const account = await collected();
    const id = await queue(knex, policy, account, { template: 'hold-notice', steps: ['hold'] });
    await knex('holds').insert({ key: `hold-${id}`, customer_id: account.customerId, invoice_id: account.invoices[0]!.id, step: 'hold', placed_at: new Date(), placed_by: 'ledger', released_at: new Date(), released_by: 'user:1' });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect((await decisionsOf(knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'released' });
  });

  test('the due date was moved on: nobody is told of a date that is past; the step comes again, and its workflow hears of it', async () => {
    const account = await collected();
    const id = await queue(knex, policy, account);
    await knex('invoices').where({ id: account.invoices[0]!.id }).update({ due_on: '2099-01-05' });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect((await decisionsOf(knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'taken-back' });
    expect(await unrelayed(account)).toEqual(['message.taken-back']);
    expect(await next(account)).toBe('wait');
    await knex('invoices').where({ id: account.invoices[0]!.id }).update({ due_on: '2026-03-03' });
    expect(await next(account)).toContain('overdue-7 email 2 skip collapsed');
  });

  test('the address was corrected while the message waited: the wrong one is not written to', async () => {
    const account = await collected();
    const id = await queue(knex, policy, account);
    await knex('contacts').where({ customer_id: account.customerId }).update({ email: 'right@ropes.example' });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect(await knex('messages').where({ id }).first('to_addresses')).toEqual({ to_addresses: ['right@ropes.example'] });
  });

  test('a person asked for it: it is sent whatever the dates say', async () => {
    const account = await collected();
    const id = await queue(knex, policy, account);
    await knex('collection_controls').insert({ request_id: id, invoice_id: account.invoices[0]!.id, kind: 'send-now', step: 'overdue-7', step_now: 'overdue-7', actor: 'user:1', at: new Date(), result: '{}' });
    await knex('invoices').where({ id: account.invoices[0]!.id }).update({ due_on: '2099-01-05' });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
  });

  test('of two invoices one is paused: the other is reminded of now, and the paused one again when it is resumed', async () => {
    const account = await collected([50_000, 70_000]);
    const id = await queue(knex, policy, account);
    await knex('collections').where({ invoice_id: account.invoices[0]!.id }).update({ paused: true });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect((await readMessage(knex, id)).body_text).not.toContain('€500.00');
    expect((await decisionsOf(knex, id)).map(({ outcome, reason_code }) => `${outcome} ${reason_code}`)).toEqual(['suppressed taken-back', 'executed due']);
    expect(await next(account)).toContain('overdue-7 email 2 defer paused');
  });

  test.each([['the reminder', false], ['what a person asked to be sent now then', true]])('paid before hand-over and reversed after: %s comes again as the ladder has it', async (_what, asked) => {
    const account = await collected();
    const id = await queue(knex, policy, account);
    const invoiceId = account.invoices[0]!.id;
    if (asked) await knex('collection_controls').insert({ request_id: id, invoice_id: invoiceId, kind: 'send-now', step: 'overdue-7', step_now: 'overdue-7', actor: 'user:1', at: '2026-03-10T08:59:00Z', result: '{}' });
    await pay(knex, account, 0, 120_000);
    await deliver(dependencies(knex), id);
    await knex('applications').where({ invoice_id: invoiceId }).update({ reversed_at: new Date() });
    await knex('payments').where({ customer_id: account.customerId }).update({ reversed_at: new Date(), reversal_kind: 'reversal' });
    expect(await next(account)).toContain('overdue-7 email 2 skip collapsed');
  });

  test('one of two invoices is paused, but a person asked for its reminder: both are in the email', async () => {
    const account = await collected([50_000, 70_000]);
    const id = await queue(knex, policy, account);
    const invoiceId = account.invoices[1]!.id;
    await knex('collection_controls').insert({ request_id: id, invoice_id: invoiceId, kind: 'send-now', step: 'overdue-7', step_now: 'overdue-7', actor: 'user:1', at: new Date(), result: '{}' });
    await knex('collections').where({ invoice_id: invoiceId }).update({ paused: true });
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect((await readMessage(knex, id)).body_text).toContain('€700.00');
  });
});

describe('tasks of an invoice that is settled', () => {
  async function taskState(account: Account): Promise<unknown> {
    return knex('tasks').where({ invoice_id: account.invoices[0]!.id }).first('state', 'outcome');
  }
  async function withTask(): Promise<{ account: Account; invoiceId: number }> {
    const account = await collected();
    const { id: invoiceId, externalId } = account.invoices[0]!;
    await knex('tasks').insert({ key: `${externalId}/mail-test@1/call/1/task`, queue: 'Care', title: 'Call', invoice_id: invoiceId, created_at: new Date() });
    return { account, invoiceId };
  }
  const settled = { kind: 'done', outcome: 'settled' } as const;
  const waiting = { kind: 'wait', at: null, step: null } as const;

  test('are withdrawn, and come back when the payment is reversed', async () => {
    const { account, invoiceId } = await withTask();
    await markPlans(knex, [{ invoiceId, requestedSeq: 1, next: settled }], Date.now());
    expect(await taskState(account)).toEqual({ state: 'cancelled', outcome: 'settled' });
    await markPlans(knex, [{ invoiceId, requestedSeq: 2, next: waiting }], Date.now());
    expect(await taskState(account)).toEqual({ state: 'open', outcome: null });
  });

  test('are left alone by a plan that has seen less than another', async () => {
    const { account, invoiceId } = await withTask();
    await markPlans(knex, [{ invoiceId, requestedSeq: 3, next: waiting }], Date.now());
    await markPlans(knex, [{ invoiceId, requestedSeq: 2, next: settled }], Date.now());
    expect(await taskState(account)).toEqual({ state: 'open', outcome: null });
  });
});
