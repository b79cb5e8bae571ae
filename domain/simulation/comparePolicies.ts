import type { InstantMs, LocalDate } from '../calendar/dates';
import type { MoveRules } from '../migration/moveRules';
import { planMove } from '../migration/planMove';
import { noPolicies, policiesByName, type PoliciesByName } from '../policy/byName';
import type { Policy } from '../policy/types';
import type { SegmentAction } from '../segment/types';
import { nextRunOnce, type SegmentAct } from './segments';
import { liveThrough, type LiveLedger, type LiveSegment, type LiveSurroundings } from './simulateLive';

/** What is done to customers over some days, by steps and by runs of segments. */
export interface Tally {
  /** By steps. */
  emails: number;
  /** What runs of segments write on what is owed. */
  segmentEmails: number;
  /** Statements of account, which are no contact. */
  statements: number;
  tasks: number;
  holds: number;
  handoffs: number;
  notices: number;
  escalations: number;
  charges: number;
  offers: number;
  /** Other policies that steps start. */
  starts: number;
}

/** Whether a customer would get an email and gets none today, or the other way round; null: it is as it was. */
export type ContactChange = 'newly' | 'no-longer' | null;

export interface CustomerComparison {
  /** CustomerFacts.id */
  customerId: string;
  today: Tally;
  draft: Tally;
  contact: ContactChange;
  /** How many more or fewer things are done, all kinds together. */
  difference: number;
}

/** What the runs of a segment do over some days. */
export type RunTally = Pick<Tally, 'segmentEmails' | 'statements' | 'tasks' | 'notices'>;

export interface SegmentComparison {
  /** The segment's key. */
  segment: string;
  title: string;
  /** Runs that begin in these days. */
  runs: number;
  today: RunTally;
  draft: RunTally;
}

/** What becomes of a step of the draft for invoices under way. */
export interface StepComparison {
  step: string;
  title: string;
  /** Invoices for which it counts as done. */
  done: number;
  passed: number;
  repeated: number;
  dueAtOnce: number;
}

export interface PolicyComparison {
  customers: number;
  invoices: number;
  today: Tally;
  draft: Tally;
  /** Customers who would get an email and get none today, and the other way round. */
  newlyContacted: number;
  noLongerContacted: number;
  changedCustomers: number;
  /** All those for whom something is different. */
  changed: CustomerComparison[];
  /** Emails, of steps and of segments. */
  days: { on: string; today: number; draft: number }[];
  steps: StepComparison[];
  /** Those that do something by themselves, by key. */
  segments: SegmentComparison[];
}

const nothing: Tally = { emails: 0, segmentEmails: 0, statements: 0, tasks: 0, holds: 0, handoffs: 0, notices: 0, escalations: 0, charges: 0, offers: 0, starts: 0 };
const tallies = Object.keys(nothing) as (keyof Tally)[];
const tallied = { email: 'emails', task: 'tasks', hold: 'holds', handoff: 'handoffs', notify: 'notices', escalate: 'escalations', leadership: 'notices', 'find-contact': 'tasks', charge: 'charges', discount: 'offers', release: null, 'release-notice': 'emails', 'start-policy': 'starts' } as const;
export const noRuns: RunTally = { segmentEmails: 0, statements: 0, tasks: 0, notices: 0 };
/** What counts as what of a run's actions. */
export const runTallied = { email: 'segmentEmails', statement: 'statements', task: 'tasks', notify: 'notices' } as const satisfies Record<SegmentAction['kind'], keyof RunTally>;

/** The comparison of a whole ledger from those of its parts; no customer is in two of them. At least one. */
export function joinComparisons(parts: readonly PolicyComparison[]): PolicyComparison {
  return parts.reduce((one, other) => ({
    customers: one.customers + other.customers,
    invoices: one.invoices + other.invoices,
    today: addTallies(one.today, other.today),
    draft: addTallies(one.draft, other.draft),
    newlyContacted: one.newlyContacted + other.newlyContacted,
    noLongerContacted: one.noLongerContacted + other.noLongerContacted,
    changedCustomers: one.changedCustomers + other.changedCustomers,
    changed: [...one.changed, ...other.changed],
    days: addDayCounts([...one.days, ...other.days]),
    steps: one.steps.map((step, position) => addSteps(step, other.steps[position]!)),
    segments: one.segments.map((segment, position) => addSegments(segment, other.segments[position]!)),
  }));
}

function addTallies<Of extends Partial<Tally>>(one: Of, other: Of): Of {
  return Object.fromEntries(Object.entries(one).map(([key, count]) => [key, count + other[key as keyof Tally]!])) as Of;
}

function addSegments(one: SegmentComparison, other: SegmentComparison): SegmentComparison {
  return { ...one, today: addTallies(one.today, other.today), draft: addTallies(one.draft, other.draft) };
}

function addDayCounts(counts: PolicyComparison['days']): PolicyComparison['days'] {
  const days = new Map<LocalDate, PolicyComparison['days'][number]>();
  for (const { on, today, draft } of counts) {
    const before = days.get(on) ?? { on, today: 0, draft: 0 };
    days.set(on, { on, today: before.today + today, draft: before.draft + draft });
  }
  return [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

function addSteps(one: StepComparison, other: StepComparison): StepComparison {
  return { ...one, done: one.done + other.done, passed: one.passed + other.passed, repeated: one.repeated + other.repeated, dueAtOnce: one.dueAtOnce + other.dueAtOnce };
}

export interface ComparisonOptions {
  draft: Policy;
  rules: MoveRules;
  /** Whether an invoice on this policy would be under the draft. */
  applies: (policy: Policy) => boolean;
  /** The policies in force, that steps start by name. */
  others?: PoliciesByName;
  /** All segments that are not archived, by key; their runs are lived through beside the policies. */
  segments?: readonly LiveSegment[];
  now: InstantMs;
  end: InstantMs;
}

/** Gathers, customer by customer, what a draft would do beside what is done today, both on the ledger as it is. */
export class PolicyComparer {
  private readonly found: CustomerComparison[] = [];
  private readonly steps: Map<string, StepComparison>;
  private readonly segments: Map<string, SegmentComparison>;
  private readonly startable: Record<'today' | 'draft', PoliciesByName>;
  private readonly days = new Map<string, { on: string; today: number; draft: number }>();
  private readonly totals = { customers: 0, invoices: 0, changedCustomers: 0, newlyContacted: 0, noLongerContacted: 0, today: { ...nothing }, draft: { ...nothing } };

  constructor(private readonly options: ComparisonOptions) {
    const { others = noPolicies, segments = [], applies, draft } = options;
    this.startable = { today: others, draft: policiesByName([...others.values()].map((policy) => (policy.policy === draft.policy && applies(policy) ? draft : policy))) };
    this.steps = new Map(options.draft.steps.map(({ id, title }) => [id, { step: id, title, done: 0, passed: 0, repeated: 0, dueAtOnce: 0 }]));
    this.segments = new Map(segments.filter(({ run }) => run !== null).map((segment) => [segment.key, { segment: segment.key, title: segment.title, runs: runsBefore(segment, options.end), today: { ...noRuns }, draft: { ...noRuns } }]));
  }

  add(ledgers: readonly LiveLedger[]): void {
    const { applies } = this.options;
    for (const ledger of ledgers) {
      const affected = ledger.collected.filter(({ policy }) => applies(policy)).length;
      if (affected === 0) continue;
      this.totals.customers += 1;
      this.totals.invoices += affected;
      this.compare(ledger.customer.id, this.tally(ledger, 'today'), this.tally(this.underDraft(ledger), 'draft'));
    }
  }

  result(): PolicyComparison {
    return { ...this.totals, changed: this.found, days: [...this.days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)), steps: [...this.steps.values()], segments: [...this.segments.values()] };
  }

  private underDraft(ledger: LiveLedger): LiveLedger {
    const { draft, rules, applies, now } = this.options;
    return {
      ...ledger,
      collected: ledger.collected.map((collected) => {
        if (!applies(collected.policy)) return collected;
        const { after, passed, repeated, dueAtOnce } = planMove(ledger.customer, collected, draft, rules, now);
        // What is settled stays where its history is.
        if (collected.invoice.openMinor <= 0) return collected;
        const done = new Set(after.progress.filter(({ outcome }) => outcome === 'executed' || outcome === 'covered').map(({ step }) => step));
        for (const step of done) this.count(step, 'done');
        for (const step of new Set(passed.map((each) => each.step))) this.count(step, 'passed');
        for (const step of repeated) this.count(step, 'repeated');
        for (const step of dueAtOnce) this.count(step, 'dueAtOnce');
        return { invoice: after, policy: draft };
      }),
    };
  }

  private count(step: string, what: 'done' | 'passed' | 'repeated' | 'dueAtOnce'): void {
    const found = this.steps.get(step);
    if (found) found[what] += 1;
  }

  private compare(customerId: string, today: Tally, draft: Tally): void {
    const { totals } = this;
    const difference = tallies.reduce((sum, key) => sum + Math.abs(today[key] - draft[key]), 0);
    if (difference === 0) return;
    const contact = contactChange(today, draft);
    if (contact === 'newly') totals.newlyContacted += 1;
    if (contact === 'no-longer') totals.noLongerContacted += 1;
    totals.changedCustomers += 1;
    this.found.push({ customerId, today, draft, contact, difference });
  }

  private tally(ledger: LiveLedger, side: 'today' | 'draft'): Tally {
    const tally = { ...nothing };
    const count = (key: keyof Tally, on: LocalDate): void => {
      tally[key] += 1;
      if (key === 'emails' || key === 'segmentEmails') this.countDay(on, side);
    };
    const onAct = ({ segment, actions, on }: SegmentAct): void => {
      const ofSegment = this.segments.get(segment)![side];
      for (const { kind } of actions) {
        count(runTallied[kind], on);
        ofSegment[runTallied[kind]] += 1;
      }
    };
    const surroundings: LiveSurroundings = { others: this.startable[side], segments: { of: this.options.segments ?? [], onAct } };
    liveThrough(ledger, this.options.now, this.options.end, ({ action, outcome, on }) => {
      const key = outcome === 'executed' ? tallied[action] : null;
      if (key) count(key, on);
    }, surroundings);
    for (const key of tallies) this.totals[side][key] += tally[key];
    return tally;
  }

  private countDay(on: LocalDate, side: 'today' | 'draft'): void {
    let day = this.days.get(on);
    if (!day) this.days.set(on, (day = { on, today: 0, draft: 0 }));
    day[side] += 1;
  }
}

/** A statement asks for nothing, and is no contact. */
function contactChange(today: Tally, draft: Tally): ContactChange {
  const [before, after] = [today.emails + today.segmentEmails, draft.emails + draft.segmentEmails];
  if (before === 0 && after > 0) return 'newly';
  return before > 0 && after === 0 ? 'no-longer' : null;
}

function runsBefore({ run, paused, nextRunAt, skipNext }: LiveSegment, end: InstantMs): number {
  if (!run || paused || nextRunAt === null) return 0;
  let runs = skipNext ? -1 : 0;
  for (let at = nextRunAt; at < end; at = nextRunOnce(run.cadence, at)) runs += 1;
  return Math.max(0, runs);
}
