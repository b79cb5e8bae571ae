import { systemActor } from '../../../db/audit';
import { settleClaims } from '../../../db/collection/claims';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { startApi, type Caller, type TestApi } from './startApi';

describe('promises and disputes, by the API', () => {
  let api: TestApi;
  let collector: Caller;
  let manager: Caller;

  beforeAll(async () => {
    api = await startApi({ now: '2026-03-10T12:00:00Z' });
    const context = { actor: systemActor, at: new Date('2026-03-10T12:00:00Z') };
    await upsertCustomers(api.knex, context, [{ externalId: 'C-1', name: 'Ada' }]);
    await upsertInvoices(api.knex, context, [{ externalId: 'I-1', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-02-04', currency: 'USD', totalMinor: 1_000 }]);
    [collector, manager] = [await api.as('collector'), await api.as('credit-manager')];
  });
  afterAll(() => api.stop());

  const promise = { externalId: 'P-1', customerExternalId: 'C-1', currency: 'USD', amountMinor: 500, promisedOn: '2026-03-12', source: 'call' };

  test('a collector records a promise, lists it and withdraws it, once', async () => {
    const made = await collector.post('/promises', promise).expect(201);
    expect(made.body).toMatchObject({ state: 'pending', amountMinor: 500, paidMinor: 0, endsAt: '2026-03-13T00:00:00.000Z', invoices: [{ invoiceNumber: 'I-1', amountMinor: 500 }] });
    expect((await collector.get('/promises?state=pending').expect(200)).body).toMatchObject({ items: [{ externalId: 'P-1' }] });
    expect((await collector.get('/promises?state=broken').expect(200)).body).toMatchObject({ items: [] });
    expect((await collector.post('/promises', { ...promise, externalId: 'P-2', amountMinor: 5_000 }).expect(422)).body).toMatchObject({ errors: [{ path: 'amount' }] });
    const { id } = made.body as { id: number };
    expect((await collector.post(`/promises/${id}/withdraw`, { reason: 'a slip' }).expect(200)).body).toMatchObject({ state: 'cancelled' });
    await collector.post(`/promises/${id}/withdraw`, { reason: 'a slip' }).expect(409);
  });

  test('a dispute is opened, discussed and documented; evidence is told by its content and only ever saved', async () => {
    const { id } = (await collector.post('/disputes', { externalId: 'D-1', invoiceExternalId: 'I-1', amountMinor: 400, reason: 'price' }).expect(201)).body as { id: number };
    expect((await collector.post(`/disputes/${id}/notes`, { body: 'Agreed price was lower.' }).expect(200)).body).toMatchObject({ notes: [{ body: 'Agreed price was lower.' }], deadlineOn: '2026-03-24', late: false });
    const send = (name: string, content: Buffer) => collector.post(`/disputes/${id}/files?fileName=${encodeURIComponent(name)}`).set('content-type', 'application/octet-stream').send(content);
    await send('evil.pdf', Buffer.from('<html><script>alert(1)</script>')).expect(422);
    await send('evil.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')).expect(422);
    await send('tool.exe', Buffer.from([0x4d, 0x5a, 0x00, 0x01])).expect(422);
    const kept = await send('../../offer "final".pdf', Buffer.from('%PDF-1.7 …')).expect(200);
    expect(kept.body).toMatchObject({ files: [{ fileName: 'offer _final_.pdf', contentType: 'application/pdf' }] });
    await send('again.pdf', Buffer.from('%PDF-1.7 …')).expect(200);
    const { files } = (await collector.get(`/disputes/${id}`).expect(200)).body as { files: { id: number }[] };
    expect(files).toHaveLength(1);
    const file = await collector.get(`/disputes/${id}/files/${files[0]!.id}`).expect(200);
    expect(file.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" });
    expect(file.headers['content-disposition']).toMatch(/^attachment; /);
    expect((await manager.post(`/disputes/${id}/resolve`, { resolution: 'split', creditMinor: 400 }).expect(409)).body).toMatchObject({ status: 409 });
    expect((await manager.post(`/disputes/${id}/resolve`, { resolution: 'split', creditMinor: 100, note: 'half' }).expect(200)).body).toMatchObject({ state: 'resolved', creditedMinor: 100, openMinor: 900 });
    await manager.post(`/disputes/${id}/resolve`, { resolution: 'valid' }).expect(409);
    expect((await collector.get('/disputes?state=open').expect(200)).body).toMatchObject({ items: [] });
  });

  test('a dispute has an owner and a deadline that collectors may change while it is open; a task of an older deadline is closed', async () => {
    const { id } = (await collector.post('/disputes', { externalId: 'D-2', invoiceExternalId: 'I-1', amountMinor: 200, reason: 'quality' }).expect(201)).body as { id: number };
    const { items: people } = (await collector.get('/people').expect(200)).body as { items: { id: number; name: string }[] };
    expect((await collector.post(`/disputes/${id}/assign`, { ownerId: people[0]!.id }).expect(200)).body).toMatchObject({ owner: { name: people[0]!.name } });
    expect((await collector.get(`/disputes?ownerId=${people[0]!.id}`).expect(200)).body).toMatchObject({ items: [{ externalId: 'D-2' }] });
    await api.knex.raw(`INSERT INTO tasks (key, queue, title, customer_id, invoice_id, state, created_at) SELECT 'dispute/D-2/deadline', 'Collections', 'Resolve', customer_id, invoice_id, 'open', now() FROM disputes WHERE id = ?`, [id]);
    expect((await collector.post(`/disputes/${id}/deadline`, { deadlineOn: '2026-03-30' }).expect(200)).body).toMatchObject({ deadlineOn: '2026-03-30', late: false });
    expect(await api.knex('tasks').where({ key: 'dispute/D-2/deadline' }).first('state', 'note')).toEqual({ state: 'done', note: 'The deadline was moved to 2026-03-30.' });
    expect((await collector.post(`/disputes/${id}/deadline`, { deadlineOn: '2026-03-09' }).expect(409)).body).toMatchObject({ detail: '2026-03-09 is past where the customer is.' });
    await manager.post(`/disputes/${id}/resolve`, { resolution: 'invalid' }).expect(200);
    await collector.post(`/disputes/${id}/deadline`, { deadlineOn: '2026-03-31' }).expect(409);
    expect(await api.knex('audit_entries').where({ action: 'dispute.deadline-changed' }).count({ count: '*' })).toEqual([{ count: 1 }]);
  });

  test('who gets a dispute is told, save of what they took themselves, and so is whom a note on it mentions', async () => {
    const me = async (caller: Caller) => ((await caller.get('/session').expect(200)).body as { user: { id: number; name: string } }).user;
    const [{ id: clara, name: claraName }, mona] = [await me(collector), await me(manager)];
    const told = async (caller: Caller): Promise<string[]> => ((await caller.get('/notifications?unread=true').expect(200)).body as { items: { title: string; invoiceNumber: string | null }[] }).items.map(({ title, invoiceNumber }) => `${title} (${invoiceNumber})`);
    const { id } = (await collector.post('/disputes', { externalId: 'D-3', invoiceExternalId: 'I-1', amountMinor: 100, reason: 'price', ownerId: mona.id }).expect(201)).body as { id: number };
    const given = `${claraName} gave you the dispute of invoice I-1 (I-1)`;
    expect(await told(manager)).toEqual([given]);
    await collector.post(`/disputes/${id}/assign`, { ownerId: mona.id }).expect(200);
    expect(await told(manager)).toEqual([given]);
    await collector.post(`/disputes/${id}/assign`, { ownerId: clara }).expect(200);
    expect(await told(collector)).toEqual([]);
    await collector.post(`/disputes/${id}/assign`, { ownerId: mona.id }).expect(200);
    expect(await told(manager)).toEqual([given, given]);
    await collector.post(`/disputes/${id}/notes`, { body: `@${mona.name}: what was agreed? @${mona.name}` }).set('idempotency-key', 'dn').expect(200);
    await collector.post(`/disputes/${id}/notes`, { body: `@${mona.name}: what was agreed? @${mona.name}` }).set('idempotency-key', 'dn').expect(200);
    expect(await told(manager)).toEqual([`${claraName} mentioned you: @${mona.name}: what was agreed? @${mona.name} (I-1)`, given, given]);
    expect(await told(collector)).toEqual([]);
    await manager.post(`/disputes/${id}/resolve`, { resolution: 'invalid' }).expect(200);
  });

  test('the task of a deadline goes to the dispute’s owner, and to whom the queue’s rule says where it has none or they have left; once for each deadline', async () => {
    const me = async (caller: Caller): Promise<number> => ((await caller.get('/session').expect(200)).body as { user: { id: number } }).user.id;
    const gone = await api.as('collector');
    const [clara, mona, left] = [await me(collector), await me(manager), await me(gone)];
    await manager.put('/task-queues/Collections', { assignment: 'load', escalation: 'none', escalateTo: null, leadId: null, memberIds: [clara] }).expect(200);
    const owners: Record<string, number | null> = { 'D-4': mona, 'D-5': null, 'D-6': left };
    for (const [externalId, ownerId] of Object.entries(owners)) await collector.post('/disputes', { externalId, invoiceExternalId: 'I-1', amountMinor: 50, reason: 'price', detail: 'Not as offered', ownerId, deadlineOn: '2026-03-11' }).expect(201);
    await api.knex('users').where({ id: left }).update({ active: false });
    const { rows: [customer] } = await api.knex.raw<{ rows: { id: number }[] }>(`SELECT id FROM customers WHERE external_id = 'C-1'`);
    const settle = (at: string) => api.knex.transaction((trx) => settleClaims(trx, [customer!.id], Date.parse(at)));
    await settle('2026-03-11T12:00:00Z');
    expect(await api.knex('tasks').whereLike('key', 'dispute/D-_/deadline').whereNot({ state: 'done' })).toEqual([]);
    await settle('2026-03-12T00:00:00Z');
    await settle('2026-03-12T00:00:00Z');
    const tasks = await api.knex('tasks').whereIn('key', Object.keys(owners).map((name) => `dispute/${name}/deadline`)).orderBy('key').select('assignee_id', 'state', 'queue', 'title', 'instructions');
    expect(tasks).toEqual([mona, clara, clara].map((assignee_id) => ({ assignee_id, state: 'open', queue: 'Collections', title: 'Resolve the dispute of invoice I-1', instructions: 'It was to be resolved by 2026-03-11. Reason: price. Not as offered' })));
    const { id } = (await api.knex('disputes').where({ external_id: 'D-5' }).first<{ id: number } | undefined>('id'))!;
    await collector.post(`/disputes/${id}/deadline`, { deadlineOn: '2026-03-13' }).expect(200);
    await settle('2026-03-14T00:00:00Z');
    expect(await api.knex('tasks').whereLike('key', 'dispute/D-5/deadline%').orderBy('id').select('key', 'state', 'assignee_id')).toEqual([
      { key: 'dispute/D-5/deadline', state: 'done', assignee_id: clara }, { key: 'dispute/D-5/deadline/2026-03-13', state: 'open', assignee_id: clara },
    ]);
    await api.knex('disputes').whereIn('external_id', Object.keys(owners)).del();
  });

  test('the customer’s timeline tells of them', async () => {
    const { items } = (await manager.get('/customers').expect(200)).body as { items: { id: number }[] };
    const told = (await manager.get(`/customers/${items[0]!.id}/timeline?kind=promise&kind=dispute`).expect(200)).body as { items: { kind: string; state: string }[] };
    expect(told.items.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(['dispute invalid', 'dispute invalid', 'dispute null', 'dispute null', 'dispute open', 'dispute open', 'dispute open', 'dispute split', 'promise cancelled', 'promise pending']);
  });
});
