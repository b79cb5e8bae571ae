import type { Request, Response } from 'express';
import type { Contract } from '../contracts/contract';
import type { ApiDeps } from '../deps';
import type { Handler } from './call';
import { authorize, identify, refuseForgery, type Identity } from './identity';
import type { Limits } from './limits';
import type { RecentCallers } from './recentCallers';

/** A route with all that answering it takes. */
export interface Route {
  contract: Contract;
  handler: Handler<Contract>;
  deps: ApiDeps;
  limits: Limits;
  recentCallers: RecentCallers;
}

/** Who it is, counted and allowed. Throws a ProblemError otherwise. */
export async function admit(route: Route, request: Request, response: Response): Promise<Identity> {
  const identity = await whoIs(route, request);
  await count(route, identity, request, response);
  allow(route, identity, request);
  return identity;
}

export async function whoIs({ deps, limits }: Route, request: Request): Promise<Identity> {
  return identify(deps.knex, request).catch(async (refused: unknown) => {
    // Guessing keys is counted too, by where it comes from.
    await limits.request(callerName({ kind: 'nobody' }, request));
    throw refused;
  });
}

export async function count({ limits }: Route, identity: Identity, request: Request, response: Response): Promise<void> {
  const left = await limits.request(callerName(identity, request));
  response.setHeader('ratelimit-limit', left.limit);
  response.setHeader('ratelimit-remaining', left.remaining);
  response.setHeader('ratelimit-reset', left.resetSeconds);
}

export function allow({ contract, deps }: Route, identity: Identity, request: Request): void {
  authorize(contract.access, identity);
  // A signed webhook comes from another site by nature; its signature is what speaks for it.
  if (contract.upload !== 'raw-json') refuseForgery(request, identity, deps.settings.publicUrl);
}

export function callerName(identity: Identity, request: Request): string {
  switch (identity.kind) {
    case 'person': return `user:${identity.user.id}`;
    case 'key': return `api-key:${identity.apiKey.id}`;
    case 'nobody': return `address:${request.ip ?? 'unknown'}`;
  }
}
