import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from '../../../activities/mail/deliver';
import { startManualClock } from '../../../db/clock/clock';
import { resendMail } from '../../../integrations/mail/resend';
import type { MailProvider } from '../../../integrations/mail/provider';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { countsOf } from '../../standins/resend/control';
import { ResendStandIn } from '../../standins/resend/standIn';
import { createAccount, dependencies, publishPolicy, queue, readMessage } from './account';

jest.setTimeout(120_000);
let database: FreshDatabase;
let policy: number;
let standIn: ResendStandIn;
let baseUrl: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  policy = await publishPolicy(database.knex);
  await startManualClock(database.knex, Date.parse('2026-03-10T09:00:00Z'));
});
afterAll(() => database.destroy());
beforeEach(async () => {
  standIn = new ResendStandIn({ seed: 7 });
  baseUrl = await standIn.listen();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await standIn.close();
});

async function startDelivering(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'deliverAll.ts'), database.url, baseUrl], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('killed between acceptance and our commit', () => {
  test('thrown away in the same process: the repeat finds it accepted', async () => {
    const id = await queue(database.knex, policy, await createAccount(database.knex));
    const resend = resendMail({ apiKey: 're_standin', baseUrl });
    const dying: MailProvider = {
      ...resend,
      send: async (handOver, signal) => {
        await resend.send(handOver, signal);
        throw new Error('the power went out');
      },
    };
    await expect(deliver(dependencies(database.knex, { provider: dying }), id)).rejects.toThrow('the power went out');
    expect((await readMessage(database.knex, id)).state).toBe('sending');
    expect(await deliver(dependencies(database.knex, { provider: resend }), id)).toEqual({ kind: 'settled', state: 'sent' });
    expect(countsOf(standIn)).toMatchObject({ requests: 2, accepted: 1 });
  });

  test('a process killed while the answer is on its way: the next one sends nothing twice', async () => {
    const id = await queue(database.knex, policy, await createAccount(database.knex));
    standIn.plan({ next: [{ kind: 'hold-answer', ms: 60_000 }] });
    const child = await startDelivering();
    while (standIn.store.acceptedCount === 0) await sleep(5);
    await kill(child);
    expect((await readMessage(database.knex, id)).state).toBe('sending');

    const successor = await startDelivering();
    await once(successor, 'exit');
    expect((await readMessage(database.knex, id)).state).toBe('sent');
    expect(countsOf(standIn)).toMatchObject({ accepted: 1, keysAcceptedTwice: [], messagesAcceptedTwice: [] });
  });

  test('killed again and again, with answers lost, 500s and 429s in between: every message was accepted once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 24; n += 1) ids.push(await queue(database.knex, policy, await createAccount(database.knex)));
    standIn.plan({ random: [
      { share: 0.15, fault: { kind: 'lose-answer' } }, { share: 0.1, fault: { kind: 'fail-after' } }, { share: 0.1, fault: { kind: 'drop' } },
      { share: 0.1, fault: { kind: 'refuse', status: 429, name: 'rate_limit_exceeded', headers: { 'retry-after': '0' } } }, { share: 0.15, fault: { kind: 'delay', ms: 60 } },
      { share: 0.1, fault: { kind: 'hold-answer', ms: 60 } },
    ] });
    for (let kills = 0; kills < 3; kills += 1) {
      const child = await startDelivering();
      const target = standIn.store.acceptedCount + 4;
      while (standIn.store.acceptedCount < target && child.exitCode === null) await sleep(2);
      await kill(child);
    }
    await once(await startDelivering(), 'exit');

    expect(new Set(await database.knex('messages').whereIn('id', ids).pluck('state'))).toEqual(new Set(['sent']));
    expect(countsOf(standIn)).toMatchObject({ accepted: 24, keysAcceptedTwice: [], messagesAcceptedTwice: [] });
    expect(await database.knex('messages').whereIn('id', ids).countDistinct({ distinct: 'provider_id' })).toEqual([{ distinct: 24 }]);
  });
});
