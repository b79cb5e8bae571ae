import { systemActor } from '../../../db/audit/actor';
import { insertCollections } from '../../../db/collection/collections';
import { readPolicyFile } from '../../../cli/policyFiles';
import { publishPolicy } from '../../../db/policies';
import { startApi, type Caller, type TestApi } from './startApi';

interface TaskBody { id: number; title: string; state: string; outcome: string | null; dueOn: string; followsId: number | null; assignee: { id: number } | null; queue: string }

let api: TestApi;
let manager: Caller;
let clara: Caller;
let customerId: number;
let invoiceId: number;
let contactId: number;
beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T20:30:00Z' });
  manager = await api.as('credit-manager');
  clara = await api.as('collector');
  // In Auckland it is 1 April already.
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: 'Kiwi', timeZone: 'Pacific/Auckland', contacts: [{ email: 'pay@c.example', phone: '+64 1', name: 'Kim' }] }, { externalId: 'D', name: 'Other', contacts: [{ email: 'x@d.example', phone: '1' }] }] }).expect(200);
  await manager.post('/invoices/bulk', { records: [{ externalId: 'I-1', customerExternalId: 'C', issuedOn: '2026-02-01', dueOn: '2026-03-03', currency: 'NZD', totalMinor: 120_000 }] }).expect(200);
  customerId = ((await manager.get('/customers?externalId=C').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  invoiceId = ((await manager.get(`/invoices?customerId=${customerId}`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  contactId = ((await manager.get(`/customers/${customerId}/contacts`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  const { policy, source } = await readPolicyFile('policies/reference.yaml');
  const { id } = await api.knex.transaction((trx) => publishPolicy(trx, { policy, source, actor: systemActor }));
  await insertCollections(api.knex, [{ invoiceId, customerId, policyVersionId: id, requestedSeq: 0, startedAt: Date.parse('2026-02-01T00:00:00Z') }]);
});
afterAll(() => api.stop());

const call = async (more: object = {}): Promise<number> => ((await clara.post('/tasks', { title: 'Call', queue: 'Collections', invoiceId, ...more }).expect(201)).body as TaskBody).id;
const waiting = async (): Promise<TaskBody[]> => ((await clara.get(`/tasks?customerId=${customerId}`).expect(200)).body as { items: TaskBody[] }).items;
const complete = (id: number, report: object) => clara.post(`/tasks/${id}/complete`, report);
const faultsOf = async (id: number, report: object): Promise<string[]> => ((await complete(id, report).expect(422)).body as { errors: { path: string }[] }).errors.map(({ path }) => path);
afterEach(async () => {
  await api.knex('tasks').whereIn('state', ['open', 'claimed']).del();
});

describe('31 March in Berlin, 1 April where the customer is: a call ends', () => {
  test('nobody answers: the same call waits again, for the one who made it, in the days said', async () => {
    const id = await call();
    await clara.post(`/tasks/${id}/claim`).expect(200);
    await complete(id, { outcome: 'no-answer', inDays: 3 }).set('idempotency-key', 'again').expect(200);
    await complete(id, { outcome: 'no-answer', inDays: 3 }).set('idempotency-key', 'again').expect(200);
    const user = ((await clara.get('/session').expect(200)).body as { user: { id: number } }).user.id;
    expect(await waiting()).toEqual([expect.objectContaining({ title: 'Call', dueOn: '2026-04-04', followsId: id, assignee: expect.objectContaining({ id: user }) as object, state: 'open' })]);
    await complete(id, { outcome: 'done' }).expect(409);
  });

  test('a promise without a day, over what is open, in the past or with a stray dispute is refused, and the task stays open', async () => {
    const id = await call();
    expect(await faultsOf(id, { outcome: 'promised' })).toEqual(['promise']);
    expect(await faultsOf(id, { outcome: 'promised', promise: { promisedOn: '2026-04-10', amountMinor: 120_001 } })).toEqual(['promise.amountMinor']);
    expect(await faultsOf(id, { outcome: 'promised', promise: { promisedOn: '2026-03-31' } })).toEqual(['promise.promisedOn']);
    expect(await faultsOf(id, { outcome: 'done', promise: { promisedOn: '2026-04-10' } })).toEqual(['promise']);
    expect((await clara.get(`/tasks/${id}`).expect(200)).body).toMatchObject({ state: 'open', outcome: null });
    expect(await api.knex('promises').select('id')).toEqual([]);
  });

  test('a promise is recorded for the invoice, once, and told on the timeline as promise and as call', async () => {
    const id = await call();
    await complete(id, { outcome: 'promised', note: 'After the holidays', promise: { promisedOn: '2026-04-10', amountMinor: 50_000 } }).expect(200);
    expect(await api.knex('promises').select('external_id', 'amount_minor', 'promised_on', 'source', 'note', 'state')).toEqual([{ external_id: `task-${id}`, amount_minor: 50_000, promised_on: '2026-04-10', source: 'call', note: 'After the holidays', state: 'pending' }]);
    const { items } = (await clara.get(`/customers/${customerId}/timeline?kind=promise&kind=call`).expect(200)).body as { items: { kind: string; state: string; amountMinor: number | null }[] };
    expect(items.filter(({ state }) => state !== 'no-answer').map(({ kind, state }) => [kind, state]).sort()).toEqual([['call', 'promised'], ['promise', 'pending']]);
  });

  test('a dispute holds back its part; a task without an invoice cannot open one', async () => {
    const id = await call();
    await complete(id, { outcome: 'disputed', note: 'Half is missing', dispute: { reason: 'quantity', amountMinor: 60_000 } }).expect(200);
    expect(await api.knex('disputes').select('external_id', 'amount_minor', 'reason_code', 'detail')).toEqual([{ external_id: `task-${id}`, amount_minor: 60_000, reason_code: 'quantity', detail: 'Half is missing' }]);
    const general = await call({ invoiceId: undefined, customerId });
    expect(await faultsOf(general, { outcome: 'disputed', dispute: { reason: 'price' } })).toEqual(['outcome']);
    expect(await faultsOf(general, { outcome: 'promised', promise: { promisedOn: '2026-04-10' } })).toEqual(['promise.currency']);
  });

  test('they say it is paid: collection waits until the end of the day on which somebody looks, its workflow hears of it, and a longer pause stays', async () => {
    const before = (await api.knex('collections').where({ invoice_id: invoiceId }).first('requested_seq')) as { requested_seq: number };
    const id = await call();
    await complete(id, { outcome: 'paid', inDays: 4 }).expect(200);
    expect(await waiting()).toEqual([expect.objectContaining({ title: 'Check that the payment of I-1 has come', dueOn: '2026-04-05', followsId: id })]);
    const paused = (await api.knex('collections').where({ invoice_id: invoiceId }).first('paused', 'paused_until', 'requested_seq')) as { paused: boolean; paused_until: Date; requested_seq: number };
    expect(paused).toMatchObject({ paused: true, paused_until: new Date('2026-04-05T12:00:00Z') });
    expect(paused.requested_seq).toBeGreaterThan(before.requested_seq);
    expect(await api.knex('outbox').where({ kind: 'control.pause', relayed_at: null }).select('invoice_id')).toEqual([{ invoice_id: invoiceId }]);
    await complete(await call(), { outcome: 'paid', inDays: 1 }).expect(200);
    expect(await api.knex('collections').where({ invoice_id: invoiceId }).first('paused_until')).toEqual({ paused_until: new Date('2026-04-05T12:00:00Z') });
  });

  test('the number is wrong: the contact is flagged until it has another, and somebody looks for one', async () => {
    const others = ((await manager.get('/customers?externalId=D').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
    const foreign = ((await manager.get(`/customers/${others}/contacts`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
    expect(await faultsOf(await call(), { outcome: 'wrong-number', contactId: foreign })).toEqual(['contactId']);
    await complete(await call(), { outcome: 'wrong-number', contactId }).expect(200);
    expect((await waiting()).map(({ title }) => title)).toContain('Find another number of Kiwi');
    const contact = async () => ((await clara.get(`/customers/${customerId}/contacts`).expect(200)).body as { items: { phoneWrong: boolean }[] }).items[0]!.phoneWrong;
    expect(await contact()).toBe(true);
    await manager.patch(`/contacts/${contactId}`, { phone: '+64 2' }).set('if-match', '*').expect(200);
    expect(await contact()).toBe(false);
  });

  test('an outcome that the template does not allow is refused', async () => {
    await manager.put('/task-templates/ask', { title: 'Ask {customer}', instructions: null, queue: 'Sales', dueInDays: 1, priority: 2, outcomes: ['done', 'promised'], active: true }).expect(200);
    const id = ((await clara.post('/tasks', { template: 'ask', invoiceId }).expect(201)).body as TaskBody).id;
    expect(await faultsOf(id, { outcome: 'no-answer' })).toEqual(['outcome']);
    await complete(id, { outcome: 'done' }).expect(200);
  });
});
