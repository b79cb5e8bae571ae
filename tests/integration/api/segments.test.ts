import { keepMembership } from '../../../db/segments/keepMembership';
import { stepRun } from '../../../db/segments/stepRun';
import { startApi, type Caller, type TestApi } from './startApi';

const now = '2026-03-02T09:00:00Z';
let api: TestApi;
let manager: Caller;

beforeAll(async () => {
  api = await startApi({ now });
  manager = await api.as('credit-manager');
  await manager.post('/customers/bulk', { records: [{ externalId: 'ACME', name: 'Acme', contacts: [{ role: 'billing', email: 'a@example.com' }] }, { externalId: 'BOLT', name: 'Bolt' }] }).expect(200);
  await manager.post('/invoices/bulk', { records: [{ externalId: 'A-1', customerExternalId: 'ACME', issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'USD', totalMinor: 10_000 }] }).expect(200);
});
afterAll(() => api.stop());

const condition = { all: [{ field: 'customer.balance', op: '>', value: { USD: '91.00' } }, { invoices: 'some', where: { field: 'invoice.dueOn', op: '<=', value: 'today-14d' } }] };

test('a condition is tried out before anything is saved, and a wrong one says where and what is meant', async () => {
  const preview = await manager.post('/segments/preview', { condition }).expect(200);
  expect(preview.body).toMatchObject({ valid: true, total: 1, customers: [{ customerName: 'Acme', reason: 'customer balance 100.00 USD is over 91.00 USD and 1 of 1 open invoices is open with due date on or before 14 days ago (A-1)' }] });
  expect((await manager.post('/segments/preview', { condition, limit: 0 }).expect(200)).body).toMatchObject({ total: 1, customers: [] });
  const wrong = await manager.post('/segments/preview', { condition: { field: 'customer.tire', op: '=', value: 'gold' } }).expect(200);
  expect(wrong.body).toMatchObject({ valid: false, errors: [{ path: 'field', message: 'unknown field "customer.tire", did you mean "customer.tier"?' }] });
});

test('a condition is put into words, and a wrong one says where; what is no JSON is refused', async () => {
  const words = (subject: string, written: unknown) => manager.get(`/conditions/describe?subject=${subject}&condition=${encodeURIComponent(JSON.stringify(written))}`).expect(200);
  expect((await words('invoice', { all: [{ field: 'invoice.daysPastDue', op: '>', value: 30 }, { field: 'invoice.balance', op: '>', value: { USD: '1000.00' } }] })).body).toEqual({ valid: true, text: 'more than 30 days past due and more than $1,000 open', errors: [] });
  expect((await words('invoice', { all: [{ field: 'invoice.balanse', op: '>', value: { USD: '1000.00' } }] })).body).toMatchObject({ valid: false, text: null, errors: [{ path: 'all[0].field', message: 'unknown field "invoice.balanse", did you mean "invoice.balance"?' }] });
  expect((await words('invoice', { field: 'invoice.daysPastDue', op: '>', value: 'thirty' })).body).toMatchObject({ valid: false, errors: [{ path: 'value', message: '"thirty" is not a number, as in 30' }] });
  await manager.get('/conditions/describe?subject=invoice&condition=%7B').expect(422);
});

test('a segment is made, its members are listed with why, it is changed by whoever has seen it, and scheduled', async () => {
  const made = await manager.post('/segments', { key: 'large', title: 'Large', condition }).expect(201);
  await keepMembership(api.knex, Date.parse(now));
  const { id } = made.body as { id: number };
  expect((await manager.get(`/segments/${id}/members`).expect(200)).body).toMatchObject({ items: [{ customerName: 'Acme', behaviour: 'new' }], next: null });
  expect((await manager.get(`/segments/${id}/history`).expect(200)).body).toMatchObject({ items: [{ change: 'joined', customerName: 'Acme' }] });
  expect((await manager.get('/segments').expect(200)).body).toMatchObject({ items: [{ key: 'large', members: 1, refreshing: false }] });
  await manager.post('/segments', { key: 'large', title: 'Again', condition }).expect(409);
  await manager.post('/segments', { key: 'other', title: 'Other', condition: { field: 'invoice.balance', op: '>', value: { USD: '1.00' } } }).expect(422);
  await manager.patch(`/segments/${id}`, { title: 'Larger' }).set('If-Match', '"99"').expect(412);
  await manager.patch(`/segments/${id}`, { title: 'Larger' }).set('If-Match', '"1"').expect(200);

  await manager.post(`/segments/${id}/schedule/control`, { do: 'run-now' }).expect(409);
  const run = { rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, invoices: { which: 'overdue' }, actions: [{ kind: 'email', template: 'account-summary' }, { kind: 'task', queue: 'collections', title: 'Call' }] };
  await manager.put(`/segments/${id}/schedule`, { run: { ...run, timeZone: 'Mars' } }).expect(422);
  const schedule = await manager.put(`/segments/${id}/schedule`, { run, consolidated: true }).expect(200);
  expect(schedule.body).toMatchObject({ cadence: 'every Tuesday at 09:00 in Europe/Berlin', consolidated: true, nextRunAt: '2026-03-03T08:00:00.000Z', runs: [], run: { rhythm: run.rhythm, when: null, minimumDaysBetween: 3 } });
  const again = await manager.put(`/segments/${id}/schedule`, { run: (schedule.body as { run: object }).run, consolidated: true }).expect(200);
  expect(again.body).toEqual(schedule.body);
  await manager.put(`/segments/${id}/schedule`, { run: { ...run, actions: [] } }).expect(422);
  await manager.put(`/segments/${id}/schedule`, { run: { ...run, actions: [{ kind: 'email', template: 'nowhere' }] } }).expect(422);

  expect((await manager.get(`/segments/${id}/schedule/preview`).expect(200)).body).toMatchObject({ looked: 1, dates: ['2026-03-03T08:00:00.000Z', '2026-03-10T08:00:00.000Z', expect.anything(), expect.anything(), expect.anything(), expect.anything()], customers: [{ customerName: 'Acme', decision: 'defer', others: 1 }] });
  expect((await manager.post(`/segments/${id}/schedule/control`, { do: 'pause' }).expect(200)).body).toMatchObject({ paused: true });
});

test('a run tells why each member was or was not written to: by outcome, by reason, by customer, page by page, as a file, and with what became of the email', async () => {
  await manager.post('/customers/bulk', { records: ['ONE', 'TWO', 'MUTE'].map((externalId) => ({ externalId, name: externalId, timeZone: 'Europe/Berlin', contacts: externalId === 'MUTE' ? [] : [{ role: 'billing', email: `${externalId}@example.com` }] })) }).expect(200);
  await manager.post('/invoices/bulk', { records: ['ONE', 'TWO', 'MUTE'].map((externalId) => ({ externalId: `${externalId}-1`, customerExternalId: externalId, issuedOn: '2026-01-01', dueOn: '2026-02-01', currency: 'EUR', totalMinor: 10_000 })) }).expect(200);
  const { id } = (await manager.post('/segments', { key: 'told', title: 'Told', condition: { field: 'customer.balance', op: '>', value: { EUR: '91.00' } } }).expect(201)).body as { id: number };
  await keepMembership(api.knex, Date.parse(now));
  const run = { rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, invoices: { which: 'overdue' }, actions: [{ kind: 'email', template: 'account-summary' }] };
  await manager.put(`/segments/${id}/schedule`, { run, consolidated: false }).expect(200);
  await manager.post(`/segments/${id}/schedule/control`, { do: 'run-now' }).expect(200);
  for (let kind = 'more'; kind === 'more';) ({ kind } = await api.knex.transaction((trx) => stepRun(trx, id, Date.parse(now), 100)));

  interface Told { customerId: number; customerName: string; outcome: string; reasonCode: string; explanation: string; messageId: string | null; messageState: string | null }
  const told = async (query = ''): Promise<{ items: Told[]; next: string | null }> => (await manager.get(`/segments/${id}/runs/1/decisions${query}`).expect(200)).body as { items: Told[]; next: string | null };
  expect((await told()).items.map(({ customerName, outcome, explanation, messageState }) => [customerName, outcome, explanation, messageState])).toEqual([
    ['ONE', 'executed', 'Written to: 1 invoice is listed.', 'queued'], ['TWO', 'executed', 'Written to: 1 invoice is listed.', 'queued'], ['MUTE', 'suppressed', 'Not written to: the customer has no email address.', null],
  ]);
  expect((await told('?outcome=suppressed')).items.map(({ customerName }) => customerName)).toEqual(['MUTE']);
  expect((await told('?reason=no-address')).items.map(({ customerName }) => customerName)).toEqual(['MUTE']);
  expect((await told('?search=tw')).items.map(({ customerName }) => customerName)).toEqual(['TWO']);
  const first = await told('?limit=2');
  expect((await told(`?limit=2&cursor=${first.next}`)).items.map(({ customerName }) => customerName)).toEqual(['MUTE']);
  await manager.get(`/segments/${id}/runs/1/decisions?reason=because`).expect(400);
  await manager.get(`/segments/${id}/runs/7/decisions`).expect(404);
  const file = await manager.get(`/segments/${id}/runs/1/decisions.csv?outcome=suppressed`).expect(200);
  expect(file.text.split('\r\n')[1]).toContain('MUTE,suppressed,no-address,Not written to: the customer has no email address.');

  const one = first.items[0]!;
  await api.knex('messages').where({ id: one.messageId }).update({ state: 'cancelled', state_reason: 'it was paid before it could be sent' });
  expect((await manager.get(`/customers/${one.customerId}/segment-decisions`).expect(200)).body).toMatchObject({
    items: [{ segmentTitle: 'Told', run: 1, explanation: 'An email was decided on (1 invoice is listed), but it was not sent: it was paid before it could be sent.', messageState: 'cancelled' }], next: null,
  });
  await manager.get('/customers/999999/segment-decisions').expect(404);
});

test('what conditions can ask about is listed for the builder', async () => {
  const { items } = (await manager.get('/conditions/fields?subject=invoice').expect(200)).body as { items: { name: string; of: string; notSimulated?: true }[] };
  expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['invoice.balance', 'customer.behaviour', 'customer.segments', 'customer.overdueShare', 'customer.brokenPromises', 'invoice.openDispute']));
  expect(items.flatMap(({ name, notSimulated }) => (notSimulated ? [name] : []))).toEqual(['customer.lastReplyOn', 'customer.daysSinceReply']);
  // In the words of a step of a policy they are refused as they are where it is saved.
  const described = async (query: string) => (await manager.get(`/conditions/describe?subject=invoice${query}&condition=${encodeURIComponent(JSON.stringify({ field: 'customer.daysSinceReply', op: '<', value: 3 }))}`).expect(200)).body as object;
  expect(await described('')).toMatchObject({ valid: true });
  expect(await described('&simulated=true')).toMatchObject({ valid: false, text: null, errors: [{ path: 'field', message: expect.stringContaining('a simulation cannot know who will write back') as string }] });
});

test('where an event sets off what the condition is of, the builder gets what such an event tells, with the names that there are; the words and the faults go by it too', async () => {
  await manager.post('/segments', { key: 'listed', title: 'Listed', condition }).expect(201);
  const told = async (event: string) => ((await manager.get(`/conditions/fields?subject=invoice&event=${event}`).expect(200)).body as { items: { name: string; of: string; choices?: string[] }[] }).items.filter(({ of }) => of === 'event');
  expect(await told('segment.joined')).toMatchObject([{ name: 'event.segment', type: 'text', choices: expect.arrayContaining(['listed']) as string[] }]);
  expect((await told('task.overdue')).map(({ name }) => name)).toEqual(['event.queue', 'event.title', 'event.dueOn']);
  expect(await told('task.overdue')).toMatchObject([{ choices: ['Collections', 'Credit', 'Customer Care', 'Sales'], othersToo: true }, {}, {}]);
  expect(await told('invoice.overdue')).toEqual([]);
  await manager.get('/conditions/fields?subject=invoice&event=nothing.happens').expect(400);
  const described = async (event: string) => (await manager.get(`/conditions/describe?subject=invoice${event}&condition=${encodeURIComponent(JSON.stringify({ field: 'event.queue', op: '=', value: 'Sales' }))}`).expect(200)).body as object;
  expect(await described('&event=task.overdue')).toEqual({ valid: true, text: 'queue of the task is Sales', errors: [] });
  expect(await described('&event=segment.joined')).toMatchObject({ valid: false, errors: [{ path: 'field', message: 'segment.joined does not tell event.queue: task.overdue does' }] });
  expect(await described('')).toMatchObject({ valid: false, errors: [{ path: 'field' }] });
});

test('a segment is set to collect in batches, audited, and says whom it collects; only once, and not when it is archived', async () => {
  const { id } = (await manager.post('/segments', { key: 'batched', title: 'Batched', condition }).expect(201)).body as { id: number };
  expect((await manager.get(`/segments/${id}/collection`).expect(200)).body).toMatchObject({ inBatches: false, since: null, batched: 0 });
  await manager.put(`/segments/${id}/collection`, { inBatches: 'yes' }).expect(400);
  const set = await manager.put(`/segments/${id}/collection`, { inBatches: true }).expect(200);
  expect(set.body).toMatchObject({ inBatches: true, since: '2026-03-02T09:00:00.000Z' });
  await manager.put(`/segments/${id}/collection`, { inBatches: true }).expect(200);
  const audit = async () => (await api.knex.raw<{ rows: { after: unknown }[] }>(`SELECT content::jsonb -> 'after' AS after FROM audit_entries WHERE action = 'segment.collection-set' ORDER BY seq`)).rows.map(({ after }) => after);
  expect(await audit()).toEqual([{ inBatches: true }]);
  await manager.put(`/segments/${id}/collection`, { inBatches: false }).expect(200);
  expect(await audit()).toEqual([{ inBatches: true }, { inBatches: false }]);
  const { body } = await manager.get(`/segments/${id}`).expect(200);
  await manager.patch(`/segments/${id}`, { archived: true }).set('If-Match', `"${(body as { rowVersion: number }).rowVersion}"`).expect(200);
  await manager.put(`/segments/${id}/collection`, { inBatches: true }).expect(409);
});

test('what asks about a segment that is not there is refused with its place; what asks about one keeps it from being archived until that is said to be meant', async () => {
  const make = (key: string) => manager.post('/segments', { key, title: key, condition }).expect(201).then(({ body }) => body as { id: number; rowVersion: number });
  const asked = await make('asked');
  const asking = await make('asking');
  const when = (key: string) => ({ field: 'customer.segments', op: 'in', value: [key] });
  const policy = (key: string) => JSON.stringify({ policy: 'asks', version: 1, steps: [{ id: 'first', anchor: 'due', offset: { days: 1 }, when: when(key), actions: [{ notify: { audience: 'sales', title: 'Overdue' } }] }] });
  const run = (key: string) => ({ run: { rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, when: when(key), invoices: { which: 'overdue' }, actions: [{ kind: 'task', queue: 'Collections', title: 'Call' }] }, consolidated: false });
  const automation = (key: string) => ({ key: 'asks', document: { title: 'Asks', trigger: { kind: 'payment.partial' }, when: when(key), actions: [{ kind: 'task', queue: 'Collections', title: 'Call' }] } });
  const campaign = (key: string) => ({ key: 'asks', document: { title: 'Asks', audience: { when: when(key) }, schedule: { kind: 'at', at: '2026-09-01T09:00:00Z' }, steps: [{ id: 'first', afterDays: 0, action: { kind: 'task', queue: 'Collections', title: 'Call' } }] } });

  const wrong = (path: string) => ({ errors: [{ path, message: expect.stringContaining('there is no segment "aksed", did you mean "asked"?') as string }] });
  expect((await manager.post('/policies', { source: policy('aksed') }).expect(422)).body).toMatchObject(wrong('steps[0].when.value[0]'));
  expect((await manager.put(`/segments/${asking.id}/schedule`, run('aksed')).expect(422)).body).toMatchObject(wrong('run.when.value[0]'));
  expect((await manager.post('/automations', automation('aksed')).expect(422)).body).toMatchObject(wrong('document.when.value[0]'));
  expect((await manager.post('/campaigns', campaign('aksed')).expect(422)).body).toMatchObject(wrong('document.audience.when.value[0]'));

  const archived = (body: object) => manager.patch(`/segments/${asked.id}`, { archived: true, ...body }).set('If-Match', '*');
  await manager.post('/policies', { source: policy('asked') }).expect(201);
  await manager.put(`/segments/${asking.id}/schedule`, run('asked')).expect(200);
  const made = (await manager.post('/automations', automation('asked')).expect(201)).body as { id: number };
  await manager.post(`/automations/${made.id}/switch`, { on: true }).expect(200);
  const planned = (await manager.post('/campaigns', campaign('asked')).expect(201)).body as { id: number };
  await manager.post(`/campaigns/${planned.id}/launch`).expect(200);
  expect((await archived({}).expect(422)).body).toMatchObject({
    detail: expect.stringContaining('asked about by the policy asks@1 (step first), the automation asks, the campaign asks, the runs of the segment asking') as string, errors: [{ path: 'evenIfNamed' }],
  });
  expect((await manager.get(`/segments/${asked.id}`).expect(200)).body).toMatchObject({ archived: false });
  await archived({ evenIfNamed: true }).expect(200);
  // What asks about it is refused from now on: it is not there any more.
  expect((await manager.post('/policies/check', { source: policy('asked') }).expect(200)).body).toMatchObject({ valid: false });
});
