import type { DayNumber, InstantMs, LocalDate } from '../calendar/dates';
import { dayAt, localDateAt } from '../calendar/zones';
import type { InvoiceFacts, ReasonCode } from '../collection/facts';
import type { AccountFacts, ConditionFacts } from '../condition/catalogue';
import { compileCondition } from '../condition/evaluate';
import { withContact } from '../contact/history';
import type { Condition } from '../policy/types';
import { nextRun, type Cadence } from '../segment/cadence';
import { decideMember, type MemberDecision } from '../segment/decideMember';
import { emailOf, isMail, statementOf, type SegmentAction, type SegmentRun } from '../segment/types';
import type { LastStatement } from '../statement/types';
import type { SimulatedAccount } from './account';

/** A segment in a simulation. Its members are whoever its condition holds for. */
export interface SimulatedSegment {
  key: string;
  condition: Condition;
  run: SegmentRun | null;
  /** Its customers get no email about single invoices. */
  consolidated: boolean;
}

/** What a run came to for one customer, in the end. */
export interface SegmentDecisionRow {
  at: string;
  on: LocalDate;
  customer: string;
  segment: string;
  run: number;
  outcome: 'executed' | 'suppressed' | 'deferred';
  reason: ReasonCode | 'window';
  /** What its email lists. */
  invoices: readonly string[];
}

/** How the runs of a segment stand for a customer where a simulation begins. */
export interface RunStanding {
  /** When the next run begins; Infinity: none does. */
  nextAt: InstantMs;
  /** Of the last run that began. */
  number: number;
  skipNext: boolean;
  /** The customer waits in the run that is under way: until then, and whether what is no mail was done. */
  waits: { until: InstantMs; besidesDone: boolean } | null;
}

export interface SegmentsOptions {
  /** By key. */
  of: readonly SimulatedSegment[];
  standingOf: (segment: SimulatedSegment & { run: SegmentRun }) => RunStanding;
  /**
   * How often it is asked who is a member. 'always': at every instant, since the ledger changes, and how the customer pays with it. Where nothing but what is decided happens to the ledger, the
   * answer changes with the day and with contacts alone: 'daily' asks so often, 'at-runs' only where a run is due, for when no step hangs on it. How the customer pays is then as it was.
   */
  asks: 'always' | 'daily' | 'at-runs';
  /** Called with what each run came to for the customer. */
  onDecision?: ((row: SegmentDecisionRow) => void) | undefined;
  /** Called with what a run does for the customer, when it does it. */
  onAct?: ((act: SegmentAct) => void) | undefined;
}

export interface SegmentAct {
  segment: string;
  actions: readonly SegmentAction[];
  on: LocalDate;
}

/** An email that waits, and the decision that it does. */
interface Pending {
  until: InstantMs;
  at: InstantMs;
  on: LocalDate;
  code: SegmentDecisionRow['reason'];
}

interface Scheduled extends Pick<RunStanding, 'nextAt' | 'number' | 'skipNext'> {
  segment: SimulatedSegment & { run: SegmentRun };
  pending: Pending | null;
  /** Tasks and notifications come once for a run, also where its email waits. */
  besidesDone: boolean;
}

/** When runs begin is the same for every customer, and finding it out takes longer than deciding on one. */
const runTimes = new WeakMap<Cadence, Map<InstantMs, InstantMs>>();

/** `nextRun`, worked out once for each run. */
export function nextRunOnce(cadence: Cadence, after: InstantMs): InstantMs {
  let times = runTimes.get(cadence);
  if (!times) runTimes.set(cadence, (times = new Map()));
  let next = times.get(after);
  if (next === undefined) times.set(after, (next = nextRun(cadence, after)));
  return next;
}

/** The segments as they are for one customer: which it is in, and what their runs do for it. */
export class SegmentsOfCustomer {
  private readonly scheduled: Scheduled[];
  private lastStatement: Pick<LastStatement, 'to' | 'at'> | null = null;
  private facts: { at: InstantMs; of: ConditionFacts & { account: AccountFacts } } | null = null;
  private readonly consolidates: boolean;
  private asked: { day: DayNumber; contactOn: LocalDate | null } | null = null;

  constructor(private readonly account: SimulatedAccount, private readonly options: SegmentsOptions, now: InstantMs = -Infinity) {
    this.consolidates = options.of.some(({ consolidated, run }) => consolidated && run !== null);
    this.scheduled = options.of.flatMap((segment) => (segment.run ? [this.scheduledFrom({ ...segment, run: segment.run }, now)] : []));
  }

  private scheduledFrom(segment: Scheduled['segment'], now: InstantMs): Scheduled {
    const { waits, nextAt, number, skipNext } = this.options.standingOf(segment);
    const scheduled: Scheduled = { segment, nextAt: Math.max(nextAt, now), number, skipNext, pending: null, besidesDone: waits?.besidesDone ?? false };
    if (waits) scheduled.pending = { until: Math.max(waits.until, now), at: now, on: localDateAt(now, this.account.customer.timeZone), code: 'window' };
    return scheduled;
  }

  /** The first instant at which a run begins or an email that waited may go. */
  nextAt(): InstantMs {
    return this.scheduled.reduce((next, { nextAt, pending }) => Math.min(next, nextAt, pending?.until ?? Infinity), Infinity);
  }

  /** Brings up to date which segments the customer is in, where it may matter. */
  mark(now: InstantMs): void {
    const { asks } = this.options;
    const { customer } = this.account;
    if (asks === 'always') customer.behaviour = this.account.behaviourClass;
    else if (asks === 'at-runs') {
      if (this.nextAt() > now) return;
    } else {
      const day = dayAt(now, customer.timeZone);
      if (this.asked?.day === day && this.asked.contactOn === customer.lastContactOn) return;
      this.asked = { day, contactOn: customer.lastContactOn };
    }
    const facts = this.factsAt(now);
    const members = this.options.of.filter(({ condition }) => compileCondition(condition)(facts));
    customer.segments = members.map(({ key }) => key);
    customer.consolidatedBy = members.find(({ consolidated, run }) => consolidated && run)?.key ?? null;
  }

  /** Those of an instant are the same before and after what the ladders do at it. */
  private factsAt(now: InstantMs): ConditionFacts & { account: AccountFacts } {
    if (this.facts?.at !== now) this.facts = { at: now, of: this.account.conditionFacts(now) };
    return this.facts.of;
  }

  /** Decides what is due at an instant, after the ladders and segment by segment in the order of their keys: what others have used up of what caps allow is gone. */
  decide(now: InstantMs): void {
    for (const scheduled of this.scheduled) {
      const begins = scheduled.nextAt <= now;
      const skipped = begins && this.begin(scheduled, now);
      if (skipped) continue;
      const isMember = this.account.customer.segments?.includes(scheduled.segment.key) ?? false;
      if (begins ? isMember : scheduled.pending !== null && scheduled.pending.until <= now) this.decideOn(scheduled, isMember, now);
    }
  }

  /** Tells what still waits at the end. */
  end(): void {
    for (const scheduled of this.scheduled) if (scheduled.pending) this.emit(scheduled, { ...scheduled.pending, outcome: 'deferred', reason: scheduled.pending.code });
  }

  /** Answers whether the run is left out. */
  private begin(scheduled: Scheduled, now: InstantMs): boolean {
    if (scheduled.pending) this.emit(scheduled, { at: now, on: scheduled.pending.on, outcome: 'suppressed', reason: 'collapsed' });
    const skipped = scheduled.skipNext;
    Object.assign(scheduled, { pending: null, besidesDone: false, skipNext: false, number: scheduled.number + 1, nextAt: nextRunOnce(scheduled.segment.run.cadence, now) });
    return skipped;
  }

  private decideOn(scheduled: Scheduled, isMember: boolean, now: InstantMs): void {
    const { run } = scheduled.segment;
    const facts = this.factsAt(now);
    const on = facts.today;
    const standing = statementOf(run) ? this.account.statementStanding(on, this.lastStatement) : null;
    const decision: MemberDecision = isMember ? decideMember(run, facts, now, standing) : { kind: 'suppress', code: 'condition', reason: 'left' };
    scheduled.pending = null;
    switch (decision.kind) {
      case 'suppress': return this.emit(scheduled, { at: now, on, outcome: 'suppressed', reason: decision.code });
      case 'defer':
        this.act(scheduled, decision.actions, on);
        scheduled.pending = { until: decision.until, at: now, on, code: decision.code };
        return;
      case 'act': {
        const email = decision.actions.some((action) => action === emailOf(run));
        if (email) this.contact(decision.invoices, on);
        if (decision.actions.some((action) => action === statementOf(run))) this.lastStatement = { to: on, at: now };
        this.act(scheduled, decision.actions, on);
        return this.emit(scheduled, { at: now, on, outcome: 'executed', reason: 'due', invoices: email ? decision.invoices : [] });
      }
    }
  }

  private contact(invoices: readonly InvoiceFacts[], on: LocalDate): void {
    const { customer } = this.account;
    customer.contactsOn = withContact(customer.contactsOn, on);
    customer.lastContactOn = customer.contactsOn[0] ?? null;
    this.account.noteListed(invoices, on, this.consolidates);
  }

  private act(scheduled: Scheduled, actions: readonly SegmentAction[], on: LocalDate): void {
    this.options.onAct?.({ segment: scheduled.segment.key, actions: scheduled.besidesDone ? actions.filter(isMail) : actions, on });
    scheduled.besidesDone = true;
  }

  private emit({ segment: { key }, number }: Scheduled, { at, on, outcome, reason, invoices = [] }: Pick<SegmentDecisionRow, 'on' | 'outcome' | 'reason'> & { at: InstantMs; invoices?: readonly InvoiceFacts[] }): void {
    this.options.onDecision?.({ at: new Date(at).toISOString(), on, customer: this.account.customer.externalId, segment: key, run: number, outcome, reason, invoices: invoices.map(({ externalId }) => externalId).sort() });
  }
}
