import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Knex } from 'knex';
import type { Contract } from '../contracts/contract';
import type { ApiDeps } from '../deps';
import type { StoredAnswer } from '../../db/access/idempotency';
import { bodyReader } from './body';
import { Document, type Call, type Handler } from './call';
import { etagOf, expectedVersion } from './etag';
import { idempotencyKeyOf, once, requestHashOf } from './idempotency';
import { actorOf, authorize, identify, refuseForgery, type Identity } from './identity';
import { checkBody, checkParams, checkQuery } from './input';
import type { Limits } from './limits';
import { ProblemError } from './problem';

/** A route as it is after sign-in and limits: what the chain below hands from one link to the next. */
interface Caller {
  identity: Identity;
}
const callers = new WeakMap<Request, Caller>();

/**
 * Adds a route: who it is, limits, whether they may, the body, the checks, the handler, the answer; in this order.
 * Express 5 hands what a promise is rejected with to the error handler.
 */
export function addRoute(router: Router, contract: Contract, handler: Handler<Contract>, deps: ApiDeps, limits: Limits): void {
  const path = contract.path.replace(/\{(\w+)\}/g, ':$1');
  router[contract.method](path, admit(contract, deps, limits), bodyReader(contract, deps.settings.uploadFolder),
    (request: Request, response: Response) => respond(contract, handler, deps, limits, request, response));
}

function admit(contract: Contract, deps: ApiDeps, limits: Limits): RequestHandler {
  return async (request, response, next) => {
    const identity = await identify(deps.knex, request).catch(async (refused: unknown) => {
      // Guessing keys is counted too, by where it comes from.
      await limits.request(callerName({ kind: 'nobody' }, request));
      throw refused;
    });
    const left = await limits.request(callerName(identity, request));
    response.setHeader('ratelimit-limit', left.limit);
    response.setHeader('ratelimit-remaining', left.remaining);
    response.setHeader('ratelimit-reset', left.resetSeconds);
    authorize(contract.access, identity);
    // A signed webhook comes from another site by nature; its signature is what speaks for it.
    if (contract.upload !== 'raw-json') refuseForgery(request, identity, deps.settings.publicUrl);
    callers.set(request, { identity });
    next();
  };
}

function callerName(identity: Identity, request: Request): string {
  switch (identity.kind) {
    case 'person': return `user:${identity.user.id}`;
    case 'key': return `api-key:${identity.apiKey.id}`;
    case 'nobody': return `address:${request.ip ?? 'unknown'}`;
  }
}

async function respond(contract: Contract, handler: Handler<Contract>, deps: ApiDeps, limits: Limits, request: Request, response: Response): Promise<void> {
  const identity = callers.get(request)?.identity ?? { kind: 'nobody' };
  const key = contract.access.kind === 'public' ? null : idempotencyKeyOf(request);
  const actor = callerName(identity, request);
  const inputs = {
    params: checkParams(contract, request), query: checkQuery(contract, request), body: checkBody(contract, request),
    ifMatch: contract.method === 'patch' ? expectedVersion(request) : null,
  };
  const requestId = key === null ? String(response.getHeader('x-request-id')) : createHash('sha256').update(`${actor}\n${key}`).digest('hex').slice(0, 32);
  const carryOut = async (trx: Knex.Transaction | null): Promise<StoredAnswer | Document> => {
    const call = {
      ...inputs, identity, actor: actorOf(identity), db: trx ?? deps.knex, deps, limits, requestId, request, response,
      get trx(): Knex.Transaction {
        if (!trx) throw new Error(`${contract.id} runs outside a transaction: take call.deps.knex.`);
        return trx;
      },
    } as unknown as Call;
    return answerOf(contract, await handler.handle(call), deps.settings.checkAnswers);
  };
  const answer = key === null
    ? await (contract.method === 'get' || handler.outside ? carryOut(null) : deps.knex.transaction((trx) => carryOut(trx)))
    : await deps.knex.transaction((trx) => once(trx, { actor, key, hash: requestHashOf(request), secret: handler.secret === true },
      async () => storable(contract, await carryOut(handler.outside ? null : trx))));
  send(response, answer);
}

function answerOf(contract: Contract, result: unknown, checked: boolean): StoredAnswer | Document {
  if (result instanceof Document) return result;
  if (contract.status === 204) return { status: 204, headers: {}, body: null };
  const body = JSON.stringify(result ?? null);
  if (checked && contract.answer) {
    const fits = contract.answer.safeParse(JSON.parse(body));
    if (!fits.success) throw new Error(`The answer of ${contract.id} does not fit its schema: ${fits.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 5).join('; ')}`);
  }
  const rowVersion = contract.etag && result !== null && typeof result === 'object' && 'rowVersion' in result ? Number(result.rowVersion) : null;
  return { status: contract.status, headers: rowVersion === null ? {} : { etag: etagOf(rowVersion, body) }, body };
}

function storable(contract: Contract, answer: StoredAnswer | Document): StoredAnswer {
  if (answer instanceof Document) throw new ProblemError(500, 'internal', `${contract.id} answers with a document and is a POST.`);
  return answer;
}

function send(response: Response, answer: (StoredAnswer & { repeated?: boolean }) | Document): void {
  if (answer instanceof Document) {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.status(200).type(answer.contentType).send(answer.content);
    return;
  }
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (answer.repeated) response.setHeader('idempotency-replayed', 'true');
  response.status(answer.status);
  if (answer.body === null) response.end();
  else response.type('application/json').send(answer.body);
}
