import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { Say } from '../../engines/engineError';
import { startPostgres } from '../../engines/postgres';
import { startTemporalDevServer } from '../../engines/temporalDevServer';
import { createNamespace } from '../../engines/temporalNamespace';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';

export interface ReplayEngines {
  knex: Knex;
  temporal: { address: string; namespace: string };
  databaseUrl: string;
  stop(): Promise<void>;
}

export interface ReplayEnginesOptions {
  /** An existing server, on which a database is made for the replay; its own server unless given. */
  databaseUrl?: string;
  /** An existing server, on which a namespace is made for the replay; its own server unless given. */
  temporalAddress?: string;
  /** Leaves the database and the namespace behind, on servers that were given. */
  keep: boolean;
  say: Say;
}

/** A connection for each workflow task and message under way, and some for the loops. */
const poolMax = 40;
const connectionsMax = 100;

/** Brings what a replay runs on: a database and a namespace of its own, on servers of its own unless they are given. */
export async function bringReplayEngines({ databaseUrl, temporalAddress, keep, say }: ReplayEnginesOptions): Promise<ReplayEngines> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const folder = mkdtempSync(path.join(tmpdir(), 'dunwell-replay-'));
    chmodSync(folder, 0o755); // the user that runs PostgreSQL must get through
    stops.push(async () => rmSync(folder, { recursive: true, force: true }));
    const name = `dunwell_replay_${randomUUID().replaceAll('-', '').slice(0, 12)}`;

    const serverUrl = databaseUrl ?? (await ownPostgres(folder, say, stops));
    const admin = connect(serverUrl, { poolMax: 1 });
    stops.push(async () => {
      if (databaseUrl && !keep) await admin.raw('DROP DATABASE IF EXISTS ?? WITH (FORCE)', [name]);
      await admin.destroy();
    });
    await admin.raw('CREATE DATABASE ??', [name]);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const knex = connect(url.toString(), { poolMax });
    stops.push(() => knex.destroy());
    await migrate(knex);

    const address = temporalAddress ?? (await ownTemporal(folder, say, stops));
    const namespace = name.replaceAll('_', '-');
    const connection = await Connection.connect({ address });
    await createNamespace(connection, namespace, Object.values(collectionAttributes), () => undefined);
    await connection.close();
    return { knex, temporal: { address, namespace }, databaseUrl: url.toString(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownPostgres(folder: string, say: Say, stops: (() => Promise<void>)[]): Promise<string> {
  const postgres = await startPostgres({ folder: path.join(folder, 'postgres'), say, durable: false, connectionsMax, database: 'postgres' });
  stops.push(() => postgres.stop());
  return postgres.url;
}

async function ownTemporal(folder: string, say: Say, stops: (() => Promise<void>)[]): Promise<string> {
  const temporal = await startTemporalDevServer({ folder: path.join(folder, 'temporal'), say, inMemory: true });
  stops.push(() => temporal.stop());
  return temporal.address;
}
