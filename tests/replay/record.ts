import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { systemActor } from '../../db/audit/actor';
import { addDays } from '../../domain/calendar/dates';
import { localDateAt } from '../../domain/calendar/zones';
import { startTemporalDevServer } from '../../engines/temporalDevServer';
import { batchWorkflowId } from '../../workflows/contracts/batch';
import { campaignWorkflowId } from '../../workflows/contracts/campaign';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { segmentWorkflowId } from '../../workflows/contracts/segment';
import { startDeployment } from '../collection/deployment';
import { startTestEngines } from '../engines/testEngines';
import { startRealTime } from '../workflows/realTime';
import { liveBatch } from './batchHistory';
import { liveCampaign } from './campaignHistory';
import { writeHistory } from './historyFile';
import { liveSegment, segmentLives, type SegmentLife } from './segmentHistory';
import { actsOn, scenarios, startsAt } from './scenarios';

/*
 * `npm run replay:record`: runs every scenario on the real engine and keeps the workflows' histories, replacing those that are there;
 * `npm run replay:record -- NAME` just that one. When to do it, and when not:
 * docs/decisions/0005-changing-workflows.md.
 */
const folder = path.join(__dirname, 'histories');
const dayMs = 86_400_000;

async function record(): Promise<void> {
  const engines = await startTestEngines();
  Object.assign(process.env, engines.environment);
  mkdirSync(folder, { recursive: true });
  const asked = process.argv.slice(2);
  for (const { name, happen } of scenarios.filter((each) => asked.length === 0 || asked.includes(each.name))) {
    const deployment = await startDeployment({ startsAt });
    try {
      await happen(actsOn(deployment, name));
      await keep(deployment.client, name);
    } finally {
      await deployment.stop();
    }
  }
  for (const life of segmentLives.filter(({ name }) => asked.length === 0 || asked.includes(name))) await recordSegment(life);
  if (asked.length === 0) {
    await recordCampaign();
    await recordBatch();
    await recordRealTimers();
  }
  await engines.stop();
}

async function recordCampaign(): Promise<void> {
  const deployment = await startDeployment({ startsAt });
  try {
    await keep(deployment.client, 'campaign-by-pages', campaignWorkflowId(await liveCampaign(deployment)));
  } finally {
    await deployment.stop();
  }
}

async function recordBatch(): Promise<void> {
  const deployment = await startDeployment({ startsAt });
  try {
    await keep(deployment.client, 'batch-of-three-customers', batchWorkflowId(await liveBatch(deployment)));
    for await (const { workflowId } of deployment.client.workflow.list({ query: "WorkflowType = 'handOver'" })) {
      await keep(deployment.client, 'hand-over-of-a-batch', workflowId);
      break;
    }
  } finally {
    await deployment.stop();
  }
}

async function recordSegment(life: SegmentLife): Promise<void> {
  const eager = life.continuesAsNew ? await startEagerTemporal() : null;
  const deployment = await startDeployment({ startsAt, temporalAddress: eager?.address });
  try {
    const workflowId = segmentWorkflowId(await liveSegment(deployment, life));
    if (!life.continuesAsNew) await deployment.client.workflow.getHandle(workflowId).result();
    await keep(deployment.client, life.name, workflowId, life.continuesAsNew ? await runThatContinued(deployment.client, workflowId) : undefined);
  } finally {
    await deployment.stop();
    await eager?.stop();
  }
}

/** A server that asks workflows to continue as new after some dozens of events, so that a history of that can be kept. */
async function startEagerTemporal(): Promise<{ address: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-record-'));
  const server = await startTemporalDevServer({ folder, say: (line) => void process.stderr.write(`${line}\n`), inMemory: true, dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 40 } });
  return {
    address: server.address,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runThatContinued(client: Client, workflowId: string): Promise<string> {
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}' AND ExecutionStatus = 'ContinuedAsNew'` })) return runId;
  throw new Error(`${workflowId} did not continue as new.`);
}

/** Timers only exist on real time: one whole life on the time-skipping server. */
async function recordRealTimers(): Promise<void> {
  const time = await startRealTime();
  try {
    const now = await time.now();
    const issuedOn = localDateAt(now, 'UTC');
    const context = { actor: systemActor, at: new Date(now) };
    await upsertCustomers(time.knex, context, [{ externalId: 'C-1', name: 'A customer', contacts: [{ role: 'billing', email: 'a@example.com' }] }]);
    await upsertInvoices(time.knex, context, [{ externalId: 'on-real-timers', customerExternalId: 'C-1', issuedOn, dueOn: addDays(issuedOn, 14), currency: 'USD', totalMinor: 100_000 }]);
    await time.passTo(now + 150 * dayMs);
    await keep(time.client, 'on-real-timers');
  } finally {
    await time.stop();
  }
}

async function keep(client: Client, name: string, workflowId = invoiceWorkflowId(name), runId?: string): Promise<void> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const file = path.join(folder, `${name}.json`);
  writeHistory(file, history);
  process.stdout.write(`${path.relative(process.cwd(), file)}: ${history.events?.length ?? 0} events\n`);
}

record().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
