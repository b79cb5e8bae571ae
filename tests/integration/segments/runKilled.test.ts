import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { requestAdvance } from '../../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { setRun } from '../../../db/segments/controlRun';
import { createSegment } from '../../../db/segments/segments';
import { readRun, type SegmentRunDocument } from '../../../domain/segment/readRun';
import { ladder } from '../../domain/collection/story';
import { startKillable, type Killable } from '../../processes/killable';
import { countsOf } from '../../standins/resend/control';

// A worker of its own process is started three times, which takes some seconds each, and more on a busy machine.
jest.setTimeout(600_000);

/** 2026-03-02 is a Monday. */
const day = (number: number): number => Date.parse('2026-03-02T06:00:00Z') + number * 86_400_000;
/** A page has a hundred customers: this makes two. */
const customers = Array.from({ length: 104 }, (_, index) => `C-${String(index).padStart(3, '0')}`);
/** Says nothing for as long as this lasts: what is sent is the runs'. */
const silent = ladder('- { id: last, anchor: due, offset: { days: 300 }, actions: [{ email: { template: due } }] }');
const everyTuesday: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 600, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 2,
  actions: [
    { kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Call {customer}', instructions: null, dueInDays: 60 }, { kind: 'notify', audience: 'sales', title: 'Told' },
  ],
};
const statements: SegmentRunDocument = { ...everyTuesday, actions: [{ kind: 'statement', template: 'statement', to: ['billing'], sendWhen: 'open' }] };

let deployment: Killable;
let segmentId: number;

beforeAll(async () => {
  deployment = await startKillable({ startsAt: day(0), policy: { policy: silent, source: 'test' } });
  const { knex } = deployment;
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(knex, context, customers.map((externalId) => ({ externalId, name: externalId, timeZone: 'UTC', contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
  segmentId = (await knex.transaction((trx) => createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { invoices: 'some' } }, day(0)))).id;
  await schedule(everyTuesday, day(0));
  await upsertInvoices(knex, context, customers.map((customer) => ({ externalId: `I-${customer}`, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-02-23', currency: 'EUR', totalMinor: 10_000 })));
  // Nothing but a page of a run writes these rows: the second page of a run waits there for as long as the test holds the lock.
  await knex.raw(`CREATE FUNCTION wait_in_page() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id WHERE r.state = 'running') THEN PERFORM pg_advisory_xact_lock(4711); END IF; RETURN NULL; END $$`);
  await knex.raw('CREATE TRIGGER wait_in_page BEFORE INSERT ON segment_decisions FOR EACH STATEMENT EXECUTE FUNCTION wait_in_page()');
  await deployment.worker.start();
  await deployment.settle();
});
afterAll(() => deployment?.stop());

async function schedule(document: SegmentRunDocument, now: number): Promise<void> {
  const read = readRun(document);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await deployment.knex.transaction((trx) => setRun(trx, systemActor, segmentId, read.run, false, now));
}

/** Lets a run begin, kills the worker in the middle of its second page, and lets another take over. What the first page queued had not been told of to anybody. */
async function killInRun(number: number, to: number): Promise<void> {
  const { knex, worker, count } = deployment;
  const held: Knex.Transaction = await knex.transaction();
  await held.raw('SELECT pg_advisory_xact_lock(4711)');
  await requestAdvance(knex, to);
  const ofRun = `segment_decisions d JOIN segment_runs r ON r.id = d.run_id WHERE r.number = ${number}`;
  await deployment.until('the second page to be under way', async () => await count(ofRun) > 0
    && await count(`pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`) > 0);
  const decided = await count(ofRun);
  expect([decided > 0, decided < customers.length]).toEqual([true, true]);
  await worker.kill();
  await held.rollback();
  expect(await count(ofRun)).toBe(decided);
  await worker.start();
  await deployment.settle();
}

async function keysOf(table: 'messages' | 'tasks' | 'notifications', number: number): Promise<string[]> {
  const column = table === 'messages' ? 'idempotency_key' : 'key';
  return (await deployment.knex(table).where(column, 'like', `segment:all/run-${number}/%`).pluck<string[]>(column)).sort();
}

function expectEachAcceptedOnce(messages: number): void {
  expect(countsOf(deployment.provider)).toMatchObject({ accepted: messages, keysAcceptedTwice: [], messagesAcceptedTwice: [] });
}

test('Tuesday: the worker is killed with SIGKILL in the middle of a run, and every customer gets one email, one task and one notice', async () => {
  await killInRun(1, day(3));
  const keys = (suffix: string): string[] => customers.map((customer) => `segment:all/run-1/${customer}${suffix}`);
  expect(await keysOf('messages', 1)).toEqual(keys(''));
  expect(await keysOf('tasks', 1)).toEqual(keys('/2-task'));
  expect(await keysOf('notifications', 1)).toEqual(keys('/3-notify'));
  expectEachAcceptedOnce(customers.length);
});

test('the next Tuesday it sends statements: killed in the middle, every customer gets one statement, which ends with what is owed', async () => {
  await schedule(statements, day(3));
  await killInRun(2, day(10));
  expect(await keysOf('messages', 2)).toEqual(customers.map((customer) => `segment:all/run-2/${customer}/statement`));
  expectEachAcceptedOnce(2 * customers.length);
  expect(await deployment.count('(SELECT customer_id FROM statements GROUP BY customer_id HAVING count(*) = 1) once')).toBe(customers.length);
  expect(await deployment.count('messages')).toBe(2 * customers.length);
  const { rows } = await deployment.knex.raw<{ rows: { state: string; outcome: string; decided: number }[] }>(
    'SELECT r.state, d.outcome, count(*)::int AS decided FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id GROUP BY r.number, r.state, d.outcome ORDER BY r.number');
  expect(rows).toEqual([1, 2].map(() => ({ state: 'done', outcome: 'executed', decided: customers.length })));
});
