import { systemActor } from '../../../db/audit/actor';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { startApi, type Caller, type TestApi } from './startApi';

describe('what is left of a payment, put on a charge', () => {
  let api: TestApi;
  let manager: Caller;
  let invoice: number;
  const context = { actor: systemActor, at: new Date('2025-03-01T09:00:00Z') };
  const paymentId = async (externalId: string): Promise<number> => (await api.knex('payments').where({ external_id: externalId }).first('id') as { id: number }).id;
  const fee = async (amountMinor: number): Promise<number> => (await manager.post(`/invoices/${invoice}/charges`, { rule: { kind: 'fixed', amountMinor } })).body.items[0].id as number;
  const left = async (externalId: string): Promise<number> => (await api.knex('payments').where({ external_id: externalId }).first('unapplied_minor') as { unapplied_minor: number }).unapplied_minor;

  beforeAll(async () => {
    api = await startApi({ now: '2025-03-02T09:00:00Z' });
    manager = await api.as('credit-manager');
    await upsertCustomers(api.knex, context, ['C-1', 'C-2'].map((externalId) => ({ externalId, name: externalId })));
    await upsertInvoices(api.knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2024-12-01', dueOn: '2024-12-31', currency: 'EUR', totalMinor: 100_000 }]);
    invoice = (await api.knex('invoices').first('id')).id;
    await recordPayments(api.knex, context, [
      { externalId: 'P-1', customerExternalId: 'C-1', receivedAt: '2025-02-01', currency: 'EUR', amountMinor: 5_000 },
      { externalId: 'P-USD', customerExternalId: 'C-1', receivedAt: '2025-02-01', currency: 'USD', amountMinor: 5_000 },
      { externalId: 'P-OTHER', customerExternalId: 'C-2', receivedAt: '2025-02-01', currency: 'EUR', amountMinor: 5_000 },
    ]);
  });
  afterAll(() => api.stop());

  test('a charge is paid in part, then in full by as much as is open of it, and the rest stays the customer\'s; the invoice is untouched', async () => {
    const big = await fee(6_000);
    const small = await fee(1_000);
    expect((await manager.post(`/charges/${small}/payments`, { paymentId: await paymentId('P-1') })).body).toMatchObject({ id: small, amountMinor: 1_000, openMinor: 0 });
    expect(await left('P-1')).toBe(4_000);
    expect((await manager.post(`/charges/${big}/payments`, { paymentId: await paymentId('P-1') })).body).toMatchObject({ id: big, amountMinor: 6_000, openMinor: 2_000 });
    expect(await left('P-1')).toBe(0);
    expect((await manager.get(`/invoices/${invoice}`)).body.openMinor).toBe(100_000);
    const { rows } = await api.knex.raw<{ rows: { subject_id: string }[] }>(`SELECT subject_id FROM audit_entries WHERE action = 'charge.paid'`);
    expect(rows).toEqual([{ subject_id: 'P-1' }, { subject_id: 'P-1' }]);
  });

  test('nothing goes where nothing is left, nothing is open, or the money is in another currency or of another customer', async () => {
    const { body } = await manager.get(`/invoices/${invoice}/charges`);
    const [big, small] = [6_000, 1_000].map((amountMinor) => (body.items as { id: number; amountMinor: number }[]).find((each) => each.amountMinor === amountMinor)!.id);
    const refusals = await Promise.all([[big, 'P-1'], [small, 'P-1'], [big, 'P-USD'], [big, 'P-OTHER']].map(async ([charge, payment]) => {
      const { status, body: problem } = await manager.post(`/charges/${charge}/payments`, { paymentId: await paymentId(String(payment)) });
      return `${status} ${problem.detail}`;
    }));
    expect(refusals).toEqual(['409 Nothing is left of this payment.', '409 Nothing is open of this charge.', '409 The charge is in EUR, the payment in USD.', '409 The payment is of another customer.']);
    expect((await manager.post('/charges/999999/payments', { paymentId: await paymentId('P-USD') })).status).toBe(404);
    expect((await manager.post(`/charges/${big}/payments`, { paymentId: 999_999 })).status).toBe(404);
    expect([await left('P-USD'), await left('P-OTHER')]).toEqual([5_000, 5_000]);
  });

  test('a request that is repeated under its Idempotency-Key pays once, and one with another body is refused', async () => {
    await recordPayments(api.knex, context, [{ externalId: 'P-2', customerExternalId: 'C-1', receivedAt: '2025-02-02', currency: 'EUR', amountMinor: 3_000 }]);
    const [one, other] = [await fee(2_000), await fee(500)];
    const body = { paymentId: await paymentId('P-2') };
    const key = { 'Idempotency-Key': 'pay-once' };
    const first = await manager.post(`/charges/${one}/payments`, body).set(key);
    const again = await manager.post(`/charges/${one}/payments`, body).set(key);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    expect(await left('P-2')).toBe(1_000);
    expect((await manager.post(`/charges/${one}/payments`, { paymentId: await paymentId('P-1') }).set(key)).status).toBe(422);
    // Two at once, under keys of their own: what is left is given out once.
    const both = await Promise.all([one, other].map((charge, index) => manager.post(`/charges/${charge}/payments`, body).set({ 'Idempotency-Key': `at-once-${index}` })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await left('P-2')).toBe(500);
  });

  test('a waived charge takes no money, and one that is paid in part cannot take what is waived back', async () => {
    await recordPayments(api.knex, context, [{ externalId: 'P-3', customerExternalId: 'C-1', receivedAt: '2025-02-03', currency: 'EUR', amountMinor: 4_000 }]);
    const charge = await fee(4_000);
    await manager.post(`/charges/${charge}/waive`, { reason: 'goodwill' });
    expect((await manager.post(`/charges/${charge}/payments`, { paymentId: await paymentId('P-3') })).body.detail).toBe('Nothing is open of this charge.');
    expect(await left('P-3')).toBe(4_000);
  });

  test('money that a waived charge frees is looked at by whatever goes by the customer\'s balance', async () => {
    const charge = await fee(1_000);
    await manager.post(`/charges/${charge}/payments`, { paymentId: await paymentId('P-3') });
    const told = () => api.knex('outbox').where({ kind: 'charge.waived' }).whereNull('relayed_at');
    expect(await told()).toEqual([]);
    await manager.post(`/charges/${charge}/waive`, { reason: 'goodwill' });
    expect(await told()).not.toEqual([]);
    expect(await left('P-3')).toBe(4_000);
  });

  test('a payment that is reversed takes back what it paid of charges', async () => {
    const charge = await fee(4_000);
    await manager.post(`/charges/${charge}/payments`, { paymentId: await paymentId('P-3') });
    await reversePayments(api.knex, { ...context, at: new Date('2025-03-03T09:00:00Z') }, [{ externalId: 'P-3' }]);
    const { body } = await manager.get(`/invoices/${invoice}/charges`);
    expect((body.items as { id: number; openMinor: number }[]).find(({ id }) => id === charge)).toMatchObject({ openMinor: 4_000 });
  });

  test('collectors, sales and viewers may look, and put nothing on charges', async () => {
    const charge = await fee(100);
    for (const role of ['collector', 'sales', 'viewer'] as const) {
      const caller = await api.as(role);
      expect((await caller.post(`/charges/${charge}/payments`, { paymentId: await paymentId('P-1') })).status).toBe(403);
      expect((await caller.get(`/invoices/${invoice}/charges`)).status).toBe(200);
    }
  });
});

describe('reference rates', () => {
  let api: TestApi;
  let manager: Caller;
  let invoice: number;
  const missing = async (preset: string): Promise<string[]> => ((await manager.get('/reference-rates/presets')).body.items as { preset: string; missing: string[] }[]).find((each) => each.preset === preset)!.missing;

  beforeAll(async () => {
    api = await startApi({ now: '2026-10-01T09:00:00Z' });
    manager = await api.as('credit-manager');
    const context = { actor: systemActor, at: new Date('2026-08-01T09:00:00Z') };
    await upsertCustomers(api.knex, context, [{ externalId: 'C-1', name: 'Ada' }]);
    await upsertInvoices(api.knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-07-01', dueOn: '2026-08-31', currency: 'EUR', totalMinor: 100_000 }]);
    invoice = (await api.knex('invoices').first('id')).id;
  });
  afterAll(() => api.stop());

  test('a half-year whose rate could not be looked up is said to be missing, and nothing is charged for it', async () => {
    expect([await missing('eu'), await missing('de'), await missing('uk')]).toEqual([['2026-07-01'], [], []]);
    const { status, body } = await manager.post(`/invoices/${invoice}/charges`, { rule: { kind: 'statutory', preset: 'eu' } });
    expect([status, body.detail]).toEqual([409, expect.stringContaining('No reference rate is on record for the half-year of 2026-09-01')]);
    expect(await api.knex('charges')).toEqual([]);
  });

  test('once it is added it is charged by, it is said who added it, and what was charged stays as it was when it is put right', async () => {
    expect((await manager.put('/reference-rates/eu/2026-07-01', { percent: '2.4', source: 'ECB' })).status).toBe(204);
    expect(await missing('eu')).toEqual([]);
    const { body } = await manager.get('/reference-rates?preset=eu');
    expect((body.items as { preset: string; halfYear: string }[]).find(({ preset, halfYear }) => preset === 'eu' && halfYear === '2026-07-01')).toMatchObject({ percent: '2.4', source: 'ECB', addedBy: expect.any(String), addedAt: '2026-10-01T09:00:00.000Z' });
    const charged = await manager.post(`/invoices/${invoice}/charges`, { rule: { kind: 'statutory', preset: 'eu' } });
    // 31 days of 10.4 % on 1,000.00.
    expect(charged.body.items[0]).toMatchObject({ kind: 'interest', amountMinor: Math.round((100_000 * 31 * 0.104) / 365) });
    expect((await manager.put('/reference-rates/eu/2026-07-01', { percent: '2.65', source: 'ECB, corrected' })).status).toBe(204);
    expect((await manager.get(`/invoices/${invoice}/charges`)).body.items[0]).toEqual(charged.body.items[0]);
    const { rows } = await api.knex.raw<{ rows: { n: number }[] }>(`SELECT count(*)::int AS n FROM audit_entries WHERE action = 'reference-rate.set' AND subject_id = 'eu/2026-07-01'`);
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('a rate may be negative; what is none, what is no half-year and who may not are refused', async () => {
    expect((await manager.put('/reference-rates/de/2027-01-01', { percent: '-0.88', source: 'Bundesbank' })).status).toBe(204);
    expect((await manager.get('/reference-rates')).body.items).toContainEqual(expect.objectContaining({ preset: 'de', halfYear: '2027-01-01', percent: '-0.88' }));
    for (const [path, percent] of [['de/2027-02-01', '1'], ['us/2027-01-01', '1'], ['de/2027-01-01', '1,27'], ['de/2027-01-01', '']]) {
      expect((await manager.put(`/reference-rates/${path}`, { percent, source: 'x' })).status).toBe(400);
    }
    for (const role of ['collector', 'sales', 'viewer'] as const) {
      const caller = await api.as(role);
      expect((await caller.put('/reference-rates/de/2027-01-01', { percent: '1', source: 'x' })).status).toBe(403);
      expect((await caller.get('/reference-rates')).status).toBe(200);
    }
  });
});
