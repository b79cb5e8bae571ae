import { deliver } from '../../../activities/mail/deliver';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, dependencies, pay, queueFrom, readMessage } from './account';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.destroy());

const cancelled = { kind: 'settled', state: 'cancelled' };

describe('messages that no step of a ladder leads', () => {
  test('what is settled at hand-over leaves the message, and what remains leads it', async () => {
    const account = await createAccount(database.knex, { openMinor: [10_000, 20_000] });
    const id = await queueFrom(database.knex, 'segment', account);
    await pay(database.knex, account, 0, 10_000);
    expect(await deliver(dependencies(database.knex), id)).toMatchObject({ kind: 'settled', state: 'delivered' });
    expect(await database.knex('message_invoices').where({ message_id: id }).pluck('invoice_id')).toEqual([account.invoices[1]!.id]);
    expect(await database.knex('messages').where({ id }).first('invoice_id', 'source')).toEqual({ invoice_id: account.invoices[1]!.id, source: 'segment' });
    expect((await readMessage(database.knex, id)).body_text).not.toContain(account.invoices[0]!.externalId);
  });

  test('once all of it is settled it is cancelled', async () => {
    const account = await createAccount(database.knex, { openMinor: [10_000] });
    const id = await queueFrom(database.knex, 'campaign', account);
    await pay(database.knex, account, 0, 10_000);
    expect(await deliver(dependencies(database.knex), id)).toEqual(cancelled);
  });

  test('a statement tells of what is paid, too', async () => {
    const account = await createAccount(database.knex, { openMinor: [10_000] });
    const id = await queueFrom(database.knex, 'statement', account);
    await pay(database.knex, account, 0, 10_000);
    expect(await deliver(dependencies(database.knex), id)).toMatchObject({ kind: 'settled', state: 'delivered' });
  });

  test.each(['statement', 'campaign', 'segment', 'automation'] as const)('a customer who is not to be contacted gets no %s', async (source) => {
    const account = await createAccount(database.knex, { openMinor: [10_000] });
    const [about, announcing] = [await queueFrom(database.knex, source, account), await queueFrom(database.knex, source, account, 'nothing')];
    await database.knex('customers').where({ id: account.customerId }).update({ do_not_contact: true });
    expect(await deliver(dependencies(database.knex), about)).toEqual(cancelled);
    expect(await deliver(dependencies(database.knex), announcing)).toEqual(cancelled);
    expect((await readMessage(database.knex, announcing)).state_reason).toMatch(/asked not to be contacted/);
  });

  test('an announcement about no invoice goes on to be rendered: a reminder has no words for it, and a person is told', async () => {
    const account = await createAccount(database.knex, { openMinor: [10_000] });
    const id = await queueFrom(database.knex, 'campaign', account, 'nothing');
    expect(await deliver(dependencies(database.knex), id)).toMatchObject({ kind: 'settled', state: 'failed' });
    expect((await readMessage(database.knex, id)).state_reason).toMatch(/invoice/);
  });
});
