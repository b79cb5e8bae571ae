import { assertNever } from '../assertNever';

/** How a queue gives its new tasks to its people. */
export const assignmentRules = ['none', 'round-robin', 'owner', 'load'] as const;
export type AssignmentRule = (typeof assignmentRules)[number];

export interface QueueStanding {
  rule: AssignmentRule;
  /** Active people of the queue, and how many tasks wait with each, whatever their queue. */
  members: readonly { id: number; waiting: number }[];
  /** Round robin: whose turn was last. */
  lastAssignedId: number | null;
}

export interface Assignment {
  /** For each task in the order given: who gets it; null: whoever takes it. */
  assignees: readonly (number | null)[];
  lastAssignedId: number | null;
}

/**
 * Gives tasks to the people of a queue, in the order given. `owner` gives a task to the one who owns the customer's account if they are in the
 * queue, and otherwise to whom `load` would: the one with the fewest waiting tasks, the lower id of equals.
 */
export function assign(queue: QueueStanding, tasks: readonly { ownerId: number | null }[]): Assignment {
  const members = [...queue.members].sort((a, b) => a.id - b.id);
  if (members.length === 0) return { assignees: tasks.map(() => null), lastAssignedId: queue.lastAssignedId };
  const waiting = new Map(members.map(({ id, waiting: many }) => [id, many]));
  let last = queue.lastAssignedId;
  const assignees = tasks.map(({ ownerId }) => {
    const chosen = choose(ownerId);
    if (chosen !== null) waiting.set(chosen, (waiting.get(chosen) ?? 0) + 1);
    return chosen;
  });
  return { assignees, lastAssignedId: last };

  function choose(ownerId: number | null): number | null {
    switch (queue.rule) {
      case 'none': return null;
      case 'round-robin': return (last = nextInTurn());
      case 'owner': return ownerId !== null && waiting.has(ownerId) ? ownerId : leastLoaded();
      case 'load': return leastLoaded();
      default: return assertNever(queue.rule);
    }
  }

  /** Somebody who has left the queue keeps their place in the round: the next id after theirs is next. */
  function nextInTurn(): number {
    return (members.find(({ id }) => last !== null && id > last) ?? members[0])!.id;
  }

  function leastLoaded(): number {
    let [least] = members as [QueueStanding['members'][number]];
    for (const member of members) if (waiting.get(member.id)! < waiting.get(least.id)!) least = member;
    return least.id;
  }
}
