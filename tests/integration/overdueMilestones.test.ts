import type { Knex } from 'knex';
import { startManualClock } from '../../db/clock/clock';
import { nextMilestone } from '../../db/clock/milestones';
import { upsertCustomers } from '../../db/ledger';
import { systemActor } from '../../db/audit';
import { escalateOverdueTasks } from '../../db/work/escalateTasks';
import { freshDatabase, type FreshDatabase } from '../engines/database';

const now = Date.parse('2026-03-10T09:00:00Z');
let database: FreshDatabase;
let knex: Knex;
beforeEach(async () => {
  database = await freshDatabase();
  knex = database.knex;
  await startManualClock(knex, now);
});
afterEach(() => database.destroy());

const raise = (key: string, dueOn: string, customerId: number | null = null) => knex('tasks').insert({ key, queue: 'Q', title: 't', due_on: dueOn, created_at: new Date(now), customer_id: customerId });
const next = async (limit = '2027-01-01T00:00:00Z'): Promise<string | null> => {
  const at = await nextMilestone(knex, now, Date.parse(limit));
  return at === null ? null : new Date(at).toISOString();
};

test('a task that comes back with a day that is past hides no later one from the clock', async () => {
  await raise('tomorrow', '2026-03-11');
  expect(await next()).toBe('2026-03-12T00:00:00.000Z');
  await raise('came-back', '2026-03-01');
  expect(await next()).toBe('2026-03-12T00:00:00.000Z');
  expect(await next('2026-03-11T00:00:00Z')).toBeNull();
  expect(await escalateOverdueTasks(knex, now)).toBe(1);
});

test('of days that end around now, the first midnight that is still to come counts, wherever it is', async () => {
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((timeZone) => ({ externalId: timeZone, name: 'Ada', timeZone, contacts: [] })));
  const ids = await knex('customers').orderBy('id').pluck<number[]>('id');
  const [kiritimati, pagoPago] = [ids[0]!, ids[1]!];
  // At nine in the morning UTC the 10th is 23 hours old in Kiritimati, and the 9th is not over in Pago Pago.
  await raise('over', '2026-03-09', kiritimati);
  await raise('a-year-ago', '2025-03-09', pagoPago);
  await raise('later', '2026-03-11');
  expect(await next()).toBe('2026-03-12T00:00:00.000Z');
  await raise('next-there', '2026-03-10', kiritimati);
  expect(await next()).toBe('2026-03-10T10:00:00.000Z');
  await raise('still-to-come', '2026-03-09', pagoPago);
  expect(await next()).toBe('2026-03-10T10:00:00.000Z');
  await knex('tasks').where({ key: 'next-there' }).del();
  expect(await next()).toBe('2026-03-10T11:00:00.000Z');
});
