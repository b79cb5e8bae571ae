import { ApplicationFailure } from '@temporalio/common';
import { createMailActivities } from '../../../activities/mail';
import { deliver } from '../../../activities/mail/deliver';
import { resendMail } from '../../../integrations/mail/resend';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { ResendStandIn } from '../../standins/resend/standIn';
import { createAccount, dependencies, publishPolicy, queue } from './account';

/** Real time: the deployment's clock is the machine's, which these tests set. */
let database: FreshDatabase;
let policy: number;
let standIn: ResendStandIn;
let baseUrl: string;

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
});
afterAll(() => database.destroy());
beforeEach(async () => {
  standIn = new ResendStandIn();
  baseUrl = await standIn.listen();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await standIn.close();
});

const at = (instant: string): void => void jest.spyOn(Date, 'now').mockReturnValue(Date.parse(instant));
const deps = () => dependencies(database.knex, { provider: resendMail({ apiKey: 're_standin', baseUrl }) });
const tokyo = async (queuedAt: string): Promise<string> => queue(database.knex, policy, await createAccount(database.knex, { timeZone: 'Asia/Tokyo' }), { queuedAt });

describe('the send window at hand-over, 09:00 to 17:00 where the customer is', () => {
  test('Friday 16:59 in Tokyo, the worker is down until midnight: it leaves on Monday at 09:00', async () => {
    const id = await tokyo('2026-03-13T07:59:00Z');
    at('2026-03-13T15:00:00Z');
    const mondayOpening = Date.parse('2026-03-16T00:00:00Z');
    expect(await deliver(deps(), id)).toMatchObject({ kind: 'wait', afterMs: mondayOpening - Date.parse('2026-03-13T15:00:00Z') });
    expect(standIn.requests).toBe(0);
    at('2026-03-16T00:00:00Z');
    expect(await deliver(deps(), id)).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('the answer is lost at 16:59: the same bytes are offered again in the next window, not at night', async () => {
    const id = await tokyo('2026-03-12T07:59:00Z');
    standIn.plan({ next: [{ kind: 'lose-answer' }] });
    at('2026-03-12T07:59:00Z');
    await deliver(deps(), id);
    at('2026-03-12T09:00:00Z');
    expect(await deliver(deps(), id)).toMatchObject({ kind: 'wait', afterMs: 15 * 60 * 60_000 });
    at('2026-03-13T00:00:00Z');
    expect(await deliver(deps(), id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(standIn.store.acceptedByTag('message').get(id)).toBe(1);
  });

  test('the provider was down, and a person pauses the customer before it is back: it stays until the customer is resumed', async () => {
    const id = await tokyo('2026-03-12T01:00:00Z');
    const customer = database.knex('messages').where({ id }).select('customer_id');
    await database.knex('customers').whereIn('id', customer).update({ paused: true });
    at('2026-03-12T01:10:00Z');
    expect(await deliver(deps(), id)).toEqual({ kind: 'wait', afterMs: 15 * 60_000, reason: 'a person has paused the collection of what it is about' });
    expect(standIn.requests).toBe(0);
    await database.knex('customers').whereIn('id', customer).update({ paused: false });
    expect(await deliver(deps(), id)).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('sent by a person at 22:00: it leaves at once', async () => {
    const id = await tokyo('2026-03-12T13:00:00Z');
    at('2026-03-12T13:00:05Z');
    expect(await deliver(deps(), id)).toEqual({ kind: 'settled', state: 'sent' });
  });

  test('the activity tells Temporal when to come back', async () => {
    const id = await tokyo('2026-03-12T07:59:00Z');
    at('2026-03-12T09:00:00Z');
    const failure: unknown = await createMailActivities(deps()).deliverMessage({ messageId: id }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay: 15 * 60 * 60_000, message: expect.stringContaining('send window') as string });
  });
});
