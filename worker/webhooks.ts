import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { leaseDeliveries, recordDelivered, recordFailure, type LeasedDelivery } from '../db/webhooks/deliveries';
import { sendWebhook, type WebhookSettings } from '../integrations/webhooks/sendWebhook';
import { pause } from './patience';

export interface WebhookDispatcherDeps {
  knex: Knex;
  log: Logger;
  settings: WebhookSettings;
  /** Told of every attempt, for metrics. */
  observe?: (outcome: 'delivered' | 'failed' | 'given-up', event: string) => void;
  random?: () => number;
}

const batchSize = 20;
/** Longer than an attempt may take, so that an attempt in progress is never doubled. */
const leaseMs = 60_000;
const idlePauseMs = 1_000;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** Waits between attempts: a hiccup is over in seconds, an outage in a day; after the last one the delivery is given up. */
const retryWaitsMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs, hourMs, 3 * hourMs, 6 * hourMs, 12 * hourMs, 24 * hourMs];

export interface WebhookDispatcher {
  /** Runs until the signal; what it has begun it ends. */
  run(signal: AbortSignal): Promise<void>;
  /** Delivers what is due now, one batch; answers how many attempts were made. */
  dispatchOnce(): Promise<number>;
}

/** Sends the deliveries that are waiting: signed, at least once each, by any number of workers at a time. */
export function createWebhookDispatcher({ knex, log, settings, observe, random = Math.random }: WebhookDispatcherDeps): WebhookDispatcher {
  async function attempt({ id, event, body, url, secret, attempts }: LeasedDelivery): Promise<void> {
    const result = await sendWebhook({ id, url, secret, body }, settings);
    if (result.kind === 'delivered') {
      await recordDelivered(knex, id);
      observe?.('delivered', event);
      return;
    }
    const waitMs = result.final ? undefined : retryWaitsMs[attempts - 1];
    const retryAfterMs = waitMs === undefined ? null : Math.round(waitMs * (0.8 + 0.4 * random()));
    await recordFailure(knex, id, result.reason, retryAfterMs);
    observe?.(retryAfterMs === null ? 'given-up' : 'failed', event);
    log.warn({ delivery: id, event, attempts, reason: result.reason, retryAfterMs }, retryAfterMs === null ? 'a webhook was given up' : 'a webhook was not taken and is tried again');
  }

  async function dispatchOnce(): Promise<number> {
    const leased = await leaseDeliveries(knex, batchSize, leaseMs);
    const ended = await Promise.allSettled(leased.map(attempt));
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
    return leased.length;
  }

  return {
    dispatchOnce,
    async run(signal) {
      while (!signal.aborted) {
        try {
          if ((await dispatchOnce()) === 0) await pause(idlePauseMs, signal);
        } catch (error) {
          if (signal.aborted) return;
          log.error({ err: error }, 'the webhook dispatcher stumbled and tries again');
          await pause(idlePauseMs, signal);
        }
      }
    },
  };
}
