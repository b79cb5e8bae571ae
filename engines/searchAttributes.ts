import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { EngineError, type Say } from './engineError';

/** Fits what `defineSearchAttributeKey` returns. */
export type SearchAttribute = { readonly name: string; readonly type: SearchAttributeType };

/** temporal.api.enums.v1.IndexedValueType */
export const indexedValueTypes: Record<SearchAttributeType, number> = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 };

/** The part of a connection, a client's or a worker's, that is needed here. */
type OperatorConnection = Pick<Connection, 'operatorService'>;

/**
 * Registers the search attributes that a namespace lacks. An unregistered one would stall every workflow task that sets it.
 * @throws EngineError where the service does not let clients do that (Temporal Cloud): the message lists what to add by hand
 */
export async function registerSearchAttributes(connection: OperatorConnection, namespace: string, wanted: readonly SearchAttribute[], say: Say): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace, wanted);
  if (missing.length === 0) return;
  say(`registering search attributes: ${missing.map(({ name }) => name).join(', ')}`);
  try {
    const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, indexedValueTypes[type]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    throw new EngineError(`The search attributes ${missing.map(({ name, type }) => `${name} (${type})`).join(', ')} are missing in namespace ${namespace}, and adding them failed: ${error instanceof Error ? error.message : String(error)}. Add them by hand, for Temporal Cloud with: tcld namespace search-attributes add.`);
  }
  await waitUntilKnown(connection, namespace, wanted);
}

/** Those search attributes that the namespace does not have. */
export async function missingSearchAttributes(connection: OperatorConnection, namespace: string, wanted: readonly SearchAttribute[]): Promise<SearchAttribute[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return wanted.filter(({ name }) => !(name in (customAttributes ?? {})));
}

async function waitUntilKnown(connection: OperatorConnection, namespace: string, wanted: readonly SearchAttribute[]): Promise<void> {
  const knownWithinMs = 30_000;
  const until = Date.now() + knownWithinMs;
  while ((await missingSearchAttributes(connection, namespace, wanted)).length > 0) {
    if (Date.now() > until) throw new EngineError(`The search attributes were added to namespace ${namespace} but did not appear within ${knownWithinMs / 1000} s. Start again.`);
    await sleep(200);
  }
}
