import { systemActor } from '../../../db/audit';
import { readClock } from '../../../db/clock/clock';
import { openDispute, resolveDispute } from '../../../db/disputes';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { recordPromise } from '../../../db/promises';
import { createSegment } from '../../../db/segments/segments';
import { setBatched } from '../../../db/segments/setBatched';
import type { InvoiceRecord } from '../../../domain/ledger/records';
import { simulate } from '../../../domain/simulation/simulate';
import { batchWorkflowId } from '../../../workflows/contracts/batch';
import { updateCollection } from '../../../workflows/contracts/client';
import { invoiceWorkflowId } from '../../../workflows/contracts/ids';
import { pauseCollectionUpdate, resumeCollectionUpdate, sendNowUpdate, skipStepUpdate, stopCollectionUpdate } from '../../../workflows/contracts/messages';
import { decisionsOf, line, referencePolicy, startDeployment, type Deployment } from '../../collection/deployment';
import { until } from '../../processes/product';

jest.setTimeout(600_000);

/*
 * 2026-01-05 is a Monday; every invoice is issued that day and due on the 19th. "day 14" is the due date. The customers are in UTC, and nothing is sent on weekends.
 */
let deployment: Deployment;
let segmentId: number;
const day = (number: number, hour = 0): number => Date.parse('2026-01-05T00:00:00Z') + number * 86_400_000 + hour * 3_600_000;
const customers = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX'].map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] }));
const invoices: InvoiceRecord[] = customers.flatMap(({ externalId }) => [1, 2].map((number) => ({
  externalId: `${externalId}-${number}`, customerExternalId: externalId, issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: 100_000,
})));

beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-01-05T00:00:00Z' });
  const { knex } = deployment;
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(knex, context, customers);
  await knex.transaction(async (trx) => {
    segmentId = (await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, day(0))).id;
  });
  await upsertInvoices(knex, context, invoices);
  await deployment.settle();
});
afterAll(() => deployment?.stop());

const context = async () => ({ actor: systemActor, at: new Date((await readClock(deployment.knex)).now) });

async function switchTo(batched: boolean): Promise<void> {
  const { now } = await readClock(deployment.knex);
  await deployment.knex.transaction((trx) => setBatched(trx, systemActor, segmentId, batched, now));
  await deployment.settle();
}

/** By whom each invoice under collection is collected. */
async function collectedBy(): Promise<Record<string, 'batch' | 'own'>> {
  const { rows } = await deployment.knex.raw<{ rows: { external_id: string; batched: boolean }[] }>(
    `SELECT i.external_id, c.batch_segment_id IS NOT NULL AS batched FROM collections c JOIN invoices i ON i.id = c.invoice_id WHERE c.state = 'active' ORDER BY 1`);
  return Object.fromEntries(rows.map(({ external_id, batched }) => [external_id, batched ? 'batch' as const : 'own' as const]));
}

async function running(workflowId: string): Promise<boolean> {
  return (await deployment.client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
}

const withinMs = 240_000;

const asked = (requestId: string) => ({ requestId, actor: { kind: 'user' as const, id: '7', name: 'Grace' }, reason: null });

test('day 3: a live segment goes over to batches; the workflows of its invoices end, one collects for all', async () => {
  await deployment.advanceTo(day(3));
  expect(new Set(Object.values(await collectedBy()))).toEqual(new Set(['own']));
  await switchTo(true);
  expect(new Set(Object.values(await collectedBy()))).toEqual(new Set(['batch']));
  await until('its workflow to end', withinMs, async () => !(await running(invoiceWorkflowId('ONE-1'))));
  expect(await running(batchWorkflowId(segmentId))).toBe(true);
});

test('day 14: what is due is decided in the batch, once, and its messages leave', async () => {
  await deployment.advanceTo(day(15));
  const due = (await decisionsOf(deployment.knex)).filter(({ step }) => step === 'due');
  expect(due).toHaveLength(invoices.length);
  expect(new Set(due.map(({ outcome }) => outcome))).toEqual(new Set(['executed', 'covered']));
  const { rows } = await deployment.knex.raw<{ rows: { state: string }[] }>('SELECT DISTINCT state FROM messages');
  expect(rows).toEqual([{ state: 'delivered' }]);
});

test('day 15: who disputes or promises gets a workflow of its own, and goes back when that is over', async () => {
  const { knex } = deployment;
  await knex.transaction(async (trx) => openDispute(trx, await context(), { externalId: 'D-1', invoiceExternalId: 'ONE-1', reason: 'quality', source: 'api', atMost: true }));
  await knex.transaction(async (trx) => recordPromise(trx, await context(), { externalId: 'PR-1', customerExternalId: 'TWO', invoiceExternalIds: ['TWO-1'], currency: 'USD', amountMinor: 100_000, promisedOn: '2026-01-25', source: 'api', atMost: true }));
  await deployment.settle();
  expect(await collectedBy()).toMatchObject({ 'ONE-1': 'own', 'ONE-2': 'batch', 'TWO-1': 'own', 'TWO-2': 'batch', 'THREE-1': 'batch' });
  await until('its workflow to run', withinMs, () => running(invoiceWorkflowId('ONE-1')));
  const { id } = await knex('disputes').first<{ id: number }>('id');
  await knex.transaction(async (trx) => resolveDispute(trx, await context(), id, { kind: 'invalid' }, null));
  await deployment.advanceTo(day(21));
  expect(await collectedBy()).toMatchObject({ 'ONE-1': 'batch', 'TWO-1': 'batch' });
  const { rows } = await knex.raw<{ rows: { state: string }[] }>('SELECT state FROM promises');
  expect(rows).toEqual([{ state: 'broken' }]);
});

test('day 21: what a person asks of an invoice in a batch is done as ever: paused, it has its own workflow; resumed, it goes back; a step is sent now, another skipped, and one stopped', async () => {
  const { client, knex } = deployment;
  expect(await updateCollection(client, 'THREE-1', pauseCollectionUpdate, { ...asked('pause'), until: new Date(day(30)).toISOString() })).toMatchObject({ paused: true });
  await deployment.settle();
  expect((await collectedBy())['THREE-1']).toBe('own');
  await updateCollection(client, 'FOUR-1', pauseCollectionUpdate, { ...asked('pause-4'), until: null });
  await updateCollection(client, 'FOUR-1', resumeCollectionUpdate, asked('resume-4'));
  await updateCollection(client, 'FIVE-1', skipStepUpdate, { ...asked('skip'), step: 'call-14' });
  await updateCollection(client, 'FIVE-2', stopCollectionUpdate, asked('stop'));
  await deployment.settle();
  expect(await collectedBy()).toMatchObject({ 'FOUR-1': 'batch', 'FIVE-1': 'batch' });
  await deployment.advanceTo(day(22, 10));
  await updateCollection(client, 'SIX-1', sendNowUpdate, { ...asked('now'), step: 'call-14' });
  await deployment.settle();
  const seen = async (invoice: string) => (await decisionsOf(knex, invoice)).map(line);
  expect(await seen('SIX-1')).toContain('2026-01-27 call-14 task executed (send-now)');
  await deployment.advanceTo(day(36));
  expect((await seen('FIVE-1')).filter((text) => text.includes('call-14'))).toEqual(['2026-01-26 call-14 task skipped (skipped-by-person)']);
  expect((await seen('FIVE-2')).filter((text) => text.includes('executed') && text > '2026-01-27')).toEqual([]);
  // The pause was until day 30: it ended by itself.
  expect((await collectedBy())['THREE-1']).toBe('batch');
});

test('day 36: a payment of an invoice in a batch ends its ladder at once', async () => {
  await recordPayments(deployment.knex, await context(), [{ externalId: 'P-1', invoiceExternalId: 'FOUR-2', receivedAt: '2026-02-10', currency: 'USD', amountMinor: 100_000 }]);
  await deployment.settle();
  const { rows } = await deployment.knex.raw<{ rows: { outcome: string }[] }>(`SELECT outcome FROM collections c JOIN invoices i ON i.id = c.invoice_id WHERE i.external_id = 'FOUR-2'`);
  expect(rows).toEqual([{ outcome: 'settled' }]);
});

test('day 44 to day 60: the segment is switched back and forth, with the worker gone in the middle; nothing is lost and nothing comes twice', async () => {
  const { knex } = deployment;
  for (const [at, batched] of [[44, false], [46, true], [48, false], [52, true]] as const) {
    await deployment.advanceTo(day(at));
    await deployment.stopWorker();
    await knex.transaction((trx) => setBatched(trx, systemActor, segmentId, batched, day(at)));
    await deployment.startWorker();
    await deployment.settle();
    expect(new Set(Object.values(await collectedBy()))).toEqual(new Set([batched ? 'batch' : 'own']));
  }
  await deployment.advanceTo(day(160));
  // Those of whom nobody asked anything lived as the simulator says.
  const undisturbed = new Set(['SIX-2', 'ONE-2']);
  const foretold = simulate({ customers, invoices, payments: [], creditNotes: [] }, referencePolicy().policy, '2026-01-05', '2026-06-10').filter(({ invoice, action }) => undisturbed.has(invoice) && action !== 'email');
  const lived = (await decisionsOf(knex)).filter(({ invoice, action }) => undisturbed.has(invoice) && action !== 'email');
  const text = ({ on, invoice, step, action, outcome }: { on: string; invoice: string; step: string; action: string; outcome: string }) => `${on} ${invoice} ${step} ${action} ${outcome}`;
  expect(lived.map(text).sort()).toEqual(foretold.map(text).sort());
  const { rows } = await knex.raw<{ rows: { doubled: number; undelivered: number }[] }>(
    `SELECT (SELECT count(*)::int FROM (SELECT FROM decisions WHERE outcome <> 'deferred' GROUP BY invoice_id, step, action, occurrence HAVING count(*) > 1) d) AS doubled,
            (SELECT count(*)::int FROM messages WHERE state <> 'delivered') AS undelivered`);
  expect(rows).toEqual([{ doubled: 0, undelivered: 0 }]);
});
