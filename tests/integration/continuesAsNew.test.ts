import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemActor } from '../../db/audit/actor';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../db/ledger';
import { startTemporalDevServer, type TemporalServer } from '../../engines/temporalDevServer';
import { updateCollection, wakeCollection } from '../../workflows/contracts/client';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { collectionStateQuery, pauseCollectionUpdate, resumeCollectionUpdate } from '../../workflows/contracts/messages';
import { startDeployment, type Deployment } from '../collection/deployment';

jest.setTimeout(300_000);

let folder: string;
let temporal: TemporalServer;
let deployment: Deployment;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'dunwell-continues-'));
  // The server suggests it after thousands of events otherwise, which only an invoice that changes every day for years comes to.
  temporal = await startTemporalDevServer({ folder, say: () => undefined, inMemory: true, dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 40 } });
  deployment = await startDeployment({ startsAt: '2026-03-02T08:00:00Z', temporalAddress: temporal.address });
});
afterAll(async () => {
  await deployment?.stop();
  await temporal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('an invoice that changes again and again begins a new history, forgets nothing, repeats nothing, and still listens', async () => {
  const { knex, client } = deployment;
  const context = { actor: systemActor, at: new Date('2026-03-02T08:00:00Z') };
  const runId = async (): Promise<string> => (await client.workflow.getHandle(invoiceWorkflowId('BUSY')).describe()).runId;
  const state = () => client.workflow.getHandle(invoiceWorkflowId('BUSY')).query(collectionStateQuery);
  const executed = async (): Promise<string[]> => (await readDecisionRows(knex)).filter(({ outcome }) => outcome === 'executed').map(({ on, step }) => `${on} ${step}`);
  await upsertCustomers(knex, context, [{ externalId: 'C', name: 'C', timeZone: 'UTC', contacts: [{ role: 'billing', email: 'c@example.com' }] }]);
  await upsertInvoices(knex, context, [{ externalId: 'BUSY', customerExternalId: 'C', issuedOn: '2026-03-02', dueOn: '2026-03-16', currency: 'USD', totalMinor: 10_000 }]);
  await deployment.advanceTo('2026-03-03T08:00:00Z');
  expect(await executed()).toEqual(['2026-03-02 deliver']);

  const runs = new Set([await runId()]);
  for (let change = 0; change < 60 && runs.size < 3; change++) {
    await wakeCollection(client, 'BUSY');
    // Answered after the signal: each is a workflow task of its own.
    expect(await state()).toMatchObject({ invoice: 'BUSY' });
    runs.add(await runId());
  }
  expect(runs.size).toBe(3);
  const asked = { actor: { kind: 'user' as const, id: '1', name: 'Grace' }, reason: null };
  await updateCollection(client, 'BUSY', pauseCollectionUpdate, { ...asked, requestId: 'p', until: null });
  await updateCollection(client, 'BUSY', resumeCollectionUpdate, { ...asked, requestId: 'r' });
  await deployment.settle();
  expect(await state()).toMatchObject({ phase: 'waiting' });

  await deployment.advanceTo('2026-03-24T08:00:00Z');
  await recordPayments(knex, { ...context, at: new Date('2026-03-24T08:00:00Z') }, [{ externalId: 'P', invoiceExternalId: 'BUSY', receivedAt: '2026-03-24', currency: 'USD', amountMinor: 10_000 }]);
  await deployment.advanceTo('2026-04-30T08:00:00Z');
  expect(await executed()).toEqual(['2026-03-02 deliver', '2026-03-16 due', '2026-03-23 overdue-7']);
  expect(await knex('messages').orderBy('queued_at').pluck('template')).toEqual(['delivery', 'due', 'overdue-7']);
});
