import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import pino, { type DestinationStream, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Lines wait at most this long for others, so that a busy process does not wait for its own log with every request. */
const flushEveryMs = 500;
const flushAtBytes = 4_096;

/** Standard output, written in the background; what is left is written when the process ends. */
export function bufferedOutput(): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ dest: 1, sync: false, minLength: flushAtBytes });
  setInterval(() => output.flush(), flushEveryMs).unref();
  process.on('exit', () => output.flushSync());
  return output;
}

const requestIdPattern = /^[\w.-]{1,100}$/;

/** Routers below change `url` while they look for the route; what was asked for stays in `originalUrl`. */
function isApi(request: { url?: string; originalUrl?: string }): boolean {
  return (request.originalUrl ?? request.url ?? '').startsWith('/api/');
}

/** One line for each request, with its id, which the answer carries too. Bodies are never logged, nor what stands after "?". */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
      response.setHeader('x-request-id', id);
      return id;
    },
    customLogLevel: (request, response, error) => (error || response.statusCode >= 500 ? 'error' : isApi(request) ? 'info' : 'debug'),
    serializers: {
      req: (request: { id: string; method: string; url: string; remoteAddress?: string }) => ({ id: request.id, method: request.method, path: request.url.split('?')[0], address: request.remoteAddress }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    quietReqLogger: true,
  });
}
