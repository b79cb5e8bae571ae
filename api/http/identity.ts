import type { Request } from 'express';
import type { Knex } from 'knex';
import type { Role, Scope } from '../../domain/access/roles';
import type { Actor } from '../../db/audit/actor';
import { apiKeyStart, findApiKey } from '../../db/access/apiKeys';
import { findSession } from '../../db/access/sessions';
import { csrfTokenOf, sameText } from '../../db/access/tokens';
import type { Access } from '../contracts/contract';
import { ProblemError } from './problem';

/** Who is calling. */
export type Identity =
  | { kind: 'nobody' }
  | { kind: 'person'; user: { id: number; email: string; name: string; role: Role }; sessionToken: string }
  | { kind: 'key'; apiKey: { id: number; name: string; scopes: readonly Scope[] } };

export const sessionCookie = 'dunwell_session';

const unauthorized = (detail: string): ProblemError => new ProblemError(401, 'not-signed-in', detail, [], { 'www-authenticate': 'Bearer realm="dunwell"' });

export async function identify(knex: Knex, request: Request): Promise<Identity> {
  const authorization = request.header('authorization');
  if (authorization !== undefined) {
    const secret = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (!secret?.startsWith(apiKeyStart)) throw unauthorized(`The Authorization header must be "Bearer ${apiKeyStart}…" with an API key.`);
    const apiKey = await findApiKey(knex, secret);
    if (!apiKey) throw unauthorized('This API key is not known, has expired or was revoked.');
    return { kind: 'key', apiKey };
  }
  const sessionToken = cookieOf(request);
  if (!sessionToken) return { kind: 'nobody' };
  const user = await findSession(knex, sessionToken);
  return user ? { kind: 'person', user, sessionToken } : { kind: 'nobody' };
}

/** What the caller shows to say who it is; null for nobody. */
export function credentialOf(request: Request): string | null {
  return request.header('authorization') ?? cookieOf(request);
}

function cookieOf(request: Request): string | null {
  const cookies = request.cookies as Record<string, unknown>;
  const value = cookies[sessionCookie];
  return typeof value === 'string' && value.length > 0 ? value : null;
}

export function authorize(access: Access, identity: Identity): void {
  if (access.kind === 'public') return;
  if (identity.kind === 'nobody') throw unauthorized('Sign in, or send an API key.');
  if (access.kind === 'signed-in') {
    if (access.session && identity.kind === 'key') throw new ProblemError(403, 'not-allowed', 'This is for people who are signed in, not for API keys.');
    return;
  }
  if (identity.kind === 'person') {
    if (!access.roles.includes(identity.user.role)) throw new ProblemError(403, 'not-allowed', `Your role is ${identity.user.role}; this needs one of: ${access.roles.join(', ')}.`);
    return;
  }
  const { scopes } = identity.apiKey;
  if (!scopes.includes(access.scope) && !scopes.includes('admin')) throw new ProblemError(403, 'not-allowed', `This API key has the scopes ${scopes.join(', ')}; this needs ${access.scope}.`);
}

/**
 * A session's cookie travels with any request that a browser can be made to send, so whatever changes something must
 * also come from the console's own origin and carry the session's token in a header, which another site can do neither of.
 */
export function refuseForgery(request: Request, identity: Identity, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD' || identity.kind === 'key') return;
  refuseOtherOrigins(request, publicUrl);
  if (identity.kind !== 'person') return;
  const token = request.header('x-csrf-token');
  if (token === undefined || !sameText(token, csrfTokenOf(identity.sessionToken))) {
    throw new ProblemError(403, 'csrf-token', 'The header X-CSRF-Token is missing or is not that of this session: GET /api/v1/session tells it.');
  }
}

function refuseOtherOrigins(request: Request, publicUrl: string): void {
  const origin = request.header('origin');
  if (origin === undefined) {
    if (request.header('sec-fetch-site') === 'cross-site') throw new ProblemError(403, 'other-origin', 'Requests from other sites are refused.');
    return;
  }
  const own = new Set([new URL(publicUrl).origin, `${request.protocol}://${request.header('host') ?? ''}`]);
  if (!own.has(origin)) throw new ProblemError(403, 'other-origin', `Requests from ${origin} are refused; the console is at ${publicUrl}.`);
}

/** The person's id; null for a key. */
export const userIdOf = (identity: Identity): number | null => (identity.kind === 'person' ? identity.user.id : null);

export function actorOf(identity: Identity): Actor {
  switch (identity.kind) {
    case 'person': return { kind: 'user', id: String(identity.user.id), name: identity.user.name };
    case 'key': return { kind: 'api-key', id: String(identity.apiKey.id), name: identity.apiKey.name };
    case 'nobody': return { kind: 'system', id: 'nobody', name: 'not signed in' };
  }
}
