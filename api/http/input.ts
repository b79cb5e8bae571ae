import type { Request } from 'express';
import { z } from 'zod';
import type { Contract } from '../contracts/contract';
import { fromZod } from './problem';

export function checkParams(contract: Contract, request: Request): unknown {
  return check(contract.params, request.params, 'path');
}

export function checkQuery(contract: Contract, request: Request): unknown {
  if (!contract.query) return undefined;
  // `?state=open` and `?state=open&state=overdue` are both lists where the schema says list.
  const { lists, strict } = querySchema(contract.query);
  const given = Object.fromEntries(Object.entries(request.query).map(([name, value]) => [name, lists.has(name) && typeof value === 'string' ? [value] : value]));
  // A filter that is misspelt must not look like one that matched.
  return check(strict, given, 'query');
}

export function checkBody(contract: Contract, request: Request): unknown {
  if (contract.upload === 'raw-json' || contract.upload === 'pdf' || contract.upload === 'file') return request.body as unknown;
  return check(contract.body, request.body ?? {}, 'body');
}

function check(schema: z.ZodType | undefined, value: unknown, place: 'body' | 'query' | 'path'): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw fromZod(parsed.error, place);
  return parsed.data;
}

interface QuerySchema {
  strict: z.ZodType;
  lists: ReadonlySet<string>;
}

// Kept for each contract: zod compiles a schema when it is first used, which costs more than the request.
const known = new WeakMap<z.ZodType, QuerySchema>();
function querySchema(schema: z.ZodType): QuerySchema {
  let found = known.get(schema);
  if (!found) {
    const shape = schema instanceof z.ZodObject ? Object.entries(schema.shape) : [];
    const lists = new Set(shape.filter(([, field]) => (field instanceof z.ZodOptional ? field.unwrap() : field) instanceof z.ZodArray).map(([name]) => name));
    found = { strict: schema instanceof z.ZodObject ? schema.strict() : schema, lists };
    known.set(schema, found);
  }
  return found;
}
