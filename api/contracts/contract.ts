import type { z } from 'zod';
import { roles, workingRoles, type Role, type Scope } from '../../domain/access/roles';

/**
 * One route, declared once. Express's wiring, the OpenAPI document, the typed client and the test of route × role
 * all come from it; the handler is attached in `api/routes`.
 */
export interface Contract<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** The operationId: also the key under which the handler is attached. */
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with {name} for parameters. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** How the body arrives when it is not JSON. */
  upload?: 'multipart' | 'raw-json' | 'pdf' | 'file';
  /** 204 has no body. */
  status: 200 | 201 | 202 | 204;
  answer?: Answer;
  /** For an answer that is not JSON. */
  contentType?: 'application/pdf' | 'text/html' | 'application/octet-stream' | 'application/json' | 'text/csv';
  /** The answer carries `rowVersion`, sent as ETag too; a PATCH with it demands If-Match. */
  etag?: boolean;
  /** Beyond those that any route can have. */
  problems?: readonly number[];
}

export type Access =
  | { kind: 'public' }
  /** Any person or key that is signed in; `session`: people only. */
  | { kind: 'signed-in'; session?: boolean }
  | { kind: 'roles'; roles: readonly Role[]; scope: Scope };

export function contract<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  declared: Contract<P, Q, B, A>,
): Contract<P, Q, B, A> {
  return declared;
}

/** Everybody who may sign in may read the ledger and what was done on it. */
export const readers: Access = { kind: 'roles', roles, scope: 'read' };
export const ledgerWriters: Access = { kind: 'roles', roles: ['admin', 'credit-manager'], scope: 'ledger:write' };
export const collectors: Access = { kind: 'roles', roles: ['admin', 'credit-manager', 'collector'], scope: 'collections:write' };
/** Those who take tasks and write notes: sales has a queue of its own. */
export const workers: Access = { kind: 'roles', roles: workingRoles, scope: 'collections:write' };
export const creditManagers: Access = { kind: 'roles', roles: ['admin', 'credit-manager'], scope: 'collections:write' };
export const auditors: Access = { kind: 'roles', roles: ['admin', 'credit-manager'], scope: 'admin' };
export const admins: Access = { kind: 'roles', roles: ['admin'], scope: 'admin' };
