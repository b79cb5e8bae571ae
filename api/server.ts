import cookieParser from 'cookie-parser';
import express, { Router, type Express } from 'express';
import { contracts, type ContractId } from './contracts';
import type { Contract } from './contracts/contract';
import { exportsOfLists } from './contracts/exports';
import type { ApiDeps } from './deps';
import type { Handler } from './http/call';
import { codecServer } from './http/codecServer';
import { console as consoleRoutes } from './http/console';
import { docs } from './http/docs';
import { failure, noSuchRoute } from './http/failure';
import { health } from './http/health';
import { createLimits } from './http/limits';
import { requestLog } from './http/logging';
import { createMetrics } from './http/metrics';
import { RecentCallers } from './http/recentCallers';
import { addRoute } from './http/route';
import { securityHeaders } from './http/security';
import { apiBase } from './openapi/document';
import { handlers } from './routes';
import { exportHandler } from './routes/exports';

/** The whole HTTP side: the API, its documentation, health, metrics, and the console. Listens on nothing yet. */
export function createApp(deps: ApiDeps): Express {
  const { settings, logger } = deps;
  const app = express();
  app.set('trust proxy', settings.trustedProxies);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  // Ours say the row's version; Express would hash every answer that no browser keeps anyway.
  app.disable('etag');
  app.use(requestLog(logger));
  app.use(securityHeaders(settings.production));
  const metrics = createMetrics(deps);
  app.use(metrics.observe);
  app.use(health(deps));
  app.use(metrics.endpoint);
  app.use('/api', (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.use('/api', docs());
  app.use('/api', cookieParser(), codecServer(deps));
  app.use(apiBase, api(deps));
  app.use('/api', noSuchRoute);
  if (settings.consoleFolder !== null) app.use(consoleRoutes(settings.consoleFolder));
  app.use(noSuchRoute);
  app.use(failure(logger));
  return app;
}

function api(deps: ApiDeps): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const limits = createLimits(deps.knex, deps.settings.requestsPerMinute);
  const recentCallers = new RecentCallers();
  // '/policies/active' before '/policies/{id}': what is written out goes before what takes any value.
  const ids = (Object.keys(contracts) as ContractId[]).sort((a, b) => parametersIn(contracts[a]) - parametersIn(contracts[b]));
  for (const id of ids) {
    const handler = handlers[id];
    addRoute(router, { contract: contracts[id] as Contract, handler: (typeof handler === 'function' ? { handle: handler } : handler) as Handler<Contract>, deps, limits, recentCallers });
  }
  for (const list of exportsOfLists) {
    const handler = handlers[list.list];
    const handle = (typeof handler === 'function' ? handler : handler.handle) as unknown as Parameters<typeof exportHandler>[1];
    addRoute(router, { contract: list.contract, handler: { handle: exportHandler(list, handle) }, deps, limits, recentCallers });
  }
  return router;
}

function parametersIn({ path }: Contract): number {
  return path.split('{').length - 1;
}
