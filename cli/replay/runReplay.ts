import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Knex } from 'knex';
import pino from 'pino';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { lastRunsBy, readSegmentDecisionRows } from '../../db/segments/decisionRows';
import { addDays, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import type { Policy } from '../../domain/policy/types';
import type { SegmentDecisionRow } from '../../domain/simulation/segments';
import { simulate } from '../../domain/simulation/simulate';
import { ledgerTimeline, type Ledger } from '../../domain/simulation/timeline';
import { startWorker } from '../../worker/startWorker';
import { taskQueues } from '../../workflows/contracts/queues';
import { compareRows, doubledSteps, remindersToPaidInvoices, type Mismatch } from './compare';
import { countingOutbox } from './countingProvider';
import { feedLedger, mergeTimelines } from './feed';
import type { PolicyText } from '../policyFiles';
import type { SegmentOfFile } from '../segmentFile';
import { collectInBatches, endOfCustomer, makeSegments, prepareDatabase, replayDays } from './prepare';

export interface ReplayInput {
  ledger: Ledger;
  policy: Policy;
  source: string;
  /** The other policies, that steps start. */
  others?: readonly PolicyText[];
  /** Days in each customer's zone, both included; the whole ledger unless given. */
  from?: LocalDate;
  to?: LocalDate;
  /** Everybody is in a segment that collects in batches, in place of one workflow for each invoice. */
  inBatches?: boolean;
  /** Segments that collect beside the policy. */
  segments?: readonly SegmentOfFile[];
  /** An empty, migrated database, and a namespace without workflows. */
  knex: Knex;
  temporal: { address: string; namespace: string };
  onProgress?: (done: number, total: number) => void;
}

export interface ReplayReport {
  from: LocalDate;
  to: LocalDate;
  invoices: number;
  payments: number;
  creditNotes: number;
  refunds: number;
  disputes: number;
  promises: number;
  /** Decisions that the running system recorded, and that the simulator foretold. */
  decisions: number;
  simulated: number;
  byOutcome: Record<string, number>;
  mismatches: number;
  firstMismatches: Mismatch[];
  remindersToPaidInvoices: number;
  /** What runs of segments came to that began two weeks before the end, so that what waits is over. */
  segmentDecisions: number;
  segmentMismatches: Mismatch<SegmentDecisionRow>[];
  messages: number;
  /** Messages that were accepted more than once, or steps that went out in more than one message, whichever are more. */
  doubledMessages: number;
  seconds: number;
}

const mismatchesShownMax = 20;
const dayMs = 86_400_000;
/** No customer's hour is further away. */
const settlingDays = 14;

/**
 * Runs a ledger through the real engine: a worker in this process on real workflows, with time on the manual clock. Then compares what was decided
 * with what the simulator says of the same input.
 */
export async function runReplay(input: ReplayInput): Promise<ReplayReport> {
  const { ledger, policy, source, others = [], knex, temporal } = input;
  const startedAtMs = Date.now();
  const { from, to } = replayDays(ledger, [policy, ...others.map((other) => other.policy)], input);
  const endOf = endOfCustomer(ledger, to);
  const instants = mergeTimelines(ledgerTimeline(ledger, from), endOf);
  const start = (instants[0]?.at ?? 0) - 1;
  const end = ledger.customers.reduce((latest, { externalId }) => Math.max(latest, endOf(externalId)), start) - 1;
  await prepareDatabase(knex, ledger, [{ policy, source }, ...others], start);
  if (input.segments) await makeSegments(knex, input.segments, start);
  if (input.inBatches) await collectInBatches(knex, start);

  const outbox = countingOutbox();
  await withWorker(knex, temporal, outbox.provider, () => feedLedger({ knex, instants, end, onProgress: (at) => input.onProgress?.(daysBetween(start, at), daysBetween(start, end)) }));

  const executed = await readDecisionRows(knex, from, to);
  const foretold: SegmentDecisionRow[] = [];
  const simulated = simulate(ledger, policy, from, to, {
    others: others.map((other) => other.policy),
    ...(input.segments ? { segments: { of: input.segments, since: start, onDecision: (row: SegmentDecisionRow) => void foretold.push(row) } } : {}),
  });
  const settledBy = addDays(to, -settlingDays);
  const isSettled = ({ segment, run }: SegmentDecisionRow): boolean => (lastSettled.get(segment) ?? 0) >= run;
  const lastSettled = await lastRunsBy(knex, settledBy);
  const lived = (await readSegmentDecisionRows(knex, from, to)).filter(isSettled);
  const mismatches = compareRows(simulated, executed);
  const byOutcome: Record<string, number> = {};
  for (const { outcome } of executed) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
  return {
    from, to,
    invoices: ledger.invoices.length,
    payments: ledger.payments.length,
    creditNotes: ledger.creditNotes.length,
    refunds: ledger.refunds?.length ?? 0,
    disputes: ledger.disputes?.length ?? 0,
    promises: ledger.promises?.length ?? 0,
    decisions: executed.length,
    simulated: simulated.length,
    byOutcome,
    mismatches: mismatches.length,
    firstMismatches: mismatches.slice(0, mismatchesShownMax),
    remindersToPaidInvoices: await remindersToPaidInvoices(knex),
    segmentDecisions: lived.length,
    segmentMismatches: compareRows(foretold.filter(isSettled), lived).slice(0, mismatchesShownMax),
    messages: outbox.accepted.size,
    doubledMessages: Math.max(await doubledSteps(knex), [...outbox.accepted.values()].filter(({ size }) => size > 1).length),
    seconds: Math.round((Date.now() - startedAtMs) / 100) / 10,
  };
}

function daysBetween(start: InstantMs, at: InstantMs): number {
  return Math.max(0, Math.ceil((at - start) / dayMs));
}

async function withWorker(knex: Knex, { address, namespace }: ReplayInput['temporal'], provider: ReturnType<typeof countingOutbox>['provider'], work: () => Promise<void>): Promise<void> {
  const clientConnection = await Connection.connect({ address });
  const connection = await NativeConnection.connect({ address });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' }, pino.destination({ dest: 2, sync: true }));
  const worker = await startWorker({
    knex, connection, queues: taskQueues, log,
    client: new Client({ connection: clientConnection, namespace }),
    mail: { provider, from: 'Accounts receivable <billing@example.com>', sender: { name: 'Accounts receivable', addressLines: [], replyTo: null, phone: null, paymentMethods: [] } },
  });
  try {
    await Promise.race([work(), worker.ended]);
  } finally {
    await worker.stop();
    await connection.close();
    await clientConnection.close();
  }
}
