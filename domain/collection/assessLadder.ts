import { assertNever } from '../assertNever';
import { dateOfDay, type DayNumber, type InstantMs, type LocalDate } from '../calendar/dates';
import type { RecipientCalendar } from '../calendar/sendingCalendar';
import { localDateAt, startOfDay } from '../calendar/zones';
import { compileCondition, evaluateCondition } from '../condition/evaluate';
import { arbitrateContact } from '../contact/arbitrate';
import { consolidatedReason } from '../contact/consolidated';
import { unreachable } from '../contact/reach';
import type { Action, Policy, Step } from '../policy/types';
import { approvalGate } from './approvals';
import { earlier, type Assessment, type Closure } from './assessment';
import { blockOf, type Block } from './blocked';
import type { Collected, PlannedItem, Verdict } from './decision';
import type { CustomerFacts, InvoiceFacts, ReasonCode, StepRecord } from './facts';
import { daysLateSince } from './lateness';
import { isNotice, noticeFor, type Notice } from './notice';
import { followingProgress, hasDeferral, isEnded, itemProgress, standingDeferral, type ItemProgress } from './progress';
import { plannedInstants } from './schedule';
import { covered, paused, type Silence } from './silence';

interface PendingAction {
  action: Action;
  progress: ItemProgress;
}

/** A step whose time has come and that has not ended. */
interface ReadyStep {
  step: Step;
  level: number;
  plannedAt: InstantMs;
  pending: readonly PendingAction[];
  byHand: boolean;
}

/** The steps of an invoice that is open: which are due, what becomes of each, and when there will be more. */
export function assessLadder(customer: CustomerFacts, { invoice, policy }: Collected, calendar: RecipientCalendar, now: InstantMs): Assessment {
  const assessment: Assessment = { items: [], next: null, held: null };
  const { skips, sendNow } = invoice.control;
  const instants = plannedInstants(invoice, policy, calendar);
  const ready: ReadyStep[] = [];
  let next: Step | null = null;
  let nextAt = Infinity;
  // Asked of every step of every invoice each time: it makes nothing for steps whose time has not come.
  for (let level = 0; level < policy.steps.length; level += 1) {
    const step = policy.steps[level]!;
    const plannedAt = instants[level] ?? null;
    const isSkipped = skips.length > 0 && skips.includes(step.id);
    const byHand = sendNow.length > 0 && sendNow.includes(step.id);
    const isToCome = plannedAt !== null && plannedAt > now && !byHand && !isSkipped;
    if (isToCome && plannedAt >= nextAt) continue;
    if (hasEnded(invoice, step)) continue;
    if (isToCome) {
      next = step;
      nextAt = plannedAt;
      continue;
    }
    const candidate: ReadyStep = { step, level, plannedAt: plannedAt ?? now, pending: pendingActions(invoice, step), byHand };
    if (isSkipped) {
      add(assessment, candidate, { kind: 'skip', code: 'skipped-by-person', reason: 'skipped by a person' });
    } else if (!byHand && plannedAt === null) {
      // It hangs on a previous step that has not ended: that one says when to look again.
    } else if (!calendar.isOpen(now)) {
      const opening = calendar.nextOpening(now);
      if (opening >= nextAt) continue;
      next = step;
      nextAt = opening;
    } else {
      ready.push(candidate);
    }
  }
  if (next) assessment.next = { at: nextAt, step: next.id };
  if (ready.length > 0) decideReady(assessment, ready, { customer, invoice, policy, calendar, now, today: calendar.day(now), on: localDateAt(now, customer.timeZone) });
  return assessment;
}

function hasEnded(invoice: InvoiceFacts, { id, actions }: Step): boolean {
  for (const { kind } of actions) if (!isEnded(invoice, id, kind)) return false;
  return true;
}

interface Setting {
  customer: CustomerFacts;
  invoice: InvoiceFacts;
  policy: Policy;
  calendar: RecipientCalendar;
  now: InstantMs;
  today: DayNumber;
  /** Today as a date. */
  on: LocalDate;
}

function decideReady(assessment: Assessment, ready: readonly ReadyStep[], setting: Setting): void {
  const going: ReadyStep[] = [];
  const waiting: { candidate: ReadyStep; standing: StepRecord }[] = [];
  const consider = (candidate: ReadyStep): void => {
    const pause = candidate.byHand ? null : paused(setting.customer, setting.invoice, setting.now);
    if (pause) {
      hold(assessment, candidate, pause);
      return;
    }
    // Nobody overrides what the customer said: not even a person who asks for the step now.
    const block = blockOf(candidate.step, setting.customer, setting.invoice, setting.on);
    if (block) {
      hold(assessment, candidate, block);
      return;
    }
    if (candidate.byHand) {
      going.push(candidate);
      return;
    }
    const notice = noticeFor(setting.policy, candidate.level, setting.invoice, setting.customer);
    // Nothing of a step is decided while it waits: whoever happens to look in between, and when, makes no difference. The level before, once it has ended, says when to look.
    if (notice.kind === 'pending') return;
    const standing = standingDeferral(candidate.pending, setting.now);
    if (standing) {
      waiting.push({ candidate, standing });
      return;
    }
    const refusal = refusalOf(candidate, setting) ?? noticeRefusal(notice);
    if (refusal) add(assessment, candidate, refusal);
    // It has ended for the ladder, so that nothing else brings it up; it is asked as every step that is due today.
    else if (notice.kind === 'untold') consider(untoldLevel(notice.level, setting));
    else if (isNoticeOver(assessment, candidate, notice, setting)) going.push(candidate);
  };
  ready.forEach(consider);
  going.sort((a, b) => a.level - b.level);
  const latest = going.at(-1);
  for (const { candidate, standing } of waiting) {
    if (latest && latest.level > candidate.level && standing.reasonCode !== 'notice' && collapses(candidate, setting)) add(assessment, candidate, collapsedInto(latest));
    else assessment.next = earlier(assessment.next, { at: standing.until!, step: candidate.step.id });
  }
  for (const candidate of going) {
    if (latest && latest !== candidate && collapses(candidate, setting)) {
      add(assessment, candidate, collapsedInto(latest));
    } else {
      execute(assessment, candidate, setting);
    }
  }
}

function collapsedInto({ step }: ReadyStep): Verdict {
  return { kind: 'skip', code: 'collapsed', reason: `late, and collapsed into ${step.id}` };
}

/** The level before a deed, where it fell to a segment that never told of it and does not write for all any more: its letter comes first. */
function untoldLevel(step: Step, { policy, invoice, now }: Setting): ReadyStep {
  const pending = step.actions.filter(({ kind }) => kind === 'email').map((action) => ({ action, progress: followingProgress(invoice, step.id, action.kind) }));
  return { step, level: policy.steps.indexOf(step), plannedAt: now, pending, byHand: false };
}

/** A level that nobody was given notice of is not reached. */
function noticeRefusal(notice: Notice): Verdict | null {
  return notice.kind === 'never' ? { kind: 'suppress', code: 'no-notice', reason: `${notice.level.id}, the level before, was not executed, so no notice was given` } : null;
}

/** Whether the level before was executed long enough ago; while it was not, the step is held back. */
function isNoticeOver(assessment: Assessment, candidate: ReadyStep, notice: Notice, { customer, calendar, now, today }: Setting): boolean {
  if (notice.kind === 'awaited') {
    // Looked at again after as many days as the notice has: whenever the segment writes in between, its notice is not over before that.
    const until = calendar.nextOpening(startOfDay(today + notice.days, customer.timeZone));
    defer(assessment, candidate, until, { kind: 'defer', code: 'notice', reason: `${notice.level.id} fell to segment ${customer.consolidatedBy ?? ''}, which has not written of the invoice since`, until });
    return false;
  }
  if (notice.kind !== 'running') return true;
  const over = startOfDay(notice.until, customer.timeZone);
  if (now >= over) return true;
  const until = calendar.nextOpening(over);
  defer(assessment, candidate, until, { kind: 'defer', code: 'notice', reason: `notice was given by ${notice.level.id}, and runs until ${dateOfDay(notice.until)}`, until });
  return false;
}

/** Holds a step back while a person has paused it, or the customer has promised or disputed. */
function hold(assessment: Assessment, { step, level, plannedAt, pending }: ReadyStep, { code, reason, until }: Block | Silence): void {
  const verdict: Verdict = { kind: 'defer', code, reason, until };
  for (const each of pending) {
    if (!hasDeferral(each.progress, code, until)) assessment.items.push(item(step, level, plannedAt, each, verdict));
  }
  if (until === null) assessment.held ??= code === 'disputed' ? 'disputed until it is resolved' : 'paused until resumed';
  else assessment.next = earlier(assessment.next, { at: until, step: step.id });
}

function defer(assessment: Assessment, { step, level, plannedAt, pending }: ReadyStep, until: InstantMs, verdict: Verdict): void {
  assessment.next = earlier(assessment.next, { at: until, step: step.id });
  for (const each of pending) {
    if (!hasDeferral(each.progress, verdict.code, until)) assessment.items.push(item(step, level, plannedAt, each, verdict));
  }
}

/** Why a step whose day has come ends without doing anything, or null. */
function refusalOf(candidate: ReadyStep, setting: Setting): Verdict | null {
  const { step, plannedAt, pending } = candidate;
  const { customer, invoice, calendar, on } = setting;
  const facts = { customer, invoice, today: on };
  if (!compileCondition(step.when)(facts)) return { kind: 'suppress', code: 'condition', reason: evaluateCondition(step.when, facts).reason };
  const silence = covered(invoice, step.exemptFromSpacing);
  if (silence) return { kind: 'suppress', code: silence.code, reason: silence.reason };
  if (isHoldReleased(invoice, step)) return { kind: 'suppress', code: 'released', reason: 'the hold of this step was released before' };
  const { catchUp } = step;
  if (catchUp.rule === 'collapse') return null;
  // Held back until a day on which nothing is sent, it is late only once the next sending day is over.
  const heldUntil = pending.reduce((latest, { progress }) => Math.max(latest, progress.deferredUntil === null ? 0 : calendar.nextOpening(progress.deferredUntil)), plannedAt);
  const daysLate = daysLateSince(calendar.day(heldUntil), setting);
  if (catchUp.rule === 'skip' && daysLate > 0) return { kind: 'skip', code: 'late', reason: `${days(daysLate)} late: this step is skipped when it cannot run on its day` };
  if (catchUp.rule === 'send-late' && daysLate > catchUp.limitDays) {
    return { kind: 'skip', code: 'late', reason: `${days(daysLate)} late: this step is sent at most ${days(catchUp.limitDays)} late` };
  }
  return null;
}

/** Whatever else a step does that placed a hold goes with the hold: nobody is told of one that is over. */
export function isHoldReleased({ holds }: InvoiceFacts, { id }: Step): boolean {
  return holds.some((each) => each.step === id && each.releasedAt !== null);
}

/**
 * A step that missed its day gives way to a later one that is due; one that is on its day never does, nor one about which somebody is being asked or
 * that a later one needs as its notice.
 */
function collapses({ step, level, plannedAt, byHand, pending }: ReadyStep, { policy, calendar, today }: Setting): boolean {
  if (step.catchUp.rule !== 'collapse' || byHand || calendar.day(plannedAt) >= today || isNotice(policy, level)) return false;
  return !pending.some(({ progress }) => progress.deferrals.some(({ reasonCode }) => reasonCode === 'approval'));
}

function execute(assessment: Assessment, candidate: ReadyStep, setting: Setting): void {
  const { step, level, plannedAt, pending, byHand } = candidate;
  const daysLate = setting.today - setting.calendar.day(plannedAt);
  const gate = approvalGate(step, pending, setting.invoice, setting);
  if (gate.kind === 'closed') {
    defer(assessment, candidate, gate.until, gate.verdict);
    return;
  }
  if (gate.kind === 'decided' && gate.verdict.kind !== 'execute') {
    add(assessment, candidate, gate.verdict);
    return;
  }
  const verdict: Verdict = gate.kind === 'decided' ? gate.verdict : byHand
    ? { kind: 'execute', code: 'send-now', reason: 'asked for by a person' }
    : { kind: 'execute', code: 'due', reason: daysLate > 0 ? `${plannedFor(setting.today - daysLate)}, ${days(daysLate)} late` : plannedFor(setting.today - daysLate) };
  for (const each of pending) {
    const { action } = each;
    if (action.kind === 'email') assessEmail(assessment, candidate, each, verdict, setting);
    else if (action.kind !== 'start-policy') assessment.items.push(item(step, level, plannedAt, each, verdict));
    // It takes the invoice away from this ladder: whatever else the step does comes first, and it is asked again when that is over. Of two steps the first one does it.
    else if (pending.length === 1 && !startsAnother(assessment)) assessment.items.push(item(step, level, plannedAt, each, startVerdict(action.policy, setting) ?? verdict));
  }
}

function startsAnother({ items }: Assessment): boolean {
  return items.some(({ action, verdict }) => action === 'start-policy' && verdict.kind === 'execute');
}

/** Why a policy is not started: each is once for an invoice, so that policies which start each other come to an end. */
function startVerdict(policy: string, { invoice }: Setting): Verdict | null {
  if (!invoice.startedPolicies?.includes(policy)) return null;
  return { kind: 'suppress', code: 'started-before', reason: `${policy} was started for this invoice before` };
}

// The same days come again with every invoice.
const plannedTexts = new Map<DayNumber, string>();

function plannedFor(day: DayNumber): string {
  let text = plannedTexts.get(day);
  if (text === undefined) plannedTexts.set(day, (text = `planned for ${dateOfDay(day)}`));
  return text;
}

/** An email is for the arbiter of contact to allow: nobody but a person who asks for it now overrides spacing and caps. */
function assessEmail(assessment: Assessment, { step, level, plannedAt, byHand }: ReadyStep, pending: PendingAction, verdict: Verdict, { customer, policy, calendar, now }: Setting): void {
  // What the customer expects, such as the invoice itself, and what a person asked for are sent all the same.
  // Whom nothing reaches the segment does not reach either.
  const consolidated = byHand || step.exemptFromSpacing || unreachable(customer) ? null : consolidatedReason(customer);
  if (consolidated) {
    assessment.items.push(item(step, level, plannedAt, pending, { kind: 'suppress', code: 'consolidated', reason: consolidated }));
    return;
  }
  const contact = arbitrateContact({ customer, rules: policy.contact, calendar, now, atMinute: step.atMinute, exempt: byHand || step.exemptFromSpacing });
  switch (contact.kind) {
    case 'now':
      assessment.items.push(item(step, level, plannedAt, pending, verdict));
      return;
    case 'never':
      assessment.items.push(item(step, level, plannedAt, pending, { kind: 'suppress', code: contact.code, reason: contact.reason }));
      return;
    case 'later':
      assessment.next = earlier(assessment.next, { at: contact.until, step: step.id });
      if (contact.code === 'window' || hasDeferral(pending.progress, contact.code, contact.until)) return;
      assessment.items.push(item(step, level, plannedAt, pending, { kind: 'defer', code: contact.code, reason: contact.reason, until: contact.until }));
      return;
    default: assertNever(contact);
  }
}

/** The steps that an invoice which is settled, stopped or void still had before it: each ends with that reason. */
export function closeLadder({ invoice, policy }: Collected, calendar: RecipientCalendar, { code, reason }: Closure, now: InstantMs): Assessment {
  const assessment: Assessment = { items: [], next: null, held: null };
  const instants = plannedInstants(invoice, policy, calendar);
  policy.steps.forEach((step, level) => {
    const pending = pendingActions(invoice, step).filter(({ action }) => !isClosedAlready(invoice, step.id, action.kind, code));
    add(assessment, { step, level, plannedAt: instants[level] ?? now, pending, byHand: false }, { kind: 'suppress', code, reason });
  });
  return assessment;
}

function isClosedAlready(invoice: InvoiceFacts, step: string, action: Action['kind'], code: ReasonCode): boolean {
  const last = invoice.progress.findLast((record) => record.step === step && record.action === action)?.reasonCode;
  return last === code || (code === 'settled' && last === 'paid-before-hand-over');
}

const none: readonly PendingAction[] = [];

/** What of a step has not ended. */
export function pendingActions(invoice: InvoiceFacts, step: Step): readonly PendingAction[] {
  let pending: PendingAction[] | null = null;
  for (const action of step.actions) {
    if (!isEnded(invoice, step.id, action.kind)) (pending ??= []).push({ action, progress: itemProgress(invoice, step.id, action.kind) });
  }
  return pending ?? none;
}

function add(assessment: Assessment, { step, level, plannedAt, pending }: ReadyStep, verdict: Verdict): void {
  for (const each of pending) assessment.items.push(item(step, level, plannedAt, each, verdict));
}

function item(step: Step, level: number, plannedAt: InstantMs, { action, progress }: PendingAction, verdict: Verdict): PlannedItem {
  return { step, stepId: step.id, level, action: action.kind, effect: action, occurrence: progress.occurrence, plannedAt, verdict };
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
