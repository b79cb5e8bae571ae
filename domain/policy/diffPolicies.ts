import { describeCondition } from '../condition/describe';
import { actionText, catchUpText, describeStep, timeText, timingText } from './describePolicy';
import { weekdayNames } from './schema';
import type { Action, Policy, SendingCalendar, Step } from './types';

export type DifferenceKind = 'title' | 'calendar' | 'contact' | 'rules' | 'step-added' | 'step-removed' | 'step-moved' | 'timing' | 'condition' | 'action' | 'step';

/** One thing that is different, in words. */
export interface PolicyDifference {
  kind: DifferenceKind;
  /** The id of the step that it is about; null: the policy as a whole. */
  step: string | null;
  text: string;
}

/**
 * What is different in `after`, in plain words, in the order in which a person reads a policy. The name and the version of a policy are not
 * content, so two versions of the same content have no differences.
 */
export function diffPolicies(before: Policy, after: Policy): PolicyDifference[] {
  const { policy: _1, version: _2, title: titleBefore, calendar: calendarBefore, contact: contactBefore, steps: stepsBefore, ...restBefore } = before;
  const { policy: _3, version: _4, title: titleAfter, calendar: calendarAfter, contact: contactAfter, steps: stepsAfter, ...restAfter } = after;
  return [
    ...(titleBefore === titleAfter ? [] : [whole('title', `The title was "${titleBefore}" and is "${titleAfter}".`)]),
    ...calendarDifferences(calendarBefore, calendarAfter),
    ...contactDifferences(contactBefore, contactAfter),
    ...detailTexts(restBefore, restAfter).map((text) => whole('rules', text)),
    ...stepDifferences(stepsBefore, stepsAfter),
  ];
}

function whole(kind: DifferenceKind, text: string): PolicyDifference {
  return { kind, step: null, text };
}

function calendarDifferences(before: SendingCalendar, after: SendingCalendar): PolicyDifference[] {
  const texts = {
    timeZone: ({ timeZone }: SendingCalendar) => (timeZone === 'customer' ? "the customer's time zone" : timeZone),
    window: ({ window }: SendingCalendar) => `${timeText(window.opensMinute)} to ${timeText(window.closesMinute)}`,
    weekdays: ({ weekdays }: SendingCalendar) => weekdays.map((day) => weekdayNames[day - 1] ?? day).join(', '),
    holidays: ({ holidays }: SendingCalendar) => (holidays === 'customer' ? "the customer's public holidays" : holidays === 'none' ? 'no holidays' : `the public holidays of ${holidays.country}${holidays.region ? `-${holidays.region}` : ''}`),
  };
  const names = { timeZone: 'The clock that counts', window: 'The window', weekdays: 'The weekdays', holidays: 'The days off' };
  return [
    ...(Object.keys(texts) as (keyof typeof texts)[]).flatMap((key) => (same(before[key], after[key]) ? [] : [whole('calendar', `${names[key]}: ${texts[key](before)} became ${texts[key](after)}.`)])),
    ...detailTexts(without(before, Object.keys(texts)), without(after, Object.keys(texts)), 'calendar').map((text) => whole('calendar', text)),
  ];
}

function contactDifferences(before: Policy['contact'], after: Policy['contact']): PolicyDifference[] {
  const found: PolicyDifference[] = [];
  if (before.minimumDaysBetween !== after.minimumDaysBetween) {
    found.push(whole('contact', `The days between two contacts of a customer: ${before.minimumDaysBetween} became ${after.minimumDaysBetween}.`));
  }
  if (before.merge !== after.merge) {
    found.push(whole('contact', after.merge === 'same-day' ? 'What is due for one customer on one day goes into one email now.' : 'Each invoice has its own email now.'));
  }
  const known = ['minimumDaysBetween', 'merge'];
  return [...found, ...detailTexts(without(before, known), without(after, known), 'contact').map((text) => whole('contact', text))];
}

function stepDifferences(before: readonly Step[], after: readonly Step[]): PolicyDifference[] {
  const beforeById = new Map(before.map((step) => [step.id, step]));
  const afterIds = new Set(after.map(({ id }) => id));
  const moved = movedSteps(before.filter(({ id }) => afterIds.has(id)).map(({ id }) => id), after.filter(({ id }) => beforeById.has(id)).map(({ id }) => id));
  const removed = before.filter(({ id }) => !afterIds.has(id)).map((step): PolicyDifference => ({ kind: 'step-removed', step: step.id, text: `"${step.title}" is gone (${timingText(step)}).` }));
  const others = after.flatMap((step, position): PolicyDifference[] => {
    const old = beforeById.get(step.id);
    if (!old) return [{ kind: 'step-added', step: step.id, text: addedText(step, after[position - 1]) }];
    return [
      ...(moved.has(step.id) ? [{ kind: 'step-moved' as const, step: step.id, text: `"${step.title}" moved: it comes ${position === 0 ? 'first' : `after "${after[position - 1]?.title}"`} now.` }] : []),
      ...changesOfStep(old, step),
    ];
  });
  return [...removed, ...others];
}

function addedText(step: Step, previous: Step | undefined): string {
  const { timing, condition, actions } = describeStep(step);
  return `"${step.title}" is new, ${previous ? `after "${previous.title}"` : 'as the first step'}: ${timing}${condition === null ? '' : `, only if ${condition}`}: ${actions.join('; ')}.`;
}

function changesOfStep(old: Step, step: Step): PolicyDifference[] {
  const found: PolicyDifference[] = [];
  const say = (kind: DifferenceKind, text: string): void => void found.push({ kind, step: step.id, text: `"${step.title}": ${text}` });
  if (old.title !== step.title) say('step', `its title was "${old.title}".`);
  if (!same([old.anchor, old.offset, old.atMinute], [step.anchor, step.offset, step.atMinute])) say('timing', `${timingText(old)} became ${timingText(step)}.`);
  if (!same(old.when, step.when)) say('condition', conditionText(old, step));
  if (!same(old.catchUp, step.catchUp)) say('step', `${catchUpText(old.catchUp)}; this became ${catchUpText(step.catchUp)}.`);
  if (old.exemptFromSpacing !== step.exemptFromSpacing) say('step', step.exemptFromSpacing ? 'it no longer counts as a contact, nor waits for others.' : 'it counts as a contact now, and waits for others.');
  for (const text of actionTexts(old.actions, step.actions)) say('action', text);
  const known = ['id', 'title', 'anchor', 'offset', 'atMinute', 'when', 'catchUp', 'exemptFromSpacing', 'actions'];
  for (const text of detailTexts(without(old, known), without(step, known))) say('step', text);
  return found;
}

function conditionText({ when: old }: Step, { when }: Step): string {
  const [before, after] = [describeCondition(old), describeCondition(when)];
  // A long list of thresholds is told by its first; what changed in the rest is told one by one.
  if (before === after) return `its condition changed: ${detailTexts(old ?? {}, when ?? {}).join(' ')}`;
  return `${old === null ? 'it always ran' : `it ran only if ${before}`}, and ${when === null ? 'always runs now' : `runs only if ${after} now`}.`;
}

function actionTexts(before: readonly Action[], after: readonly Action[]): string[] {
  const texts: string[] = [];
  const oldByKind = new Map(before.map((action) => [action.kind, action]));
  const kinds = new Set(after.map(({ kind }) => kind));
  for (const action of before) if (!kinds.has(action.kind)) texts.push(`no more ${actionText(action)}.`);
  for (const action of after) {
    const old = oldByKind.get(action.kind);
    if (!old) texts.push(`also ${actionText(action)}.`);
    else if (!same(old, action)) texts.push(actionText(old) === actionText(action) ? `${action.kind}: ${detailTexts(old, action).join(' ')}` : `${actionText(old)} became ${actionText(action)}.`);
  }
  const order = (actions: readonly Action[], others: Set<string>): string => actions.map(({ kind }) => kind).filter((kind) => others.has(kind)).join(', ');
  const [was, is] = [order(before, kinds), order(after, new Set(oldByKind.keys()))];
  if (was !== is) texts.push(`its actions are in another order: ${is}.`);
  return texts;
}

/** Which of the ids, which are the same on both sides, have to be taken out and put back elsewhere: all but a longest run that kept its order. */
function movedSteps(before: readonly string[], after: readonly string[]): Set<string> {
  const positions = after.map((id) => before.indexOf(id));
  const best: { length: number; previous: number }[] = [];
  positions.forEach((position, index) => {
    let [length, previous] = [1, -1];
    for (let earlier = 0; earlier < index; earlier += 1) {
      if (positions[earlier]! < position && best[earlier]!.length + 1 > length) [length, previous] = [best[earlier]!.length + 1, earlier];
    }
    best.push({ length, previous });
  });
  const moved = new Set(after);
  let at = best.reduce((found, { length }, index) => (found < 0 || length > best[found]!.length ? index : found), -1);
  for (; at >= 0; at = best[at]!.previous) moved.delete(after[at]!);
  return moved;
}

const leavesMax = 40;

/** What differs between two values, place by place, for rules that have no words of their own. */
function detailTexts(before: object, after: object, at = ''): string[] {
  const found: string[] = [];
  const walk = (old: unknown, now: unknown, path: string): void => {
    if (same(old, now) || found.length >= leavesMax) return;
    if (isObject(old) && isObject(now) && Array.isArray(old) === Array.isArray(now)) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) walk(old[key], now[key], path === '' ? key : `${path}.${key}`);
    } else {
      found.push(`${path || 'it'}: ${valueText(old)} became ${valueText(now)}.`);
    }
  };
  walk(before, after, at);
  return found;
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}

function without(value: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Deeply equal, whatever the order of keys; a key that is not set is as one that is not there. */
function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => same(one[key], other[key]));
}
