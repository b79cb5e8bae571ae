import type { Knex } from 'knex';
import { deliver } from '../../../activities/mail/deliver';
import { systemActor } from '../../../db/audit';
import { recordEvents } from '../../../db/events';
import { recordPayments } from '../../../db/ledger';
import type { EventKind } from '../../../domain/events/kinds';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, dependencies, queueFrom, readMessage, type Account } from '../mail/account';

/* What a campaign wrote waits: for its turn, a provider that is down, a pause. Who answers meanwhile is left alone. */
let database: FreshDatabase;
let knex: Knex;
beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
});
afterAll(() => database.destroy());

const happened = (kind: EventKind, { customerId, invoices }: Account) =>
  knex.transaction((trx) => recordEvents(trx, [{ kind, key: `${kind}/${customerId}`, customerId, invoiceId: invoices[0]!.id, at: new Date() }]));

/** A customer that has joined a campaign, and its message. */
async function joined(account: Account): Promise<string> {
  const id = await queueFrom(knex, 'campaign', account);
  const [{ id: campaign }] = await knex('campaigns').insert({ key: `k-${account.customerId}`, document: '{}', parsed: '{}', created_at: new Date(), created_by: 'test' }).returning('id') as [{ id: number }];
  const [{ id: run }] = await knex('campaign_runs').insert({ campaign_id: campaign, run: 1, started_at: new Date() }).returning('id') as [{ id: number }];
  await knex.raw(`INSERT INTO campaign_members (run_id, customer_id, experiment_group, state, joined_at, joined_after_event) SELECT ?, ?, 'all', 'active', now(), coalesce(max(id), 0) FROM events`, [run, account.customerId]);
  await knex('campaign_acts').insert({ run_id: run, customer_id: account.customerId, step: 'first', at: new Date(), message_id: id });
  return id;
}

test.each([['promise.made', 'promised'], ['dispute.opened', 'disputed'], ['email.replied', 'replied']] as const)('%s: the message is cancelled', async (kind, response) => {
  const account = await createAccount(knex);
  const id = await joined(account);
  await happened(kind, account);
  expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
  expect((await readMessage(knex, id)).state_reason).toBe(`the customer has ${response} since it joined the campaign, before the message was handed over`);
});

test('a part is paid: what is left is not asked for by the campaign any more', async () => {
  const account = await createAccount(knex);
  const id = await joined(account);
  const at = new Date();
  await recordPayments(knex, { actor: systemActor, at }, [{ externalId: 'p-1', invoiceExternalId: account.invoices[0]!.externalId, receivedAt: at.toISOString(), currency: 'EUR', amountMinor: 100 }]);
  expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
  expect((await readMessage(knex, id)).state_reason).toContain('has paid since');
});

test('what happened before it joined, or is no answer, keeps nothing back', async () => {
  const account = await createAccount(knex);
  await happened('email.replied', account);
  const id = await joined(account);
  await happened('email.opened', account);
  expect(await deliver(dependencies(knex), id)).toMatchObject({ kind: 'settled', state: 'delivered' });
});
