import { Router, type Request, type RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { sameText } from '../../db/access/tokens';
import { relayLag } from '../../db/collection/outbox';
import { queueDepths } from '../../db/collection/queueDepths';
import type { ApiDeps } from '../deps';
import { ProblemError } from './problem';

/** What an operator watches of the API. Counters tell of this process; gauges are read from the database when they are asked for. */
export function createMetrics({ knex, settings }: ApiDeps): { observe: RequestHandler; endpoint: Router } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({ name: 'dunwell_http_requests_total', help: 'Requests answered, by route and status.', labelNames: ['method', 'route', 'status'], registers: [registry] });
  const seconds = new Histogram({ name: 'dunwell_http_request_seconds', help: 'How long they took.', labelNames: ['method', 'route'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15], registers: [registry] });
  // Each reads what it tells by itself: one that another sets would tell of the scrape before.
  const waiting: Gauge = new Gauge({
    name: 'dunwell_relay_waiting', help: 'Ledger events that no workflow has heard of yet.', registers: [registry],
    collect: async () => void waiting.set((await relayLag(knex)).waiting),
  });
  const lag: Gauge = new Gauge({
    name: 'dunwell_relay_lag_seconds', help: 'How long the oldest of them has waited.', registers: [registry],
    collect: async () => void lag.set((await relayLag(knex)).oldestSeconds),
  });
  const depth = new Gauge({
    name: 'dunwell_queue_depth', help: 'What waits, by queue.', labelNames: ['queue'], registers: [registry],
    collect: async () => {
      for (const [queue, count] of Object.entries(await queueDepths(knex))) depth.set({ queue }, count);
    },
  });

  const observe: RequestHandler = (request, response, next) => {
    const started = process.hrtime.bigint();
    response.on('finish', () => {
      // The route as declared, never the path as asked: every id would be a series of its own.
      const route = request.route ? `${request.baseUrl}${String((request.route as { path: unknown }).path)}` : 'none';
      requests.inc({ method: request.method, route, status: response.statusCode });
      seconds.observe({ method: request.method, route }, Number(process.hrtime.bigint() - started) / 1e9);
    });
    next();
  };
  const endpoint = Router();
  endpoint.get('/metrics', async (request, response) => {
    if (settings.metricsToken === null ? !isLocal(request) : !sameText(request.header('authorization') ?? '', `Bearer ${settings.metricsToken}`)) {
      throw new ProblemError(401, 'not-signed-in', 'Metrics are for callers on this machine, or with the token in DUNWELL_METRICS_TOKEN as "Authorization: Bearer …".');
    }
    response.type(registry.contentType).send(await registry.metrics());
  });
  return { observe, endpoint };
}

/** Who comes through a proxy on this machine has its address, and is not local for that. */
function isLocal(request: Request): boolean {
  if (request.header('x-forwarded-for') !== undefined || request.header('forwarded') !== undefined) return false;
  const address = request.socket.remoteAddress;
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}
