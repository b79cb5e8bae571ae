import { Client, Connection } from '@temporalio/client';
import type { Environment } from '../config/environment';
import { dataConverterOf } from '../config/payloadCodec';
import { temporalConnectionOptions } from '../config/temporalConnection';
import { unavailable } from './http/problem';

/**
 * A client that connects when it is first needed. The API serves the ledger without Temporal too: a failure is told to the
 * caller, and the next request tries again.
 */
export function temporalClient(temporal: Environment['temporal']): { client(): Promise<Client>; close(): Promise<void> } {
  let connecting: Promise<Connection> | null = null;
  const connection = (): Promise<Connection> => {
    connecting ??= Connection.connect(temporalConnectionOptions(temporal)).catch((error: unknown) => {
      connecting = null;
      const why = error instanceof Error ? error.message : String(error);
      throw unavailable(`Temporal at ${temporal.address} cannot be reached: ${why}.`);
    });
    return connecting;
  };
  return {
    client: async () => new Client({ connection: await connection(), namespace: temporal.namespace, dataConverter: dataConverterOf(temporal.encryptionKeys) }),
    close: async () => {
      if (connecting) await (await connecting).close();
    },
  };
}
