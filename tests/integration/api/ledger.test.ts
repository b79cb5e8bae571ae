import { startApi, type Caller, type TestApi } from './startApi';

let api: TestApi;
let erp: Caller;
let manager: Caller;
const now = '2026-03-31T12:00:00Z';
beforeAll(async () => {
  api = await startApi({ now });
  erp = await api.withKey(['ledger:write', 'read']);
  manager = await api.as('credit-manager');
});
afterAll(() => api.stop());

interface Listed { items: { externalId: string; [field: string]: unknown }[]; next: string | null }
const listed = async (path: string): Promise<Listed['items']> => ((await erp.get(path).expect(200)).body as Listed).items;
const idOf = async (path: string, externalId: string): Promise<number> => (await listed(`${path}?externalId=${encodeURIComponent(externalId)}`))[0]!.id as number;

const invoice = (externalId: string, customerExternalId: string, dueOn: string, totalMinor = 10_000, more: object = {}) =>
  ({ externalId, customerExternalId, number: externalId, issuedOn: '2025-06-01', dueOn, currency: 'EUR', totalMinor, ...more });

describe('connecting an ERP', () => {
  test('customers, invoices, payments and credit notes come in, each record with its result', async () => {
    const customers = await erp.post('/customers/bulk', { records: [
      { externalId: 'ACME', name: 'Acme', timeZone: 'Europe/Berlin', country: 'DE', language: 'de', businessUnit: 'North', custom: { site: 'A' }, contacts: [{ email: 'ap@acme.example' }, { role: 'escalation', email: 'cfo@acme.example' }] },
      { externalId: 'TOKYO', name: 'Tokyo Trading', timeZone: 'Asia/Tokyo' },
      { externalId: 'NYC', name: 'New York Goods', timeZone: 'America/New_York' },
      { externalId: 'BAD', name: 'Bad zone', timeZone: 'Mars/Olympus' },
      { name: 'No id' },
      'not an object',
    ] }).expect(200);
    expect(customers.body).toMatchObject({ counts: { created: 3, updated: 0, unchanged: 0, rejected: 3 }, results: [
      { index: 0, externalId: 'ACME', outcome: 'created' }, { outcome: 'created' }, { outcome: 'created' },
      { index: 3, externalId: 'BAD', outcome: 'rejected', id: null, errors: [{ path: 'timeZone' }] },
      { index: 4, externalId: '', outcome: 'rejected', errors: [{ path: 'externalId' }] },
      { index: 5, outcome: 'rejected' },
    ] });

    const again = await erp.post('/customers/bulk', { records: [{ externalId: 'ACME', name: 'Acme' }, { externalId: 'TOKYO', name: 'Tokyo Trading KK' }] }).expect(200);
    expect(again.body).toMatchObject({ results: [{ outcome: 'unchanged' }, { outcome: 'updated' }] });

    const invoices = await erp.post('/invoices/bulk', { records: [
      invoice('I-1', 'ACME', '2026-03-01', 10_000, { lines: [{ description: 'Work', quantity: 2, amountMinor: 10_000 }] }), invoice('I-2', 'ACME', '2026-04-30', 5_000), invoice('I-3', 'NOBODY', '2026-04-30'), invoice('I-4', 'ACME', '2025-01-01'),
      { ...invoice('I-5', 'ACME', '2026-04-30'), currency: 'euro' },
    ] }).expect(200);
    expect(invoices.body).toMatchObject({ counts: { created: 2, rejected: 3 }, results: [
      { outcome: 'created' }, { outcome: 'created' }, { externalId: 'I-3', errors: [{ path: 'customerExternalId' }] }, { externalId: 'I-4', errors: [{ path: 'dueOn' }] }, { externalId: 'I-5', errors: [{ path: 'currency' }] },
    ] });

    const payments = await erp.post('/payments/bulk', { records: [
      { externalId: 'P-1', invoiceExternalId: 'I-1', currency: 'EUR', amountMinor: 4_000, receivedAt: '2026-03-10' },
      { externalId: 'P-2', customerExternalId: 'ACME', currency: 'EUR', amountMinor: 700, receivedAt: '2026-03-11T10:00:00+01:00' },
    ] }).expect(200);
    expect(payments.body).toMatchObject({ counts: { created: 2 } });
    await erp.post('/credit-notes', { externalId: 'CN-1', invoiceExternalId: 'I-1', currency: 'EUR', amountMinor: 1_000, issuedOn: '2026-03-12', reason: 'Late delivery' }).expect(201);

    const found = await erp.get(`/invoices/${await idOf('/invoices', 'I-1')}`).expect(200);
    expect(found.body).toMatchObject({ openMinor: 5_000, settledMinor: 5_000, state: 'overdue', daysPastDue: 30, bucket: '1-30', customerName: 'Acme', workflowId: 'invoice:I-1', temporalUrl: 'http://temporal.example/namespaces/default/workflows/invoice%3AI-1', collection: null });
    const customer = await erp.get(`/customers/${await idOf('/customers', 'ACME')}`).expect(200);
    expect(customer.body).toMatchObject({ custom: { site: 'A' }, balances: [{ currency: 'EUR', openMinor: 10_000, overdueMinor: 5_000, unappliedMinor: 700, openInvoices: 2, overdueInvoices: 1 }], contacts: [{ role: 'billing' }, { role: 'escalation' }] });
  });

  test('a thousand records at most', async () => {
    const records = Array.from({ length: 1001 }, (_each, at) => ({ externalId: `X${at}`, name: 'X' }));
    await erp.post('/customers/bulk', { records }).expect(400);
    await erp.post('/customers/bulk', { records: [] }).expect(400);
    const thousand = await erp.post('/customers/bulk', { records: records.slice(1).map((record) => ({ ...record, name: 'zz many' })) }).expect(200);
    expect(thousand.body).toMatchObject({ counts: { created: 1000 } });
  });

  test('every write tells collection and the audit trail, as whoever made it', async () => {
    const { rows } = await api.knex.raw<{ rows: { kinds: string[] }[] }>('SELECT array_agg(DISTINCT kind ORDER BY kind) AS kinds FROM outbox');
    expect(rows[0]?.kinds).toEqual(expect.arrayContaining(['customer.changed', 'invoice.created', 'payment.applied']));
    const trail = await (await api.as('admin')).get('/audit?subjectType=invoice&subjectId=I-1').expect(200);
    expect((trail.body as Listed).items).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'invoice.created', actorKind: 'api-key' })]));
    const verdict = await (await api.as('admin')).post('/audit/verify').expect(200);
    expect(verdict.body).toMatchObject({ valid: true, problems: [] });
  });
});

describe('writers at once', () => {
  test('the same new customers in many calls at once: each is answered, and they are there once', async () => {
    const ids = Array.from({ length: 30 }, (_each, index) => `AT-ONCE-${index}`);
    const calls = Array.from({ length: 8 }, (_each, index) => {
      const records = (index % 2 === 0 ? ids : ids.toReversed()).map((externalId) => ({ externalId, name: externalId }));
      return erp.post('/customers/bulk', { records });
    });
    const answers = await Promise.all(calls);
    expect(answers.map(({ status }) => status)).toEqual(calls.map(() => 200));
    const counts = answers.map(({ body }) => (body as { counts: { created: number; rejected: number } }).counts);
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(ids.length);
    expect(counts.every(({ rejected }) => rejected === 0)).toBe(true);
  });
});

describe('money that comes in', () => {
  test('a payment of more than is open leaves unapplied cash, which a person applies', async () => {
    await erp.post('/invoices/bulk', { records: [invoice('M-1', 'ACME', '2026-03-01', 1_000), invoice('M-2', 'ACME', '2026-03-05', 1_000)] }).expect(200);
    const paid = await manager.post('/payments', { externalId: 'MP-1', invoiceExternalId: 'M-1', currency: 'EUR', amountMinor: 1_600, receivedAt: '2026-03-20' }).expect(201);
    expect(paid.body).toMatchObject({ appliedMinor: 1_000, unappliedMinor: 600, applications: [{ invoiceExternalId: 'M-1', amountMinor: 1_000 }] });
    const { id } = paid.body as { id: number };
    const tooMuch = await manager.post(`/payments/${id}/apply`, { applications: [{ invoiceExternalId: 'M-2', amountMinor: 601 }] }).expect(422);
    expect((tooMuch.body as { errors: unknown[] }).errors).toHaveLength(1);
    const applied = await manager.post(`/payments/${id}/apply`, { applications: [{ invoiceExternalId: 'M-2', amountMinor: 600 }] }).expect(200);
    expect(applied.body).toMatchObject({ unappliedMinor: 0 });
    expect(await listed('/invoices?externalId=M-2')).toMatchObject([{ openMinor: 400, state: 'overdue' }]);
  });

  test('a reversal opens again what was paid, once', async () => {
    const id = await idOf('/payments', 'MP-1');
    const reversed = await manager.post(`/payments/${id}/reverse`, { reason: 'Chargeback' }).expect(200);
    expect(reversed.body).toMatchObject({ reversalReason: 'Chargeback', reversedAt: '2026-03-31T12:00:00.000Z', unappliedMinor: 0 });
    expect(await listed('/invoices?externalId=M-1')).toMatchObject([{ openMinor: 1_000, state: 'overdue' }]);
    await manager.post(`/payments/${id}/reverse`, { reason: 'Chargeback' }).expect(200);
    expect(await listed('/payments?reversed=true')).toHaveLength(1);
  });

  test('a refund gives back what is named, then all that is left; as a list and as a file; of a reversed payment nothing', async () => {
    await erp.post('/invoices/bulk', { records: [invoice('R-1', 'ACME', '2026-03-01', 1_000)] }).expect(200);
    const { body: paid } = await manager.post('/payments', { externalId: 'RP-1', invoiceExternalId: 'R-1', currency: 'EUR', amountMinor: 1_200, receivedAt: '2026-03-20' }).expect(201);
    const { id } = paid as { id: number };
    const refund = { externalId: 'RF-1', amountMinor: 500, refundedAt: '2026-03-30', reason: 'goods returned' };
    const first = await manager.post(`/payments/${id}/refunds`, refund).expect(201);
    expect(first.body).toMatchObject({ externalId: 'RF-1', paymentExternalId: 'RP-1', amountMinor: 500, reopenedMinor: 300, currency: 'EUR', reason: 'goods returned' });
    expect((await manager.post(`/payments/${id}/refunds`, refund).expect(201)).body).toEqual(first.body);
    expect(await listed('/invoices?externalId=R-1')).toMatchObject([{ openMinor: 300, state: 'overdue' }]);
    const bulk = await erp.post('/refunds/bulk', { records: [{ externalId: 'RF-2', paymentExternalId: 'RP-1', amountMinor: 701 }, { externalId: 'RF-3', paymentExternalId: 'RP-1' }, { externalId: 'RF-4', paymentExternalId: 'MP-1' }, { externalId: 'RF-1', paymentExternalId: 'RP-1', amountMinor: 500 }, {}] }).expect(200);
    expect((bulk.body as { results: { outcome: string }[] }).results.map(({ outcome }) => outcome)).toEqual(['rejected', 'created', 'rejected', 'unchanged', 'rejected']);
    expect((await erp.get(`/payments/${id}`).expect(200)).body).toMatchObject({ appliedMinor: 0, unappliedMinor: 0, refundedMinor: 1_200, refunds: [{ amountMinor: 500 }, { amountMinor: 700 }] });
    expect(await listed(`/refunds?paymentId=${id}`)).toMatchObject([{ externalId: 'RF-3' }, { externalId: 'RF-1' }]);
    const file = await (await api.as('viewer')).get('/refunds.csv?externalId=RF-1').expect(200);
    expect(file.text).toContain('RP-1');
    const refused = await manager.post(`/payments/${await idOf('/payments', 'MP-1')}/refunds`, { externalId: 'RF-5' }).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ path: 'paymentExternalId', message: '"MP-1" is reversed: nothing of it is left to give back' }] });
    const told = await listed(`/customers/${await idOf('/customers', 'ACME')}/timeline?kind=payment`);
    expect(told).toEqual(expect.arrayContaining([expect.objectContaining({ title: 'Refund RF-1 of payment RP-1', detail: 'goods returned', state: 'refunded', amountMinor: 500 })]));
  });

  test('a chargeback says so', async () => {
    const { body: paid } = await manager.post('/payments', { externalId: 'CB-1', customerExternalId: 'ACME', currency: 'EUR', amountMinor: 100, receivedAt: '2026-03-20' }).expect(201);
    const { body } = await manager.post(`/payments/${(paid as { id: number }).id}/reverse`, { reason: 'Not authorised', kind: 'chargeback' }).expect(200);
    expect(body).toMatchObject({ reversalKind: 'chargeback', reversalReason: 'Not authorised' });
  });

  test('a reversal is dated neither ahead nor before the payment, and opens from when it is recorded', async () => {
    const { body: paid } = await manager.post('/payments', { externalId: 'RV-1', customerExternalId: 'ACME', currency: 'EUR', amountMinor: 100, receivedAt: '2026-03-20' }).expect(201);
    const reverse = (at: string) => manager.post(`/payments/${(paid as { id: number }).id}/reverse`, { reason: 'Returned', at });
    expect((await reverse('2026-04-01T12:00:00Z').expect(422)).body).toMatchObject({ errors: [{ path: 'at', message: '"2026-04-01T12:00:00Z" lies ahead: record it once it has happened' }] });
    expect((await reverse('2026-03-19T12:00:00Z').expect(422)).body).toMatchObject({ errors: [{ path: 'at', message: '"2026-03-19T12:00:00Z" is before the payment was received, 2026-03-20' }] });
    expect((await reverse('2026-03-25T12:00:00Z').expect(200)).body).toMatchObject({ reversedAt: '2026-03-31T12:00:00.000Z' });
  });

  test('one that is refused half-way changes nothing', async () => {
    const paid = await manager.post('/payments', { externalId: 'MP-2', customerExternalId: 'ACME', currency: 'EUR', amountMinor: 500, receivedAt: '2026-03-20' }).expect(201);
    const { id } = paid.body as { id: number };
    await manager.post(`/payments/${id}/apply`, { applications: [{ invoiceExternalId: 'M-1', amountMinor: 100 }, { invoiceExternalId: 'NONE', amountMinor: 100 }] }).expect(422);
    expect((await erp.get(`/payments/${id}`).expect(200)).body).toMatchObject({ unappliedMinor: 500, applications: [] });
  });

  test('a write-off closes what is left, and can be taken back', async () => {
    const id = await idOf('/invoices', 'M-1');
    const writeOff = await manager.post(`/invoices/${id}/write-offs`, { externalId: 'W-1', amountMinor: 1_000, reason: 'Insolvent' }).expect(201);
    expect((await erp.get(`/invoices/${id}`).expect(200)).body).toMatchObject({ state: 'paid', openMinor: 0, bucket: null, daysPastDue: 0 });
    expect(await listed(`/invoices/${id}/applications`)).toMatchObject([{ kind: 'payment', reversedAt: expect.any(String) as string }, { kind: 'write-off', sourceExternalId: 'W-1' }]);
    await manager.post(`/write-offs/${(writeOff.body as { id: number }).id}/reverse`, {}).expect(200);
    expect((await erp.get(`/invoices/${id}`).expect(200)).body).toMatchObject({ state: 'overdue', openMinor: 1_000 });
  });
});

describe('editing', () => {
  test('needs the version that was read; another edit in between is noticed', async () => {
    const id = await idOf('/customers', 'NYC');
    const read = await manager.get(`/customers/${id}`).expect(200);
    const etag = read.headers.etag!;
    expect(etag).toMatch(/^"\d+\.[\w-]{10}"$/);
    await manager.patch(`/customers/${id}`, { tier: 'gold' }).expect(428);
    await manager.patch(`/customers/${id}`, { tier: 'gold' }).set('if-match', 'nonsense').expect(400);
    const edited = await manager.patch(`/customers/${id}`, { tier: 'gold', country: 'US' }).set('if-match', etag).expect(200);
    expect(edited.body).toMatchObject({ tier: 'gold', country: 'US', name: 'New York Goods', rowVersion: 2 });
    await manager.patch(`/customers/${id}`, { tier: 'silver' }).set('if-match', etag).expect(412);
    const emptied = await manager.patch(`/customers/${id}`, { tier: null }).set('if-match', edited.headers.etag!).expect(200);
    expect(emptied.body).toMatchObject({ tier: null });
    await manager.patch(`/customers/${id}`, { tier: 'any' }).set('if-match', '*').expect(200);
  });

  test('of two edits at once one wins', async () => {
    const id = await idOf('/customers', 'NYC');
    const etag = (await manager.get(`/customers/${id}`).expect(200)).headers.etag!;
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((tier) => manager.patch(`/customers/${id}`, { tier }).set('if-match', etag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  test('contacts are added, changed, removed; collection hears of it', async () => {
    const id = await idOf('/customers', 'TOKYO');
    const before = (await erp.get(`/customers/${id}`).expect(200)).body as { ledgerVersion: number };
    const added = await manager.post(`/customers/${id}/contacts`, { email: 'keiri@tokyo.example', name: 'Keiri' }).expect(201);
    const { id: contact } = added.body as { id: number };
    await manager.post(`/customers/${id}/contacts`, { email: 'keiri@tokyo.example' }).expect(409);
    const changed = await manager.patch(`/contacts/${contact}`, { phone: '+81 3' }).set('if-match', added.headers.etag!).expect(200);
    expect(changed.body).toMatchObject({ phone: '+81 3', name: 'Keiri', role: 'billing', rowVersion: 2 });
    await manager.patch(`/contacts/${contact}`, { phone: null }).set('if-match', added.headers.etag!).expect(412);
    await manager.delete(`/contacts/${contact}`).expect(204);
    await manager.delete(`/contacts/${contact}`).expect(404);
    expect((await erp.get(`/customers/${id}`).expect(200)).body).toMatchObject({ contacts: [], ledgerVersion: before.ledgerVersion + 3 });
  });

  test('an own PDF takes the place of the drawn one', async () => {
    const id = await idOf('/invoices', 'I-1');
    const drawn = await manager.get(`/invoices/${id}/document`).expect(200);
    expect(drawn.headers['content-type']).toBe('application/pdf');
    await manager.put(`/invoices/${id}/document`).set('content-type', 'application/pdf').send(Buffer.from('not a pdf')).expect(422);
    await manager.put(`/invoices/${id}/document`).set('content-type', 'application/pdf').send(Buffer.from('%PDF-1.7 mine')).expect(204);
    const own = await manager.get(`/invoices/${id}/document`).responseType('blob').expect(200);
    expect((own.body as Buffer).toString()).toBe('%PDF-1.7 mine');
  });

  test('a customer is paused until an instant, and resumed', async () => {
    const id = await idOf('/customers', 'TOKYO');
    const collector = await api.as('collector');
    await collector.post(`/customers/${id}/pause`, { until: '2026-03-31T11:59:59Z' }).expect(422);
    await collector.post(`/customers/${id}/pause`, { until: '2026-04-10T00:00:00Z', reason: 'Holiday' }).expect(200, { paused: true, pausedUntil: '2026-04-10T00:00:00.000Z', stopped: false });
    expect(await listed('/customers?paused=true')).toMatchObject([{ externalId: 'TOKYO' }]);
    await api.knex.raw(`UPDATE clock SET virtual_now = '2026-04-10T00:00:01Z'`);
    expect(await listed('/customers?paused=true')).toEqual([]);
    await api.knex.raw(`UPDATE clock SET virtual_now = ?`, [now]);
    await collector.post(`/customers/${id}/resume`, {}).expect(200, { paused: false, pausedUntil: null, stopped: false });
  });
});

describe('aging', () => {
  test('the due day itself is not overdue; buckets begin and end where they say; they add up', async () => {
    const days = [-1, 0, 1, 30, 31, 60, 61, 90, 91, 120, 121];
    const due = (daysPast: number): string => new Date(Date.parse('2026-03-31') - daysPast * 86_400_000).toISOString().slice(0, 10);
    await erp.post('/customers/bulk', { records: [{ externalId: 'AGE', name: 'Aging' }] }).expect(200);
    await erp.post('/invoices/bulk', { records: days.map((day, at) => invoice(`A${day}`, 'AGE', due(day), 2 ** at, { currency: 'KWD' })) }).expect(200);
    const overview = (await erp.get('/overview').expect(200)).body as { currencies: { currency: string; openMinor: number; overdueMinor: number; aging: { bucket: string; openMinor: number; invoices: number }[] }[] };
    const kwd = overview.currencies.find(({ currency }) => currency === 'KWD')!;
    expect(kwd.aging).toEqual([
      { bucket: 'not-due', openMinor: 3, invoices: 2 }, { bucket: '1-30', openMinor: 12, invoices: 2 }, { bucket: '31-60', openMinor: 48, invoices: 2 },
      { bucket: '61-90', openMinor: 192, invoices: 2 }, { bucket: '91-120', openMinor: 768, invoices: 2 }, { bucket: '120+', openMinor: 1024, invoices: 1 },
    ]);
    expect(kwd).toMatchObject({ openMinor: 2047, overdueMinor: 2044 });
    for (const { currency, openMinor, aging } of overview.currencies) expect([currency, aging.reduce((sum, bucket) => sum + bucket.openMinor, 0)]).toEqual([currency, openMinor]);
    for (const { bucket, invoices } of kwd.aging) {
      const found = await listed(`/invoices?currency=KWD&bucket=${encodeURIComponent(bucket)}`);
      expect([bucket, found.length, found.every((each) => each.bucket === bucket)]).toEqual([bucket, invoices, true]);
    }
    expect((await listed('/invoices?currency=KWD&state=open')).map(({ externalId }) => externalId).sort()).toEqual(['A-1', 'A0']);
    expect(await listed('/invoices?currency=KWD&state=overdue')).toHaveLength(9);
  });

  test('is counted in the customer\'s own day', async () => {
    await erp.post('/invoices/bulk', { records: [invoice('Z-TOKYO', 'TOKYO', '2026-03-31'), invoice('Z-NYC', 'NYC', '2026-03-30')] }).expect(200);
    await api.knex.raw(`UPDATE clock SET virtual_now = '2026-03-31T15:30:00Z'`); // 1 April in Tokyo
    expect(await listed('/invoices?externalId=Z-TOKYO')).toMatchObject([{ state: 'overdue', daysPastDue: 1 }]);
    await api.knex.raw(`UPDATE clock SET virtual_now = '2026-03-31T03:30:00Z'`); // still 30 March in New York
    expect(await listed('/invoices?externalId=Z-NYC')).toMatchObject([{ state: 'open', daysPastDue: 0, bucket: 'not-due' }]);
    expect(await listed('/invoices?externalId=Z-NYC&state=overdue')).toEqual([]);
    await api.knex.raw(`UPDATE clock SET virtual_now = ?`, [now]);
  });
});

describe('lists', () => {
  test('pages neither repeat nor lose a row while others come in', async () => {
    await erp.post('/customers/bulk', { records: [{ externalId: 'PAGE', name: 'Paged' }] }).expect(200);
    const id = await idOf('/customers', 'PAGE');
    const due = (at: number): string => `2026-05-${String(1 + (at % 7) * 4).padStart(2, '0')}`; // many share a day, so that the id decides
    await erp.post('/invoices/bulk', { records: Array.from({ length: 40 }, (_each, at) => invoice(`PG-${at}`, 'PAGE', due(at))) }).expect(200);
    for (const sort of ['dueOn', '-dueOn', '-openMinor', 'number']) {
      const seen: string[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < 20; pages += 1) {
        const body = (await erp.get(`/invoices?customerId=${id}&limit=7&sort=${sort}${cursor === null ? '' : `&cursor=${cursor}`}`).expect(200)).body as Listed;
        seen.push(...body.items.map(({ externalId }) => externalId));
        cursor = body.next;
        await erp.post('/invoices/bulk', { records: [invoice(`PG-late-${sort}-${pages}`, 'PAGE', due(pages))] }).expect(200);
        if (cursor === null) break;
      }
      const first = seen.filter((externalId) => /^PG-\d+$/.test(externalId));
      expect([sort, new Set(first).size, first.length]).toEqual([sort, 40, 40]);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  test('search finds by the start of a number or id and any part of a name; % and _ mean themselves', async () => {
    expect(await listed('/invoices?search=pg-1&limit=200')).not.toHaveLength(0);
    expect((await listed('/invoices?search=okyo')).map(({ externalId }) => externalId)).toEqual(['Z-TOKYO']);
    expect(await listed('/invoices?search=%25')).toEqual([]);
    expect(await listed('/customers?search=a_e')).toEqual([]);
    expect((await erp.get('/search?q=acm').expect(200)).body).toMatchObject({ customers: [{ externalId: 'ACME' }] });
  });

  test('the timeline holds everything that happened, newest first, in pages', async () => {
    const id = await idOf('/customers', 'ACME');
    await manager.post(`/customers/${id}/notes`, { body: 'Spoke with accounts payable.' }).expect(201);
    await manager.post('/holds', { customerId: id, kind: 'credit', reason: 'Over the limit' }).expect(201);
    const entries: { kind: string; at: string; id: string; title: string }[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = (await erp.get(`/customers/${id}/timeline?limit=5${cursor && `&cursor=${cursor}`}`).expect(200)).body as { items: typeof entries; next: string | null };
      entries.push(...page.items);
      cursor = page.next;
    }
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
    expect(entries.map(({ at }) => Date.parse(at))).toEqual(entries.map(({ at }) => Date.parse(at)).sort((a, b) => b - a));
    expect([...new Set(entries.map(({ kind }) => kind))].sort()).toEqual(['change', 'credit-note', 'hold', 'invoice', 'note', 'payment', 'task', 'write-off']);
    const notes = (await erp.get(`/customers/${id}/timeline?kind=note&kind=hold`).expect(200)).body as { items: { kind: string; actor: string }[] };
    expect(notes.items.map(({ kind }) => kind).sort()).toEqual(['hold', 'note']);
    expect(notes.items[0]?.actor).toMatch(/^The credit-manager/);
  });
});
