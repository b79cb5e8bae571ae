import { Router } from 'express';
import { relayLag } from '../../db/collection/outbox';
import type { ApiDeps } from '../deps';

/** The relay works in seconds; a minute behind means that nobody relays. */
const relayLagSecondsMax = 60;
const checkWithinMs = 5_000;

interface Check {
  ok: boolean;
  detail: string;
}

/** /healthz: this process answers. /readyz: what it needs answers too; 503 when not, with what is wrong. */
export function health({ knex, temporal }: ApiDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const checks = {
      database: await check(async () => {
        await knex.raw('SELECT 1');
        return 'answers';
      }),
      temporal: await check(async () => {
        await (await temporal()).workflowService.getSystemInfo({});
        return 'answers';
      }),
      relay: await check(async () => {
        const { waiting, oldestSeconds } = await relayLag(knex);
        const text = `${waiting} waiting, the oldest for ${Math.round(oldestSeconds)} s`;
        if (oldestSeconds > relayLagSecondsMax) throw new Error(`${text}: is a worker running?`);
        return text;
      }),
    };
    // A relay that is behind is worth an alarm, but the API serves all the same.
    const ready = checks.database.ok && checks.temporal.ok;
    response.status(ready ? 200 : 503).json({ status: ready ? (checks.relay.ok ? 'ready' : 'degraded') : 'not ready', checks });
  });
  return router;
}

async function check(ask: () => Promise<string>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`did not answer within ${checkWithinMs / 1000} s`)), checkWithinMs);
    });
    return { ok: true, detail: await Promise.race([ask(), late]) };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
