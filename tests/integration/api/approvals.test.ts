import { createCollectionActivities } from '../../../activities/collection/activities';
import { leavePolicy, settleWriteOffRequests } from '../../../db/approvals';
import { systemActor } from '../../../db/audit/actor';
import { nextMilestone } from '../../../db/clock/milestones';
import { insertCollections } from '../../../db/collection/collections';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { activePolicyVersion, publishPolicy } from '../../../db/policies';
import { ladder } from '../../domain/collection/story';
import { startApi, type Caller, type TestApi } from './startApi';

const policy = ladder(`
- id: hold-10
  anchor: due
  offset: { days: 10 }
  when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }
  actions:
    - hold: { approval: { by: credit-manager, timeoutDays: 5, onTimeout: escalate } }
    - email: { template: hold-notice }`);

describe('approvals', () => {
  let api: TestApi;
  let manager: Caller;
  let activities: ReturnType<typeof createCollectionActivities>;
  const context = (at: string) => ({ actor: systemActor, at: new Date(at) });
  const clock = (at: string) => api.knex.raw('UPDATE clock SET virtual_now = ?', [at]);
  const decisions = async (invoice: string) => {
    const { rows } = await api.knex.raw<{ rows: { line: string }[] }>(`SELECT d.action || ' ' || d.outcome || ' ' || d.reason_code AS line FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE i.external_id = ? ORDER BY d.id`, [invoice]);
    return rows.map(({ line }) => line);
  };
  const waiting = async () => (await manager.get('/approvals')).body.items as { id: number; kind: string; invoiceNumber: string; role: string; dueAt: string }[];
  const only = async () => (await waiting())[0]!;

  beforeAll(async () => {
    api = await startApi({ now: '2026-02-11T09:00:00Z' });
    manager = await api.as('credit-manager');
    const { knex } = api;
    activities = createCollectionActivities({ knex });
    await knex.transaction((trx) => publishPolicy(trx, { policy, source: 'test', actor: systemActor }));
    const at = context('2026-02-11T09:00:00Z');
    await upsertCustomers(knex, at, [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
    await upsertInvoices(knex, at, ['A', 'B', 'C', 'D', 'E'].map((externalId) => ({ externalId, customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100_000 })));
    const { rows } = await knex.raw<{ rows: { id: number; customer_id: number; external_id: string }[] }>('SELECT id, customer_id, external_id FROM invoices ORDER BY id');
    const version = await activePolicyVersion(knex);
    await insertCollections(knex, rows.filter(({ external_id }) => external_id !== 'E').map(({ id, customer_id }) => ({ invoiceId: id, customerId: customer_id, policyVersionId: version!.id, requestedSeq: 1, startedAt: at.at.getTime() })));
    await activities.performStep({ invoice: 'A' });
  });
  afterAll(() => api.stop());

  test('day 10: each hold waits in the inbox, and nothing has been done', async () => {
    expect((await waiting()).map(({ kind, invoiceNumber, role, dueAt }) => [kind, invoiceNumber, role, dueAt])).toEqual(['A', 'B', 'C', 'D'].map((id) => ['hold', id, 'credit-manager', '2026-02-16T09:00:00.000Z']));
    expect(await decisions('A')).toEqual(['hold deferred approval', 'email deferred approval']);
    expect(await api.knex('holds')).toEqual([]);
  });

  test('day 11: approved, and the workflow places the hold; answering again is refused', async () => {
    await clock('2026-02-12T09:00:00Z');
    const { id } = await only();
    expect((await manager.post(`/approvals/${id}/approve`, {})).body).toMatchObject({ state: 'approved' });
    expect((await manager.post(`/approvals/${id}/refuse`, { reason: 'no' })).status).toBe(409);
    await activities.performStep({ invoice: 'A' });
    expect(await decisions('A')).toEqual(['hold deferred approval', 'email deferred approval', 'hold executed approved', 'email executed approved']);
    expect((await manager.get(`/approvals/${id}`)).body).toMatchObject({ state: 'approved', outcome: expect.stringMatching(/^executed: approved by /) });
    expect(await api.knex('holds')).toHaveLength(1);
  });

  test('day 11: refused with a reason', async () => {
    const { id } = await only();
    await manager.post(`/approvals/${id}/refuse`, { reason: 'they promised by phone' });
    await activities.performStep({ invoice: 'B' });
    expect((await decisions('B')).slice(2)).toEqual(['hold suppressed refused', 'email suppressed refused']);
  });

  test('day 11: paid down to the threshold, the request is withdrawn by itself; a reversal asks again only for what was closed by the payment', async () => {
    await recordPayments(api.knex, context('2026-02-12T09:00:00Z'), [{ externalId: 'P-C', invoiceExternalId: 'C', receivedAt: '2026-02-12T09:00:00Z', currency: 'USD', amountMinor: 100_000 }]);
    await activities.performStep({ invoice: 'C' });
    expect((await decisions('C')).slice(2)).toEqual(['hold suppressed settled', 'email suppressed settled']);
    expect((await waiting()).map(({ invoiceNumber }) => invoiceNumber)).toEqual(['D']);
    await reversePayments(api.knex, context('2026-02-12T09:00:00Z'), [{ externalId: 'P-C' }]);
    await activities.performStep({ invoice: 'C' });
    expect((await waiting()).map(({ invoiceNumber }) => invoiceNumber).sort()).toEqual(['C', 'D']);
  });

  test('day 11: an invoice that goes to another policy version is asked about no more; it is again when it comes back', async () => {
    const { id: invoiceId, version } = (await api.knex('collections').join('invoices', 'invoices.id', 'collections.invoice_id').where({ external_id: 'C' }).first('invoices.id', 'policy_version_id as version')) as { id: number; version: number };
    const go = (to: number, counts: boolean) => api.knex.transaction((trx) => leavePolicy(trx, [invoiceId], to, counts));
    const asked = async () => (await waiting()).map(({ invoiceNumber }) => invoiceNumber).sort();
    await go(version + 1, true);
    expect(await asked()).toEqual(['D']);
    await go(version, false);
    expect(await asked()).toEqual(['D']);
    await go(version, true);
    expect(await asked()).toEqual(['C', 'D']);
  });

  test('day 15: nobody has answered, so an administrator is asked, and a credit manager cannot answer any more', async () => {
    await clock('2026-02-16T09:00:00Z');
    await activities.performStep({ invoice: 'D' });
    const asked = (await waiting()).find(({ invoiceNumber }) => invoiceNumber === 'D')!;
    expect(asked).toMatchObject({ role: 'admin', dueAt: '2026-02-21T09:00:00.000Z' });
    expect((await manager.post(`/approvals/${asked.id}/approve`, {})).status).toBe(409);
    await clock('2026-02-21T09:00:00Z');
    await activities.performStep({ invoice: 'D' });
    expect((await decisions('D')).slice(-2)).toEqual(['hold skipped approval-timeout', 'email skipped approval-timeout']);
    expect((await manager.get('/approvals?state=timed-out')).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ invoiceNumber: 'D' })]));
  });

  test('a collector asks for a write-off, cannot agree to it, and no more is written off than is open by then', async () => {
    const collector = await api.as('collector');
    const { id: invoiceId } = await api.knex('invoices').where({ external_id: 'E' }).first('id');
    const { body: request, status } = await collector.post(`/invoices/${invoiceId}/write-off-requests`, { amountMinor: 60_000, reason: 'insolvent' });
    expect([status, request]).toEqual([201, expect.objectContaining({ kind: 'write-off', state: 'pending', amountMinor: 60_000, dueAt: '2026-03-07T00:00:00.000Z' })]);
    expect((await collector.post(`/invoices/${invoiceId}/write-off-requests`, { reason: 'again' })).status).toBe(409);
    expect((await collector.post(`/approvals/${request.id}/approve`, {})).status).toBe(403);
    await recordPayments(api.knex, context('2026-02-21T09:00:00Z'), [{ externalId: 'P-E', invoiceExternalId: 'E', receivedAt: '2026-02-21T09:00:00Z', currency: 'USD', amountMinor: 70_000 }]);
    expect((await manager.post(`/approvals/${request.id}/approve`, { note: 'agreed' })).body).toMatchObject({ state: 'approved', openMinor: 0, outcome: expect.stringMatching(/^written off in part/) });
    const own = await manager.post(`/invoices/${(await api.knex('invoices').where({ external_id: 'A' }).first('id')).id}/write-off-requests`, { reason: 'small' });
    expect((await manager.post(`/approvals/${own.body.id}/approve`, {})).status).toBe(409);
  });

  describe('a write-off that nobody answers', () => {
    const at = (date: string) => Date.parse(`${date}T00:00:00Z`);
    let invoiceId: number;
    let requestId: number;
    const request = async () => (await manager.get(`/approvals/${requestId}`)).body as { state: string; role: string; dueAt: string; outcome: string | null };

    beforeAll(async () => {
      await clock('2026-03-01T10:00:00Z');
      await upsertInvoices(api.knex, context('2026-03-01T10:00:00Z'), [{ externalId: 'W', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100_000 }]);
      ({ id: invoiceId } = await api.knex('invoices').where({ external_id: 'W' }).first('id'));
      requestId = (await (await api.as('collector')).post(`/invoices/${invoiceId}/write-off-requests`, { reason: 'insolvent', timeoutDays: 5 })).body.id as number;
    });

    test('day 3: the invoice is paid, and the request is withdrawn by itself; day 4: the payment is reversed, and it is asked anew with its full time', async () => {
      await recordPayments(api.knex, context('2026-03-03T10:00:00Z'), [{ externalId: 'P-W', invoiceExternalId: 'W', receivedAt: '2026-03-03T10:00:00Z', currency: 'USD', amountMinor: 100_000 }]);
      expect(await settleWriteOffRequests(api.knex, at('2026-03-03') + 1)).toBe(1);
      expect(await request()).toMatchObject({ state: 'withdrawn', outcome: 'nothing was open any more' });
      expect((await manager.post(`/approvals/${requestId}/approve`, {})).status).toBe(409);
      expect(await settleWriteOffRequests(api.knex, at('2026-03-03') + 1)).toBe(0);
      await reversePayments(api.knex, context('2026-03-04T10:00:00Z'), [{ externalId: 'P-W' }]);
      expect(await settleWriteOffRequests(api.knex, at('2026-03-04'))).toBe(1);
      expect(await request()).toMatchObject({ state: 'pending', role: 'credit-manager', dueAt: '2026-03-09T00:00:00.000Z', outcome: null });
    });

    test('day 9: an administrator is asked, once however many look, and a credit manager cannot answer any more', async () => {
      expect(await nextMilestone(api.knex, at('2026-03-08'), at('2026-03-31'))).toBe(at('2026-03-09'));
      // So is that of A, which nobody has answered either.
      expect((await Promise.all([1, 2, 3].map(() => settleWriteOffRequests(api.knex, at('2026-03-09'))))).reduce((sum, each) => sum + each)).toBe(2);
      expect(await request()).toMatchObject({ state: 'pending', role: 'admin', dueAt: '2026-03-14T00:00:00.000Z' });
      expect((await manager.post(`/approvals/${requestId}/approve`, {})).status).toBe(409);
    });

    test('day 14: nothing is written off, and another may be asked for', async () => {
      await clock('2026-03-14T10:00:00Z');
      expect((await (await api.as('admin')).post(`/approvals/${requestId}/approve`, {})).status).toBe(409);
      expect(await settleWriteOffRequests(api.knex, at('2026-03-14'))).toBe(1);
      expect(await request()).toMatchObject({ state: 'timed-out', outcome: 'not written off: nobody answered in time, an administrator neither' });
      expect(await api.knex('invoices').where({ id: invoiceId }).first('open_minor')).toEqual({ open_minor: 100_000 });
      const { rows } = await api.knex.raw<{ rows: { action: string }[] }>(`SELECT action FROM audit_entries WHERE subject_id = 'W' AND action LIKE 'approval.%' ORDER BY seq`);
      expect(rows.map(({ action }) => action)).toEqual(['approval.requested', 'approval.withdrawn', 'approval.asked-again', 'approval.escalated', 'approval.timed-out']);
      expect((await manager.post(`/invoices/${invoiceId}/write-off-requests`, { reason: 'still insolvent' })).status).toBe(201);
    });

    test('one that was refused is not asked about again when the invoice is paid and the payment reversed', async () => {
      const again = (await waiting()).find(({ invoiceNumber }) => invoiceNumber === 'W')!;
      await (await api.as('admin')).post(`/approvals/${again.id}/refuse`, { reason: 'we sue' });
      await recordPayments(api.knex, context('2026-03-15T10:00:00Z'), [{ externalId: 'P-W2', invoiceExternalId: 'W', receivedAt: '2026-03-15T10:00:00Z', currency: 'USD', amountMinor: 100_000 }]);
      await reversePayments(api.knex, context('2026-03-16T10:00:00Z'), [{ externalId: 'P-W2' }]);
      expect(await settleWriteOffRequests(api.knex, at('2026-03-17'))).toBe(0);
    });
  });
});
