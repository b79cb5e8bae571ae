import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, type SeededRandom } from '../../demo/seededRandom';
import type { Engines } from '../processes/engines';
import type { ProductProcess } from '../processes/product';

export type Victim = 'worker' | 'api' | 'temporal' | 'postgres';

export interface Kill {
  victim: Victim;
  /** Share of the ledger's time that had passed, 0 to 1. */
  progress: number;
  downMs: number;
}

export interface KillerOptions {
  seed: number;
  kills: number;
  engines: Engines;
  worker: ProductProcess;
  api: ProductProcess;
  say: (line: string) => void;
}

/** Of so many kills, how many hit whom. */
const shares: Record<Victim, number> = { worker: 0.4, api: 0.2, temporal: 0.2, postgres: 0.2 };
const longestAimMs = 400;
const longestDownMs = 1_500;
/** The last kills come early enough for the end to be reached under them too. */
const lastProgress = 0.97;

/** Kills parts of the system with SIGKILL, at moments spread over the run by a seed, and starts each again after a while. */
export class Killer {
  readonly kills: Kill[] = [];
  private readonly random: SeededRandom;
  private readonly plan: { at: number; victim: Victim }[];
  private progress = 0;
  private ended = false;

  constructor(private readonly options: KillerOptions) {
    this.random = seededRandom(options.seed);
    const moments = Array.from({ length: options.kills }, () => this.random.next() * lastProgress).sort((one, other) => one - other);
    const victims = deck(options.kills, this.random);
    this.plan = moments.map((at, index) => ({ at, victim: victims[index] ?? 'worker' }));
  }

  passed(progress: number): void {
    this.progress = progress;
  }

  /** Runs until `end`, or until all kills are done. */
  async run(): Promise<void> {
    for (const { at, victim } of this.plan) {
      while (this.progress < at && !this.ended) await sleep(10);
      if (this.ended) return;
      // Not at the start of a step of the clock, but somewhere in it.
      await sleep(this.random.next() * longestAimMs);
      const downMs = Math.round(this.random.next() * longestDownMs);
      this.options.say(`kill ${this.kills.length + 1}: ${victim} at ${(this.progress * 100).toFixed(1)} %, down for ${downMs} ms`);
      this.kills.push({ victim, progress: Number(this.progress.toFixed(4)), downMs });
      await this.kill(victim, downMs);
    }
  }

  end(): void {
    this.ended = true;
  }

  private async kill(victim: Victim, downMs: number): Promise<void> {
    const { engines, worker, api } = this.options;
    switch (victim) {
      case 'worker':
      case 'api': {
        const hit = victim === 'worker' ? worker : api;
        await hit.kill();
        await sleep(downMs);
        return hit.start(false);
      }
      case 'temporal':
      case 'postgres': {
        const hit = engines[victim];
        process.kill(hit.pid(), 'SIGKILL');
        while (!hit.hasExited()) await sleep(5);
        await sleep(downMs);
        return hit.restart();
      }
    }
  }
}

function deck(size: number, random: SeededRandom): Victim[] {
  const victims = (Object.entries(shares) as [Victim, number][]).flatMap(([victim, share]) => Array<Victim>(Math.round(share * size)).fill(victim));
  while (victims.length < size) victims.push('worker');
  for (let index = victims.length - 1; index > 0; index -= 1) {
    const other = random.between(0, index);
    [victims[index], victims[other]] = [victims[other]!, victims[index]!];
  }
  return victims.slice(0, size);
}
