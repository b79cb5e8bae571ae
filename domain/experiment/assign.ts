/** A group of an experiment and its share. The shares of an experiment add up to 100. */
export interface Group {
  name: string;
  percent: number;
}

/** Those to whom nothing is done, so that one sees what would have come anyway. */
export const holdout = 'holdout';

/**
 * The group of a customer in an experiment: random, and the same whenever it is asked. It hangs on nothing but the experiment's seed and the customer's own id, so neither
 * the order in which customers join nor their balances can steer it.
 */
export function assignGroup(seed: string, customer: string, groups: readonly Group[]): string {
  const point = uniform(`${seed}\n${customer}`) * 100;
  let reached = 0;
  for (const { name, percent } of groups) {
    reached += percent;
    if (point < reached) return name;
  }
  throw new RangeError(`The groups' shares add up to ${reached}, not 100.`);
}

/** MurmurHash3 (x86, 32 bits; Appleby 2011) of the UTF-16 code units, as a number from 0 up to and without 1. */
export function uniform(text: string): number {
  let hash = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length * 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
