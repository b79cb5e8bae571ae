import { randomUUID } from 'node:crypto';
import { Webhook } from 'svix';
import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let clara: Caller;
let manager: Caller;
let customerId: number;
const resendWebhookSecret = `whsec_${Buffer.from('a secret of Resend, for tests').toString('base64')}`;

beforeAll(async () => {
  api = await startApi({ now: '2026-03-31T12:00:00Z', settings: { resendWebhookSecret } });
  clara = await api.as('collector');
  manager = await api.as('credit-manager');
  await manager.post('/customers/bulk', { records: [{ externalId: 'C', name: 'Customer', timeZone: 'Europe/Paris', contacts: [{ email: 'Pay@c.example' }] }] }).expect(200);
  customerId = ((await manager.get('/customers?externalId=C').expect(200)).body as { items: { id: number }[] }).items[0]!.id;
});
afterAll(() => api.stop());

const me = async (caller: Caller): Promise<number> => ((await caller.get('/session').expect(200)).body as { user: { id: number } }).user.id;

describe('tasks', () => {
  const raise = async (more: object = {}): Promise<number> => {
    const [row] = await api.knex('tasks').insert({ key: randomUUID(), queue: 'Customer Care', title: 'Call', customer_id: customerId, due_on: '2026-03-30', created_at: '2026-03-20T09:00:00Z', ...more }).returning('id') as { id: number }[];
    return row!.id;
  };

  test('are claimed, given back, taken over by reassigning, and completed with an outcome', async () => {
    const id = await raise();
    const claimed = await clara.post(`/tasks/${id}/claim`).expect(200);
    expect(claimed.body).toMatchObject({ state: 'claimed', overdue: true, assignee: { id: await me(clara) }, customerName: 'Customer' });
    const sales = await api.as('sales');
    expect((await sales.post(`/tasks/${id}/claim`).expect(409)).body).toMatchObject({ detail: expect.stringContaining('The collector') as string });
    // Only who may reassign may take a task away from somebody, by whatever way.
    await sales.post(`/tasks/${id}/release`).expect(409);
    await sales.post(`/tasks/${id}/complete`, { outcome: 'done' }).expect(409);
    await clara.post(`/tasks/${id}/release`).expect(200);
    await sales.post(`/tasks/${id}/claim`).expect(200);
    await sales.post(`/tasks/${id}/reassign`, { queue: 'Sales' }).expect(403);
    const moved = await manager.post(`/tasks/${id}/reassign`, { assigneeId: await me(clara), queue: 'Credit' }).expect(200);
    expect(moved.body).toMatchObject({ queue: 'Credit', assignee: { id: await me(clara) } });
    await manager.post(`/tasks/${id}/reassign`, { assigneeId: 999_999 }).expect(409);
    const done = await clara.post(`/tasks/${id}/complete`, { outcome: 'no-answer', note: 'By Friday.' }).expect(200);
    expect(done.body).toMatchObject({ state: 'done', outcome: 'no-answer', note: 'By Friday.', closedAt: '2026-03-31T12:00:00.000Z', overdue: false });
    await clara.post(`/tasks/${id}/complete`, { outcome: 'done' }).expect(409);
    await clara.post(`/tasks/${id}/complete`, { outcome: 'whatever' }).expect(400);
  });

  test('of two who claim at once one gets it', async () => {
    const id = await raise();
    const [one, two] = [await api.as('collector'), await api.as('sales')];
    const answers = await Promise.all([one.post(`/tasks/${id}/claim`), two.post(`/tasks/${id}/claim`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('are listed by urgency, queue, state and whose they are', async () => {
    await api.knex('tasks').del();
    await raise({ due_on: '2026-04-02', title: 'later' });
    await raise({ due_on: null, title: 'some day', queue: 'Sales' });
    const first = await raise({ due_on: '2026-03-01', title: 'first' });
    await raise({ state: 'done', title: 'over' });
    const titles = async (query: string): Promise<string[]> => ((await clara.get(`/tasks${query}`).expect(200)).body as { items: { title: string }[] }).items.map(({ title }) => title);
    expect(await titles('')).toEqual(['first', 'later', 'some day']);
    expect(await titles('?state=done')).toEqual(['over']);
    expect(await titles('?overdue=true')).toEqual(['first']);
    expect(await titles('?mine=true')).toEqual([]);
    await clara.post(`/tasks/${first}/claim`).expect(200);
    expect(await titles('?mine=true')).toEqual(['first']);
    expect((await clara.get('/tasks/queues').expect(200)).body).toEqual({
      items: [{ queue: 'Collections', open: 0, claimed: 0, overdue: 0 }, { queue: 'Credit', open: 0, claimed: 0, overdue: 0 }, { queue: 'Customer Care', open: 1, claimed: 1, overdue: 1 }, { queue: 'Sales', open: 1, claimed: 0, overdue: 0 }],
    });
    const page = (await clara.get('/tasks?limit=2').expect(200)).body as { items: unknown[]; next: string };
    expect(((await clara.get(`/tasks?limit=2&cursor=${page.next}`).expect(200)).body as { items: { title: string }[] }).items.map(({ title }) => title)).toEqual(['some day']);
  });
});

describe('holds', () => {
  test('placed by hand, told to subscribed endpoints, and released once', async () => {
    const admin = await api.as('admin');
    const made = await admin.post('/webhook-endpoints', { url: 'https://erp.example/hooks', events: ['hold.placed', 'hold.released'] }).expect(201);
    expect(made.body).toMatchObject({ endpoint: { active: true, waiting: 0 }, secret: expect.stringMatching(/^whsec_/) as string });
    const placed = await manager.post('/holds', { customerId, kind: 'lock-out', reason: 'Fraud suspected' }).expect(201);
    expect(placed.body).toMatchObject({ placedBy: expect.stringContaining('The credit-manager') as string, placedAt: '2026-03-31T12:00:00.000Z', releasedAt: null });
    expect((await clara.get(`/customers/${customerId}`).expect(200)).body).toMatchObject({ onHold: true });
    const { id } = placed.body as { id: number };
    await clara.post(`/holds/${id}/release`, { reason: 'Not mine to' }).expect(403);
    await manager.post(`/holds/${id}/release`, { reason: 'Cleared' }).expect(200);
    await manager.post(`/holds/${id}/release`, { reason: 'Cleared' }).expect(409);
    expect((await clara.get('/holds?active=true').expect(200)).body).toMatchObject({ items: [] });
    const endpoint = (made.body as { endpoint: { id: number } }).endpoint.id;
    const deliveries = (await admin.get(`/webhook-endpoints/${endpoint}/deliveries`).expect(200)).body as { items: { event: string; state: string }[] };
    expect(deliveries.items.map(({ event }) => event).sort()).toEqual(['hold.placed', 'hold.released']);
    await admin.post(`/webhook-endpoints/${endpoint}`, { active: false }).expect(200);
    const listed = await admin.get('/webhook-endpoints').expect(200);
    expect(listed.text).not.toContain((made.body as { secret: string }).secret);
  });
});

describe('messages', () => {
  const id = randomUUID();
  beforeAll(async () => {
    await api.knex('messages').insert({
      id, idempotency_key: 'key', customer_id: customerId, template: 'due', language: 'en', from_address: 'us@example.com', to_addresses: ['pay@c.example'], subject: 'Invoice due', html: '<h1>Hello</h1><script>alert(1)</script>',
      body_text: 'Hello', attachments: JSON.stringify([{ filename: 'i 1.pdf', contentType: 'application/pdf', contentBase64: Buffer.from('%PDF-1').toString('base64') }, { filename: 'x.html', contentType: 'text/html', contentBase64: Buffer.from('<script>').toString('base64') }]),
      state: 'sent', provider: 'resend', provider_id: 're_1', ledger_version: 1, queued_at: '2026-03-30T09:00:00Z', sent_at: '2026-03-30T09:00:01Z',
    });
  });

  test('are shown as sent, in a frame that can run nothing', async () => {
    const html = await clara.get(`/messages/${id}/html`).expect(200);
    expect(html.text).toContain('<h1>Hello</h1>');
    expect(html.headers['content-security-policy']).toMatch(/^sandbox/);
    expect(html.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await clara.get(`/messages/${id}`).expect(200)).body).toMatchObject({ subject: 'Invoice due', hasHtml: true, attachments: [{ index: 0, filename: 'i 1.pdf', bytes: 6 }, { index: 1 }], invoices: [], events: [] });
    const attachment = await clara.get(`/messages/${id}/attachments/0`).responseType('blob').expect(200);
    expect((attachment.body as Buffer).toString()).toBe('%PDF-1');
    expect((await clara.get(`/messages/${id}/attachments/1`).expect(200)).headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': expect.stringMatching(/^attachment/) as string });
    await clara.get(`/messages/${id}/attachments/2`).expect(404);
    expect((await clara.get('/messages?state=sent&search=PAY@').expect(200)).body).toMatchObject({ items: [{ id }] });
  });

  test('a signed report of a bounce suppresses the address; a repeat changes nothing; an unsigned one is refused', async () => {
    const body = JSON.stringify({ type: 'email.bounced', created_at: new Date().toISOString(), data: { email_id: 're_1', to: ['pay@c.example'], tags: {}, bounce: { type: 'Permanent', message: 'No such mailbox' } } });
    const at = new Date();
    const headers = { 'svix-id': 'msg_1', 'svix-timestamp': String(Math.floor(at.getTime() / 1000)), 'svix-signature': new Webhook(resendWebhookSecret).sign('msg_1', at, body), 'content-type': 'application/json' };
    const post = (extra: object) => api.nobody.post('/webhooks/resend').set({ ...headers, ...extra }).send(body);
    await post({ 'svix-signature': 'v1,AAAA' }).expect(401);
    await post({}).expect(200, { result: 'accepted' });
    await post({}).expect(200, { result: 'duplicate' });
    expect((await clara.get(`/messages/${id}`).expect(200)).body).toMatchObject({ state: 'bounced', events: [{ type: 'email.bounced' }] });
    expect((await clara.get(`/customers/${customerId}/contacts`).expect(200)).body).toMatchObject({ items: [{ suppressed: 'bounced' }] });
    await manager.delete('/suppressed-addresses/Pay@c.example').expect(204);
    await manager.delete('/suppressed-addresses/pay@c.example').expect(404);
    await manager.post('/suppressed-addresses', { email: 'Other@c.example' }).expect(201);
    expect((await clara.get('/suppressed-addresses').expect(200)).body).toMatchObject({ items: [{ email: 'other@c.example', reason: 'by-hand' }] });
  });
});

describe('emails to the people who work here', () => {
  const id = randomUUID();
  beforeAll(async () => {
    const bo = await api.knex('users').first<{ id: number; email: string }>('id', 'email');
    await api.knex('notice_mails').insert({
      id, idempotency_key: 'notice/1/1', user_id: bo.id, to_address: bo.email, from_address: 'us@example.com', template: 'internal-notice', template_version: 1, subject: 'Your task: Call', html: '', body_text: 'Call them', payload: '{}',
      provider: 'smtp', state: 'unknown', state_reason: 'the line broke', attempts: 1, at: '2026-03-30T09:00:00Z', next_at: '2026-03-30T09:00:00Z',
    });
    await api.knex('notices').insert({ key: 'task-1/assigned', user_id: bo.id, kind: 'task-assigned', title: 'Your task: Call', customer_id: customerId, at: '2026-03-30T09:00:00Z', mail_id: id });
  });

  test('are listed for administrators alone, and one of unknown outcome is settled once', async () => {
    const admin = await api.as('admin');
    expect((await admin.get('/notice-mails?state=unknown&search=task').expect(200)).body).toMatchObject({ items: [{ id, notices: 1, stateReason: 'the line broke', attempts: 1 }], next: null });
    expect((await admin.get('/notice-mails?state=sent').expect(200)).body).toMatchObject({ items: [] });
    expect((await admin.get(`/notice-mails/${id}`).expect(200)).body).toMatchObject({ bodyText: 'Call them', about: [{ title: 'Your task: Call', customerId }] });
    await manager.get('/notice-mails').expect(403);
    await manager.post(`/notice-mails/${id}/settle`, { finding: 'sent', reason: 'x' }).expect(403);
    expect((await admin.post(`/notice-mails/${id}/settle`, { finding: 'not-sent', reason: 'The provider has no trace of it' }).expect(200)).body).toMatchObject({ mail: { state: 'failed', stateReason: expect.stringContaining('not sent: The provider') as string }, again: 1 });
    await admin.post(`/notice-mails/${id}/settle`, { finding: 'sent', reason: 'x' }).expect(409);
    await admin.post(`/notice-mails/${randomUUID()}/settle`, { finding: 'sent', reason: 'x' }).expect(404);
    expect((await admin.get('/audit?action=notice.settled').expect(200)).body).toMatchObject({ items: [{ subjectId: id }] });
  });
});

describe('the clock and settings', () => {
  test('an admin advances the clock, lets it play, and stops it', async () => {
    const admin = await api.as('admin');
    await manager.post('/clock/advance', { to: '2026-05-01T00:00:00Z' }).expect(403);
    await admin.post('/clock/advance', { to: '2026-01-01T00:00:00Z' }).expect(409);
    expect((await admin.post('/clock/play', { hoursPerSecond: 12 }).expect(200)).body).toMatchObject({ mode: 'manual', playHoursPerSecond: 12 });
    expect((await admin.post('/clock/pause').expect(200)).body).toMatchObject({ playHoursPerSecond: null });
    expect((await admin.post('/clock/advance', { to: '2026-05-01T00:00:00Z' }).expect(200)).body).toMatchObject({ advancing: true, target: '2026-05-01T00:00:00.000Z' });
    await api.knex.raw('UPDATE clock SET target = NULL');
  });

  test('on real time it stands still', async () => {
    const real = await startApi();
    const admin = await real.as('admin');
    expect((await admin.get('/clock').expect(200)).body).toMatchObject({ mode: 'real', target: null });
    expect((await admin.post('/clock/advance', { to: '2126-05-01T00:00:00Z' }).expect(409)).body).toMatchObject({ detail: expect.stringContaining('real time') as string });
    await real.stop();
  });

  test('a custom field keeps its type', async () => {
    await manager.put('/custom-fields/invoice/project', { type: 'text', label: 'Project' }).expect(200);
    await manager.put('/custom-fields/invoice/project', { type: 'text', label: 'Project number' }).expect(200);
    await manager.put('/custom-fields/invoice/project', { type: 'number' }).expect(409);
    await manager.put('/custom-fields/invoice/Not-a-name', { type: 'text' }).expect(400);
    expect((await clara.get('/custom-fields').expect(200)).body).toMatchObject({ items: [{ name: 'project', label: 'Project number' }] });
  });
});
