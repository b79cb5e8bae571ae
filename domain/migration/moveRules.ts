import type { Policy } from '../policy/types';

/** How invoices under way come to another policy version. */
export interface MoveRules {
  /** move: what was done counts; restart: the ladder begins anew. */
  mode: 'move' | 'restart';
  /** Old step to new step; null: it has no heir. A step that is not named keeps its id, where the new policy has it. */
  mapping: Readonly<Record<string, string | null>>;
  /** What becomes of new steps whose day is over: passed over, or run late by their own catch-up rule. */
  missed: 'pass' | 'run';
}

export const defaultMoveRules: MoveRules = { mode: 'move', mapping: {}, missed: 'pass' };

/** The step for which decisions on an old step count; null: for none. */
export function stepAfterMove({ mapping }: MoveRules, next: Policy, step: string): string | null {
  const mapped = Object.hasOwn(mapping, step) ? mapping[step] ?? null : step;
  return mapped !== null && next.steps.some(({ id }) => id === mapped) ? mapped : null;
}

/** What is wrong with a mapping, each with its place; empty when nothing is. */
export function mappingProblems({ mapping }: MoveRules, olds: readonly Policy[], next: Policy): { path: string; message: string }[] {
  const known = new Set(olds.flatMap(({ steps }) => steps.map(({ id }) => id)));
  const targets = next.steps.map(({ id }) => id);
  return Object.entries(mapping).flatMap(([from, to]) => [
    ...(known.has(from) ? [] : [{ path: `mapping.${from}`, message: `no invoice under way has a step "${from}" (allowed: ${[...known].join(', ')})` }]),
    ...(to === null || targets.includes(to) ? [] : [{ path: `mapping.${from}`, message: `the new version has no step "${to}" (allowed: ${targets.join(', ')}, or null for none)` }]),
  ]);
}
