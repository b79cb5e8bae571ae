import { dateOfDay, type InstantMs, type LocalDate } from '../calendar/dates';
import { dayAt } from '../calendar/zones';
import type { ReasonCode } from '../collection/facts';
import { compileCondition } from '../condition/evaluate';
import { withContact } from '../contact/history';
import type { Condition } from '../policy/types';
import { nextRun } from '../segment/cadence';
import { decideMember, type MemberDecision } from '../segment/decideMember';
import { emailOf, statementOf, type SegmentRun } from '../segment/types';
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

interface Pending {
  row: SegmentDecisionRow;
  until: InstantMs;
}

interface Scheduled {
  segment: SimulatedSegment & { run: SegmentRun };
  nextAt: InstantMs;
  number: number;
  pending: Pending | null;
}

/** The segments as they are for one customer: which it is in, and what their runs do for it. */
export class SegmentsOfCustomer {
  private readonly scheduled: Scheduled[];
  private lastStatement: Pick<LastStatement, 'to' | 'at'> | null = null;

  /** `since`: when the schedules were set. */
  constructor(private readonly account: SimulatedAccount, private readonly segments: readonly SimulatedSegment[], since: InstantMs, private readonly emit: (row: SegmentDecisionRow) => void) {
    this.scheduled = [...segments].sort((a, b) => (a.key < b.key ? -1 : 1)).flatMap((segment) => (segment.run ? [{ segment: { ...segment, run: segment.run }, nextAt: nextRun(segment.run.cadence, since), number: 0, pending: null }] : []));
  }

  /** The first instant at which a run begins or an email that waited may go. */
  nextAt(): InstantMs {
    return this.scheduled.reduce((next, { nextAt, pending }) => Math.min(next, nextAt, pending?.until ?? Infinity), Infinity);
  }

  /** Brings up to date which segments the customer is in. */
  mark(now: InstantMs): void {
    this.account.customer.behaviour = this.account.behaviourClass;
    const facts = this.account.conditionFacts(now);
    const keys = this.segments.filter(({ condition }) => compileCondition(condition)(facts)).map(({ key }) => key).sort();
    this.account.customer.segments = keys;
    this.account.customer.consolidatedBy = keys.find((key) => this.segments.some((segment) => segment.key === key && segment.consolidated && segment.run)) ?? null;
  }

  /** Decides what is due at an instant, after the ladders and segment by segment in the order of their keys: what others have used up of what caps allow is gone. */
  decide(now: InstantMs): void {
    for (const scheduled of this.scheduled) {
      const begins = scheduled.nextAt <= now;
      if (begins) this.begin(scheduled, now);
      const isMember = this.account.customer.segments?.includes(scheduled.segment.key) ?? false;
      if (begins ? isMember : scheduled.pending !== null && scheduled.pending.until <= now) this.decideOn(scheduled, isMember, now);
    }
  }

  /** Tells what still waits at the end. */
  end(): void {
    for (const { pending } of this.scheduled) if (pending) this.emit(pending.row);
  }

  private begin(scheduled: Scheduled, now: InstantMs): void {
    if (scheduled.pending) this.emit({ ...scheduled.pending.row, at: new Date(now).toISOString(), outcome: 'suppressed', reason: 'collapsed' });
    scheduled.pending = null;
    scheduled.number += 1;
    scheduled.nextAt = nextRun(scheduled.segment.run.cadence, now);
  }

  private decideOn(scheduled: Scheduled, isMember: boolean, now: InstantMs): void {
    const { segment: { key, run }, number } = scheduled;
    const { customer } = this.account;
    const on = dateOfDay(dayAt(now, customer.timeZone));
    const row = (outcome: SegmentDecisionRow['outcome'], reason: SegmentDecisionRow['reason'], invoices: readonly string[] = []): SegmentDecisionRow => ({ at: new Date(now).toISOString(), on, customer: customer.externalId, segment: key, run: number, outcome, reason, invoices });
    const standing = statementOf(run) ? this.account.statementStanding(on, this.lastStatement) : null;
    const decision: MemberDecision = isMember ? decideMember(run, this.account.conditionFacts(now), now, standing) : { kind: 'suppress', code: 'condition', reason: 'left' };
    scheduled.pending = null;
    switch (decision.kind) {
      case 'suppress': return this.emit(row('suppressed', decision.code));
      case 'defer':
        scheduled.pending = { row: row('deferred', decision.code), until: decision.until };
        return;
      case 'act': {
        const email = decision.actions.some((action) => action === emailOf(run));
        if (email) {
          customer.contactsOn = withContact(customer.contactsOn, on);
          customer.lastContactOn = customer.contactsOn[0] ?? null;
          this.account.noteListed(decision.invoices, on);
        }
        if (decision.actions.some((action) => action === statementOf(run))) this.lastStatement = { to: on, at: now };
        return this.emit(row('executed', 'due', email ? decision.invoices.map(({ externalId }) => externalId).sort() : []));
      }
    }
  }
}
