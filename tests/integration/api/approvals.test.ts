import { createCollectionActivities } from '../../../activities/collection/activities';
import { systemActor } from '../../../db/audit/actor';
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
    expect([status, request]).toEqual([201, expect.objectContaining({ kind: 'write-off', state: 'pending', amountMinor: 60_000, dueAt: null })]);
    expect((await collector.post(`/invoices/${invoiceId}/write-off-requests`, { reason: 'again' })).status).toBe(409);
    expect((await collector.post(`/approvals/${request.id}/approve`, {})).status).toBe(403);
    await recordPayments(api.knex, context('2026-02-21T09:00:00Z'), [{ externalId: 'P-E', invoiceExternalId: 'E', receivedAt: '2026-02-21T09:00:00Z', currency: 'USD', amountMinor: 70_000 }]);
    expect((await manager.post(`/approvals/${request.id}/approve`, { note: 'agreed' })).body).toMatchObject({ state: 'approved', openMinor: 0, outcome: expect.stringMatching(/^written off in part/) });
    const own = await manager.post(`/invoices/${(await api.knex('invoices').where({ external_id: 'A' }).first('id')).id}/write-off-requests`, { reason: 'small' });
    expect((await manager.post(`/approvals/${own.body.id}/approve`, {})).status).toBe(409);
  });
});
