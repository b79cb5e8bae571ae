import { systemActor } from '../../db/audit/actor';
import { relayLag } from '../../db/collection/outbox';
import { readRefused } from '../../db/collection/refusedWorkflows';
import { recordPayments, touchLedger, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(180_000);

async function until(holds: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > last) throw new Error('it did not happen within a minute');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the relay from the ledger to the workflows', () => {
  let deployment: Deployment;
  const context = { actor: systemActor, at: new Date('2026-01-05T00:00:00Z') };
  const invoice = (index: number) => ({ externalId: `INV-${index}`, customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 10_000 });

  beforeAll(async () => {
    deployment = await startDeployment({ startsAt: '2026-01-05T00:00:00Z' });
    await upsertCustomers(deployment.knex, context, [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
  });
  afterAll(() => deployment?.stop());

  test('the worker is down while the ledger goes on; when it is back, everything that happened is caught up with', async () => {
    await deployment.stopWorker();
    await upsertInvoices(deployment.knex, context, Array.from({ length: 30 }, (_, index) => invoice(index)));
    await recordPayments(deployment.knex, context, [{ externalId: 'P-0', invoiceExternalId: 'INV-0', receivedAt: '2026-01-05', currency: 'USD', amountMinor: 10_000 }]);
    expect((await relayLag(deployment.knex)).waiting).toBeGreaterThanOrEqual(31);

    await deployment.startWorker();
    await deployment.settle();
    expect(await relayLag(deployment.knex)).toEqual({ waiting: 0, oldestSeconds: 0 });
    const { rows } = await deployment.knex.raw<{ rows: { armed: number; paid: number }[] }>(
      `SELECT count(*) FILTER (WHERE armed_at IS NOT NULL)::int AS armed, count(*) FILTER (WHERE i.external_id = 'INV-0')::int AS paid FROM collections c JOIN invoices i ON i.id = c.invoice_id`,
    );
    expect(rows[0]).toEqual({ armed: 29, paid: 0 });
  });

  test('a new invoice sleeps as a delayed start: listed with its stage and dates, without a workflow task', async () => {
    const description = await deployment.client.workflow.getHandle(invoiceWorkflowId('INV-3')).describe();
    expect(description).toMatchObject({ type: 'collectInvoice', status: { name: 'RUNNING' }, historyLength: 1 });
    expect(description.searchAttributes).toMatchObject({ CustomerId: ['C-1'], Stage: ['new'], PolicyVersion: ['reference@1'], DueDate: [new Date('2026-01-19T00:00:00Z')], NextMilestone: [new Date('2026-01-05T09:00:00Z')] });
    expect(await description.staticSummary()).toBe('Collect INV-3');
  });

  test('the relay dies after it put an invoice under collection and before it started the workflow: the next one starts it', async () => {
    await upsertInvoices(deployment.knex, context, [invoice(100)]);
    await deployment.settle();
    await deployment.client.workflow.getHandle(invoiceWorkflowId('INV-100')).terminate();
    await deployment.knex.raw(`UPDATE collections SET armed_at = NULL WHERE invoice_id = (SELECT id FROM invoices WHERE external_id = 'INV-100')`);
    await until(async () => (await deployment.client.workflow.getHandle(invoiceWorkflowId('INV-100')).describe()).status.name === 'RUNNING');
  });

  test('an invoice whose id Temporal refuses is parked and tried again with back-off; it is never taken for started, and holds nobody up', async () => {
    await deployment.stopWorker();
    await upsertInvoices(deployment.knex, context, [invoice(200), invoice(201)]);
    await deployment.knex.raw(`UPDATE invoices SET external_id = repeat('x', 1200) WHERE external_id = 'INV-200'`);
    const state = async () => (await deployment.knex.raw<{ rows: { armed: boolean; tries: number | null; waits: boolean }[] }>(
      `SELECT c.armed_at IS NOT NULL AS armed, r.tries, r.retry_at > now() AS waits FROM collections c JOIN invoices i ON i.id = c.invoice_id LEFT JOIN refused_workflows r ON r.invoice_id = i.id
       WHERE i.external_id IN (repeat('x', 1200), 'INV-201') ORDER BY i.external_id`)).rows;
    await deployment.startWorker();
    await deployment.settle();
    expect(await state()).toEqual([{ armed: true, tries: null, waits: null }, { armed: false, tries: 1, waits: true }]);
    expect(await readRefused(deployment.knex)).toMatchObject({ count: 1, first: { invoice: 'x'.repeat(1_200), reason: expect.stringMatching(/length|limit/i) as string } });

    await deployment.knex.raw('UPDATE refused_workflows SET retry_at = now()');
    await until(async () => (await state())[1]?.tries === 2);
    expect((await state())[1]).toEqual({ armed: false, tries: 2, waits: true });
    // Whatever happens to the invoice is a reason to try at once.
    const parked = await deployment.knex('invoices').where({ external_id: 'x'.repeat(1_200) }).first<{ id: number; customer_id: number }>('id', 'customer_id');
    await deployment.knex.transaction((trx) => touchLedger(trx, [{ customerId: parked.customer_id, invoiceIds: [parked.id], kind: 'payment.applied' }]));
    await until(async () => (await state())[1]?.tries === 3);
    expect((await state())[1]).toMatchObject({ armed: false });
  });

  test('an event that is relayed twice changes nothing', async () => {
    await deployment.advanceTo('2026-01-06T00:00:00Z');
    const count = async () => (await deployment.knex.raw<{ rows: { count: number }[] }>('SELECT count(*)::int AS count FROM decisions')).rows[0]?.count;
    const before = await count();
    await deployment.knex.raw('UPDATE outbox SET relayed_at = NULL');
    await deployment.settle();
    expect(await count()).toBe(before);
  });
});
