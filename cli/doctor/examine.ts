import { statfsSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { readEnvironment, type Environment } from '../../config/environment';
import { withRunningInstallation } from '../../config/runningInstallation';
import { temporalConnectionOptions } from '../../config/temporalConnection';
import { readRefused } from '../../db/collection/refusedWorkflows';
import { connect } from '../../db/connect';
import { findChromium } from '../../engines/chromium';
import { findGo } from '../../engines/goBuild';
import { checkPostgres } from '../../engines/postgres';
import { findPostgresPrograms } from '../../engines/postgresPrograms';
import { missingSearchAttributes } from '../../engines/searchAttributes';
import { presentTemporalCli } from '../../engines/temporalCli';
import { presentTestServer } from '../../engines/testServer';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { examineTimeZones } from './timeZones';

export type Finding = { what: string; level: 'ok' | 'warn' | 'fail'; detail: string };

const freeDiskWarnBytes = 2e9;

/** Looks at the machine and, where one is configured, at the installation. */
export async function examine(env: Readonly<Record<string, string | undefined>>): Promise<Finding[]> {
  const findings = [node(), disk(), bundledPostgres(), temporalCli(), testServer(), chromium(), go()];
  const settings = withRunningInstallation(env);
  if (!settings.DATABASE_URL) {
    return [...findings, { what: 'installation', level: 'warn', detail: 'no DATABASE_URL, and no `npm start` runs here: database and Temporal were not checked' }];
  }
  let environment: Environment;
  try {
    environment = readEnvironment(settings);
  } catch (error) {
    return [...findings, { what: 'settings', level: 'fail', detail: messageOf(error) }];
  }
  findings.push({ what: 'settings', level: 'ok', detail: `mail by ${environment.mail.provider.kind}, console on port ${environment.port}` });
  return [...findings, ...(await database(environment)), ...(await temporal(environment)), await api(environment)];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isSupported = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node.js', level: isSupported ? 'ok' : 'fail', detail: isSupported ? process.versions.node : `${process.versions.node}; 20.19 or later is needed` };
}

function disk(): Finding {
  const { bavail, bsize } = statfsSync(process.cwd());
  const free = bavail * bsize;
  return { what: 'disk', level: free < freeDiskWarnBytes ? 'warn' : 'ok', detail: `${(free / 1e9).toFixed(1)} GB free` };
}

function bundledPostgres(): Finding {
  return attempt('PostgreSQL, bundled', 'fail', () => findPostgresPrograms(undefined, () => undefined).version);
}

function temporalCli(): Finding {
  const found = presentTemporalCli();
  return { what: 'Temporal CLI', level: found ? 'ok' : 'warn', detail: found ?? 'not here yet; npm start downloads or builds it' };
}

function testServer(): Finding {
  const found = presentTestServer();
  return { what: 'Temporal test server', level: found ? 'ok' : 'warn', detail: found ?? 'not here yet; npm test brings it (only tests need it)' };
}

function chromium(): Finding {
  const found = findChromium();
  return { what: 'Chromium', level: found ? 'ok' : 'warn', detail: found ?? 'not here yet; npm test brings it (only browser tests need it)' };
}

function go(): Finding {
  const found = findGo();
  return { what: 'Go', level: found ? 'ok' : 'warn', detail: found ?? 'not here; one test, of a full Temporal server, will be skipped' };
}

async function database(environment: Environment): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const { version } = await checkPostgres(environment.databaseUrl);
    findings.push({ what: 'database', level: 'ok', detail: `PostgreSQL ${version}` });
  } catch (error) {
    return [{ what: 'database', level: 'fail', detail: messageOf(error) }];
  }
  const knex = connect(environment.databaseUrl, { poolMax: 1 });
  try {
    const { pendingMigrations } = await import('../../db/migrate');
    const pending = await pendingMigrations(knex);
    findings.push({ what: 'schema', level: pending.length === 0 ? 'ok' : 'fail', detail: pending.length === 0 ? 'up to date' : `${pending.join(', ')} to be applied: npx dunwell migrate` });
    if (pending.length > 0) return findings;
    const { rows } = await knex.raw<{ rows: { mode: string; virtual_now: Date | null }[] }>('SELECT mode, virtual_now FROM clock');
    findings.push({ what: 'clock', level: 'ok', detail: rows[0]?.mode === 'manual' ? `manual, at ${rows[0].virtual_now?.toISOString()}` : 'real time' });
    findings.push(await examineTimeZones(knex));
    findings.push(refusedFinding(await readRefused(knex)));
    const { rows: backlog } = await knex.raw<{ rows: { waiting: number; oldest: number | null }[] }>('SELECT count(*)::int AS waiting, extract(epoch FROM now() - min(created_at))::int AS oldest FROM outbox WHERE relayed_at IS NULL');
    const { waiting = 0, oldest = null } = backlog[0] ?? {};
    const lagWarnSeconds = 60;
    findings.push({ what: 'relay', level: (oldest ?? 0) > lagWarnSeconds ? 'warn' : 'ok', detail: waiting === 0 ? 'nothing waits' : `${waiting} events wait, the oldest for ${oldest} s: is the worker running?` });
  } catch (error) {
    findings.push({ what: 'schema', level: 'fail', detail: messageOf(error) });
  } finally {
    await knex.destroy();
  }
  return findings;
}

function refusedFinding({ count, first }: Awaited<ReturnType<typeof readRefused>>): Finding {
  if (first === null) return { what: 'workflows', level: 'ok', detail: 'none is refused' };
  const id = first.invoice.length > 60 ? `${first.invoice.slice(0, 60)}…` : first.invoice;
  return { what: 'workflows', level: 'fail', detail: `Temporal refuses to run those of ${count} open ${count === 1 ? 'invoice' : 'invoices'}, which nobody collects: ${id} (${first.reason})` };
}

async function temporal({ temporal: settings }: Environment): Promise<Finding[]> {
  const connectTimeoutMs = 5_000;
  try {
    const connection = await Connection.connect({ ...temporalConnectionOptions(settings), connectTimeout: connectTimeoutMs });
    try {
      const { serverVersion } = await connection.workflowService.getSystemInfo({});
      await connection.workflowService.describeNamespace({ namespace: settings.namespace });
      const missing = await missingSearchAttributes(connection, settings.namespace, Object.values(collectionAttributes));
      return [
        { what: 'Temporal', level: 'ok', detail: `${settings.address}, namespace ${settings.namespace}, server ${serverVersion}` },
        missing.length === 0
          ? { what: 'search attributes', level: 'ok', detail: 'registered' }
          : { what: 'search attributes', level: 'fail', detail: `${missing.map(({ name, type }) => `${name} (${type})`).join(', ')} missing; the worker registers them when it starts and may` },
      ];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return [{ what: 'Temporal', level: 'fail', detail: `${settings.address}, namespace ${settings.namespace}: ${messageOf(error)}` }];
  }
}

async function api({ host, port }: Environment): Promise<Finding> {
  const answerTimeoutMs = 3_000;
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/readyz`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    return { what: 'api', level: response.ok ? 'ok' : 'fail', detail: `${url} answers ${response.status}` };
  } catch (error) {
    return { what: 'api', level: 'warn', detail: `${url} does not answer (${messageOf(error)})` };
  }
}

function attempt(what: string, otherwise: 'warn' | 'fail', look: () => string): Finding {
  try {
    return { what, level: 'ok', detail: look() };
  } catch (error) {
    return { what, level: otherwise, detail: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
