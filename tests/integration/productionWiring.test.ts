import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { systemActor } from '../../db/audit/actor';
import { connect } from '../../db/connect';
import { upsertCustomers, upsertInvoices } from '../../db/ledger';
import { findFreePort } from '../../engines/ports';
import { silent } from '../../engines/engineError';
import { missingSearchAttributes } from '../../engines/searchAttributes';
import { startProcess, type RunningProcess } from '../../engines/supervise';
import { startTemporalCluster, type TemporalCluster } from '../../engines/temporalServer';
import { canProvideTemporalServer } from '../../engines/temporalServerPrograms';
import { invoiceWorkflowId } from '../../workflows/contracts/ids';
import { pauseCollectionUpdate } from '../../workflows/contracts/messages';
import { updateCollection } from '../../workflows/contracts/client';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';

const root = path.join(__dirname, '../..');
const buildTimeoutMs = 30 * 60_000;
const lifeTimeoutMs = 120_000;
const namespace = 'dunwell-production';

/** What docs/operations.md describes: a Temporal server on PostgreSQL, a database user of its own, settings from the environment alone. */
test('the worker runs in production mode against a Temporal server on PostgreSQL', async () => {
  if (!canProvideTemporalServer()) {
    process.stderr.write('skipped: the production wiring was not proven, because a Temporal server is built with Go, and there is none here\n');
    return;
  }
  const site = new Site();
  try {
    const { environment, knex, client } = await site.start();
    expect(await missingSearchAttributes(client.connection as Connection, namespace, Object.values(collectionAttributes))).toEqual([]);

    const today = new Date().toISOString().slice(0, 10);
    const context = { actor: systemActor, at: new Date() };
    await upsertCustomers(knex, context, [{ externalId: 'C-1', name: 'Thornbury Fabrics', contacts: [{ role: 'billing', email: 'pay@thornbury.example' }] }]);
    await upsertInvoices(knex, context, [{ externalId: 'INV-1', customerExternalId: 'C-1', issuedOn: today, dueOn: '2999-01-01', currency: 'GBP', totalMinor: 25_000 }]);

    await eventually(async () => (await listed(client, `WorkflowId = '${invoiceWorkflowId('INV-1')}' AND ExecutionStatus = 'Running'`)).length === 1);
    // A list is some time behind: when the run was started by a message, its attributes come with its first task.
    await eventually(async () => (await listed(client, "DueDate > '2998-12-01T00:00:00Z'"))[0] === invoiceWorkflowId('INV-1'));
    expect(await listed(client, "PolicyVersion = 'reference@2'")).toEqual([]);

    const paused = await updateCollection(client, 'INV-1', pauseCollectionUpdate, { requestId: 'request-1', actor: { kind: 'user', id: '1', name: 'Ada' }, reason: 'agreed by phone', until: null });
    expect(paused).toMatchObject({ requestId: 'request-1', paused: true });
    expect(environment.NODE_ENV).toBe('production');
  } finally {
    await site.stop();
  }
}, buildTimeoutMs);

class Site {
  private readonly stops: (() => Promise<void>)[] = [];

  async start(): Promise<{ environment: Record<string, string>; knex: Knex; client: Client }> {
    const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-production-'));
    this.stops.push(async () => rmSync(folder, { recursive: true, force: true }));
    const databaseUrl = await this.makeDatabase();
    const cluster = await this.startCluster(folder);
    const connection = await Connection.connect({ address: cluster.address });
    this.stops.push(() => connection.close());
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
    await eventually(async () => canUse(connection));

    const workerPort = await findFreePort();
    const environment = {
      NODE_ENV: 'production', DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: cluster.address, TEMPORAL_NAMESPACE: namespace,
      DUNWELL_MAIL_PROVIDER: 'outbox', DUNWELL_WORKER_PORT: String(workerPort), LOG_LEVEL: 'info',
    };
    await runDunwell(['setup'], environment);
    const worker: RunningProcess = await startProcess({ name: 'worker', command: process.execPath, args: ['--import', 'tsx', 'worker/main.ts'], cwd: root, env: environment, logFile: path.join(folder, 'worker.log') });
    this.stops.push(() => worker.stop());
    await eventually(async () => (await fetch(`http://127.0.0.1:${workerPort}/readyz`).catch(() => null))?.ok === true);
    const knex = connect(databaseUrl, { poolMax: 2 });
    this.stops.push(() => knex.destroy());
    return { environment, knex, client: new Client({ connection, namespace }) };
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.reverse()) await stop();
  }

  /** A database of a user that owns it and nothing else. */
  private async makeDatabase(): Promise<string> {
    const suffix = randomBytes(4).toString('hex');
    const name = `dunwell_site_${suffix}`;
    const password = randomBytes(18).toString('base64url');
    const admin = connect(adminUrl(), { poolMax: 1 });
    await admin.raw(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
    await admin.raw(`CREATE DATABASE ${name} OWNER ${name}`);
    this.stops.push(async () => {
      await admin.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.raw(`DROP ROLE IF EXISTS ${name}`);
      await admin.destroy();
    });
    const url = new URL(adminUrl());
    url.username = name;
    url.password = password;
    url.pathname = `/${name}`;
    return url.toString();
  }

  private async startCluster(folder: string): Promise<TemporalCluster> {
    const databasePrefix = `temporal_${randomBytes(4).toString('hex')}`;
    const admin = connect(adminUrl(), { poolMax: 1 });
    this.stops.push(async () => {
      for (const name of [databasePrefix, `${databasePrefix}_visibility`]) await admin.raw(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.destroy();
    });
    const cluster = await startTemporalCluster({ folder: path.join(folder, 'temporal'), postgresUrl: adminUrl(), databasePrefix, say: silent });
    this.stops.push(() => cluster.stop());
    return cluster;
  }
}

function adminUrl(): string {
  const url = process.env.DUNWELL_TEST_PG_URL;
  if (!url) throw new Error('DUNWELL_TEST_PG_URL is not set: this project of jest.config.cjs needs globalSetup tests/engines/globalSetup.ts.');
  return url;
}

async function runDunwell(args: readonly string[], environment: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, ['cli/dunwell.js', ...args], { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`dunwell ${args.join(' ')} ended with exit code ${code}`);
}

/** A new namespace reaches the frontend's cache after some seconds. */
async function canUse(connection: Connection): Promise<boolean> {
  try {
    await connection.workflowService.listWorkflowExecutions({ namespace });
    return true;
  } catch {
    return false;
  }
}

async function listed(client: Client, query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + lifeTimeoutMs;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`Not so within ${lifeTimeoutMs / 1000} s: ${holds.toString()}`);
    await sleep(200);
  }
}
