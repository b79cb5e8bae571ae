import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { persistently } from '../../db/away';
import type { InstantMs } from '../../domain/calendar/dates';
import type { Gate, Gates } from './gates';
import type { Kill, Killer, Victim } from './killer';

/** Kills that must hit something in the middle. */
export interface Aim {
  what: string;
  /** From this act on. */
  from: InstantMs;
  gate: Gate;
  /** One after the other, each while the same thing is under way again. */
  victims: readonly Victim[];
  /** The rows that prove that it is under way; none: it is something else that stands at the gate. */
  proof: string;
}

export interface Hit {
  what: string;
  kill: Kill;
  /** What was under way when the victim was killed. */
  underWay: readonly object[];
}

export interface MarksmanOptions {
  knex: Knex;
  gates: Gates;
  killer: Killer;
  aims: readonly Aim[];
  /** How many times the provider had accepted a message by now. */
  accepted: (messageId: string) => number;
  say: (line: string) => void;
}

/** Kills at the very moment at which something is in the middle of a transaction, told by rows. */
export class Marksman {
  readonly hits: Hit[] = [];
  readonly missed: { what: string; victim: Victim }[] = [];
  private readonly pursuits: Promise<void>[] = [];
  private ended = false;

  constructor(private readonly options: MarksmanOptions) {}

  /** To be awaited before an act: from then on nothing that it sets off gets past a gate that is aimed at. */
  async before(at: InstantMs): Promise<void> {
    for (const aim of this.options.aims.filter(({ from }) => from === at)) {
      await this.options.gates.close(aim.gate);
      this.pursuits.push(this.pursue(aim));
    }
  }

  /** Gives up on what has not come to be under way. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all(this.pursuits);
  }

  private async pursue(aim: Aim): Promise<void> {
    const { gates, killer } = this.options;
    for (const victim of aim.victims) {
      let isHit = false;
      while (!isHit && !this.ended) {
        if ((await gates.waiting(aim.gate)).length === 0) await sleep(10);
        else isHit = await killer.alone(() => this.hit(aim, victim));
      }
      if (!isHit) this.missed.push({ what: aim.what, victim });
    }
    await gates.open(aim.gate);
  }

  private async hit({ what, gate, proof }: Aim, victim: Victim): Promise<boolean> {
    const { knex, gates, killer, accepted, say } = this.options;
    // Another kill may have come in between.
    if ((await gates.waiting(gate)).length === 0) return false;
    const { rows } = await persistently(() => knex.raw<{ rows: { message?: string }[] }>(proof));
    if (rows.length === 0) {
      await gates.letPass(gate);
      return false;
    }
    const underWay = rows.map((row) => (row.message === undefined ? row : { ...row, acceptedByProvider: accepted(row.message) }));
    say(`aimed: ${what}, and the ${victim} is killed: ${JSON.stringify(underWay.slice(0, 3))}${underWay.length > 3 ? ` and ${underWay.length - 3} more` : ''}`);
    this.hits.push({ what, kill: await killer.strike(victim, `aimed kill ${this.hits.length + 1}`), underWay });
    return true;
  }
}
