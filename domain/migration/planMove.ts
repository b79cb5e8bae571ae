import { dayNumber, type InstantMs } from '../calendar/dates';
import { recipientCalendar } from '../calendar/sendingCalendar';
import { localDateAt } from '../calendar/zones';
import type { Collected } from '../collection/decision';
import type { CustomerFacts, DecidedAction, HoldRecord, InvoiceFacts, StepRecord } from '../collection/facts';
import { holdsBack, isClosing, isEnded } from '../collection/progress';
import { plannedInstants } from '../collection/schedule';
import type { Policy, Step } from '../policy/types';
import { stepAfterMove, type MoveRules } from './moveRules';

/** A decision made before that counts under the policy to come, by its position in the invoice's progress. */
export interface CarriedRecord {
  position: number;
  /** The step that it counts for there. */
  step: string;
}

/** A step of the policy to come that an invoice does not go through: it had passed that place when it moved. */
export interface PassedStep {
  step: string;
  action: DecidedAction;
  occurrence: number;
  plannedAt: InstantMs;
}

/** What a person asked of a step, and the step of the policy to come of which it is asked from now on. */
export interface CarriedRequest {
  kind: 'skip-step' | 'send-now';
  step: string;
  heir: string;
}

/** What a move does to one invoice. */
export interface MovePlan {
  carried: readonly CarriedRecord[];
  /** Positions in `earlier` that count no more. */
  forgotten: readonly number[];
  passed: readonly PassedStep[];
  /** Steps that will do again what was done already. */
  repeated: readonly string[];
  /** Steps whose day is over under the policy to come and was not under the old: they run as soon as the window is open. */
  dueAtOnce: readonly string[];
  /** What people asked of steps and is still to come. What is not here counts no more. */
  requests: readonly CarriedRequest[];
  /** The invoice as it is after the move, as far as decisions look at it. */
  after: InvoiceFacts;
}

/**
 * What becomes of one invoice that moves to another policy: what was decided is carried to the steps that the rules say, what it has gone past is
 * passed over, and nothing that was sent within the spacing is sent again. `earlier` is what the policy to come has on record of the invoice
 * from an earlier stay on it.
 */
export function planMove(customer: CustomerFacts, { invoice, policy: old }: Collected, next: Policy, rules: MoveRules, now: InstantMs, earlier: readonly StepRecord[] = []): MovePlan {
  const target = (step: string): string | null => stepAfterMove(rules, next, step);
  const carried = carriedRecords(invoice, old, next, rules, target, recipientCalendar(next.calendar, customer).day(now));
  const forgotten = rules.mode === 'restart' ? earlier.flatMap((record, position) => (isClosing(record.reasonCode) || (target(record.step) !== null && isForGood(record)) ? [] : [position])) : [];
  const records = [
    ...earlier.map((record, position): StepRecord => (forgotten.includes(position) ? { ...record, reasonCode: 'restarted' } : record)),
    ...carried.map(({ position, step }): StepRecord => askedAgain({ ...invoice.progress[position]!, step }, now)),
  ];
  const holds = invoice.holds.map((hold) => (hold.automation ? hold : { ...hold, step: stepOfHold(hold, old, next, rules, target) }));
  const requests = carriedRequests(invoice, old, next, rules, target);
  const heirs = (asked: CarriedRequest['kind']): string[] => requests.flatMap(({ kind, heir }) => (kind === asked ? [heir] : []));
  const control = { ...invoice.control, skips: heirs('skip-step'), sendNow: heirs('send-now') };
  const moved: InvoiceFacts = { ...invoice, progress: records, holds, control };
  const { passed: passedActions, dueAtOnce } = passedSteps(customer, { invoice, policy: old }, moved, next, rules, target, now);
  const passed = [...passedActions, ...passedNotices(invoice, old, moved, next, now)];
  const after: InvoiceFacts = { ...moved, progress: [...records, ...passed.map((each): StepRecord => passedRecord(each, customer, now))] };
  return { carried, forgotten, passed, dueAtOnce, requests, repeated: repeatedSteps(invoice, old, next, after, target), after };
}

/** What a rule of the old policy holds back is asked again by those of the new one. That it was held back is no reason to be late. */
function askedAgain(record: StepRecord, now: InstantMs): StepRecord {
  return holdsBack(record) ? { ...record, until: Math.min(record.until ?? now, now) } : record;
}

function carriedRecords(invoice: InvoiceFacts, old: Policy, next: Policy, rules: MoveRules, target: (step: string) => string | null, today: number): CarriedRecord[] {
  const carried: CarriedRecord[] = [];
  const holdActions: readonly DecidedAction[] = ['hold', 'release', 'release-notice'];
  invoice.progress.forEach((record, position) => {
    const step = holdActions.includes(record.action) && hasHold(invoice, record.step) ? holdHeir(next, target, record.step) : target(record.step);
    if (step !== null && (rules.mode === 'move' || mustNotRepeat(record, invoice, next, today))) carried.push({ position, step });
    else if (step === null && record.action === 'email' && isRecent(record, next, today)) {
      // The old step has no heir, yet the same letter would go out again within the spacing.
      const heir = next.steps.find((each) => templateOf(each) !== null && templateOf(each) === templateOf(old.steps.find(({ id }) => id === record.step)));
      if (heir) carried.push({ position, step: heir.id });
    }
  });
  return carried;
}

/** Whether the ladder goes on, or begins anew by the same policy: what was asked and lifted of its steps is of their heirs too. */
function isSameLadder(old: Policy, next: Policy, rules: MoveRules): boolean {
  return rules.mode === 'move' || old.policy === next.policy;
}

/** A request is made of one ladder: one that was fulfilled does not come back with a step of the same name, and a policy of another name takes none when a ladder begins anew. */
function carriedRequests(invoice: InvoiceFacts, old: Policy, next: Policy, rules: MoveRules, target: (step: string) => string | null): CarriedRequest[] {
  if (!isSameLadder(old, next, rules)) return [];
  const { skips, sendNow } = invoice.control;
  const isToCome = (id: string): boolean => old.steps.some((step) => step.id === id && step.actions.some(({ kind }) => !isEnded(invoice, id, kind)));
  const carry = (kind: CarriedRequest['kind'], step: string): CarriedRequest[] => {
    const heir = isToCome(step) ? target(step) : null;
    return heir === null ? [] : [{ kind, step, heir }];
  };
  return [...skips.flatMap((step) => carry('skip-step', step)), ...sendNow.flatMap((step) => carry('send-now', step))];
}

function hasHold({ holds }: InvoiceFacts, step: string): boolean {
  return holds.some((hold) => hold.step === step && hold.releasedAt === null);
}

/**
 * Under which step a hold is on record after the move. One that is over stays with what was decided of it: where that counts no more, it silences no step of another policy, whatever it is called there.
 */
function stepOfHold({ step, releasedAt }: HoldRecord, old: Policy, next: Policy, rules: MoveRules, target: (step: string) => string | null): string {
  if (releasedAt === null) return holdHeir(next, target, step) ?? step;
  if (!old.steps.some(({ id }) => id === step)) return step;
  return (isSameLadder(old, next, rules) ? target(step) : null) ?? `${old.policy}/${step}`;
}

/** The step that a hold which is on belongs to after the move: the heir of its own, or else the first that holds, so that no second hold is placed and this one is released in its turn. */
function holdHeir(next: Policy, target: (step: string) => string | null, step: string): string | null {
  const places = ({ actions }: Step): boolean => actions.some(({ kind }) => kind === 'hold');
  const heir = next.steps.find(({ id }) => id === target(step));
  return heir && places(heir) ? heir.id : next.steps.find(places)?.id ?? null;
}

/** What stands however a ladder begins anew: a letter within the spacing, a hold that is on, a hand-off, which cannot be taken back, and what was charged. */
function mustNotRepeat(record: StepRecord, invoice: InvoiceFacts, next: Policy, today: number): boolean {
  if (record.action === 'email') return isRecent(record, next, today);
  if (record.action === 'hold') return hasHold(invoice, record.step);
  return isForGood(record);
}

/** Nobody is handed off twice, nor charged twice by one step: who wants that says of the step that it has no heir. */
function isForGood({ action, outcome }: StepRecord): boolean {
  return (action === 'handoff' || action === 'charge') && outcome === 'executed';
}

function isRecent({ outcome, on }: StepRecord, next: Policy, today: number): boolean {
  return (outcome === 'executed' || outcome === 'covered') && dayNumber(on) + next.contact.minimumDaysBetween > today;
}

function templateOf(step: Step | undefined): string | null {
  const email = step?.actions.find(({ kind }) => kind === 'email');
  return email?.kind === 'email' ? email.template : null;
}

function passedSteps(
  customer: CustomerFacts, before: Collected, moved: InvoiceFacts, next: Policy, rules: MoveRules, target: (step: string) => string | null, now: InstantMs,
): { passed: PassedStep[]; dueAtOnce: string[] } {
  const calendar = recipientCalendar(next.calendar, customer);
  const today = calendar.day(now);
  const instants = plannedInstants(moved, next, calendar);
  const oldInstants = plannedInstants(before.invoice, before.policy, recipientCalendar(before.policy.calendar, customer));
  const reached = next.steps.findLastIndex(({ id, actions }) => actions.some(({ kind }) => wasDone(moved, id, kind)));
  const passed: PassedStep[] = [];
  const dueAtOnce: string[] = [];
  next.steps.forEach((step, level) => {
    const pending = step.actions.filter(({ kind }) => !isEnded(moved, step.id, kind));
    if (pending.length === 0) return;
    const plannedAt = instants[level] ?? null;
    const heirOf = before.policy.steps.findLastIndex(({ id }) => target(id) === step.id);
    const wasPending = rules.mode === 'move' && heirOf >= 0;
    const isOver = plannedAt !== null && calendar.day(plannedAt) < today;
    // A step that was half done keeps what it had before it; what the new policy adds to a step that ran is not made up for.
    const passing = pending.filter(({ kind }) => {
      if (wasPending && before.policy.steps[heirOf]!.actions.some((action) => action.kind === kind)) return false;
      if (rules.mode === 'move' && (level < reached || step.actions.some((action) => wasDone(moved, step.id, action.kind)))) return true;
      return isOver && rules.missed === 'pass';
    });
    for (const { kind } of passing) passed.push({ step: step.id, action: kind, occurrence: occurrenceOf(moved.progress, step.id, kind), plannedAt: plannedAt ?? now });
    const oldAt = heirOf >= 0 ? oldInstants[heirOf] ?? null : null;
    if (passing.length < pending.length && plannedAt !== null && plannedAt <= now && (oldAt === null || oldAt > now || rules.mode === 'restart')) dueAtOnce.push(step.id);
  });
  return { passed, dueAtOnce };
}

/** That a hold was lifted is told as it is lifted: nobody hears of it when a later version, which tells, finds it so. A notice that the old policy owes still is sent. */
function passedNotices({ holds }: InvoiceFacts, old: Policy, moved: InvoiceFacts, next: Policy, now: InstantMs): PassedStep[] {
  return moved.holds.flatMap(({ step, automation, releasedAt }, position) => {
    if (automation || releasedAt === null || !tellsOfRelease(next, step) || tellsOfRelease(old, holds[position]!.step) || isEnded(moved, step, 'release-notice')) return [];
    return [{ step, action: 'release-notice' as const, occurrence: occurrenceOf(moved.progress, step, 'release-notice'), plannedAt: now }];
  });
}

function tellsOfRelease({ steps }: Policy, id: string): boolean {
  return steps.some((step) => step.id === id && step.actions.some((action) => action.kind === 'hold' && action.releaseNotice));
}

/** Ended by having been done, not by a condition or a payment. */
function wasDone({ progress }: InvoiceFacts, step: string, action: DecidedAction): boolean {
  return progress.some((record) => record.step === step && record.action === action && (record.outcome === 'executed' || record.outcome === 'covered') && !isClosing(record.reasonCode));
}

function passedRecord({ step, action, occurrence }: PassedStep, customer: CustomerFacts, now: InstantMs): StepRecord {
  const on = localDateAt(now, customer.timeZone);
  return { step, action, occurrence, outcome: 'skipped', reasonCode: 'moved', at: now, on, until: null };
}

function occurrenceOf(progress: readonly StepRecord[], step: string, action: DecidedAction): number {
  return progress.reduce((highest, record) => (record.step === step && record.action === action && isClosing(record.reasonCode) ? Math.max(highest, record.occurrence + 1) : highest), 1);
}

function repeatedSteps(before: InvoiceFacts, old: Policy, next: Policy, after: InvoiceFacts, target: (step: string) => string | null): string[] {
  const doneTemplates = new Set(old.steps.filter(({ id }) => wasDone(before, id, 'email')).map(templateOf));
  return next.steps.filter((step) => step.actions.some(({ kind }) => {
    if (isEnded(after, step.id, kind)) return false;
    const doneByHeir = old.steps.some(({ id }) => target(id) === step.id && wasDone(before, id, kind));
    return doneByHeir || (kind === 'email' && doneTemplates.has(templateOf(step)));
  })).map(({ id }) => id);
}
