import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { stringify } from 'yaml';
import { runCommand } from './command';
import type { Say } from './engineError';
import { lockFolder } from './folderLock';
import { findFreePort } from './ports';
import { createDatabase } from './postgres';
import { startProcess, waitUntilReady } from './supervise';
import { provideTemporalServer } from './temporalServerPrograms';

export type TemporalClusterOptions = {
  /** Holds the generated configuration and the log. */
  folder: string;
  /** A PostgreSQL whose user may create databases; `temporal` and `temporal_visibility` are made there. */
  postgresUrl: string;
  /** Prefix of the names of the two databases. */
  databasePrefix?: string;
  say: Say;
};

export type TemporalCluster = { address: string; logFile: string; pid: number; stop(): Promise<void> };

const schemaTimeoutMs = 120_000;
const readyTimeoutMs = 120_000;
/** Few for a cluster that grows, and the number that Temporal's own examples use; it can never be changed afterwards. */
const historyShards = 4;
/** The server keeps its ports in PostgreSQL as smallint: 32767 at most. */
const lowestPort = 20_000;
const portsSpread = 10_000;
const services = ['frontend', 'history', 'matching', 'worker'] as const;
type ServicePorts = Record<(typeof services)[number], { grpc: number; membership: number }>;

/** Starts a full Temporal server, all four services in one process, that persists to PostgreSQL as a production cluster does. */
export async function startTemporalCluster({ folder, postgresUrl, databasePrefix = 'temporal', say }: TemporalClusterOptions): Promise<TemporalCluster> {
  const { server, sqlTool } = await provideTemporalServer(say);
  const lock = await lockFolder(folder, 'Temporal', say);
  try {
    const stores = { default: databasePrefix, visibility: `${databasePrefix}_visibility` };
    say('setting up the Temporal schema in PostgreSQL');
    for (const [store, schema] of [['default', 'temporal'], ['visibility', 'visibility']] as const) {
      await createDatabase(postgresUrl, stores[store]);
      await setUpSchema(sqlTool, postgresUrl, stores[store], `postgresql/v12/${schema}`, say);
    }
    const ports = await choosePorts();
    const configFolder = path.join(folder, 'config');
    mkdirSync(configFolder, { recursive: true });
    writeFileSync(path.join(configFolder, 'dunwell.yaml'), stringify(configuration(postgresUrl, stores, ports, folder)), { mode: 0o600 });
    writeFileSync(path.join(folder, 'dynamic.yaml'), '{}\n');

    const address = `127.0.0.1:${ports.frontend.grpc}`;
    say(`starting a Temporal server on ${address}`);
    const running = await startProcess({
      name: 'Temporal', command: server, logFile: path.join(folder, 'server.log'), cwd: folder,
      args: ['--root', folder, '--config', 'config', '--env', 'dunwell', '--allow-no-auth', 'start'],
    });
    lock.holdFor(running.pid);
    await waitUntilReady(running, { name: 'Temporal', timeoutMs: readyTimeoutMs, check: () => isServing(address) });
    return {
      address, logFile: running.logFile, pid: running.pid,
      stop: async () => {
        await running.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function setUpSchema(sqlTool: string, postgresUrl: string, database: string, schema: string, say: Say): Promise<void> {
  const url = new URL(postgresUrl);
  const connection = ['--plugin', 'postgres12_pgx', '--endpoint', url.hostname, '--port', url.port || '5432', '--user', decodeURIComponent(url.username), '--database', database];
  const env = { SQL_PASSWORD: decodeURIComponent(url.password) }; // not on the command line, where others can read it
  for (const args of [['setup-schema', '-v', '0.0'], ['update-schema', '--schema-name', schema]]) {
    await runCommand({ command: sqlTool, args: [...connection, ...args], env, doing: `setting up the schema ${schema}`, timeoutMs: schemaTimeoutMs, say });
  }
}

async function choosePorts(): Promise<ServicePorts> {
  let port = lowestPort + Math.floor(Math.random() * portsSpread); // several runs at once hardly meet
  const ports: number[] = [];
  for (let count = 0; count < services.length * 2; count++) ports.push((port = await findFreePort(port + 1)));
  return Object.fromEntries(services.map((service, index) => [service, { grpc: ports[index * 2], membership: ports[index * 2 + 1] }])) as ServicePorts;
}

/** The keys are those of go.temporal.io/server/common/config. */
function configuration(postgresUrl: string, stores: { default: string; visibility: string }, ports: ServicePorts, folder: string): object {
  const url = new URL(postgresUrl);
  const store = (databaseName: string, maxConns: number): object => ({
    sql: {
      pluginName: 'postgres12_pgx', databaseName, connectAddr: `${url.hostname}:${url.port || '5432'}`, connectProtocol: 'tcp',
      user: decodeURIComponent(url.username), password: decodeURIComponent(url.password), maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h',
    },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default', visibilityStore: 'visibility', numHistoryShards: historyShards,
      datastores: { default: store(stores.default, 20), visibility: store(stores.visibility, 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services.map((service) => [service, { rpc: { grpcPort: ports[service].grpc, membershipPort: ports[service].membership, bindOnIP: '127.0.0.1' } }])),
    clusterMetadata: {
      enableGlobalNamespace: false, failoverVersionIncrement: 10, masterClusterName: 'active', currentClusterName: 'active',
      clusterInformation: { active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${ports.frontend.grpc}` } },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
    namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
    publicClient: { hostPort: `127.0.0.1:${ports.frontend.grpc}` },
    dynamicConfigClient: { filepath: path.join(folder, 'dynamic.yaml'), pollInterval: '60s' },
  };
}

async function isServing(address: string): Promise<boolean> {
  const connectTimeoutMs = 2_000;
  try {
    const connection = await Connection.connect({ address, connectTimeout: connectTimeoutMs });
    try {
      await connection.workflowService.getClusterInfo({});
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false; // not up yet; the caller's deadline ends the wait
  }
}
