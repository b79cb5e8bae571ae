import type { Connection } from '@temporalio/client';
import { EngineError, type Say } from './engineError';

/** Search attribute names and their kinds, e.g. `{ CustomerId: 'Keyword' }`. */
export type SearchAttributes = Readonly<Record<string, 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList'>>;

/** temporal.api.enums.v1.IndexedValueType */
const indexedValueTypes = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

/**
 * Registers the search attributes that a namespace lacks. An unregistered one would stall every workflow task that sets it.
 * @throws EngineError where the service does not let clients do that (Temporal Cloud): the message lists what to add by hand
 */
export async function registerSearchAttributes(connection: Connection, namespace: string, wanted: SearchAttributes, say: Say): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace, wanted);
  if (missing.length === 0) return;
  say(`registering search attributes: ${missing.join(', ')}`);
  try {
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, indexedValueTypes[wanted[name] ?? 'Keyword']]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    throw new EngineError(`The search attributes ${missing.map((name) => `${name} (${wanted[name]})`).join(', ')} are missing in namespace ${namespace}, and adding them failed: ${error instanceof Error ? error.message : String(error)}. Add them by hand, for Temporal Cloud with: tcld namespace search-attributes add.`);
  }
  await waitUntilKnown(connection, namespace, wanted);
}

/** The names of those search attributes that the namespace does not have. */
export async function missingSearchAttributes(connection: Connection, namespace: string, wanted: SearchAttributes): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(wanted).filter((name) => !(name in (customAttributes ?? {})));
}

async function waitUntilKnown(connection: Connection, namespace: string, wanted: SearchAttributes): Promise<void> {
  const knownWithinMs = 30_000;
  const until = Date.now() + knownWithinMs;
  while ((await missingSearchAttributes(connection, namespace, wanted)).length > 0) {
    if (Date.now() > until) throw new EngineError(`The search attributes were added to namespace ${namespace} but did not appear within ${knownWithinMs / 1000} s. Start again.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
