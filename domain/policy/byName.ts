import type { Action, Policy } from './types';

/** Policies as the steps of others name them: of each the version that is in force. */
export type PoliciesByName = ReadonlyMap<string, Policy>;

export const noPolicies: PoliciesByName = new Map();

export function policiesByName(policies: Iterable<Policy>): PoliciesByName {
  return new Map([...policies].map((policy) => [policy.policy, policy]));
}

/** The names of the policies that steps of a policy start, each once. */
export function startedBy({ steps }: Policy): string[] {
  const starts = (action: Action): string[] => (action.kind === 'start-policy' ? [action.policy] : []);
  return [...new Set(steps.flatMap(({ actions }) => actions.flatMap(starts)))];
}
