import { escalateOverdueTasks, nextOverdue } from '../../../db/work/escalateTasks';
import { raiseTasks, type NewTask } from '../../../db/work/raiseTasks';
import { nextMilestone } from '../../../db/clock/milestones';
import { startApi, type Caller, type TestApi } from './startApi';

interface TaskBody { id: number; title: string; instructions: string | null; queue: string; priority: number; dueOn: string; state: string; assignee: { id: number; name: string } | null; escalatedFrom: string | null; overdue: boolean }

let api: TestApi;
let manager: Caller;
let clara: Caller;
let otto: Caller;
let customerId: number;
let invoiceId: number;
const start = Date.parse('2026-03-31T12:00:00Z');
const me = async (caller: Caller): Promise<number> => ((await caller.get('/session').expect(200)).body as { user: { id: number } }).user.id;

beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z' });
  manager = await api.as('credit-manager');
  clara = await api.as('collector');
  otto = await api.as('collector');
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: 'Brauer GmbH', timeZone: 'Europe/Berlin' }, { externalId: 'NZ', name: 'Kiwi', timeZone: 'Pacific/Auckland' }] }).expect(200);
  await manager.post('/invoices/bulk', { records: [{ externalId: 'I-1', customerExternalId: 'C', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'EUR', totalMinor: 120_050 }] }).expect(200);
  customerId = ((await manager.get('/customers?externalId=C').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  invoiceId = ((await manager.get(`/invoices?customerId=${customerId}`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
});
afterAll(() => api.stop());
afterEach(() => api.knex('tasks').del());

const raise = (...tasks: Partial<NewTask>[]): Promise<number[]> => api.knex.transaction((trx) => raiseTasks(trx, tasks.map((task, index): NewTask => ({
  key: `t-${Math.random()}-${index}`, queue: 'Collections', title: 'Call', instructions: null, customerId, invoiceId: null, dueOn: '2026-04-02', at: start, ...task,
}))));
const task = async (id: number): Promise<TaskBody> => (await clara.get(`/tasks/${id}`).expect(200)).body as TaskBody;
const queue = { assignment: 'none', escalation: 'none', escalateTo: null, leadId: null, memberIds: [] as number[] };

describe('templates', () => {
  test('a mistyped field is refused with what was meant; only a manager writes templates', async () => {
    const template = { title: 'Call {custommer}', instructions: null, queue: 'Collections', dueInDays: 3, priority: 1, outcomes: ['promised', 'no-answer'], active: true };
    const refused = await manager.put('/task-templates/first-call', template).expect(400);
    expect((refused.body as { errors: { message: string }[] }).errors[0]!.message).toContain('did you mean "customer"');
    await clara.put('/task-templates/first-call', { ...template, title: 'Call {customer}' }).expect(403);
    await manager.put('/task-templates/first-call', { ...template, title: 'Call {customer} about {invoice}', instructions: 'Open: {open}, {daysOverdue} days overdue.' }).expect(200);
  });

  test('31 March: a task from a template is worded, due in its days, and as urgent as it says', async () => {
    const made = (await clara.post('/tasks', { template: 'first-call', invoiceId }).set('idempotency-key', 'once').expect(201)).body as TaskBody;
    expect(made).toMatchObject({ title: 'Call Brauer GmbH about I-1', instructions: 'Open: 1200.50 EUR, 28 days overdue.', queue: 'Collections', priority: 1, dueOn: '2026-04-03', customerId, outcomes: ['promised', 'no-answer'] });
    expect(((await clara.post('/tasks', { template: 'first-call', invoiceId }).set('idempotency-key', 'once').expect(201)).body as TaskBody).id).toBe(made.id);
    await clara.post('/tasks', { template: 'no-such-template' }).expect(409);
    await clara.post('/tasks', { title: 'Somebody must', queue: 'Sales', customerId: 999_999 }).expect(404);
    await clara.post('/tasks', { title: 'No queue' }).expect(409);
    await manager.put('/task-templates/first-call', { title: 'Call', instructions: null, queue: 'Collections', dueInDays: 3, priority: 1, outcomes: null, active: false }).expect(200);
    await clara.post('/tasks', { template: 'first-call' }).expect(409);
  });
});

describe('who gets a task', () => {
  test('by turns, over separate batches; a repeat of the same key raises and assigns nothing', async () => {
    const [a, b] = [await me(clara), await me(otto)];
    await manager.put('/task-queues/Collections', { ...queue, assignment: 'round-robin', memberIds: [b, a] }).expect(200);
    const ids = [...(await raise({}, {}, { key: 'again' })), ...(await raise({ key: 'again' })), ...(await raise({}))];
    expect((await Promise.all(ids.map(task))).map(({ assignee, state }) => [assignee?.id, state])).toEqual([[a, 'open'], [b, 'open'], [a, 'open'], [b, 'open']]);
  });

  test('two that raise tasks at once give out every turn once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => raise({}, {})));
    const { rows } = await api.knex.raw<{ rows: { many: number }[] }>('SELECT count(*) AS many FROM tasks GROUP BY assignee_id');
    expect(rows.map(({ many }) => many)).toEqual([6, 6]);
  });

  test('never somebody who may only look: by hand, by a queue, nor once they may no more', async () => {
    const viewer = await me(await api.as('viewer'));
    const why = /may only look, and could not end a task/;
    const [id] = await raise({});
    for (const refused of [
      await clara.post(`/tasks/${id}/reassign`, { assigneeId: viewer }), await manager.post('/tasks/reassign', { ids: [id], assigneeId: viewer }), await clara.post('/tasks', { title: 'Call', queue: 'Sales', assigneeId: viewer }),
      await manager.put('/task-queues/Collections', { ...queue, memberIds: [viewer] }), await manager.put('/task-queues/Collections', { ...queue, escalation: 'lead', leadId: viewer }),
    ]) expect([refused.status, (refused.body as { detail: string }).detail]).toEqual([409, expect.stringMatching(why)]);
    const demoted = await api.as('collector');
    await manager.put('/task-queues/Collections', { ...queue, assignment: 'round-robin', memberIds: [await me(demoted)] }).expect(200);
    await api.knex('users').where({ id: await me(demoted) }).update({ role: 'viewer' });
    const [next] = await raise({});
    expect(await task(next!)).toMatchObject({ state: 'open', assignee: null });
  });

  test('by the owner of the account, and otherwise to whom has least', async () => {
    const [a, b] = [await me(clara), await me(otto)];
    await manager.put('/task-queues/Collections', { ...queue, assignment: 'owner', memberIds: [a, b] }).expect(200);
    await clara.put(`/customers/${customerId}/owner`, { userId: b }).expect(403);
    await manager.put(`/customers/${customerId}/owner`, { userId: 999_999 }).expect(409);
    expect((await manager.put(`/customers/${customerId}/owner`, { userId: b }).expect(200)).body).toMatchObject({ owner: { id: b } });
    const ids = await raise({}, { customerId: null }, {});
    expect((await Promise.all(ids.map(task))).map(({ assignee }) => assignee?.id)).toEqual([b, a, b]);
    // It is theirs to begin, and nobody else's to take.
    await clara.post(`/tasks/${ids[0]}/claim`).expect(409);
    expect((await otto.post(`/tasks/${ids[0]}/claim`).expect(200)).body).toMatchObject({ state: 'claimed' });
    expect(((await otto.get('/tasks?mine=true').expect(200)).body as { items: unknown[] }).items).toHaveLength(2);
  });

  test('who left the company gets nothing', async () => {
    const gone = await api.as('collector');
    await manager.put('/task-queues/Collections', { ...queue, assignment: 'load', memberIds: [await me(gone)] }).expect(200);
    await api.knex('users').where({ id: await me(gone) }).update({ active: false });
    const [id] = await raise({});
    expect((await task(id!)).assignee).toBeNull();
  });
});

test('a queue is found by its name whatever the case, and there is no second one', async () => {
  const a = await me(clara);
  await manager.put('/task-queues/Sales', { ...queue, assignment: 'load', memberIds: [a] }).expect(200);
  const [id] = await raise({ queue: 'sales' });
  expect(await task(id!)).toMatchObject({ queue: 'Sales', assignee: { id: a } });
  expect((await manager.put('/task-queues/SALES', queue).expect(409)).body).toMatchObject({ detail: 'There is a queue "Sales" already: case makes no other queue.' });
  expect((await manager.post(`/tasks/${id}/reassign`, { queue: 'collections' }).expect(200)).body).toMatchObject({ queue: 'Collections', assignee: null });
  await manager.post('/tasks/reassign', { ids: [id], queue: 'SALES' }).expect(200);
  expect(await task(id!)).toMatchObject({ queue: 'Sales', assignee: { id: a } });
  for (const refused of [
    await manager.post(`/tasks/${id}/reassign`, { queue: 'Colections' }).expect(422), await manager.post('/tasks/reassign', { ids: [id], queue: 'Colections' }).expect(422), await clara.post('/tasks', { title: 'Call', queue: 'Colections' }).expect(422),
    await manager.put('/task-templates/lost', { title: 'Call', instructions: null, queue: 'Colections', dueInDays: 3, priority: 1, outcomes: null, active: true }).expect(422),
  ]) expect((refused.body as { errors: object[] }).errors).toEqual([{ path: 'queue', message: expect.stringContaining('there is no queue "Colections", did you mean "Collections"?') as string }]);
});

describe('overdue tasks', () => {
  test('2 April is over in Auckland before it is in Berlin: each goes to the lead once, on its own midnight', async () => {
    const [lead, a] = [await me(manager), await me(clara)];
    await manager.put('/task-queues/Collections', { ...queue, escalation: 'lead', leadId: null }).expect(409);
    await manager.put('/task-queues/Collections', { ...queue, escalation: 'lead', leadId: lead }).expect(200);
    const nz = ((await manager.get('/customers?externalId=NZ').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
    const [berlin, auckland] = await raise({ assigneeId: a }, { customerId: nz });
    const [atAuckland, atBerlin] = [Date.parse('2026-04-02T11:00:00Z'), Date.parse('2026-04-02T22:00:00Z')];
    expect(await nextMilestone(api.knex, start, start + 10 * 86_400_000)).toBe(atAuckland);
    expect(await escalateOverdueTasks(api.knex, atAuckland - 1)).toBe(0);
    expect(await escalateOverdueTasks(api.knex, atAuckland)).toBe(1);
    expect(await api.knex('events').where({ kind: 'task.overdue' }).select('customer_id', 'at')).toEqual([{ customer_id: nz, at: new Date(atAuckland) }]);
    expect([(await task(auckland!)).assignee?.id, (await task(berlin!)).assignee?.id]).toEqual([lead, a]);
    expect(await nextOverdue(api.knex, null, atBerlin)).toBe(atBerlin);
    expect(await escalateOverdueTasks(api.knex, atBerlin)).toBe(1);
    expect(await task(berlin!)).toMatchObject({ assignee: { id: lead }, state: 'open', escalatedFrom: 'Collections' });
    // Given back to whom it was, it stays there: escalation happens once.
    await manager.post('/tasks/reassign', { ids: [berlin], assigneeId: a }).expect(200, { reassigned: 1, closed: 0 });
    expect(await escalateOverdueTasks(api.knex, atBerlin + 86_400_000)).toBe(0);
    expect((await task(berlin!)).assignee?.id).toBe(a);
    const bell = (await manager.get('/notifications?unread=true').expect(200)).body as { items: { title: string; customerName: string }[] };
    expect(bell.items.map(({ customerName }) => customerName).sort()).toEqual(['Brauer GmbH', 'Kiwi']);
    expect((await clara.get('/notifications?unread=true').expect(200)).body).toMatchObject({ items: [] });
  });

  test('or into another queue, whose rule says to whom', async () => {
    await manager.put('/task-queues/Collections', { ...queue, escalation: 'queue', escalateTo: 'Collections' }).expect(409);
    await manager.put('/task-queues/Collections', { ...queue, escalation: 'queue', escalateTo: 'Nowhere' }).expect(409);
    await manager.put('/task-queues/Sales', { ...queue, assignment: 'load', memberIds: [await me(otto)] }).expect(200);
    await manager.put('/task-queues/Collections', { ...queue, escalation: 'queue', escalateTo: 'Sales' }).expect(200);
    const [late, later, done] = await raise({ dueOn: '2026-04-01' }, { dueOn: '2026-05-01' }, { dueOn: '2026-04-01' });
    await clara.post(`/tasks/${done}/complete`, { outcome: 'done' }).expect(200);
    await Promise.all([1, 2, 3].map(() => escalateOverdueTasks(api.knex, Date.parse('2026-04-10T00:00:00Z'))));
    expect(await task(late!)).toMatchObject({ queue: 'Sales', assignee: { id: await me(otto) }, escalatedFrom: 'Collections' });
    expect(await task(later!)).toMatchObject({ queue: 'Collections', escalatedFrom: null });
    expect(await task(done!)).toMatchObject({ queue: 'Collections', state: 'done' });
  });
});

describe('the worklist', () => {
  test('a manager moves many at once; what is closed is passed over; a collector may not', async () => {
    const ids = await raise({}, {}, {});
    await clara.post(`/tasks/${ids[1]}/complete`, { outcome: 'done' }).expect(200);
    await clara.post('/tasks/reassign', { ids, queue: 'Sales' }).expect(403);
    await manager.post('/tasks/reassign', { ids }).expect(422);
    await manager.post('/tasks/reassign', { ids, queue: 'Customer Care' }).expect(200, { reassigned: 2, closed: 1 });
    expect((await task(ids[0]!)).queue).toBe('Customer Care');
  });

  test('the best next task of a customer is the most urgent, of equals the earliest due', async () => {
    await raise({ title: 'soon', dueOn: '2026-04-01' }, { title: 'urgent, late', priority: 1, dueOn: '2026-04-09' }, { title: 'urgent, soon', priority: 1, dueOn: '2026-04-05' });
    const page = (await clara.get(`/tasks?customerId=${customerId}&sort=priority&limit=2`).expect(200)).body as { items: TaskBody[]; next: string };
    expect(page.items.map(({ title }) => title)).toEqual(['urgent, soon', 'urgent, late']);
    expect(((await clara.get(`/tasks?customerId=${customerId}&sort=priority&limit=2&cursor=${page.next}`).expect(200)).body as { items: TaskBody[] }).items.map(({ title }) => title)).toEqual(['soon']);
  });
});
