import type { Knex } from 'knex';
import { offerCampaign } from '../../../activities/mail/campaignOffers';
import { handOverSets } from '../../../activities/mail/handOverSets';
import { systemActor } from '../../../db/audit';
import { createCampaign, launchCampaign, beginDueRuns } from '../../../db/campaigns/campaigns';
import { nextOfferInMs, takeOffers } from '../../../db/campaigns/offers';
import { startManualClock } from '../../../db/clock/clock';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { localOutbox } from '../../../integrations/mail/outbox';
import type { MailProvider } from '../../../integrations/mail/provider';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { createAccount, dependencies, publishPolicy, queueFrom } from '../mail/account';

const begin = Date.parse('2026-03-10T10:00:00Z');
const bounds = { atOnce: 4, messagesMax: 100 };
const running = new AbortController().signal;

let database: FreshDatabase;
let knex: Knex;
let counter = 0;

beforeAll(async () => {
  database = await freshDatabase({ poolMax: 16 });
  knex = database.knex;
  await publishPolicy(knex);
  await startManualClock(knex, begin);
});
afterAll(() => database.destroy());

/** A run with so many messages that are to leave. */
async function runWith(messages: number): Promise<{ runId: number; ids: string[] }> {
  counter += 1;
  const document = campaignDocument.parse({ title: 'Spring', audience: { segment: null, when: { field: 'customer.tier', op: '=', value: 'none' } }, schedule: { kind: 'now' }, steps: [{ id: 'write', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }] });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { campaign } = read;
  const campaignId = await knex.transaction(async (trx) => {
    const id = await createCampaign(trx, systemActor, `spring-${counter}`, { document, campaign }, begin);
    await launchCampaign(trx, systemActor, id, begin);
    await beginDueRuns(trx, begin);
    return id;
  });
  const { id: runId } = await knex('campaign_runs').where({ campaign_id: campaignId }).first<{ id: number }>('id');
  const ids: string[] = [];
  for (let index = 0; index < messages; index += 1) {
    const account = await createAccount(knex);
    const messageId = await queueFrom(knex, 'campaign', account);
    await knex('campaign_acts').insert({ run_id: runId, customer_id: account.customerId, step: 'write', at: new Date(begin), message_id: messageId, offer_at: knex.fn.now() });
    ids.push(messageId);
  }
  return { runId, ids };
}

/** The local outbox, which notes what it was given; `before` may refuse or break. */
function provider(sent: string[], before: (key: string) => Promise<Awaited<ReturnType<MailProvider['send']>> | null> = async () => null): MailProvider {
  const outbox = localOutbox();
  return {
    ...outbox, compose: outbox.compose.bind(outbox), send: async (handOver, signal) => {
      const refused = await before(handOver.idempotencyKey);
      if (refused) return refused;
      sent.push(handOver.idempotencyKey);
      return outbox.send(handOver, signal);
    },
  };
}

async function offer(runId: number, mail: MailProvider, signal = running) {
  const deps = dependencies(knex, { provider: mail });
  return offerCampaign(deps, handOverSets(deps), runId, bounds, signal);
}

const states = async (ids: readonly string[]): Promise<string[]> => (await knex('messages').whereIn('id', [...ids]).orderBy('id').pluck<string[]>('state'));
const leaseEnds = (runId: number): Promise<unknown> => knex('campaign_acts').where({ run_id: runId }).whereNotNull('offer_at').update({ offer_at: knex.raw(`now() - interval '1 second'`) });

test('all leave, each once, and nothing is left to offer', async () => {
  const { runId, ids } = await runWith(11);
  const sent: string[] = [];
  expect(await offer(runId, provider(sent))).toEqual({ offered: 11, nextInMs: null });
  expect(new Set(sent).size).toBe(11);
  expect(new Set(await states(ids))).toEqual(new Set(['delivered']));
});

test('one that the provider has no time for waits by itself; those after it leave', async () => {
  const { runId, ids } = await runWith(6);
  const [busy] = ids;
  const sent: string[] = [];
  const first = await offer(runId, provider(sent, async (key) => (key.endsWith(busy!) ? { kind: 'throttled', retryAfterMs: 90_000, reason: 'too many' } : null)));
  expect(first.offered).toBe(6);
  expect(first.nextInMs).toBeGreaterThan(60_000);
  expect(sent).toHaveLength(5);
  await leaseEnds(runId);
  expect(await offer(runId, provider(sent))).toEqual({ offered: 1, nextInMs: null });
  expect(new Set(sent).size).toBe(6);
  expect(new Set(await states(ids))).toEqual(new Set(['delivered']));
});

test('whoever took messages dies before, while and after handing them over: others do not touch them until the lease ends, and then each leaves once', async () => {
  const { runId, ids } = await runWith(8);
  const sent: string[] = [];
  // Before: taken, and nothing more.
  const taken = await takeOffers(knex, runId, 3);
  expect(taken).toHaveLength(3);
  expect((await offer(runId, provider(sent))).offered).toBe(5);
  expect(sent).toHaveLength(5);
  expect(await nextOfferInMs(knex, runId)).toBeGreaterThan(0);
  // While and after: the provider has the message, and the answer is lost with the process.
  await leaseEnds(runId);
  const outbox = localOutbox();
  const dying: MailProvider = { ...outbox, compose: outbox.compose.bind(outbox), send: async (handOver, signal) => {
    await outbox.send(handOver, signal);
    throw new Error('the power fails');
  } };
  await expect(offer(runId, dying)).rejects.toThrow('the power fails');
  await leaseEnds(runId);
  let result = await offer(runId, provider(sent));
  for (let round = 0; result.nextInMs !== null && round < 5; round += 1) {
    await leaseEnds(runId);
    result = await offer(runId, provider(sent));
  }
  expect(result.nextInMs).toBeNull();
  expect(new Set(await states(ids))).not.toContain('queued');
  expect(new Set(sent).size).toBe(sent.length);
});

test('two workers at once share the messages between them', async () => {
  const { runId, ids } = await runWith(20);
  const sent: string[] = [];
  const both = await Promise.all([offer(runId, provider(sent)), offer(runId, provider(sent))]);
  expect(both.reduce((sum, { offered }) => sum + offered, 0)).toBe(20);
  expect(new Set(sent).size).toBe(20);
  expect(sent).toHaveLength(20);
  expect(new Set(await states(ids))).toEqual(new Set(['delivered']));
});

test('a worker that is asked to stop begins nothing further', async () => {
  const { runId } = await runWith(3);
  const stopping = new AbortController();
  stopping.abort();
  const sent: string[] = [];
  expect(await offer(runId, provider(sent), stopping.signal)).toMatchObject({ offered: 0, nextInMs: 0 });
  expect(sent).toEqual([]);
});
