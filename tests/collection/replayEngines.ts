import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { createNamespace } from '../../engines/temporalNamespace';
import { collectionAttributes } from '../../workflows/contracts/searchAttributes';
import { freshDatabase } from '../engines/database';
import { temporalAddress } from './deployment';

export interface ReplayEngines {
  knex: Knex;
  temporal: { address: string; namespace: string };
  /** Of that namespace. */
  client: Client;
}

/** A database and a Temporal namespace of their own for one replay of a ledger; the database is dropped when the work is done. */
export async function withReplayEngines<Result>(name: string, work: (engines: ReplayEngines) => Promise<Result>): Promise<Result> {
  const database = await freshDatabase({ poolMax: 40 });
  const connection = await Connection.connect({ address: temporalAddress() });
  const namespace = `${name}-${randomUUID()}`;
  try {
    await createNamespace(connection, namespace, Object.values(collectionAttributes), () => undefined);
    return await work({ knex: database.knex, temporal: { address: temporalAddress(), namespace }, client: new Client({ connection, namespace }) });
  } finally {
    await connection.close();
    await database.destroy();
  }
}
