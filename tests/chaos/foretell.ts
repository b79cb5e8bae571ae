import type { Knex } from 'knex';
import { compareRows, type Mismatch } from '../../cli/replay/compare';
import type { SegmentOfFile } from '../../cli/segmentFile';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { lastRunsBy, readSegmentDecisionRows } from '../../db/segments/decisionRows';
import { addDays, type InstantMs, type LocalDate } from '../../domain/calendar/dates';
import type { DecisionRow } from '../../domain/collection/decision';
import type { Policy } from '../../domain/policy/types';
import type { SegmentDecisionRow } from '../../domain/simulation/segments';
import { simulate } from '../../domain/simulation/simulate';
import type { Ledger } from '../../domain/simulation/timeline';

/** What the simulation says of a ledger, with which what was lived through is compared. */
export interface Foretold {
  from: LocalDate;
  to: LocalDate;
  /** The last day on which nothing had been done to anybody but what the simulation knows of. */
  undisturbedUntil: LocalDate;
  /** Versions under which a customer is collected while nobody does anything to it, as 'reference@1'. */
  versionOf: ReadonlyMap<string, string>;
  rows: readonly DecisionRow[];
  ofSegments: readonly SegmentDecisionRow[];
}

export interface Foretelling {
  ledger: Ledger;
  policyOf: (customer: string) => Policy;
  segments: readonly SegmentOfFile[];
  since: InstantMs;
  from: LocalDate;
  to: LocalDate;
  undisturbedUntil: LocalDate;
}

/** Simulates each customer under its own policy, with the segments beside it. */
export function foretell({ ledger, policyOf, segments, since, from, to, undisturbedUntil }: Foretelling): Foretold {
  const rows: DecisionRow[] = [];
  const ofSegments: SegmentDecisionRow[] = [];
  const policies = new Set(ledger.customers.map(({ externalId }) => policyOf(externalId)));
  for (const policy of policies) {
    const isOfIt = ({ customer }: { customer: string }): boolean => policyOf(customer) === policy;
    const onDecision = (row: SegmentDecisionRow): void => void (isOfIt(row) && ofSegments.push(row));
    rows.push(...simulate(ledger, policy, from, to, segments.length > 0 ? { segments: { of: segments, since, onDecision } } : {}).filter(isOfIt));
  }
  const versionOf = new Map(ledger.customers.map(({ externalId }) => [externalId, `${policyOf(externalId).policy}@${policyOf(externalId).version}`]));
  return { from, to, undisturbedUntil, versionOf, rows, ofSegments };
}

/** What was decided beside what was foretold of it. */
export interface Comparison<Row> {
  compared: number;
  customers: number;
  mismatches: readonly Mismatch<Row>[];
}

export interface Comparisons {
  /** Of customers to whom nobody did anything, over the whole time. */
  untouched: { decisions: Comparison<DecisionRow>; runs: Comparison<SegmentDecisionRow> };
  /** Of the others until the first act. */
  touched: { decisions: Comparison<DecisionRow>; runs: Comparison<SegmentDecisionRow> };
}

/** Compares row for row what was lived through with what was foretold. */
export async function compareWithForetold(knex: Knex, foretold: Foretold): Promise<Comparisons> {
  const touched = await touchedCustomers(knex, foretold);
  const isTouched = ({ customer }: { customer: string }): boolean => touched.has(customer);
  const isUntouched = (row: { customer: string }): boolean => !isTouched(row);
  const decided = await readDecisionRows(knex, foretold.from, foretold.to);
  const ran = await readSegmentDecisionRows(knex, foretold.from, foretold.to);
  const decisions = (isMeant: (row: DecisionRow) => boolean): Comparison<DecisionRow> => compare(foretold.rows.filter(isMeant), decided.filter(isMeant));
  const runs = async (to: LocalDate, isMeant: (row: SegmentDecisionRow) => boolean): Promise<Comparison<SegmentDecisionRow>> => {
    const last = await lastRunsBy(knex, addDays(to, -settlingDays));
    const isSettled = ({ segment, run }: SegmentDecisionRow): boolean => (last.get(segment) ?? 0) >= run;
    return compare(foretold.ofSegments.filter((row) => isSettled(row) && isMeant(row)), ran.filter((row) => isSettled(row) && isMeant(row)));
  };
  return {
    untouched: { decisions: decisions(isUntouched), runs: await runs(foretold.to, isUntouched) },
    touched: { decisions: decisions((row) => isTouched(row) && row.on <= foretold.undisturbedUntil), runs: await runs(foretold.undisturbedUntil, isTouched) },
  };
}

/** No customer's hour is further away: of runs planned so long before, none still waits for one. */
const settlingDays = 14;

function compare<Row extends DecisionRow | SegmentDecisionRow>(simulated: readonly Row[], executed: readonly Row[]): Comparison<Row> {
  return { compared: executed.length, customers: new Set(executed.map(({ customer }) => customer)).size, mismatches: compareRows<Row>(simulated, executed) };
}

/** Customers to whom somebody did what the simulation does not know of: who moved, was in a campaign or an experiment, came under another policy, or was dealt with by an automation. */
async function touchedCustomers(knex: Knex, { versionOf }: Foretold): Promise<ReadonlySet<string>> {
  const { rows } = await knex.raw<{ rows: { customer: string }[] }>(
    `SELECT c.external_id AS customer FROM customers c JOIN jsonb_each_text(:versions::jsonb) f (customer, version) ON f.customer = c.external_id
     WHERE EXISTS (SELECT FROM campaign_members m WHERE m.customer_id = c.id) OR EXISTS (SELECT FROM automation_firings a WHERE a.customer_id = c.id)
        OR EXISTS (SELECT FROM policy_moves m JOIN invoices i ON i.id = m.invoice_id WHERE i.customer_id = c.id)
        OR EXISTS (SELECT FROM collections k JOIN policy_versions v ON v.id = k.policy_version_id WHERE k.customer_id = c.id AND v.policy || '@' || v.version <> f.version)`,
    { versions: JSON.stringify(Object.fromEntries(versionOf)) });
  return new Set(rows.map(({ customer }) => customer));
}
