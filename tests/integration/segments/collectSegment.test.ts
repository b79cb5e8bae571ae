import { systemActor } from '../../../db/audit';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { setRun } from '../../../db/segments/controlRun';
import { createSegment } from '../../../db/segments/segments';
import { readRun } from '../../../domain/segment/readRun';
import { decisionsOf, startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(600_000);

let deployment: Deployment;
const customers = Array.from({ length: 5 }, (_, index) => `C-${index + 1}`);

/** 2026-03-02 is a Monday; a customer in Berlin who owes two invoices that fell due the week before. */
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-03-02T06:00:00Z' });
  const { knex } = deployment;
  const context = { actor: systemActor, at: new Date('2026-03-02T06:00:00Z') };
  await upsertCustomers(knex, context, customers.map((externalId) => ({ externalId, name: externalId, timeZone: 'Europe/Berlin', country: 'DE', contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
  const made = await knex.transaction((trx) => createSegment(trx, systemActor, 'all-open', { title: 'Open', description: null, condition: { invoices: 'some' } }, context.at.getTime()));
  const read = readRun({
    rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 600, holidays: null, when: null, invoices: { which: 'open', where: null }, actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }], minimumDaysBetween: 2,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  await knex.transaction((trx) => setRun(trx, systemActor, made.id, read.run, true, context.at.getTime()));
  await upsertInvoices(knex, context, customers.flatMap((customer) => [1, 2].map((number) => ({
    externalId: `${customer}-${number}`, customerExternalId: customer, issuedOn: '2026-02-01', dueOn: '2026-02-23', currency: 'EUR', totalMinor: 10_000,
  }))));
  await deployment.settle();
});
afterAll(() => deployment?.stop());

async function sent(): Promise<string[]> {
  const { rows } = await deployment.knex.raw<{ rows: { text: string }[] }>(
    `SELECT to_char(queued_at AT TIME ZONE 'Europe/Berlin', 'MM-DD HH24:MI') || ' ' || source || ' ' || idempotency_key || ' ' || state AS text FROM messages WHERE source = 'segment' ORDER BY queued_at, idempotency_key`);
  return rows.map(({ text }) => text);
}

test('Tuesday at ten: one email to each customer, no reminder of a single invoice, on a clock that stops there by itself', async () => {
  await deployment.advanceTo('2026-03-04T12:00:00Z');
  expect(await sent()).toEqual(customers.map((customer) => `03-03 10:00 segment segment:all-open/run-1/${customer} delivered`));
  const emails = (await decisionsOf(deployment.knex)).filter(({ action, step }) => action === 'email' && step.startsWith('overdue'));
  expect(emails.length).toBeGreaterThan(0);
  expect(new Set(emails.filter(({ reason }) => reason !== 'collapsed').map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(new Set(['suppressed consolidated']));
});

test('a worker that dies before a Tuesday loses nothing and repeats nothing', async () => {
  await deployment.stopWorker();
  await deployment.startWorker();
  await deployment.advanceTo('2026-03-11T12:00:00Z');
  expect((await sent()).filter((text) => text.startsWith('03-10'))).toHaveLength(customers.length);
  expect(new Set(await sent()).size).toBe(2 * customers.length);
});
