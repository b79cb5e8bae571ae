import { neglectedInvoices } from '../db/clock/milestones';
import { endInterruptedTests } from '../db/templates/tests';
import { settleWriteOffRequests } from '../db/approvals';
import { escalateOverdueTasks } from '../db/work/escalateTasks';
import { wakeAll, type RelayDeps } from './waking';

const everyMs = 20_000;
/** A message may wait so long for the provider's rate limit before its workflow is asked about it. */
const messageWaitedMs = 120_000;
const atOnceMax = 5_000;
/** What was woken and is still owed waits twice as long each time: a message that is held back over a weekend must not fill its workflow's history. */
const firstWaitMs = 60_000;
const longestWaitMs = 3_600_000;

/** So many served between two rounds mean that a backlog is being worked off: waking those behind in it would only make it longer. */
const workedOffMin = 100;

/** Picks those who are to be woken: neglected for two rounds in a row, not woken too recently, and not merely waiting for their turn. */
export function createAttention(): (neglected: readonly string[], nowMs: number) => string[] {
  let known = new Map<string, { againAt: number; waitMs: number }>();
  return (neglected, nowMs) => {
    const picked: string[] = [];
    const waiting = new Set(neglected);
    const served = [...known.keys()].filter((invoice) => !waiting.has(invoice)).length;
    const next: typeof known = new Map();
    for (const invoice of neglected) {
      const before = known.get(invoice);
      if (before && nowMs >= before.againAt && served < workedOffMin) {
        picked.push(invoice);
        next.set(invoice, { againAt: nowMs + before.waitMs, waitMs: Math.min(longestWaitMs, before.waitMs * 2) });
      } else {
        next.set(invoice, before ?? { againAt: nowMs, waitMs: firstWaitMs });
      }
    }
    known = next;
    return picked;
  };
}

/**
 * On real time, finds invoices of which something is owed for two rounds in a row: a step that is due and that nobody takes, a plan that nobody makes, a message that nobody delivers.
 * Their workflows are gone, by hand or with Temporal's data; waking them starts them again. It also looks for tasks that have become overdue, for requests whose time is over, and for tests of templates whose sender died. On a manual clock its driver does the first.
 */
export function createSweep(deps: RelayDeps): (signal: AbortSignal) => Promise<void> {
  const { knex, readClock, log } = deps;
  let sweptAt = -Infinity;
  const attend = createAttention();
  return async (signal) => {
    if (Date.now() - sweptAt < everyMs) return;
    sweptAt = Date.now();
    const clock = await readClock(knex);
    if (clock.mode === 'manual') return;
    await endInterruptedTests(knex);
    await escalateOverdueTasks(knex, clock.now);
    await settleWriteOffRequests(knex, clock.now);
    const neglected = new Map((await neglectedInvoices(knex, clock.now, messageWaitedMs, atOnceMax)).map((each) => [each.externalId, each]));
    const still = attend([...neglected.keys()], sweptAt).flatMap((invoice) => neglected.get(invoice) ?? []);
    if (still.length === 0) return;
    log.warn({ invoices: still.length, first: still[0]?.externalId }, 'something is owed to these invoices and nobody is at it: their workflows are woken');
    await wakeAll(deps, still, signal);
  };
}
