import fc from 'fast-check';
import { inSets } from '../../../activities/inSets';

const answers = (keys: readonly string[]): Map<string, string> => new Map(keys.map((key) => [key, `done ${key}`]));
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('doing calls that come together as sets', () => {
  test('whoever calls is answered for its own key, in sets of at most the size and no more at once than allowed', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(30).map(String), { minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 3 }), async (keys, sizeMax, atOnce) => {
      let underWay = 0;
      let most = 0;
      const sizes: number[] = [];
      const ask = inSets(async (set) => {
        most = Math.max(most, (underWay += 1));
        sizes.push(set.length);
        expect(new Set(set).size).toBe(set.length);
        await soon();
        underWay -= 1;
        return answers(set);
      }, { sizeMax, atOnce });
      expect(await Promise.all(keys.map(ask))).toEqual(keys.map((key) => `done ${key}`));
      expect(most).toBeLessThanOrEqual(atOnce);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(sizeMax);
    }));
  });

  test('what comes while a set is under way joins the next one', async () => {
    const sets: string[][] = [];
    const ask = inSets(async (set) => {
      sets.push(set);
      await soon();
      return answers(set);
    }, { sizeMax: 10, atOnce: 1 });
    const first = ask('a');
    await soon();
    await Promise.all([first, ask('b'), ask('c')]);
    expect(sets).toEqual([['a'], ['b', 'c']]);
  });

  test('one that cannot be done keeps no other from it', async () => {
    const ask = inSets(async (set) => {
      if (set.includes('bad')) throw new Error('the database refuses bad');
      return answers(set);
    }, { sizeMax: 10, atOnce: 2 });
    const results = await Promise.allSettled(['a', 'bad', 'b'].map(ask));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('a key that is called for again while it is under way is done again', async () => {
    let times = 0;
    const ask = inSets(async (set) => {
      times += 1;
      await soon();
      return answers(set);
    }, { sizeMax: 10, atOnce: 1 });
    const first = ask('a');
    await soon();
    await Promise.all([first, ask('a')]);
    expect(times).toBe(2);
  });
});
