import { Router } from 'express';
import type { Logger } from 'pino';
import { relayLag } from '../../db/collection/outbox';
import type { ApiDeps } from '../deps';

/** The relay works in seconds; a minute behind means that nobody relays. */
const relayLagSecondsMax = 60;
const checkWithinMs = 5_000;

/** Its message is for whoever asks. */
class NotReady extends Error {
  override name = 'NotReady';
}

interface Check {
  ok: boolean;
  detail: string;
}

/** /healthz: this process answers. /readyz: what it needs answers too; 503 when not, with what is wrong. */
export function health({ knex, temporal, logger }: ApiDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const checks = {
      database: await check(logger, 'database', async () => {
        await knex.raw('SELECT 1');
        return 'answers';
      }),
      temporal: await check(logger, 'temporal', async () => {
        await (await temporal()).workflowService.getSystemInfo({});
        return 'answers';
      }),
      relay: await check(logger, 'relay', async () => {
        const { waiting, oldestSeconds } = await relayLag(knex);
        const text = `${waiting} waiting, the oldest for ${Math.round(oldestSeconds)} s`;
        if (oldestSeconds > relayLagSecondsMax) throw new NotReady(`${text}: is a worker running?`);
        return text;
      }),
    };
    // A relay that is behind is worth an alarm, but the API serves all the same.
    const ready = checks.database.ok && checks.temporal.ok;
    response.status(ready ? 200 : 503).json({ status: ready ? (checks.relay.ok ? 'ready' : 'degraded') : 'not ready', checks });
  });
  return router;
}

/** Whoever asks is told that something does not answer; how it is reached and what it said is in the log. */
async function check(logger: Logger, what: string, ask: () => Promise<string>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new NotReady(`did not answer within ${checkWithinMs / 1000} s`)), checkWithinMs);
    });
    return { ok: true, detail: await Promise.race([ask(), late]) };
  } catch (error) {
    if (error instanceof NotReady) return { ok: false, detail: error.message };
    logger.warn({ err: error, check: what }, 'not ready');
    return { ok: false, detail: 'does not answer; the log says why' };
  } finally {
    clearTimeout(timer);
  }
}
