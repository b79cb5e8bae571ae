const requests = 300;
/** A process that serves people all day has compiled what it runs; so many requests are what that takes. */
const warmUp = 100;

/** Two sides by turns, so that whatever else the machine does falls on both; how long each took, in ms. */
export async function byTurns(ours: () => Promise<void>, bare: () => Promise<void>): Promise<{ ours: number[]; bare: number[] }> {
  const taken = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < requests + warmUp; round += 1) {
    for (const [side, work] of [['ours', ours], ['bare', bare]] as const) {
      const start = performance.now();
      await work();
      if (round >= warmUp) taken[side].push(performance.now() - start);
    }
  }
  return taken;
}
