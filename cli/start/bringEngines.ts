import path from 'node:path';
import { Connection } from '@temporalio/client';
import { readEnvironment } from '../../config/environment';
import { temporalConnectionOptions } from '../../config/temporalConnection';
import { EngineError, type Say } from '../../engines/engineError';
import { checkPostgres, startPostgres } from '../../engines/postgres';
import { startTemporalDevServer } from '../../engines/temporalDevServer';
import type { Exit } from '../../engines/supervise';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import type { StartOptions } from './run';

const usualPorts = { postgres: 5433, temporal: { grpc: 7233, ui: 8233 } };

type Brought = { stop(): Promise<void> };

/** The database: the one that is named, else the bundled server on the data folder. */
export async function bringPostgres(options: StartOptions, dataFolder: string, say: Say): Promise<Brought & { url: string }> {
  const given = options['database-url'] ?? process.env.DATABASE_URL;
  if (given) {
    const { version } = await checkPostgres(given);
    say(`using your PostgreSQL ${version}`);
    return { url: given, stop: async () => undefined };
  }
  const server = await startPostgres({ folder: path.join(dataFolder, 'postgres'), port: portOf(options['postgres-port']), usualPort: usualPorts.postgres, say });
  return { url: server.url, stop: keepRunning(server, 'PostgreSQL', say) };
}

/** Temporal: the one that is named, else a local server on the data folder. Its settings come as variables for the other processes. */
export async function bringTemporal(options: StartOptions, dataFolder: string, say: Say): Promise<Brought & { environment: Record<string, string> }> {
  const address = options['temporal-address'] ?? process.env.TEMPORAL_ADDRESS;
  if (address) {
    const environment = withoutGaps({
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: options['temporal-namespace'] ?? process.env.TEMPORAL_NAMESPACE ?? 'default',
      TEMPORAL_API_KEY: options['temporal-api-key'] ?? process.env.TEMPORAL_API_KEY,
      TEMPORAL_TLS: options['temporal-tls'] ? 'true' : process.env.TEMPORAL_TLS,
      TEMPORAL_UI_URL: options['temporal-ui-url'] ?? process.env.TEMPORAL_UI_URL,
    });
    await checkTemporal(environment);
    say(`using your Temporal at ${address}`);
    return { environment, stop: async () => undefined };
  }
  const server = await startTemporalDevServer({
    folder: path.join(dataFolder, 'temporal'), say,
    namespace: options['temporal-namespace'] ?? 'default',
    port: portOf(options['temporal-port']),
    uiPort: portOf(options['temporal-ui-port']),
    usualPorts: usualPorts.temporal,
    searchAttributes: Object.values(collectionAttributes),
  });
  return {
    environment: { TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: server.namespace, TEMPORAL_UI_URL: server.uiUrl },
    stop: keepRunning(server, 'Temporal', say),
  };
}

function portOf(asked: string | undefined): number | undefined {
  return asked === undefined ? undefined : Number(asked);
}

async function checkTemporal(variables: Record<string, string>): Promise<void> {
  const connectTimeoutMs = 15_000;
  const { temporal } = readEnvironment({ ...process.env, ...variables, DATABASE_URL: 'postgres://unused/unused', NODE_ENV: 'development' });
  try {
    const connection = await Connection.connect({ ...temporalConnectionOptions(temporal), connectTimeout: connectTimeoutMs });
    try {
      await connection.workflowService.describeNamespace({ namespace: temporal.namespace });
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new EngineError(`Temporal at ${temporal.address}, namespace ${temporal.namespace}, cannot be used: ${error instanceof Error ? error.message : String(error)}. Check the address, the namespace, TLS and the API key.`);
  }
}

type Restartable = { exited(): Promise<Exit>; restart(): Promise<void>; stop(): Promise<void> };

/** Starts a server again when it ends by itself. @returns what stops it for good */
function keepRunning(server: Restartable, name: string, say: Say): () => Promise<void> {
  let isStopping = false;
  const watch = async (): Promise<void> => {
    for (;;) {
      const { code, signal } = await server.exited();
      if (isStopping) return;
      say(`${name} ended by itself (${signal ?? `exit code ${code}`}); starting it again`);
      await server.restart();
    }
  };
  void watch().catch((error: unknown) => {
    say(`${name} could not be started again: ${error instanceof Error ? error.message : String(error)}`);
    process.kill(process.pid, 'SIGTERM');
  });
  return async () => {
    isStopping = true;
    await server.stop();
  };
}

function withoutGaps(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}
