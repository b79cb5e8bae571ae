/**
 * Gathers calls that come at the same time and does them as one set: while a set is under way, whoever comes joins the next. A call that comes alone is a
 * set of one and waits for nobody. When a set fails, each of it is done on its own, so that one that cannot be done keeps no other from it.
 *
 * @param work does a set of distinct keys and answers for each; it is called with at most `sizeMax` keys, and `atOnce` times at once
 */
export function inSets<Result>(work: (keys: string[]) => Promise<ReadonlyMap<string, Result>>, { sizeMax, atOnce }: { sizeMax: number; atOnce: number }): (key: string) => Promise<Result> {
  const waiting = new Map<string, Waiting<Result>[]>();
  let underWay = 0;

  function next(): void {
    while (underWay < atOnce && waiting.size > 0) {
      const set = [...waiting.entries()].slice(0, sizeMax);
      for (const [key] of set) waiting.delete(key);
      underWay += 1;
      void doSet(work, set).finally(() => {
        underWay -= 1;
        next();
      });
    }
  }

  return (key) => new Promise<Result>((resolve, reject) => {
    const same = waiting.get(key);
    if (same) same.push({ resolve, reject });
    else waiting.set(key, [{ resolve, reject }]);
    // Once whoever else was called in this turn of the event loop has joined.
    if (waiting.size === 1 && !same) setImmediate(next);
  });
}

interface Waiting<Result> {
  resolve(result: Result): void;
  reject(error: unknown): void;
}

async function doSet<Result>(work: (keys: string[]) => Promise<ReadonlyMap<string, Result>>, set: readonly (readonly [string, readonly Waiting<Result>[]])[]): Promise<void> {
  try {
    const results = await work(set.map(([key]) => key));
    for (const [key, callers] of set) {
      if (!results.has(key)) throw new Error(`A set was done without an answer for ${key}.`);
      for (const { resolve } of callers) resolve(results.get(key) as Result);
    }
  } catch (error) {
    if (set.length === 1) for (const { reject } of set[0]![1]) reject(error);
    else for (const one of set) await doSet(work, [one]);
  }
}
