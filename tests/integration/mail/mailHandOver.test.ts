import { deliver } from '../../../activities/mail/deliver';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, decisionsOf, dependencies, pay, publishPolicy, queue, readMessage, tasksAbout } from './account';
import { startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';

let database: FreshDatabase;
let policy: number;
beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
});
afterAll(() => database.destroy());

describe('handing a message over', () => {
  test('the local outbox keeps it rendered, with its invoice, and it has arrived', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);

    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'delivered' });

    const message = await readMessage(database.knex, id);
    expect(message).toMatchObject({ state: 'delivered', provider: 'outbox', attempts: 1 });
    expect(message.subject).toBe('Invoice 2026-11 is 7 days overdue: €1,200.00');
    expect(message.body_text).toContain('Tuesday, March 3, 2026');
    expect(message.html).toContain('Ropes &amp; Rigging');
    expect(message.attachments).toHaveLength(1);
    expect(Buffer.from(message.attachments[0]!.contentBase64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('once it has arrived it is never handed over again', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    await deliver(dependencies(database.knex), id);
    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect((await readMessage(database.knex, id)).attempts).toBe(1);
  });

  test('day 7: paid between queue and hand-over: cancelled, and the decision says so', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    await pay(database.knex, account, 0, 120_000);

    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'cancelled', html: null, attempts: 0 });
    expect(await decisionsOf(database.knex, id)).toEqual([{ outcome: 'suppressed', reason_code: 'paid-before-hand-over', covered_by: null, step: 'overdue-7' }]);
  });

  test('partly paid: it tells of what is still open', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    await pay(database.knex, account, 0, 20_000);
    await deliver(dependencies(database.knex), id);
    expect((await readMessage(database.knex, id)).subject).toContain('€1,000.00');
  });

  test('of two invoices the one that leads is paid: the other leads, with its own template, and its decision says so', async () => {
    const account = await createAccount(database.knex, { openMinor: [50_000, 70_000] });
    const id = await queue(database.knex, policy, account, { steps: ['overdue-7', 'due'] });
    await pay(database.knex, account, 0, 50_000);
    await deliver(dependencies(database.knex), id);

    const message = await readMessage(database.knex, id);
    expect(message).toMatchObject({ state: 'delivered', template: 'due' });
    expect(message.body_text).toContain('€700.00');
    expect(message.body_text).not.toContain('€500.00');
    expect(await decisionsOf(database.knex, id)).toEqual([
      { outcome: 'suppressed', reason_code: 'paid-before-hand-over', covered_by: null, step: 'overdue-7' },
      { outcome: 'executed', reason_code: 'due', covered_by: null, step: 'due' },
    ]);
  });

  test('of two invoices the one that leads is paid, whose letter is for leadership: the other goes to those whom its own step names', async () => {
    const account = await createAccount(database.knex, { openMinor: [50_000, 70_000] });
    await database.knex('contacts').insert([{ customer_id: account.customerId, email: 'ceo@ropes.example', role: 'leadership' }, { customer_id: account.customerId, email: 'cfo@ropes.example', role: 'escalation' }]);
    const id = await queue(database.knex, policy, account, { steps: ['final', 'due'], to: ['leadership', 'escalation'] });
    expect((await readMessage(database.knex, id)).to_addresses).toEqual(['ceo@ropes.example', 'cfo@ropes.example']);
    await pay(database.knex, account, 0, 50_000);
    await deliver(dependencies(database.knex), id);
    expect(await readMessage(database.knex, id)).toMatchObject({ state: 'delivered', template: 'due', to_addresses: [account.email] });
  });

  test('of two invoices the one is paid that was escalated: the escalation contact hears nothing of the other', async () => {
    const sent = async (paid: number): Promise<string[]> => {
      const account = await createAccount(database.knex, { openMinor: [50_000, 70_000], emails: ['accounts@ropes.example'] });
      await database.knex('contacts').insert({ customer_id: account.customerId, email: 'cfo@ropes.example', role: 'escalation' });
      const id = await queue(database.knex, policy, account, { steps: ['due', 'final'], to: ['billing', 'escalation'] });
      if (paid > 0) await pay(database.knex, account, 1, paid);
      await deliver(dependencies(database.knex), id);
      return (await readMessage(database.knex, id)).to_addresses.sort();
    };
    expect(await sent(0)).toEqual(['accounts@ropes.example', 'cfo@ropes.example']);
    expect(await sent(70_000)).toEqual(['accounts@ropes.example']);
  });

  test('unapplied cash that covers what is open counts as paid for a reminder, not for a delivery', async () => {
    const account = await createAccount(database.knex);
    await insertCollections(database.knex, account.invoices.map(({ id }) => ({ invoiceId: id, customerId: account.customerId, policyVersionId: policy, requestedSeq: 0, startedAt: Date.parse('2026-02-01T00:00:00Z') })));
    const reminder = await queue(database.knex, policy, account);
    await database.knex('payments').insert({ external_id: `cash-${reminder}`, customer_id: account.customerId, currency: 'EUR', amount_minor: 120_000, received_at: '2026-03-10T10:00:00Z' });
    const delivery = await queue(database.knex, policy, account, { template: 'delivery', steps: ['deliver'] });
    expect(await deliver(dependencies(database.knex), reminder)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect((await decisionsOf(database.knex, reminder))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'unapplied-cash' });
    expect(await deliver(dependencies(database.knex), delivery)).toEqual({ kind: 'settled', state: 'delivered' });
  });

  test('the notice that a hold is over is sent although, and because, the invoice is paid', async () => {
    const account = await createAccount(database.knex);
    await pay(database.knex, account, 0, 120_000);
    const id = await queue(database.knex, policy, account, { template: 'released', action: 'release-notice' });
    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'delivered' });
    expect((await readMessage(database.knex, id)).body_text).toContain('Paid');
  });

  test('an address that bounced after the message was queued is not written to', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    await database.knex('suppressed_addresses').insert({ email: account.email, reason: 'bounced' });
    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect((await decisionsOf(database.knex, id))[0]).toMatchObject({ outcome: 'suppressed', reason_code: 'address-suppressed' });
  });

  test('a template that does not exist fails the message and raises a task that says which do', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account, { template: 'no-such' });
    expect(await deliver(dependencies(database.knex), id)).toEqual({ kind: 'settled', state: 'failed' });
    expect((await readMessage(database.knex, id)).state_reason).toContain('"no-such"');
    expect(await tasksAbout(database.knex, id)).toEqual(['A message could not be sent']);
  });
});
