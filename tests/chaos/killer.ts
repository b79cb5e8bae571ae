import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom, type SeededRandom } from '../../demo/seededRandom';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Engines } from '../processes/engines';
import type { ProductProcess } from '../processes/product';

export type Victim = 'worker' | 'api' | 'temporal' | 'postgres';

export interface Kill {
  victim: Victim;
  /** Where the deployment's clock stood. */
  at: string;
  downMs: number;
}

export interface KillerOptions {
  seed: number;
  kills: number;
  /** When something is to be done, on the deployment's clock: kills are drawn from these. */
  busyInstants: readonly InstantMs[];
  /** Moments at each of which several kills must fall. */
  acts: readonly InstantMs[];
  engines: Engines;
  worker: ProductProcess;
  api: ProductProcess;
  /** Called after each kill, before what was killed is started again. */
  onKilled: (victim: Victim) => Promise<void>;
  say: (line: string) => void;
}

/** Of so many kills, how many hit whom. */
const shares: Record<Victim, number> = { worker: 0.4, api: 0.2, temporal: 0.2, postgres: 0.2 };
const killsAtEachAct = 2;
const longestPauseMs = 400;
const longestDownMs = 1_500;

/** Kills parts of the system with SIGKILL, when the clock comes to moments drawn from those at which there is work, and starts each again after a while. */
export class Killer {
  readonly kills: Kill[] = [];
  private readonly random: SeededRandom;
  private readonly plan: { at: InstantMs; victim: Victim }[];
  private now: InstantMs = -Infinity;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: KillerOptions) {
    this.random = seededRandom(options.seed);
    const atActs = options.acts.flatMap((at) => Array<InstantMs>(killsAtEachAct).fill(at)).slice(0, options.kills);
    const drawn = Array.from({ length: options.kills - atActs.length }, () => this.random.pick(options.busyInstants));
    const moments = [...atActs, ...drawn].sort((one, other) => one - other);
    const victims = deck(options.kills, this.random);
    this.plan = moments.map((at, index) => ({ at, victim: victims[index] ?? 'worker' }));
  }

  /** Told of the deployment's clock. */
  passed(now: InstantMs): void {
    this.now = now;
  }

  /** Waits until no kill is outstanding, so that the clock does not run away from them. */
  async caughtUp(): Promise<void> {
    while (this.plan.filter(({ at }) => at <= this.now).length > this.kills.length) await sleep(10);
  }

  /** Runs until all kills are done. */
  async run(): Promise<void> {
    for (const { at, victim } of this.plan) {
      while (this.now < at) await sleep(5);
      // Not at the start of a step of the clock, but somewhere in it.
      await sleep(this.random.next() * longestPauseMs);
      await this.alone(async () => {
        const kill = await this.strike(victim, `kill ${this.kills.length + 1}`);
        this.kills.push(kill);
      });
    }
  }

  /** Does something while nothing else is killed: what one has just killed is not the other's to start. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /** Kills one, and starts it again after a while. Only within `alone`. */
  async strike(victim: Victim, what: string): Promise<Kill> {
    const kill = { victim, at: new Date(this.now).toISOString(), downMs: Math.round(this.random.next() * longestDownMs) };
    this.options.say(`${what}: ${victim} at ${kill.at}, down for ${kill.downMs} ms`);
    await this.kill(victim, kill.downMs);
    return kill;
  }

  private async kill(victim: Victim, downMs: number): Promise<void> {
    const { engines, worker, api, onKilled } = this.options;
    switch (victim) {
      case 'worker':
      case 'api': {
        const hit = victim === 'worker' ? worker : api;
        await hit.kill();
        await onKilled(victim);
        await sleep(downMs);
        return hit.start(false);
      }
      case 'temporal':
      case 'postgres': {
        const hit = engines[victim];
        process.kill(hit.pid(), 'SIGKILL');
        while (!hit.hasExited()) await sleep(5);
        await onKilled(victim);
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
