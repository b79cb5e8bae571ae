/** Runs work on every item with at most `width` at once, taking the next whenever one has ended; ends when all have ended, and throws the first error. */
export async function eachAtOnce<T>(items: Iterable<T> | AsyncIterable<T>, width: number, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) await work(next.value);
  };
  const ended = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}
