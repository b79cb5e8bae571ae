import { neglectedInvoices } from '../db/clock/milestones';
import { wakeAll, type RelayDeps } from './waking';

const everyMs = 20_000;
/** A message may wait so long for the provider's rate limit before its workflow is asked about it. */
const messageWaitedMs = 120_000;
const atOnceMax = 500;

/**
 * On real time, finds invoices of which something is owed for two rounds in a row: a step that is due and that nobody takes, a plan that nobody makes, a message that nobody delivers.
 * Their workflows are gone, by hand or with Temporal's data; waking them starts them again. On a manual clock its driver does this.
 */
export function createSweep(deps: RelayDeps): (signal: AbortSignal) => Promise<void> {
  const { knex, readClock, log } = deps;
  let sweptAt = -Infinity;
  let before = new Set<string>();
  return async (signal) => {
    if (Date.now() - sweptAt < everyMs) return;
    sweptAt = Date.now();
    const clock = await readClock(knex);
    if (clock.mode === 'manual') return;
    const neglected = await neglectedInvoices(knex, clock.now, messageWaitedMs, atOnceMax);
    const still = neglected.filter((invoice) => before.has(invoice));
    before = new Set(neglected);
    if (still.length === 0) return;
    log.warn({ invoices: still.length, first: still[0] }, 'something is owed to these invoices and nobody is at it: their workflows are woken');
    await wakeAll(deps, still, signal);
  };
}
