import { isAlias, isMap, isNode, isSeq, parseDocument, visit, type Document } from 'yaml';
import type { ConditionDocument } from '../../conditions/document';

/*
 * A draft is one text. The form shows what it means and writes every edit into it, at its place: what the form does not know, comments and layout
 * included, stays as it is.
 */

export type Path = readonly (string | number)[];
export type ActionKind = 'email' | 'task' | 'notify' | 'escalate' | 'leadership' | 'hold' | 'handoff' | 'charge' | 'discount' | 'startPolicy';
export const actionKinds: readonly ActionKind[] = ['email', 'task', 'notify', 'escalate', 'leadership', 'hold', 'handoff', 'charge', 'discount', 'startPolicy'];
export const actionNames: Readonly<Record<ActionKind, string>> = { email: 'Email', task: 'Task', notify: 'Notification', escalate: 'Escalation', leadership: 'Email to leadership', hold: 'Hold', handoff: 'Hand-off', charge: 'Late fee or interest', discount: 'Discount', startPolicy: 'Start of another policy' };

/** A step as the text has it: nothing is sure of it before it is checked. */
export interface StepDraft {
  id?: unknown;
  title?: unknown;
  anchor?: unknown;
  offset?: { days?: unknown; businessDays?: unknown };
  at?: unknown;
  when?: unknown;
  exemptFromSpacing?: unknown;
  catchUp?: unknown;
  minimumNoticeDays?: unknown;
  actions?: readonly Readonly<Record<string, Readonly<Record<string, unknown>> | null | undefined>>[];
}

export interface DraftContent {
  title: unknown;
  version: unknown;
  calendar: { timeZone?: unknown; window?: { opens?: unknown; closes?: unknown } | null; weekdays?: unknown; holidays?: unknown };
  contact: { minimumDaysBetween?: unknown; merge?: unknown; caps?: unknown };
  catchUp: unknown;
  graceDays: unknown;
  minimumNoticeDays: unknown;
  escalation: { from: unknown; queue: unknown };
  steps: readonly StepDraft[];
}

/** A value as a field of text shows it. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A value as a field of numbers shows it. */
export function numberOf(value: unknown): number | string {
  return typeof value === 'number' ? value : '';
}

/** What the text means, or why it cannot be read as a document at all. */
export function readContent(text: string): { ok: true; content: DraftContent } | { ok: false; problem: string } {
  const document = parsed(text);
  const [fault] = document.errors;
  if (fault) return { ok: false, problem: fault.message };
  if (!isMap(document.contents)) return { ok: false, problem: 'A policy is a list of keys, such as "policy: reference".' };
  let value: Record<string, unknown>;
  try {
    value = document.toJS() as Record<string, unknown>;
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
  const steps = Array.isArray(value.steps) ? value.steps.filter((step): step is StepDraft => typeof step === 'object' && step !== null) : [];
  return { ok: true, content: { title: value.title, version: value.version, calendar: partOf(value.calendar), contact: partOf(value.contact), catchUp: value.catchUp, graceDays: value.graceDays, minimumNoticeDays: value.minimumNoticeDays, escalation: escalationOf(value.escalation), steps } };
}

/** What is written under a key, as far as it is a map. */
function partOf(written: unknown): object {
  return typeof written === 'object' && written !== null ? written : {};
}

function escalationOf(written: unknown): DraftContent['escalation'] {
  const escalation = written as { from?: unknown; whenNone?: { queue?: unknown } | null } | null | undefined;
  return { from: escalation?.from, queue: escalation?.whenNone?.queue };
}

/** Writes a value at a place; undefined takes the key away. */
export function write(text: string, path: Path, value: unknown): string {
  const document = parsed(text);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return printed(document);
}

export function moveStep(text: string, from: number, to: number): string {
  return withSteps(text, (items) => {
    const [step] = items.splice(from, 1);
    if (step !== undefined) items.splice(to, 0, step);
  });
}

export function removeStep(text: string, index: number): string {
  return withSteps(text, (items) => void items.splice(index, 1));
}

/** A new step below the one given, a week after it, with a name that no other has. */
export function addStep(text: string, after: number): string {
  const read = readContent(text);
  const steps = read.ok ? read.content.steps : [];
  const ids = new Set(steps.map(({ id }) => id));
  let number = steps.length + 1;
  while (ids.has(`step-${number}`)) number += 1;
  const days = Number(steps[after]?.offset?.days ?? 0);
  const step = { id: `step-${number}`, title: 'New step', anchor: 'due', offset: { days: steps[after]?.anchor === 'due' ? days : 0 }, actions: [{ task: { queue: 'Customer Care', title: 'Call' } }] };
  const document = parsed(text);
  const list = document.get('steps');
  if (!isSeq(list)) return write(text, ['steps'], [step]);
  list.items.splice(after + 1, 0, document.createNode(step));
  return printed(document);
}

function withSteps(text: string, change: (items: unknown[]) => void): string {
  const once = (document: Document): string => {
    const steps = document.get('steps');
    if (isSeq(steps)) change(steps.items);
    return printed(document);
  };
  const document = parsed(text);
  const changed = attempt(() => once(document));
  // An alias (*name) may not come before what it stands for, nor without it: then each gets a copy of its own.
  if (changed !== null && readContent(changed).ok) return changed;
  const spelledOut = parsed(text);
  spellOut(spelledOut);
  return once(spelledOut);
}

function attempt(work: () => string): string | null {
  try {
    return work();
  } catch {
    return null; // The caller does it in another way.
  }
}

function spellOut(document: Document): void {
  visit(document, {
    Alias: (_key, alias) => {
      const source = alias.resolve(document);
      const copy = source?.clone();
      if (isNode(copy) && !isAlias(copy)) delete copy.anchor;
      return isNode(copy) ? copy : undefined;
    },
  });
  visit(document, { Node: (_key, node) => { if (!isAlias(node)) delete node.anchor; } });
}

function parsed(text: string): Document {
  return parseDocument(text, { prettyErrors: false });
}

function printed(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

/** What is written under `when`, as far as it is one condition; anything else is told by the errors of the step, and mended in the text. */
export function conditionOf(written: unknown): ConditionDocument | null {
  return typeof written === 'object' && written !== null && !Array.isArray(written) ? (written as ConditionDocument) : null;
}
