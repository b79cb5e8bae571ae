import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { type PostgresServer, startPostgres } from '../../engines/postgres';
import { startTemporalDevServer, type TemporalServer } from '../../engines/temporalDevServer';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';

/** Engines of their own for one program: nothing that runs elsewhere is touched, and nothing is left behind. */
export interface Engines {
  folder: string;
  postgres: PostgresServer;
  temporal: TemporalServer;
  knex: Knex;
  stop(): Promise<void>;
}

/** Starts both engines as a deployment has them: data is written through, and survives a kill. */
export async function startEngines(name: string, say: (line: string) => void): Promise<Engines> {
  const folder = mkdtempSync(path.join(tmpdir(), `dunwell-${name}-`));
  chmodSync(folder, 0o755); // the user that runs PostgreSQL must get through
  const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.reverse()) await stopOne();
  };
  try {
    const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), say });
    stops.push(() => postgres.stop());
    const temporal = await startTemporalDevServer({ folder: path.join(folder, 'temporal'), say, searchAttributes: Object.values(collectionAttributes) });
    stops.push(() => temporal.stop());
    const knex = connect(postgres.url, { poolMax: 8 });
    stops.push(() => knex.destroy());
    await migrate(knex);
    return { folder, postgres, temporal, knex, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export async function temporalClient(temporal: TemporalServer): Promise<{ client: Client; close(): Promise<void> }> {
  const connection = await Connection.connect({ address: temporal.address });
  return { client: new Client({ connection, namespace: temporal.namespace }), close: () => connection.close() };
}
