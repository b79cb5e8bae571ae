import { askHeldInvoices, hasUnrelayed, markRelayed, touchedInvoices, uncollectedInvoices, unarmedInvoices, unrelayedEvents, type OutboxEvent, type TouchedInvoice } from '../db/collection/outbox';
import { markArmed, markDisarmed } from '../db/collection/collections';
import { activePolicyVersion } from '../db/policies';
import { arm } from './arming';
import { leaderships, withLeadership } from './leadership';
import { pause } from './patience';
import { createSweep } from './sweep';
import { wakeAll, wakeWorkflows, type RelayDeps } from './waking';

/** Events in one pass: a payment run or an import is a few passes, and dying in one repeats at most so many signals. */
const batchSize = 2_000;
const shortestPauseMs = 5;
const longestPauseMs = 150;
const afterErrorMs = 1_000;
/** How often it looks for what an earlier worker left half done and for a newly published policy. */
const tidyEveryMs = 5_000;

export interface Relay {
  /** Runs until the signal; errors are logged and tried again. */
  run(signal: AbortSignal): Promise<void>;
  /** Says that there may be something to relay now. */
  poke(): void;
}

/**
 * Turns outbox rows into signals, at least once: a row is marked only after its signals were taken. One worker at a time does it, batch after
 * batch, so that an event of a customer is never overtaken by a later one; what Temporal refuses is parked and holds nothing up. New invoices are planned as a set and started delayed.
 */
export function createRelay(deps: RelayDeps): Relay {
  const { knex, log } = deps;
  let poked = false;
  let collectedUnder: number | null = null;
  let tidiedAt = -Infinity;
  const sweep = createSweep(deps);

  async function pass(signal: AbortSignal): Promise<number> {
    const led = await withLeadership(knex, leaderships.relay, async () => {
      if (Date.now() - tidiedAt > tidyEveryMs) {
        await tidy(signal);
        tidiedAt = Date.now();
      }
      const events = await unrelayedEvents(knex, batchSize);
      if (events.length > 0) await relayEvents(deps, events, signal);
      return events.length;
    });
    return led?.result ?? 0;
  }

  async function tidy(signal: AbortSignal): Promise<void> {
    const unarmed = await unarmedInvoices(knex, batchSize);
    if (unarmed.length > 0) {
      const refused = await wakeWorkflows(deps, unarmed.map(({ externalId }) => externalId), signal);
      await markArmed(knex, unarmed.flatMap(({ invoiceId, externalId }) => (refused.has(externalId) ? [] : [invoiceId])));
    }
    await sweep(signal);
    const active = await activePolicyVersion(knex);
    if (active && active.id !== collectedUnder) {
      await armUncollected(deps, signal);
      collectedUnder = active.id;
    }
  }

  return {
    poke: () => {
      poked = true;
    },
    async run(signal) {
      let pauseMs = shortestPauseMs;
      while (!signal.aborted) {
        try {
          const isDue = poked || Date.now() - tidiedAt > tidyEveryMs || (await hasUnrelayed(knex));
          poked = false;
          const relayed = isDue ? await pass(signal) : 0;
          pauseMs = relayed > 0 ? shortestPauseMs : Math.min(longestPauseMs, pauseMs * 2);
        } catch (error) {
          if (signal.aborted) return;
          log.error({ err: error }, 'the relay stumbled and tries again');
          pauseMs = afterErrorMs;
        }
        for (let pausedMs = 0; pausedMs < pauseMs && !poked && !signal.aborted; pausedMs += shortestPauseMs) await pause(shortestPauseMs, signal);
      }
    },
  };
}

async function relayEvents(deps: RelayDeps, events: readonly OutboxEvent[], signal: AbortSignal): Promise<void> {
  const invoices = await touchedInvoices(deps.knex, events, await askHeldInvoices(deps.knex, events));
  const fresh = invoices.filter(({ collected, collectable }) => !collected && collectable);
  const known = invoices.filter(({ collected }) => collected);
  if (fresh.length > 0) await arm(deps, fresh, events.at(-1)?.id ?? 0, signal);
  const refused = await wakeAll(deps, known, signal);
  await keepArmed(deps, known.filter(({ externalId }) => !refused.has(externalId)), signal);
  await markRelayed(deps.knex, events);
  deps.log.debug({ events: events.length, started: fresh.length, woken: known.length }, 'relayed');
}

/** Notes which workflows run now; one whose invoice has gone over to a segment's batches is told, so that it ends. */
async function keepArmed(deps: RelayDeps, woken: readonly TouchedInvoice[], signal: AbortSignal): Promise<void> {
  const started = woken.filter(({ armed, batchSegmentId }) => !armed && batchSegmentId === null);
  if (started.length > 0) await markArmed(deps.knex, started.map(({ invoiceId }) => invoiceId));
  const superfluous = woken.filter(({ armed, batchSegmentId }) => armed && batchSegmentId !== null);
  await wakeWorkflows(deps, superfluous.map(({ externalId }) => externalId), signal);
  await markDisarmed(deps.knex, superfluous.map(({ invoiceId }) => invoiceId));
}

/** Takes up the open invoices that were there before there was a policy. */
async function armUncollected(deps: RelayDeps, signal: AbortSignal): Promise<void> {
  for (let afterId = 0; !signal.aborted; ) {
    const invoices = await uncollectedInvoices(deps.knex, afterId, batchSize);
    if (invoices.length === 0) return;
    await arm(deps, invoices, 0, signal);
    afterId = invoices.at(-1)!.invoiceId;
  }
}
