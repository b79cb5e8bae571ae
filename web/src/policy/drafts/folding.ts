/** Which steps of the ladder are open, by their place. */
export type Opened = ReadonlySet<number>;

/** The same steps are open after one of `count` was put elsewhere. */
export function whenMoved(opened: Opened, count: number, from: number, to: number): Opened {
  return rearranged(opened, count, (steps) => void steps.splice(to, 0, ...steps.splice(from, 1)));
}

/** A step that was added after another begins open: it is there to be written. */
export function whenAdded(opened: Opened, count: number, after: number): Opened {
  return rearranged(opened, count, (steps) => void steps.splice(after + 1, 0, true));
}

export function whenRemoved(opened: Opened, count: number, index: number): Opened {
  return rearranged(opened, count, (steps) => void steps.splice(index, 1));
}

function rearranged(opened: Opened, count: number, arrange: (steps: boolean[]) => void): Opened {
  const steps = Array.from({ length: count }, (_, index) => opened.has(index));
  arrange(steps);
  return new Set(steps.flatMap((open, index) => (open ? [index] : [])));
}
