import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { controlRun, setRun } from '../../db/segments/controlRun';
import { createSegment } from '../../db/segments/segments';
import { readRun } from '../../domain/segment/readRun';
import type { Deployment } from '../collection/deployment';

/** A segment of three customers: two runs of its own, one paused and one asked for by a person, until its schedule is taken away. Answers its id. */
export async function liveSegment({ knex, advanceTo, settle }: Deployment): Promise<number> {
  const { now } = await readClock(knex);
  const day = 86_400_000;
  const ids = ['ONE', 'TWO', 'THREE'];
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, ids.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing', email: `${externalId.toLowerCase()}@example.com` }] })));
  await upsertInvoices(knex, context, ids.map((id) => ({ externalId: `I-${id}`, customerExternalId: id, issuedOn: '2025-10-01', dueOn: '2025-10-15', currency: 'USD', totalMinor: 100_000 })));
  await settle();
  const made = await knex.transaction((trx) => createSegment(trx, systemActor, 'all-open', { title: 'Open', description: null, condition: { invoices: 'some' } }, now));
  const read = readRun({
    rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'UTC', atMinute: 600, holidays: null, when: null, invoices: { which: 'open', where: null }, minimumDaysBetween: 2,
    actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Call {customer}', instructions: null, dueInDays: 1 }],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const change = async (act: (trx: Parameters<typeof setRun>[0], at: number) => Promise<void>): Promise<void> => {
    const { now: at } = await readClock(knex);
    await knex.transaction((trx) => act(trx, at));
    await settle();
  };
  await change((trx, at) => setRun(trx, systemActor, made.id, read.run, true, at));
  await advanceTo(now + 10 * day);
  await change((trx, at) => controlRun(trx, systemActor, made.id, 'pause', at));
  await advanceTo(now + 20 * day);
  await change((trx, at) => controlRun(trx, systemActor, made.id, 'resume', at));
  await change((trx, at) => controlRun(trx, systemActor, made.id, 'run-now', at));
  await advanceTo(now + 30 * day);
  await change((trx, at) => setRun(trx, systemActor, made.id, null, false, at));
  return made.id;
}
