import { startDeployment, type Deployment } from '../../collection/deployment';
import { startApi, type Caller, type TestApi } from './startApi';

jest.setTimeout(240_000);

let deployment: Deployment;
let api: TestApi;
let manager: Caller;
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-03-02T08:00:00Z' });
  api = await startApi({ on: deployment.knex, temporal: () => Promise.resolve(deployment.client) });
  manager = await api.as('credit-manager');
  await manager.post('/customers/bulk', { records: [{ externalId: 'A', name: 'Customer A', timeZone: 'America/New_York', contacts: [{ email: 'a@example.com' }] }] }).expect(200);
  const invoice = (externalId: string, issuedOn: string, dueOn: string) => ({ externalId, customerExternalId: 'A', issuedOn, dueOn, currency: 'USD', totalMinor: 100_000 });
  await manager.post('/invoices/bulk', { records: [invoice('early', '2026-03-02', '2026-03-16'), invoice('late', '2026-03-02', '2026-03-16'), invoice('open', '2026-03-02', '2026-03-16')] }).expect(200);
  await deployment.settle();
});
afterAll(() => deployment.stop());

interface Results { from: string; totals: object[]; weeks: { week: string }[]; money: object[] }
const results = async (query = ''): Promise<Results> => (await manager.get(`/policies/results${query}`).expect(200)).body as Results;
const pay = (externalId: string, invoiceExternalId: string, receivedAt: string, amountMinor = 100_000) =>
  manager.post('/payments/bulk', { records: [{ externalId, customerExternalId: 'A', invoiceExternalId, receivedAt, currency: 'USD', amountMinor }] }).expect(200);

test('before anything is paid there is what was billed, and nothing to divide by', async () => {
  expect((await results()).totals).toEqual([expect.objectContaining({
    policy: 'reference', version: 1, currency: 'USD', invoices: 3, openInvoices: 3, billedMinor: 300_000, collectedMinor: 0, openMinor: 300_000, paid: 0, paidOnTime: 0, averageDaysDelinquent: null,
  })]);
});

test('what was done and what came in, to the cent and the day', async () => {
  // Late in the evening of the due date where the customer is, which is the day after in UTC: on time.
  await deployment.advanceTo('2026-03-17T02:00:00Z');
  await pay('P-1', 'early', '2026-03-17T02:00:00Z');
  await deployment.settle();
  await deployment.advanceTo('2026-03-26T15:00:00Z');
  await pay('P-2', 'late', '2026-03-26T15:00:00Z');
  await pay('P-3', 'open', '2026-03-26T15:00:00Z', 25_000);
  await deployment.settle();
  const { from, totals, weeks, money } = await results('?policy=reference&weeks=4');
  expect(from).toBe('2026-03-02');
  expect(totals).toEqual([expect.objectContaining({ invoices: 3, openInvoices: 1, collectedMinor: 225_000, openMinor: 75_000, paid: 2, paidOnTime: 1, averageDaysDelinquent: 5 })]);
  // Reminders of one day to one customer are one email.
  expect(weeks.map(({ week, ...row }) => [week, row])).toEqual([
    ['2026-03-02', expect.objectContaining({ started: 3, emails: 1, paid: 0 })],
    ['2026-03-16', expect.objectContaining({ started: 0, emails: 1, paid: 1 })],
    ['2026-03-23', expect.objectContaining({ emails: 1, tasks: 0, paid: 1 })],
  ]);
  expect(money).toEqual([expect.objectContaining({ week: '2026-03-16', collectedMinor: 100_000 }), expect.objectContaining({ week: '2026-03-23', collectedMinor: 125_000 })]);
});

test('a payment counts on the day on which it was received, though it is recorded weeks later; one of before collection began is nothing that a policy brought', async () => {
  const invoice = (externalId: string) => ({ externalId, customerExternalId: 'B', issuedOn: '2026-03-26', dueOn: '2026-04-09', currency: 'USD', totalMinor: 100_000 });
  await manager.post('/customers/bulk', { records: [{ externalId: 'B', name: 'Customer B', timeZone: 'Europe/Berlin', contacts: [{ email: 'b@example.com' }] }] }).expect(200);
  await manager.post('/invoices/bulk', { records: [invoice('of-a-date'), invoice('prepaid')] }).expect(200);
  await deployment.settle();
  const before = await results('?weeks=3');
  await deployment.advanceTo('2026-04-14T15:00:00Z');
  // Monday where the customer is, Sunday still in UTC.
  await manager.post('/payments/bulk', { records: [{ externalId: 'P-4', invoiceExternalId: 'of-a-date', receivedAt: '2026-04-06', currency: 'USD', amountMinor: 100_000 }, { externalId: 'P-5', invoiceExternalId: 'prepaid', receivedAt: '2026-03-20', currency: 'USD', amountMinor: 100_000 }] }).expect(200);
  await deployment.settle();
  const { totals, weeks, money } = await results('?weeks=3');
  const sum = (found: Results): { collectedMinor: number; paid: number; paidOnTime: number } => found.totals[0] as never;
  expect(sum({ ...before, totals })).toMatchObject({ collectedMinor: sum(before).collectedMinor + 100_000, paid: sum(before).paid + 2, paidOnTime: sum(before).paidOnTime + 2 });
  expect(money).toEqual([expect.objectContaining({ week: '2026-04-06', collectedMinor: 100_000 })]);
  expect(weeks.find(({ week }) => week === '2026-04-06')).toMatchObject({ paid: 1 });
});

test('a payment taken back counts no more', async () => {
  const { items } = (await manager.get('/payments?limit=10').expect(200)).body as { items: { id: number; externalId: string }[] };
  await manager.post(`/payments/${items.find(({ externalId }) => externalId === 'P-2')!.id}/reverse`, { reason: 'Returned' }).expect(200);
  await deployment.settle();
  expect((await results()).totals).toEqual([expect.objectContaining({ openInvoices: 2, collectedMinor: 225_000, paid: 3, averageDaysDelinquent: 0 })]);
});

test('only of the policy that was asked for, and of a sensible number of weeks', async () => {
  expect(await results('?policy=other')).toMatchObject({ totals: [], weeks: [], money: [] });
  await manager.get('/policies/results?weeks=0').expect(400);
  await manager.get('/policies/results?weeks=1000').expect(400);
});
