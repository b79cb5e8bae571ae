import { z } from 'zod';
import type { Access, Contract } from '../contracts/contract';
import { routeList } from '../contracts/all';
import { ContactInput, CustomerInput } from '../contracts/customers';
import { InvoiceInput } from '../contracts/invoices';
import { CreditNoteInput, PaymentInput, RefundInput } from '../contracts/money';
import { Problem } from '../contracts/values';

type Json = Record<string, unknown>;
export const apiBase = '/api/v1';

/** The OpenAPI 3.1 document of all contracts. Its schemas are the zod schemas that requests are checked with. */
export function openApiDocument(): Json {
  const components: Json = {};
  // Bulk records are checked one by one, so their schemas are named here rather than found in a body.
  for (const schema of [Problem, CustomerInput, ContactInput, InvoiceInput, PaymentInput, CreditNoteInput, RefundInput]) jsonSchema(schema, components);
  const paths: Record<string, Json> = {};
  for (const contract of routeList) {
    const path = (paths[contract.path] ??= {});
    path[contract.method] = operation(contract, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Dunwell API', version: '1', description: 'Collections over a ledger of invoices. Amounts are integers in minor units; dates are YYYY-MM-DD; errors are problem+json (RFC 9457).' },
    servers: [{ url: apiBase }],
    tags: [...new Set(routeList.map((contract) => contract.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b))),
      responses: Object.fromEntries(Object.entries(problemTitles).map(([status, description]) =>
        [`Problem${status}`, { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }])),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'dunwell_session' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: dw_…' },
      },
    },
  };
}

/** Converts a schema, moving every schema that has a name into `components`. */
function jsonSchema(schema: z.ZodType, components: Json): Json {
  const converted = z.toJSONSchema(schema, {
    io: 'input', target: 'draft-2020-12', unrepresentable: 'any',
    override: ({ jsonSchema: node }) => {
      // The format says it; the pattern behind it is 200 characters that no reader wants.
      if (node.format && node.pattern) delete node.pattern;
      if (node.type === 'integer' && node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.type === 'integer' && node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
    },
  }) as Json;
  const name = z.globalRegistry.get(schema)?.id;
  const definitions = (converted['$defs'] ?? {}) as Json;
  delete converted['$defs'];
  delete converted['$schema'];
  const root = point(converted) as Json;
  for (const [id, definition] of Object.entries(definitions)) keep(components, id, point(definition) as Json);
  if (!name) return root;
  if (!('$ref' in root)) keep(components, name, root);
  return { $ref: `#/components/schemas/${name}` };
}

function keep(components: Json, name: string, definition: Json): void {
  delete definition['id'];
  delete definition['$id'];
  const known = components[name];
  if (known && JSON.stringify(known) !== JSON.stringify(definition)) throw new Error(`two different schemas are named "${name}": rename one of them in api/contracts`);
  components[name] = definition;
}

function point(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(point);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [key, value.replace('#/$defs/', '#/components/schemas/')] : [key, point(value)]));
}

function operation(contract: Contract, components: Json): Json {
  return {
    operationId: contract.id, tags: [contract.tag], summary: contract.summary,
    description: [contract.description, accessInWords(contract.access)].filter(Boolean).join('\n\n'),
    'x-access': contract.access,
    security: contract.access.kind === 'public' ? [] : contract.method === 'get' ? [{ session: [] }, { apiKey: [] }] : [{ session: [], csrf: [] }, { apiKey: [] }],
    parameters: [...fields(contract.params, 'path', components), ...fields(contract.query, 'query', components), ...headers(contract)],
    ...(requestBody(contract, components)),
    responses: responses(contract, components),
  };
}

function fields(schema: z.ZodType | undefined, place: 'path' | 'query', components: Json): Json[] {
  if (!schema) return [];
  const converted = jsonSchema(schema, components) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(converted.properties ?? {}).map(([name, { description, ...node }]) =>
    ({ name, in: place, required: place === 'path' || (converted.required ?? []).includes(name), ...(description ? { description } : {}), schema: node }));
}

function headers(contract: Contract): Json[] {
  const text = { type: 'string' };
  if (contract.method === 'post') return [{ name: 'Idempotency-Key', in: 'header', required: false, description: 'A repeat with the same key within 24 hours gets the same answer and has no further effect', schema: { type: 'string', maxLength: 200 } }];
  if (contract.method === 'patch') return [{ name: 'If-Match', in: 'header', required: true, description: 'The ETag of what was read', schema: text }];
  return [];
}

function requestBody(contract: Contract, components: Json): Json {
  if (contract.upload === 'pdf') return { requestBody: { required: true, content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } } };
  if (contract.upload === 'file') return { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } };
  if (contract.upload === 'raw-json') return { requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } } };
  if (!contract.body) return {};
  const schema = jsonSchema(contract.body, components);
  if (contract.upload !== 'multipart') return { requestBody: { required: true, content: { 'application/json': { schema } } } };
  const properties = { file: { type: 'string', format: 'binary' }, ...(schema['properties'] as Json) };
  return { requestBody: { required: true, content: { 'multipart/form-data': { schema: { ...schema, properties, required: ['file', ...((schema['required'] as string[] | undefined) ?? [])] } } } } };
}

const problemTitles: Readonly<Record<number, string>> = {
  400: 'The request does not fit the schema', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 409: 'Conflict', 412: 'Changed since it was read', 413: 'Too large',
  422: 'Understood, but not possible', 428: 'If-Match is missing', 429: 'Too many requests', 503: 'A service that this needs is not available',
};

function responses(contract: Contract, components: Json): Json {
  const success: Json = { description: contract.summary };
  if (contract.answer) success['content'] = { 'application/json': { schema: jsonSchema(contract.answer, components) } };
  else if (contract.contentType) success['content'] = { [contract.contentType]: { schema: contract.contentType === 'text/html' || contract.contentType === 'text/csv' ? { type: 'string' } : { type: 'string', format: 'binary' } } };
  if (contract.etag) success['headers'] = { ETag: { schema: { type: 'string' }, description: 'The row version, for If-Match' } };
  const statuses = new Set<number>(contract.problems ?? []);
  statuses.add(429);
  if (contract.access.kind !== 'public') statuses.add(401).add(403);
  if (contract.body || contract.query || contract.params) statuses.add(400);
  if (contract.method === 'post') statuses.add(409).add(422);
  if (contract.method === 'patch') statuses.add(412).add(428);
  const problems = [...statuses].sort((a, b) => a - b).map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]);
  return { [contract.status]: success, ...Object.fromEntries(problems) };
}

function accessInWords(access: Access): string {
  if (access.kind === 'public') return 'Open to all.';
  if (access.kind === 'signed-in') return access.session ? 'For people who are signed in.' : 'For whoever is signed in.';
  return `Roles: ${access.roles.join(', ')}. API key scope: \`${access.scope}\`.`;
}
