import { z } from 'zod';
import { contracts, type ContractId } from '.';
import type { Contract } from './contract';

/** The list that a file is made of, and the object list of its rows that gets a line for each of its objects. */
export interface ExportContract {
  contract: Contract;
  list: ContractId;
  row: z.ZodObject;
  expanded: string | null;
}

/** A customer has a balance in each currency: one line each, since amounts of different currencies share no column. A queue has a line for each of its people. */
const expanded: Partial<Record<ContractId, string>> = { listCustomers: 'balances', listQueueSettings: 'members', listPreviewedCustomers: 'balances' };

/** Every list that is read page by page can be had as a file too, with the same filters and for the same roles. */
export const exportsOfLists: readonly ExportContract[] = (Object.keys(contracts) as ContractId[]).flatMap((id) => {
  const listed: Contract = contracts[id];
  const row = rowOf(listed);
  if (!row || !(listed.query instanceof z.ZodObject)) return [];
  const contract: Contract = {
    id: `export${id.replace(/^(list|get)/, '')}`, method: 'get', path: `${listed.path}.csv`, tag: listed.tag, summary: `${listed.summary}: as a CSV file`,
    description: 'All of the list, as it is at one instant. UTF-8 with a byte order mark; a text that a spreadsheet would run as a formula has an apostrophe before it.',
    access: listed.access, ...(listed.params ? { params: listed.params } : {}), query: listed.query.omit({ cursor: true, limit: true }),
    status: 200, contentType: 'text/csv', ...(listed.problems ? { problems: listed.problems } : {}),
  };
  return [{ contract, list: id, row, expanded: expanded[id] ?? null }];
});

function rowOf({ method, answer }: Contract): z.ZodObject | null {
  if (method !== 'get' || !(answer instanceof z.ZodObject) || !('next' in answer.shape) || !(answer.shape.items instanceof z.ZodArray)) return null;
  const row: unknown = answer.shape.items.element;
  return row instanceof z.ZodObject ? row : null;
}
