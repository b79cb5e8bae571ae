import { systemActor } from '../../db/audit/actor';
import { pauseClock, readClock, requestAdvance } from '../../db/clock/clock';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { startApi } from './api/startApi';
import { startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(180_000);

const begins = '2026-01-05T00:00:00Z';
const yearOn = Date.parse('2027-01-05T00:00:00Z');
const context = { actor: systemActor, at: new Date(begins) };
const invoice = (index: number) => ({ externalId: `INV-${index}`, customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 10_000 });

let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: begins });
  await upsertCustomers(deployment.knex, context, [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
  await upsertInvoices(deployment.knex, context, [invoice(1), invoice(2)]);
  await deployment.settle();
});
afterAll(() => deployment?.stop());

test('an advance of a year is paused amid it: the clock stays at its milestone, and goes on when it is asked to again', async () => {
  const { knex } = deployment;
  await requestAdvance(knex, yearOn);
  while ((await readClock(knex)).now === Date.parse(begins)) await new Promise((resolve) => setTimeout(resolve, 5));
  await pauseClock(knex);
  const paused = await readClock(knex);
  expect(paused).toMatchObject({ target: null, playHoursPerSecond: null });
  expect(paused.now).toBeLessThan(yearOn);

  await deployment.settle();
  await deployment.stopWorker();
  await deployment.startWorker();
  await deployment.settle();
  expect((await readClock(knex)).now).toBe(paused.now);

  await deployment.advanceTo(paused.now + 86_400_000);
  expect((await readClock(knex)).now).toBe(paused.now + 86_400_000);
});

test('what it waits for is told by the API: here for events, since no worker runs', async () => {
  const { knex } = deployment;
  await deployment.stopWorker();
  await upsertInvoices(knex, context, [invoice(3)]);
  const api = await startApi({ on: knex });
  try {
    const admin = await api.as('admin');
    const { now } = await readClock(knex);
    await admin.post('/clock/advance', { to: new Date(now + 86_400_000).toISOString() }).expect(200);
    expect((await admin.get('/clock').expect(200)).body).toMatchObject({ advancing: true, waitingFor: ['events'] });
    expect((await admin.post('/clock/pause', {}).expect(200)).body).toMatchObject({ advancing: false, target: null });
    await deployment.startWorker();
    await deployment.settle();
    expect((await admin.get('/clock').expect(200)).body).toMatchObject({ now: new Date(now).toISOString(), waitingFor: [] });
  } finally {
    await api.stop();
  }
});
