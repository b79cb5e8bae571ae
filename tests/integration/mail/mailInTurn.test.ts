import { handOverInTurn } from '../../../activities/mail';
import { deliver } from '../../../activities/mail/deliver';
import type { MailDependencies } from '../../../activities/mail/dependencies';
import { startManualClock } from '../../../db/clock/clock';
import { resendMail } from '../../../integrations/mail/resend';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { ResendStandIn } from '../../standins/resend/standIn';
import { createAccount, dependencies, pay, publishPolicy, queue, readMessage } from './account';

let database: FreshDatabase;
let policy: number;
let provider: ResendStandIn;
let url: string;

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
  provider = new ResendStandIn();
  url = await provider.listen();
});
afterAll(async () => {
  await provider.close();
  await database.destroy();
});
afterEach(() => provider.faults.clear());

function resend(): MailDependencies {
  return { ...dependencies(database.knex), provider: resendMail({ apiKey: 're_standin', baseUrl: url }) };
}

async function queued(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await queue(database.knex, policy, await createAccount(database.knex)));
  return ids;
}

describe('handing over within the turn that queued a message', () => {
  test('what the provider takes is out, and nothing is left for the mail queue', async () => {
    const ids = await queued(3);
    expect(await handOverInTurn(resend())(ids)).toEqual([]);
    for (const id of ids) expect((await readMessage(database.knex, id)).state).toBe('sent');
  });

  test('of many messages the first few go in the turn, and the others by the mail queue', async () => {
    const ids = await queued(6);
    expect(await handOverInTurn(resend())(ids)).toEqual(ids.slice(4));
  });

  test('what was paid meanwhile is cancelled like anywhere, and closes no door', async () => {
    const account = await createAccount(database.knex);
    const id = await queue(database.knex, policy, account);
    await pay(database.knex, account, 0, 120_000);
    const handOver = handOverInTurn(resend());
    expect(await handOver([id])).toEqual([]);
    expect((await readMessage(database.knex, id)).state).toBe('cancelled');
    expect(await handOver(await queued(1))).toEqual([]);
  });

  test('a provider that is busy is left to the mail queue from then on, and offered nothing more', async () => {
    const handOver = handOverInTurn(resend());
    const [first, second] = await queued(2);
    provider.plan({ next: [{ kind: 'refuse', status: 429, name: 'rate_limit_exceeded', message: 'slow down', headers: { 'retry-after': '1' } }], random: [] });
    expect(await handOver([first!])).toEqual([first]);
    const requests = provider.requests;
    expect(await handOver([second!])).toEqual([second]);
    expect(provider.requests).toBe(requests);
    expect((await readMessage(database.knex, second!)).state).toBe('queued');
  });

  test('an answer lost after the message was taken: the mail queue offers it again under its key, and it is taken once', async () => {
    const [id] = await queued(1);
    provider.plan({ next: [{ kind: 'lose-answer' }], random: [] });
    const deps = resend();
    expect(await handOverInTurn(deps)([id!])).toEqual([id]);
    expect((await readMessage(database.knex, id!)).state).toBe('sending');
    expect(await deliver(deps, id!)).toEqual({ kind: 'settled', state: 'sent' });
    expect(provider.store.acceptedByTag('message').get(id!)).toBe(1);
  });

  test('a provider that cannot tell a repeat is never offered anything in a turn, since an attempt is cut short there', async () => {
    const ids = await queued(1);
    const deps = resend();
    expect(await handOverInTurn({ ...deps, provider: { ...deps.provider, keyLifetimeMs: 0 } })(ids)).toEqual(ids);
    expect((await readMessage(database.knex, ids[0]!)).state).toBe('queued');
  });
});
