import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { persistently } from '../../db/away';

/** Places in the middle of a transaction of the product, by the rows that it has just written. */
const places = {
  'a page of a move': 'AFTER INSERT ON policy_moves FOR EACH ROW',
  'a page of a segment run': 'AFTER INSERT ON segment_decisions FOR EACH ROW',
  'the hand-over of a campaign': `AFTER UPDATE OF state ON messages FOR EACH ROW WHEN (NEW.source = 'campaign' AND OLD.state = 'sending' AND NEW.state IN ('sent', 'delivered'))`,
  'the end of an experiment': 'AFTER UPDATE OF experiment_ended_at ON campaigns FOR EACH ROW WHEN (OLD.experiment_ended_at IS NULL AND NEW.experiment_ended_at IS NOT NULL)',
} as const;
export type Gate = keyof typeof places;

const names = Object.keys(places) as Gate[];
const lockOf = (gate: Gate): number => 471_100 + names.indexOf(gate);

/**
 * Gates in the product's transactions: whoever comes to one that is closed stands still in the middle of its transaction until it is opened, so that a kill can be aimed at that very moment on a
 * machine of any speed. Whether one is closed is a row, which outlives a kill of PostgreSQL; who waits is told by an advisory lock.
 */
export class Gates {
  constructor(private readonly knex: Knex) {}

  async build(): Promise<void> {
    await this.knex.raw(`
      CREATE SCHEMA chaos;
      CREATE TABLE chaos.gates (gate text PRIMARY KEY, lock bigint NOT NULL, closed boolean NOT NULL DEFAULT false);
      CREATE FUNCTION chaos.wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE which bigint := (SELECT lock FROM chaos.gates WHERE gate = TG_ARGV[0] AND closed);
      BEGIN
        IF which IS NULL THEN RETURN NULL; END IF;
        PERFORM pg_advisory_xact_lock_shared(which);
        WHILE EXISTS (SELECT FROM chaos.gates WHERE lock = which AND closed) LOOP PERFORM pg_sleep(0.01); END LOOP;
        RETURN NULL;
      END $$`);
    for (const gate of names) {
      await this.knex.raw('INSERT INTO chaos.gates (gate, lock) VALUES (?, ?)', [gate, lockOf(gate)]);
      await this.knex.raw(`CREATE TRIGGER chaos_${names.indexOf(gate)} ${places[gate]} EXECUTE FUNCTION chaos.wait_at_gate('${gate}')`);
    }
  }

  close(gate: Gate): Promise<void> {
    return this.set(gate, true);
  }

  open(gate: Gate): Promise<void> {
    return this.set(gate, false);
  }

  /** The server's processes that stand at a gate that is closed. */
  waiting(gate: Gate): Promise<number[]> {
    return this.inside(gate, 'g.closed');
  }

  /** Opens a gate for those who stand there now. */
  async letPass(gate: Gate): Promise<void> {
    const standing = await this.waiting(gate);
    await this.open(gate);
    while ((await this.inside(gate, 'true')).some((pid) => standing.includes(pid))) await sleep(10);
    await this.close(gate);
  }

  /** Ends what stands at any gate: its client is dead, and could never tell it to go on. */
  async dropOrphans(): Promise<void> {
    for (const gate of names) {
      for (const pid of await this.waiting(gate)) await persistently(() => this.knex.raw('SELECT pg_terminate_backend(?, 10000)', [pid]));
    }
  }

  /** The server's processes whose transaction has come to a gate and is not over. */
  private async inside(gate: Gate, condition: string): Promise<number[]> {
    const { rows } = await persistently(() => this.knex.raw<{ rows: { pid: number }[] }>(
      `SELECT l.pid FROM pg_locks l JOIN chaos.gates g ON g.lock = (l.classid::bigint << 32) + l.objid::bigint WHERE l.locktype = 'advisory' AND l.granted AND g.gate = ? AND ${condition}`, [gate]));
    return rows.map(({ pid }) => pid);
  }

  private async set(gate: Gate, closed: boolean): Promise<void> {
    await persistently(() => this.knex.raw('UPDATE chaos.gates SET closed = ? WHERE gate = ?', [closed, gate]));
  }
}
