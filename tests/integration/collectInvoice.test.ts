import { WorkflowUpdateFailedError } from '@temporalio/client';
import { systemActor } from '../../db/audit/actor';
import { readClock } from '../../db/clock/clock';
import { recordPayments, refundPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import type { InvoiceRecord } from '../../domain/ledger/records';
import { updateCollection } from '../../workflows/contracts/client';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import {
  collectionStateQuery, pauseCollectionUpdate, resumeCollectionUpdate, sendNowUpdate, skipStepUpdate, stopCollectionUpdate,
} from '../../workflows/contracts/messages';
import { decisionsOf, line, startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(180_000);

// Each test has a deployment of its own, so that its diary starts on the same Monday.
describe('one invoice on the manual clock, under the reference strategy', () => {
  let deployment: Deployment;
  beforeEach(async () => {
    deployment = await startDeployment({ startsAt: '2026-01-05T00:00:00Z' });
    await upsertCustomers(deployment.knex, await context(), [{ externalId: 'C-1', name: 'Ada', contacts: [{ role: 'billing', email: 'ada@example.com' }] }]);
  });
  afterEach(() => deployment?.stop());

  const context = async () => ({ actor: systemActor, at: new Date((await readClock(deployment.knex)).now) });
  const issue = async (invoice: Partial<InvoiceRecord> = {}) =>
    upsertInvoices(deployment.knex, await context(), [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100_000, ...invoice }]);
  const pay = async (externalId: string, amountMinor: number, invoiceExternalId = 'INV-1') => {
    const { at, actor } = await context();
    return recordPayments(deployment.knex, { at, actor }, [{ externalId, invoiceExternalId, receivedAt: at.toISOString(), currency: 'USD', amountMinor }]);
  };
  const diary = async (invoice = 'INV-1') => (await decisionsOf(deployment.knex, invoice)).map(line);
  const asked = (requestId: string) => ({ requestId, actor: { kind: 'user' as const, id: '7', name: 'Grace' }, reason: 'because' });

  test('day 0: delivered; day 14: the due email; day 17: a payment stops it, and nothing further is sent', async () => {
    await issue();
    await deployment.advanceTo('2026-01-22T00:00:00Z');
    expect(await diary()).toEqual(['2026-01-05 deliver email executed (due)', '2026-01-19 due email executed (due)']);

    await pay('P-1', 100_000);
    await deployment.advanceTo('2026-08-01T00:00:00Z');
    const after = (await decisionsOf(deployment.knex)).slice(2);
    expect(new Set(after.map(({ on, outcome, reason }) => `${on} ${outcome} (${reason})`))).toEqual(new Set(['2026-01-22 suppressed (settled)']));
    const { rows } = await deployment.knex.raw<{ rows: { state: string }[] }>('SELECT state FROM messages ORDER BY queued_at');
    expect(rows.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  test('day 59: held; day 66: a payment lifts the hold at once and says so in the next window; nothing is left to do', async () => {
    await issue();
    await deployment.advanceTo('2026-03-12T20:00:00Z');
    expect((await diary()).slice(-2)).toEqual(['2026-03-05 hold-45 hold executed (due)', '2026-03-05 hold-45 email executed (due)']);
    expect(await holds()).toEqual([{ placed_on: '2026-03-05', released_on: null }]);

    await pay('P-1', 100_000);
    await deployment.advanceTo('2026-03-14T00:00:00Z');
    const lines = await diary();
    expect(lines).toContain('2026-03-12 hold-45 release executed (released)');
    expect(lines).toContain('2026-03-13 hold-45 release-notice executed (released)');
    expect(await holds()).toEqual([{ placed_on: '2026-03-05', released_on: '2026-03-12' }]);
    expect(await openTasks()).toBe(0);
    await expectDone('settled');
  });

  test('day 59: held; day 66: paid and released; day 80: the payment is taken back: no second hold by itself, a person is asked, and the hand-off comes on its day', async () => {
    await issue();
    await deployment.advanceTo('2026-03-12T20:00:00Z');
    await pay('P-1', 100_000);
    await deployment.advanceTo('2026-03-26T00:00:00Z');
    await expectDone('settled');
    const before = await diary();

    await reversePayments(deployment.knex, await context(), [{ externalId: 'P-1', reason: 'charged back' }]);
    await deployment.advanceTo('2026-05-20T00:00:00Z');
    expect(await holds()).toEqual([{ placed_on: '2026-03-05', released_on: '2026-03-12' }]);
    expect((await diary()).slice(before.length)).toEqual(['2026-05-19 handoff-120 handoff executed (due)', '2026-05-19 handoff-120 notify executed (due)']);
    const { rows } = await deployment.knex.raw<{ rows: unknown[] }>(`SELECT key, queue, title, state FROM tasks WHERE key LIKE '%/reversed/%'`);
    expect(rows).toEqual([{ key: 'INV-1/reversed/P-1/hold', queue: 'Collections', title: 'Decide on a new hold for Ada: invoice INV-1', state: 'open' }]);
  });

  test('day 59: held; day 66: 600.00 of 1,000.00 lift the hold, the rest is paid a week later; what bounces of the rest asks nobody, what goes back of the first asks once', async () => {
    await issue();
    await deployment.advanceTo('2026-03-12T20:00:00Z');
    await pay('P-1', 60_000);
    await deployment.advanceTo('2026-03-19T20:00:00Z');
    expect(await holds()).toEqual([{ placed_on: '2026-03-05', released_on: '2026-03-12' }]);
    await pay('P-2', 40_000);
    await deployment.advanceTo('2026-03-26T20:00:00Z');
    const asked = async (): Promise<unknown[]> => (await deployment.knex.raw<{ rows: unknown[] }>(`SELECT key, instructions, state FROM tasks WHERE key LIKE '%/hold' ORDER BY id`)).rows;
    await reversePayments(deployment.knex, await context(), [{ externalId: 'P-2', reason: 'bounced' }]);
    expect(await asked()).toEqual([]);

    await refundPayments(deployment.knex, await context(), [{ externalId: 'R-1', paymentExternalId: 'P-1', amountMinor: 20_000 }]);
    await refundPayments(deployment.knex, await context(), [{ externalId: 'R-2', paymentExternalId: 'P-1', amountMinor: 10_000 }]);
    const question = { key: 'INV-1/refunded/R-1/hold', instructions: 'The hold was lifted after payment P-1, and money of it was given back. The policy does not place the hold again: place one by hand if the customer is to be held.' };
    expect(await asked()).toEqual([{ ...question, state: 'open' }]);

    await pay('P-3', 70_000);
    await deployment.settle();
    expect(await asked()).toEqual([{ ...question, state: 'cancelled' }]);
    await reversePayments(deployment.knex, await context(), [{ externalId: 'P-1', reason: 'bounced' }]);
    await deployment.settle();
    expect(await asked()).toEqual([{ ...question, state: 'open' }]);
  });

  test('day 20: paid; day 30: the bank takes the payment back, and the ladder goes on where it was without repeating what was sent', async () => {
    await issue();
    await deployment.advanceTo('2026-01-25T00:00:00Z');
    await pay('P-1', 100_000);
    await deployment.advanceTo('2026-02-04T00:00:00Z');
    await expectDone('settled');

    await reversePayments(deployment.knex, await context(), [{ externalId: 'P-1', reason: 'charged back' }]);
    await deployment.advanceTo('2026-03-06T00:00:00Z');
    const executed = (await decisionsOf(deployment.knex)).filter(({ outcome }) => outcome === 'executed').map(({ step, action }) => `${step} ${action}`);
    expect(executed.filter((step) => step === 'due email')).toHaveLength(1);
    expect(executed).toContain('hold-45 hold');
  });

  test('day 20: paid; day 30: all but a tenth goes back to the customer, and the ladder goes on for that much, from where it was, without repeating what was sent', async () => {
    await issue();
    await deployment.advanceTo('2026-01-25T00:00:00Z');
    await pay('P-1', 100_000);
    await deployment.advanceTo('2026-02-04T00:00:00Z');
    await expectDone('settled');
    const before = (await decisionsOf(deployment.knex)).length;

    await refundPayments(deployment.knex, await context(), [{ externalId: 'R-1', paymentExternalId: 'P-1', amountMinor: 90_000, reason: 'goods returned' }]);
    await deployment.advanceTo('2026-03-06T00:00:00Z');
    const all = await decisionsOf(deployment.knex);
    const executed = all.filter(({ outcome }) => outcome === 'executed').map(({ step, action }) => `${step} ${action}`);
    expect(new Set(executed).size).toBe(executed.length);
    expect(executed.slice(0, 2)).toEqual(['deliver email', 'due email']);
    expect(executed).toContain('hold-45 hold');
    const { rows } = await deployment.knex.raw<{ rows: { open_minor: number }[] }>('SELECT DISTINCT open_minor FROM decisions WHERE outcome = ? AND id IN (SELECT id FROM decisions ORDER BY id OFFSET ?)', ['executed', before]);
    expect(rows).toEqual([{ open_minor: 90_000 }]);
  });

  test('day 2: paused until day 30; day 3: asked again with the same request, which changes nothing; day 30: it goes on', async () => {
    await issue();
    await deployment.advanceTo('2026-01-07T00:00:00Z');
    const request = { ...asked('pause-1'), until: '2026-02-04T00:00:00Z' };
    const paused = await updateCollection(deployment.client, 'INV-1', pauseCollectionUpdate, request);
    expect(paused).toMatchObject({ kind: 'pause', paused: true, pausedUntil: '2026-02-04T00:00:00.000Z', stopped: false });
    await deployment.advanceTo('2026-01-08T00:00:00Z');
    expect(await updateCollection(deployment.client, 'INV-1', pauseCollectionUpdate, request)).toEqual(paused);

    await deployment.advanceTo('2026-01-30T00:00:00Z');
    expect((await diary()).at(-1)).toMatch(/deferred \(paused\)$/);
    expect((await decisionsOf(deployment.knex)).filter(({ outcome }) => outcome === 'executed')).toHaveLength(1);
    await deployment.advanceTo('2026-02-05T00:00:00Z');
    expect((await decisionsOf(deployment.knex)).filter(({ outcome, on }) => outcome === 'executed' && on === '2026-02-04').length).toBeGreaterThan(0);
  });

  test('day 2: paused until further notice; the query says so; day 40: resumed, it catches up with one email at most', async () => {
    await issue();
    await deployment.advanceTo('2026-01-07T00:00:00Z');
    await updateCollection(deployment.client, 'INV-1', pauseCollectionUpdate, { ...asked('pause-1'), until: null });
    await deployment.advanceTo('2026-02-14T00:00:00Z');
    const state = await deployment.client.workflow.getHandle(invoiceWorkflowId('INV-1')).query(collectionStateQuery);
    expect(state).toMatchObject({ invoice: 'INV-1', phase: 'waiting', policyVersion: 'reference@1', stage: 'deliver', outcome: null });

    await updateCollection(deployment.client, 'INV-1', resumeCollectionUpdate, asked('resume-1'));
    await deployment.advanceTo('2026-02-17T00:00:00Z');
    const caughtUp = (await decisionsOf(deployment.knex)).filter(({ on, action, outcome }) => on >= '2026-02-14' && action === 'email' && outcome === 'executed');
    expect(caughtUp.length).toBeLessThanOrEqual(1);
  });

  test('day 1: the due email is skipped and the reminder sent now; a step that is not in the policy is refused with those that are', async () => {
    await issue();
    await deployment.advanceTo('2026-01-06T10:00:00Z');
    await updateCollection(deployment.client, 'INV-1', skipStepUpdate, { ...asked('skip-1'), step: 'due' });
    await updateCollection(deployment.client, 'INV-1', sendNowUpdate, { ...asked('send-1'), step: 'overdue-7' });
    await deployment.advanceTo('2026-01-21T00:00:00Z');
    expect((await diary()).slice(1).sort()).toEqual(['2026-01-06 due email skipped (skipped-by-person)', '2026-01-06 overdue-7 email executed (send-now)'].sort());

    const refused = updateCollection(deployment.client, 'INV-1', skipStepUpdate, { ...asked('skip-2'), step: 'no-such-step' });
    await expect(refused).rejects.toThrow(WorkflowUpdateFailedError);
    await refused.catch((error: WorkflowUpdateFailedError) => expect(error.cause?.message).toMatch(/has no step "no-such-step"; its steps are deliver, due/));
    // Past the API, which refuses such a text: no try of it would be taken, and it would stay open for good.
    const unstorable = updateCollection(deployment.client, 'INV-1', pauseCollectionUpdate, { ...asked('pause-nul'), reason: 'a\0b', until: null });
    await expect(unstorable).rejects.toThrow(WorkflowUpdateFailedError);
    await unstorable.catch((error: WorkflowUpdateFailedError) => expect(error.cause?.message).toMatch(/the database cannot keep/));
    expect(await updateCollection(deployment.client, 'INV-1', pauseCollectionUpdate, { ...asked('pause-2'), until: null })).toMatchObject({ paused: true });
    const malformed = updateCollection(deployment.client, 'INV-1', skipStepUpdate, { ...asked('skip-3'), step: ' ' });
    await expect(malformed).rejects.toThrow(WorkflowUpdateFailedError);
  });

  test('day 16: stopped by a person; day 20: resumed, and the ladder goes on', async () => {
    await issue();
    await deployment.advanceTo('2026-01-21T00:00:00Z');
    expect(await updateCollection(deployment.client, 'INV-1', stopCollectionUpdate, asked('stop-1'))).toMatchObject({ stopped: true });
    await deployment.advanceTo('2026-01-25T00:00:00Z');
    await expectDone('stopped');
    await updateCollection(deployment.client, 'INV-1', resumeCollectionUpdate, asked('resume-1'));
    await deployment.advanceTo('2026-01-27T00:00:00Z');
    expect((await diary()).at(-1)).toBe('2026-01-26 overdue-7 email executed (due)');
    const { rows } = await deployment.knex.raw<{ rows: { action: string }[] }>(`SELECT action FROM audit_entries WHERE action LIKE 'collection.%' ORDER BY seq`);
    expect(rows.map(({ action }) => action)).toEqual(['collection.stop', 'collection.resume']);
  });

  test('day 0: two invoices due the same day make one email; the second is covered by it', async () => {
    await issue();
    await issue({ externalId: 'INV-2' });
    await deployment.advanceTo('2026-01-20T00:00:00Z');
    expect(await diary('INV-2')).toEqual(['2026-01-05 deliver email covered (merged)', '2026-01-19 due email covered (merged)']);
    const { rows } = await deployment.knex.raw<{ rows: { invoices: number }[] }>('SELECT count(*)::int AS invoices FROM message_invoices GROUP BY message_id');
    expect(rows).toEqual([{ invoices: 2 }, { invoices: 2 }]);
  });

  test('day 3: the workflow is terminated by hand; day 14: the due email goes out all the same', async () => {
    await issue();
    await deployment.advanceTo('2026-01-08T00:00:00Z');
    await deployment.client.workflow.getHandle(invoiceWorkflowId('INV-1')).terminate('to see what happens');
    await deployment.advanceTo('2026-01-20T00:00:00Z');
    expect((await diary()).at(-1)).toBe('2026-01-19 due email executed (due)');
  });

  test('day 0: an invoice that is paid in the transaction that brings it leaves no trace in collection', async () => {
    await deployment.knex.transaction(async (trx) => {
      const at = await context();
      await upsertInvoices(trx, at, [{ externalId: 'INV-9', customerExternalId: 'C-1', issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 500 }]);
      await recordPayments(trx, at, [{ externalId: 'P-9', invoiceExternalId: 'INV-9', receivedAt: '2026-01-05', currency: 'USD', amountMinor: 500 }]);
    });
    await deployment.advanceTo('2026-02-20T00:00:00Z');
    const { rows } = await deployment.knex.raw<{ rows: unknown[] }>('SELECT 1 FROM collections');
    expect(rows).toEqual([]);
  });

  async function holds(): Promise<unknown[]> {
    const { rows } = await deployment.knex.raw<{ rows: unknown[] }>(`SELECT to_char(placed_at, 'YYYY-MM-DD') AS placed_on, to_char(released_at, 'YYYY-MM-DD') AS released_on FROM holds`);
    return rows;
  }

  async function openTasks(): Promise<number> {
    const { rows } = await deployment.knex.raw<{ rows: { count: number }[] }>(`SELECT count(*)::int AS count FROM tasks WHERE state IN ('open', 'claimed')`);
    return rows[0]?.count ?? -1;
  }

  async function expectDone(outcome: string): Promise<void> {
    const { rows } = await deployment.knex.raw<{ rows: { state: string; outcome: string }[] }>('SELECT state, outcome FROM collections');
    expect(rows).toEqual([{ state: 'done', outcome }]);
    // The database is at rest a moment before the server has heard that the run is over.
    const handle = deployment.client.workflow.getHandle(invoiceWorkflowId('INV-1'));
    await handle.result();
    const description = await handle.describe();
    expect(description.status.name).toBe('COMPLETED');
  }
});
