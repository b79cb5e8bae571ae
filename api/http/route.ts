import { createHash, randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Knex } from 'knex';
import type { StoredAnswer } from '../../db/access/idempotency';
import { inTransaction } from '../../db/ledger/context';
import { admit, allow, callerName, count, whoIs, type Route } from './admit';
import { answerOf, send, type Answer } from './answer';
import { bodyReader } from './body';
import { Document, Streamed, type Call } from './call';
import { expectedVersion } from './etag';
import { idempotencyKeyOf, once, requestHashOf } from './idempotency';
import { actorOf, authorize, credentialOf, type Identity } from './identity';
import { checkBody, checkParams, checkQuery } from './input';
import { ProblemError } from './problem';
import { sameIdentity } from './recentCallers';
import { Turns } from './turns';

/**
 * What runs outside the transaction that holds its Idempotency-Key needs a second connection: if such requests took all of the pool,
 * each would wait for another to give one back. Fewer than half of the smallest pool.
 */
const outsideTurns = new Turns(4);

/** Adds a route. Express 5 hands what a promise is rejected with to the error handler. */
export function addRoute(router: Router, route: Route): void {
  const { contract, deps } = route;
  const path = contract.path.replace(/\{(\w+)\}/g, ':$1');
  if (contract.method === 'get') {
    router.get(path, (request, response) => read(route, request, response));
    return;
  }
  const identities = new WeakMap<Request, Identity>();
  const admitFirst: RequestHandler = async (request, response, next) => {
    identities.set(request, await admit(route, request, response));
    next();
  };
  // The body is read once its sender is admitted, so that nobody unknown fills memory or disk.
  router[contract.method](path, admitFirst, bodyReader(contract, deps.settings.uploadFolder),
    (request: Request, response: Response) => write(route, request, response, identities.get(request) ?? { kind: 'nobody' }).finally(() => route.recentCallers.lookUpAgain()));
}

/** A read is answered at once to a caller that was looked up within the second; it begins while its caller is being looked up, if the caller was here a moment ago, and is answered once that has succeeded. */
async function read(route: Route, request: Request, response: Response): Promise<void> {
  const known = route.recentCallers.recall(request);
  if (known) await count(route, known.identity, request, response);
  if (known?.isFresh) {
    allow(route, known.identity, request);
    await send(response, await answerRead(route, request, response, known.identity));
    return;
  }
  const early = known && isAllowed(route, known.identity) ? Promise.allSettled([answerRead(route, request, response, known.identity)]) : null;
  const since = route.recentCallers.startOfLookUp();
  const identity = await whoIs(route, request);
  const isSame = known !== null && sameIdentity(known.identity, identity);
  if (!isSame) await count(route, identity, request, response);
  allow(route, identity, request);
  route.recentCallers.remember(request, identity, since);
  const [outcome] = (isSame && (await early)) || [];
  if (outcome?.status === 'rejected') throw outcome.reason;
  await send(response, outcome ? outcome.value : await answerRead(route, request, response, identity));
}

function isAllowed({ contract }: Route, identity: Identity): boolean {
  try {
    authorize(contract.access, identity);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

function answerRead(route: Route, request: Request, response: Response, identity: Identity): Promise<Answer> {
  return Promise.resolve().then(() => carryOut(route, { request, response, identity, requestId: String(response.getHeader('x-request-id')), trx: null }));
}

/** A write is a transaction of its own, carried out again where it collided with another writer, and with an Idempotency-Key its answer is part of it. */
async function write(route: Route, request: Request, response: Response, identity: Identity): Promise<void> {
  const { contract, handler, deps } = route;
  const key = contract.access.kind === 'public' ? null : idempotencyKeyOf(request);
  const actor = callerName(identity, request);
  const carry = (requestId: string, trx: Knex.Transaction | null): Promise<Answer> => carryOut(route, { request, response, identity, requestId, trx });
  if (key === null) {
    // Never what came as X-Request-Id: a caller may give the same to all requests of a trace, and what has the same id is done once.
    const requestId = randomUUID();
    await send(response, await (handler.outside ? carry(requestId, null) : inTransaction(deps.knex, (trx) => carry(requestId, trx))));
    return;
  }
  checkInputs(route, request);
  const hash = await requestHashOf(request, handler.password ? credentialOf(request) : null);
  const requestId = createHash('sha256').update(`${actor}\n${key}\n`).update(hash).digest('hex').slice(0, 32);
  const caller = { actor, key, hash, secret: handler.secret === true };
  const keyed = (trx: Knex.Transaction) => once(trx, caller, async () => storable(route, await carry(requestId, handler.outside ? null : trx)));
  await send(response, await (handler.outside ? outsideTurns.take(() => deps.knex.transaction(keyed)) : inTransaction(deps.knex, keyed)));
}

function storable({ contract }: Route, answer: Answer): StoredAnswer {
  if (answer instanceof Document || answer instanceof Streamed) throw new ProblemError(500, 'internal', `${contract.id} answers with a document and is a POST.`);
  return answer;
}

function checkInputs({ contract }: Route, request: Request) {
  return {
    params: checkParams(contract, request), query: checkQuery(contract, request), body: checkBody(contract, request),
    ifMatch: contract.method === 'patch' ? expectedVersion(request) : null,
  };
}

async function carryOut(route: Route, { trx, identity, ...given }: { request: Request; response: Response; identity: Identity; requestId: string; trx: Knex.Transaction | null }): Promise<Answer> {
  const { contract, handler, deps, limits } = route;
  const call = {
    ...checkInputs(route, given.request), ...given, identity, actor: actorOf(identity), db: trx ?? deps.knex, deps, limits,
    get trx(): Knex.Transaction {
      if (!trx) throw new Error(`${contract.id} runs outside a transaction: take call.deps.knex.`);
      return trx;
    },
  } as unknown as Call;
  return answerOf(contract, await handler.handle(call), deps.settings.checkAnswers);
}
