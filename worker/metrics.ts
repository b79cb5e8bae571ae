import type { Knex } from 'knex';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { DeliveryOutcome } from '../activities/mail';
import { relayLag } from '../db/collection/outbox';
import { queueDepths } from '../db/collection/queueDepths';
import { readRefused } from '../db/collection/refusedWorkflows';

export interface WorkerMetrics {
  registry: Registry;
  decided(decision: { action: string; outcome: string; reasonCode: string }): void;
  handedOver(outcome: DeliveryOutcome, provider: string): void;
}

/** What an operator watches. Counters tell of this worker alone; gauges are read from the database when they are asked for. */
export function createWorkerMetrics(knex: Knex): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const decisions = new Counter({ name: 'dunwell_decisions_total', help: 'Decisions recorded by this worker.', labelNames: ['action', 'outcome', 'reason'], registers: [registry] });
  const sends = new Counter({ name: 'dunwell_sends_total', help: 'What became of messages offered to the mail provider by this worker.', labelNames: ['outcome', 'provider'], registers: [registry] });

  const waiting = gauge(registry, 'dunwell_relay_waiting', 'Ledger events that no workflow has heard of yet.', async () => waiting.set((await relayLag(knex)).waiting));
  const lag = gauge(registry, 'dunwell_relay_lag_seconds', 'How long the oldest of them has waited.', async () => lag.set((await relayLag(knex)).oldestSeconds));
  const refused = gauge(registry, 'dunwell_workflows_refused', 'Open invoices that are not collected since Temporal refuses to run their workflow.', async () => refused.set((await readRefused(knex)).count));
  const depth = new Gauge({
    name: 'dunwell_queue_depth', help: 'What waits, by queue: messages to be handed over, steps that are due, plans that are owed, webhooks, open tasks.', labelNames: ['queue'], registers: [registry],
    collect: async () => {
      for (const [queue, count] of Object.entries(await queueDepths(knex))) depth.set({ queue }, count);
    },
  });

  return {
    registry,
    decided: ({ action, outcome, reasonCode }) => decisions.inc({ action, outcome, reason: reasonCode }),
    handedOver: (outcome, provider) => sends.inc({ outcome, provider }),
  };
}

function gauge(registry: Registry, name: string, help: string, collect: () => Promise<void>): Gauge {
  return new Gauge({ name, help, registers: [registry], collect });
}
