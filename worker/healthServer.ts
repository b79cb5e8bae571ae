import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { sameText } from '../db/access/tokens';

export interface HealthServerDeps {
  host: string;
  port: number;
  log: Logger;
  registry: Registry;
  /** Demanded of whoever reads /metrics; null: whoever reaches the port may. */
  metricsToken: string | null;
  /** Resolves when the worker can do its work, rejects with why it cannot. */
  ready: () => Promise<void>;
}

const readyWithinMs = 2_000;

/** `/healthz` (it runs), `/readyz` (it can work) and `/metrics`, for whoever watches over the worker. Answers the port it listens on. */
export async function startHealthServer({ host, port, log, registry, metricsToken, ready }: HealthServerDeps): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
    };
    const refuse = (error: unknown): void => {
      log.warn({ err: error, path: request.url }, 'the worker is not ready');
      answer(503, `${error instanceof Error ? error.message : String(error)}\n`);
    };
    switch (request.url?.split('?')[0]) {
      case '/healthz':
        return answer(200, 'ok\n');
      case '/readyz':
        return void withinTime(ready()).then(() => answer(200, 'ready\n'), refuse);
      case '/metrics':
        if (metricsToken !== null && !sameText(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) return answer(401, 'Metrics need the token in DUNWELL_WORKER_METRICS_TOKEN as "Authorization: Bearer …".\n');
        return void withinTime(registry.metrics()).then((text) => answer(200, text, registry.contentType), refuse);
      default:
        return answer(404, 'There are /healthz, /readyz and /metrics.\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${readyWithinMs / 1_000} s`)), readyWithinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
