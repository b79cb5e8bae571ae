import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startDeployment, type Deployment } from '../../collection/deployment';
import { startApi, type Caller, type TestApi } from './startApi';

/** The API in front of a whole deployment: a worker runs the workflows, on a manual clock. */
let deployment: Deployment;
let api: TestApi;
let manager: Caller;
let collector: Caller;
beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-03-02T08:00:00Z' });
  api = await startApi({ on: deployment.knex, temporal: () => Promise.resolve(deployment.client) });
  manager = await api.as('credit-manager');
  collector = await api.as('collector');
  await manager.post('/customers/bulk', { records: ['A', 'B', 'C'].map((externalId) => ({ externalId, name: `Customer ${externalId}`, timeZone: 'Europe/Berlin', contacts: [{ email: `${externalId.toLowerCase()}@example.com` }] })) }).expect(200);
  await manager.post('/invoices/bulk', { records: ['A', 'B', 'C'].map((customer) => ({ externalId: `I-${customer}`, customerExternalId: customer, issuedOn: '2026-03-02', dueOn: '2026-03-16', currency: 'USD', totalMinor: 100_000 })) }).expect(200);
  await deployment.settle();
});
afterAll(() => deployment.stop());

const idOf = async (externalId: string): Promise<number> => ((await manager.get(`/invoices?externalId=${externalId}`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
interface Ladder { now: string; next: { step: string; at: string; why: string } | null; outcome: string | null; steps: { step: string; status: string; why: string | null; plannedAt: string | null; actions: { action: string; outcome: string | null; messageId: string | null }[] }[] }
const ladderOf = async (externalId: string): Promise<Ladder> => (await manager.get(`/invoices/${await idOf(externalId)}/ladder`).expect(200)).body as Ladder;
const statuses = (ladder: Ladder): Record<string, string> => Object.fromEntries(ladder.steps.map(({ step, status }) => [step, status]));

test('the ladder tells what is next, what was done, and why', async () => {
  const before = await ladderOf('I-A');
  expect(statuses(before)).toEqual({ deliver: 'done', due: 'next', 'overdue-7': 'upcoming', 'call-14': 'upcoming', 'sales-30': 'upcoming', 'hold-45': 'upcoming', 'handoff-120': 'upcoming' });
  expect(before.next).toMatchObject({ step: 'due', at: '2026-03-16T08:00:00.000Z' });
  await deployment.advanceTo('2026-03-24T12:00:00Z');
  const after = await ladderOf('I-A');
  expect(statuses(after)).toMatchObject({ deliver: 'done', due: 'done', 'overdue-7': 'done', 'call-14': 'next' });
  const messageId = after.steps[0]?.actions[0]?.messageId;
  expect((await manager.get(`/messages/${messageId}`).expect(200)).body).toMatchObject({ invoices: [{ number: 'I-A', step: 'deliver' }] });
  const found = (await manager.get(`/invoices/${await idOf('I-A')}`).expect(200)).body;
  expect(found).toMatchObject({ collection: { state: 'active', stage: 'overdue-7', nextStep: 'call-14', policyVersion: 'reference@1' } });
  expect((await manager.get(`/invoices/${await idOf('I-A')}/decisions`).expect(200)).body).toMatchObject({ items: [{ step: 'deliver', outcome: 'executed' }, { step: 'due' }, { step: 'overdue-7' }] });
  expect((await manager.get('/decisions?outcome=executed&from=2026-03-23&step=overdue-7').expect(200)).body).toMatchObject({ items: [{ customer: expect.any(String) as string }, {}, {}] });
  const decided = async (query: string): Promise<string[]> => ((await manager.get(`/decisions?${query}`).expect(200)).body as { items: { step: string }[] }).items.map(({ step }) => step);
  const [one, version] = [await idOf('I-A'), ((await manager.get('/policies/active').expect(200)).body as { id: number }).id];
  expect(await decided(`invoiceId=${one}&policyVersionId=${version}`)).toEqual(['overdue-7', 'due', 'deliver']);
  expect(await decided(`invoiceId=${one}&policyVersionId=${version + 1}`)).toEqual([]);
  // Days are the customer's own, both included.
  expect(await decided(`invoiceId=${one}&from=2026-03-16&to=2026-03-23`)).toEqual(['overdue-7', 'due']);
  expect(await decided(`invoiceId=${one}&from=2026-03-17&to=2026-03-22`)).toEqual([]);
  expect((await manager.get('/overview').expect(200)).body).toMatchObject({ activeCollections: 3, comingNext: [{ step: 'call-14', invoices: 3 }] });
});

test('a person pauses, resumes, skips and stops; a repeat with the same key answers the same', async () => {
  const id = await idOf('I-B');
  const paused = await collector.post(`/invoices/${id}/collection/pause`, { until: '2026-04-30T00:00:00Z', reason: 'Promised' }).set('idempotency-key', 'pause-1').expect(200);
  expect(paused.body).toMatchObject({ accepted: true, collection: { paused: true, pausedUntil: expect.stringContaining('2026-04-30') as string } });
  expect((await collector.post(`/invoices/${id}/collection/pause`, { until: '2026-04-30T00:00:00Z', reason: 'Promised' }).set('idempotency-key', 'pause-1').expect(200)).text).toBe(paused.text);
  await collector.post(`/invoices/${id}/collection/pause`, { until: '2020-01-01T00:00:00Z' }).expect(409);
  // Of the same trace, but not the same request.
  await collector.post(`/invoices/${id}/collection/resume`, {}).set('x-request-id', 'trace-1').expect(200);
  expect((await collector.post(`/invoices/${id}/collection/resume`, {}).set('x-request-id', 'trace-1').expect(409)).body).toMatchObject({ detail: expect.stringContaining('neither paused nor stopped') as string });
  await collector.post(`/invoices/${id}/collection/skip-step`, { step: 'call-14' }).expect(200);
  expect((await collector.post(`/invoices/${id}/collection/skip-step`, { step: 'no-such-step' }).expect(409)).body).toMatchObject({ detail: expect.stringContaining('has no step') as string });
  await deployment.settle();
  await deployment.advanceTo('2026-03-31T12:00:00Z');
  expect(statuses(await ladderOf('I-B'))).toMatchObject({ 'call-14': 'skipped', 'sales-30': 'next' });
  await collector.post(`/invoices/${id}/collection/send-now`, { step: 'sales-30', reason: 'They asked' }).expect(200);
  await deployment.settle();
  expect(statuses(await ladderOf('I-B'))).toMatchObject({ 'sales-30': 'done' });
  await collector.post(`/invoices/${id}/collection/stop`, { reason: 'Handled by legal' }).expect(200);
  await deployment.settle();
  expect((await ladderOf('I-B')).outcome).toBe('stopped');
  const timeline = (await manager.get(`/customers/${((await manager.get(`/invoices/${id}`)).body as { customerId: number }).customerId}/timeline?kind=control`).expect(200)).body as { items: { title: string; actor: string }[] };
  expect(timeline.items.map(({ title }) => title)).toEqual(['stop', 'send-now sales-30', 'skip-step call-14', 'resume', 'pause']);
  expect(timeline.items[0]?.actor).toContain('The collector');
});

test('a payment ends the ladder; its reversal opens it again', async () => {
  await manager.post('/payments', { externalId: 'P-C', invoiceExternalId: 'I-C', currency: 'USD', amountMinor: 100_000, receivedAt: '2026-03-31' }).expect(201);
  await deployment.settle();
  const ended = await ladderOf('I-C');
  expect(ended.outcome).toBe('settled');
  expect(statuses(ended)).toMatchObject({ 'overdue-7': 'done', 'hold-45': 'suppressed' });
  const payment = ((await manager.get('/payments?externalId=P-C').expect(200)).body as { items: { id: number }[] }).items[0]!;
  await manager.post(`/payments/${payment.id}/reverse`, { reason: 'Returned' }).expect(200);
  await deployment.settle();
  const again = await ladderOf('I-C');
  expect(again.outcome).toBeNull();
  expect(statuses(again)).toMatchObject({ 'overdue-7': 'done', 'hold-45': 'upcoming' });
});

test('days of grace of one invoice wake its workflow: its reminder waits so many days more, and the others go on as they were', async () => {
  await manager.post('/customers/bulk', { records: ['D', 'E'].map((externalId) => ({ externalId, name: `Customer ${externalId}`, timeZone: 'Europe/Berlin', contacts: [{ email: `${externalId.toLowerCase()}@example.com` }] })) }).expect(200);
  await manager.post('/invoices/bulk', { records: ['D', 'E'].map((customer) => ({ externalId: `I-${customer}`, customerExternalId: customer, issuedOn: '2026-03-31', dueOn: '2026-04-07', currency: 'USD', totalMinor: 100_000 })) }).expect(200);
  await deployment.settle();
  await deployment.advanceTo('2026-04-08T12:00:00Z');
  expect((await ladderOf('I-D')).next).toMatchObject({ step: 'overdue-7', at: '2026-04-14T07:00:00.000Z' });
  const id = await idOf('I-D');
  await collector.put(`/invoices/${id}/grace`, { graceDays: 5, reason: 'x' }).expect(403);
  await manager.put(`/invoices/${id}/grace`, { graceDays: 5 }).expect(400);
  await manager.put(`/invoices/${id}/grace`, { graceDays: 400, reason: 'x' }).expect(400);
  await manager.put('/invoices/999999/grace', { graceDays: 5, reason: 'x' }).expect(404);
  expect((await manager.put(`/invoices/${id}/grace`, { graceDays: 5, reason: 'Their bank was closed' }).expect(200)).body).toMatchObject({ graceDays: 5 });
  // Said again it is no change.
  await manager.put(`/invoices/${id}/grace`, { graceDays: 5, reason: 'Their bank was closed' }).expect(200);
  await deployment.settle();
  // The 19th is a Sunday.
  expect((await ladderOf('I-D')).next).toMatchObject({ step: 'overdue-7', at: '2026-04-20T07:00:00.000Z' });
  await deployment.advanceTo('2026-04-15T12:00:00Z');
  expect([statuses(await ladderOf('I-D'))['overdue-7'], statuses(await ladderOf('I-E'))['overdue-7']]).toEqual(['next', 'done']);
  await deployment.advanceTo('2026-04-20T12:00:00Z');
  expect(statuses(await ladderOf('I-D'))['overdue-7']).toBe('done');
  const { rows } = await deployment.knex.raw<{ rows: object[] }>(`SELECT content::jsonb -> 'before' AS before, content::jsonb -> 'after' AS after FROM audit_entries WHERE action = 'invoice.grace-set'`);
  expect(rows).toEqual([{ before: { graceDays: null }, after: { graceDays: 5, reason: 'Their bank was closed' } }]);
});

test('a simulation of this ledger lists what then really happens', async () => {
  const simulated = (await manager.post('/policies/simulate', { days: 60 }).expect(200)).body as { decisions: { at: string; invoice: string; step: string; action: string; outcome: string; openMinor: number }[]; total: number; counts: unknown[]; invoices: number };
  expect(simulated.total).toBeGreaterThan(0);
  const from = (await ladderOf('I-A')).now;
  await deployment.advanceTo(Date.parse(from) + 60 * 86_400_000 - 1);
  const rows = await deployment.knex('decisions as d').join('invoices as i', 'i.id', 'd.invoice_id').where('d.at', '>', new Date(from)).orderBy(['d.at', 'd.id'])
    .select('d.at', 'i.external_id as invoice', 'd.step', 'd.action', 'd.outcome', 'd.open_minor as openMinor') as { at: Date; invoice: string; step: string; action: string; outcome: string; openMinor: number }[];
  const named = (row: { at: string | Date; invoice: string; step: string; action: string; outcome: string; openMinor: number }): string => `${new Date(row.at).toISOString()} ${row.invoice} ${row.step} ${row.action} ${row.outcome} ${row.openMinor}`;
  expect(rows.map(named).sort()).toEqual(simulated.decisions.map(named).sort());
});

describe('a whole customer', () => {
  const days = (from: number, many: number): number => from + many * 86_400_000;
  const customerOf = async (externalId: string): Promise<number> => ((await manager.get(`/customers?externalId=${externalId}`).expect(200)).body as { items: { id: number }[] }).items[0]!.id;
  const nowOf = async (): Promise<number> => Date.parse(((await manager.get('/clock').expect(200)).body as { now: string }).now);
  const owed = async (customer: string, ...invoices: string[]): Promise<number[]> => {
    const today = await nowOf();
    const day = (offset: number): string => new Date(days(today, offset)).toISOString().slice(0, 10);
    if ((await manager.get(`/customers?externalId=${customer}`).expect(200)).body.items.length === 0) await manager.post('/customers/bulk', { records: [{ externalId: customer, name: `Customer ${customer}`, timeZone: 'Europe/Berlin', contacts: [{ email: `${customer.toLowerCase()}@example.com` }] }] }).expect(200);
    await manager.post('/invoices/bulk', { records: invoices.map((externalId) => ({ externalId, customerExternalId: customer, issuedOn: day(0), dueOn: day(14), currency: 'USD', totalMinor: 100_000 })) }).expect(200);
    await deployment.settle();
    return Promise.all(invoices.map(idOf));
  };
  const written = (id: number) => deployment.knex('messages').where({ customer_id: id }).whereNot('state', 'cancelled').count<{ count: number }[]>('* as count').then(([row]) => Number(row!.count));

  test('is stopped with a reason: nothing more comes of what is open nor of what is new, and a simulation says so; resumed, both go on', async () => {
    await owed('S', 'I-S1', 'I-S2');
    const id = await customerOf('S');
    await collector.post(`/customers/${id}/stop`, {}).expect(400);
    await collector.post(`/customers/${id}/stop`, { reason: 'In court' }).expect(200, { paused: false, pausedUntil: null, stopped: true });
    await owed('S', 'I-S3');
    const sent = await written(id);
    expect((await Promise.all(['I-S1', 'I-S2', 'I-S3'].map(ladderOf))).map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped', 'stopped']);
    expect((await manager.get('/customers?stopped=true').expect(200)).body).toMatchObject({ items: [{ externalId: 'S', stopped: true }] });
    const simulated = (await manager.post('/policies/simulate', { days: 30 }).expect(200)).body as { decisions: { customer: string; outcome: string }[] };
    expect(simulated.decisions.filter(({ customer, outcome }) => customer === 'S' && outcome === 'executed')).toEqual([]);
    await deployment.advanceTo(days(await nowOf(), 20));
    expect(await written(id)).toBe(sent);
    expect((await collector.post(`/invoices/${await idOf('I-S1')}/collection/resume`, {}).expect(409)).body).toMatchObject({ detail: expect.stringContaining('whole customer is stopped') as string });

    await collector.post(`/customers/${id}/resume`, { reason: 'Settled' }).expect(200, { paused: false, pausedUntil: null, stopped: false });
    await deployment.settle();
    expect((await Promise.all(['I-S1', 'I-S2', 'I-S3'].map(ladderOf))).map(({ outcome }) => outcome)).toEqual([null, null, null]);
    // To a Monday, in the send window.
    await deployment.advanceTo(days(await nowOf(), 11));
    expect(await written(id)).toBeGreaterThan(sent);
    const { rows } = await deployment.knex.raw<{ rows: { line: string }[] }>(`SELECT action || ': ' || (content::json -> 'after' ->> 'reason') AS line FROM audit_entries WHERE subject_type = 'customer' AND subject_id = 'S' AND action IN ('customer.stopped', 'customer.resumed') ORDER BY seq`);
    expect(rows.map(({ line }) => line)).toEqual(['customer.stopped: In court', 'customer.resumed: Settled']);
  });

  test('an invoice that was stopped by itself stays so when its customer is resumed', async () => {
    const [one] = await owed('T', 'I-T1', 'I-T2');
    const id = await customerOf('T');
    await collector.post(`/invoices/${one}/collection/stop`, { reason: 'Wrong' }).expect(200);
    await collector.post(`/customers/${id}/stop`, { reason: 'In court' }).expect(200);
    await deployment.settle();
    await collector.post(`/customers/${id}/resume`, {}).expect(200);
    await deployment.settle();
    expect([(await ladderOf('I-T1')).outcome, (await ladderOf('I-T2')).outcome]).toEqual(['stopped', null]);
  });

  test('steps of the invoices that a person chooses run now, in one email, or are skipped; what makes no sense for one holds up no other', async () => {
    const [one, two, three] = await owed('U', 'I-U1', 'I-U2', 'I-U3');
    const id = await customerOf('U');
    const before = await written(id);
    const elsewhere = await idOf('I-A');
    const asked = { steps: [{ invoiceId: one, step: 'due' }, { invoiceId: two, step: 'due' }, { invoiceId: elsewhere, step: 'due' }], reason: 'They asked' };
    const sent = await collector.post(`/customers/${id}/collection/send-now`, asked).set('idempotency-key', 'steps-1').expect(200);
    expect(sent.body).toEqual({ items: [{ invoiceId: one, step: 'due', refused: null }, { invoiceId: two, step: 'due', refused: null }, { invoiceId: elsewhere, step: 'due', refused: 'It is not an invoice of this customer.' }] });
    await deployment.settle();
    expect((await collector.post(`/customers/${id}/collection/send-now`, asked).set('idempotency-key', 'steps-1').expect(200)).text).toBe(sent.text);
    expect([statuses(await ladderOf('I-U1')).due, statuses(await ladderOf('I-U2')).due, statuses(await ladderOf('I-U3')).due]).toEqual(['done', 'covered', 'next']);
    expect(await written(id)).toBe(before + 1);

    const skipped = await collector.post(`/customers/${id}/collection/skip-steps`, { steps: [{ invoiceId: two, step: 'overdue-7' }, { invoiceId: three, step: 'nothing' }, { invoiceId: one, step: 'due' }] }).expect(200);
    expect((skipped.body as { items: { refused: string | null }[] }).items.map(({ refused }) => refused)).toEqual([null, expect.stringContaining('has no step "nothing"'), 'The step "due" of I-U1 is over.']);
    await deployment.settle();
    expect(statuses(await ladderOf('I-U2'))['overdue-7']).toBe('skipped');
    expect(await deployment.knex('audit_entries').whereIn('subject_id', ['I-U1', 'I-U2', 'I-U3']).whereLike('action', 'collection.%').orderBy('seq').select('action', 'subject_id')).toEqual([
      { action: 'collection.send-now', subject_id: 'I-U1' }, { action: 'collection.send-now', subject_id: 'I-U2' }, { action: 'collection.skip-step', subject_id: 'I-U2' },
    ]);
    await collector.post(`/customers/${id}/collection/skip-steps`, { steps: [{ invoiceId: one, step: 'a' }, { invoiceId: one, step: 'b' }] }).expect(400);
    await collector.post('/customers/999999/collection/skip-steps', { steps: [{ invoiceId: one, step: 'a' }] }).expect(404);
  });

  test('the assignments that can decide about it are listed, the strongest first', async () => {
    const [one] = await owed('V', 'I-V1');
    const id = await customerOf('V');
    for (const target of [{ kind: 'customer', id }, { kind: 'invoice', id: one }, { kind: 'customer', id: await customerOf('A') }]) await manager.post('/policy-assignments', { policy: 'reference', target, reason: `About ${target.kind}` }).expect(201);
    expect(((await collector.get(`/policy-assignments?customerId=${id}`).expect(200)).body as { items: { kind: string; target: string }[] }).items.map(({ kind, target }) => `${kind} ${target}`)).toEqual(['invoice I-V1', 'customer Customer V']);
  });
});

test('a policy is checked, published and active; what is published stays', async () => {
  const source = readFileSync(path.join(__dirname, '../../../policies/reference.yaml'), 'utf8');
  const active = (await manager.get('/policies/active').expect(200)).body as { source: string; steps: { id: string; when: string; condition: string | null }[] };
  expect(active.steps.map(({ id }) => id)).toEqual(['deliver', 'due', 'overdue-7', 'call-14', 'sales-30', 'hold-45', 'handoff-120']);
  expect(active.steps[2]?.when).toBe('7 days after the due date');

  const wrong = (await manager.post('/policies/check', { source: source.replace('anchor: due', 'anchor: sometime') }).expect(200)).body as { valid: boolean; errors: { path: string; message: string }[] };
  expect(wrong.valid).toBe(false);
  expect(wrong.errors[0]?.message).toMatch(/line \d+, column \d+/);
  await manager.post('/policies', { source: 'nonsense' }).expect(422);
  expect((await manager.post('/policies', { source: source.replace('count: 7', 'count: 8').replace('title: Reference strategy', 'title: Other') }).expect(409)).body).toMatchObject({ detail: expect.stringContaining('version 2') as string });
  const published = await manager.post('/policies', { source: source.replace('version: 1', 'version: 2') }).expect(201);
  expect(published.body).toMatchObject({ policy: 'reference', version: 2, active: true, invoices: 0 });
  expect((await manager.get('/policies').expect(200)).body).toMatchObject({ items: [{ version: 2, active: true }, { version: 1, active: false, invoices: expect.any(Number) as number }] });
  await manager.post('/policies', { source: source.replace('version: 1', 'version: 3'), activate: false }).expect(201);
  expect((await manager.get('/policies/active').expect(200)).body).toMatchObject({ version: 2 });
  const first = (await manager.get('/policies').expect(200)).body as { items: { id: number; version: number }[] };
  await manager.post(`/policies/${first.items.find(({ version }) => version === 1)!.id}/activate`).expect(200);
  expect((await manager.get('/policies/active').expect(200)).body).toMatchObject({ version: 1 });
  expect((await manager.get('/policies/schema').expect(200)).body).toHaveProperty('$schema');
});

test('an invoice that is not under collection is told apart from one that is not there', async () => {
  await manager.post('/invoices/bulk', { records: [{ externalId: 'I-draft', customerExternalId: 'A', issuedOn: '2026-03-02', dueOn: '2026-03-16', currency: 'USD', totalMinor: 1, documentState: 'draft' }] }).expect(200);
  const id = await idOf('I-draft');
  expect((await manager.get(`/invoices/${id}/ladder`).expect(404)).body).toMatchObject({ detail: expect.stringContaining('not under collection') as string });
  await collector.post(`/invoices/${id}/collection/stop`, {}).expect(409);
  await collector.post('/invoices/999999/collection/stop', {}).expect(404);
});

test('when Temporal cannot be reached the ledger is served all the same', async () => {
  const cut = await startApi({ on: deployment.knex });
  const caller = await cut.as('collector');
  const id = await idOf('I-A');
  await caller.get(`/invoices/${id}`).expect(200);
  const refused = await caller.post(`/invoices/${id}/collection/pause`, { until: null }).expect(503);
  expect(refused.headers['retry-after']).toBe('5');
});
