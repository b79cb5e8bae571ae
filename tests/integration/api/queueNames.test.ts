import { beginnings } from '../../../web/src/automations/beginnings';
import { beginning } from '../../../web/src/campaigns/beginning';
import { newAction } from '../../../web/src/policy/drafts/newAction';
import { firstAction } from '../../../web/src/segments/runActions';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let manager: Caller;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-10T10:00:00Z' });
  manager = await api.as('credit-manager');
});
afterAll(() => api.stop());

const campaign = (steps: object[]): object => ({ title: 'Spring', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 5 } }, schedule: { kind: 'now' }, steps });

test('what the forms begin with names queues and audiences that a new deployment has; those that it has not are refused with their place', async () => {
  const { webhook, task, notify, escalate } = beginnings;
  const titled = [webhook, { ...task, title: 'Call' }, { ...notify, title: 'Look' }, escalate];
  const automation = { title: 'Late', trigger: { kind: 'payment.partial' }, actions: titled };
  const made = (await manager.post('/automations', { key: 'begun', document: automation }).expect(201)).body;
  await manager.post('/campaigns', { key: 'begun', document: campaign([{ id: 'call', afterDays: 0, action: beginning('task') }, { id: 'raise', afterDays: 7, action: { ...beginning('escalate'), template: null } }]) }).expect(201);
  const segment = (await manager.post('/segments', { key: 'begun', title: 'Begun', condition: { field: 'customer.openInvoices', op: '>', value: 0 } }).expect(201)).body;
  const run = (actions: object[]): object => ({ rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, invoices: { which: 'overdue' }, actions });
  await manager.put(`/segments/${segment.id}/schedule`, { run: run([firstAction.task, { ...firstAction.notify, title: 'Look' }]) }).expect(200);
  const steps = [newAction('task'), newAction('notify'), newAction('escalate')];
  const source = JSON.stringify({ policy: 'begun', version: 1, steps: [{ id: 'a', anchor: 'due', offset: { days: 400 }, actions: steps }] });
  expect((await manager.post('/policies/check', { source }).expect(200)).body).toMatchObject({ valid: true, errors: [] });

  await api.knex('task_queues').where({ name: 'Credit' }).update({ name: 'Board' });
  await api.knex('task_queues').where({ name: 'Collections' }).update({ name: 'Arrears' });
  const errors = async (request: ReturnType<Caller['post']>): Promise<string[]> => ((await request.expect(422)).body as { errors: { path: string }[] }).errors.map(({ path }) => path);
  expect(await errors(manager.post(`/automations/${made.id}/versions`, { document: automation, rowVersion: made.rowVersion }))).toEqual(['document.actions[1].queue', 'document.actions[3].queue']);
  expect(await errors(manager.put(`/segments/${segment.id}/schedule`, { run: run([firstAction.task]) }))).toEqual(['run.actions[0].queue']);
  expect((await manager.post('/policies/check', { source }).expect(200)).body).toMatchObject({ valid: false, errors: [{ path: 'steps[0].actions[2].escalate.queue', message: expect.stringContaining('there is no queue "Credit" (allowed: Arrears, Board, Customer Care, Sales)') as string }] });
  await api.knex('task_queues').where({ name: 'Board' }).update({ name: 'Credit' });
  await api.knex('task_queues').where({ name: 'Arrears' }).update({ name: 'Collections' });
});
