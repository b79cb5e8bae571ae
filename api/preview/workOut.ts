import type { Knex } from 'knex';
import { readClock } from '../../db/clock/clock';
import { startablePolicies } from '../../db/policies';
import { keepResult, notePreview, readPreviewRequest } from '../../db/policies/previews';
import { liveLedgerSlices, readingSnapshot, readLiveSegments, sharedSnapshot, type LedgerSlice } from '../../db/readmodels/liveLedger';
import { dayMs, type InstantMs } from '../../domain/calendar/dates';
import type { MoveRules } from '../../domain/migration/moveRules';
import { parsePolicy } from '../../domain/policy/parsePolicy';
import { askedInLife, type LiveSegment } from '../../domain/simulation/simulateLive';
import { joinComparisons, PolicyComparer, type PolicyComparison } from '../../domain/simulation/comparePolicies';

/** What a thread is given of a preview: all of the request, and which slice of the ledger is taken next by whoever is free. */
export interface ComparisonTask {
  source: string;
  policies: readonly string[];
  rules: MoveRules;
  now: InstantMs;
  end: InstantMs;
  snapshot: string;
  segments: readonly LiveSegment[];
  slices: readonly LedgerSlice[];
  /** One 32-bit number that all threads of a preview count up. */
  next: SharedArrayBuffer;
}

/** Compares slices until none is left, and says after each how many customers it had. */
export type CompareSlices = (task: ComparisonTask, onSlice: (customers: number) => void) => Promise<PolicyComparison>;

/** A preview notes how far it is this often; one that is silent for a minute is taken to be dead. */
const noteEveryMs = 1_000;

/**
 * Works out a preview that was asked for, and keeps its result. The ledger is read once, as it is at one moment, and shared out among `threads`: each reads its slices and
 * lives through both policies on them.
 */
export async function workOutPreview(knex: Knex, id: string, threads: readonly CompareSlices[]): Promise<void> {
  const started = performance.now();
  const { source, policies, rules, days } = await readPreviewRequest(knex, id);
  const { now } = await readClock(knex);
  const end = now + days * dayMs;
  let done = 0;
  await sharedSnapshot(knex, async (trx, snapshot) => {
    const slices = await liveLedgerSlices(trx, policies);
    const total = slices.reduce((sum, { customers }) => sum + customers, 0);
    await notePreview(knex, id, { total });
    const noting = noteRegularly(knex, id, () => done);
    const task: ComparisonTask = { source, policies, rules, now, end, snapshot, segments: await readLiveSegments(trx), slices, next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
    try {
      const parts = await Promise.all(threads.map((compare) => compare(task, (customers) => { done += customers; })));
      const result = { ...joinComparisons(parts), from: new Date(now).toISOString(), to: new Date(end).toISOString(), tookMs: Math.round(performance.now() - started) };
      await noting.stop();
      await keepResult(knex, id, result);
    } finally {
      await noting.stop();
    }
  });
}

/** What a thread does: takes slices as long as there are any, and reads the next one while it compares the one before. */
export async function compareSlices(knex: Knex, task: ComparisonTask, onSlice: (customers: number) => void): Promise<PolicyComparison> {
  const { source, policies, rules, now, end, snapshot, segments, slices } = task;
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error('The draft is wrong.');
  const others = await startablePolicies(knex);
  const comparer = new PolicyComparer({ draft: parsed.policy, rules, now, end, segments, applies: ({ policy }) => policies.length === 0 || policies.includes(policy), others });
  const counter = new Int32Array(task.next);
  await readingSnapshot(knex, snapshot, askedInLife([parsed.policy], { others, segments: { of: segments } }), async (readSlice) => {
    const take = (): ReturnType<typeof readSlice> | null => {
      const slice = slices[Atomics.add(counter, 0, 1)];
      return slice ? readSlice(slice) : null;
    };
    for (let reading = take(); reading;) {
      const ledgers = await reading;
      reading = take();
      // Awaited in the next round; until then a failure must not count as one that nobody handles.
      reading?.catch(() => undefined);
      comparer.add(ledgers);
      onSlice(ledgers.length);
    }
  });
  return comparer.result();
}

function noteRegularly(knex: Knex, id: string, done: () => number): { stop(): Promise<void> } {
  let writing: Promise<void> | null = null;
  const timer = setInterval(() => {
    writing ??= write().finally(() => { writing = null; });
    // Whoever stops it hears of a failure; until then it must not count as one that nobody handles.
    writing.catch(() => undefined);
  }, noteEveryMs);
  const write = (): Promise<void> => notePreview(knex, id, { done: done() });
  return {
    stop: async () => {
      clearInterval(timer);
      await writing;
    },
  };
}
