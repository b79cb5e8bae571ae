import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';

const lookEveryMs = 1_000;
/** A machine may be slow; one on which nothing at all changes for so long hangs. */
const standstillMs = 600_000;

/** Everything that grows or changes while the product does something. */
const tracesSql = `SELECT (SELECT virtual_now FROM clock), (SELECT count(*) FROM decisions), (SELECT count(*) FROM outbox WHERE relayed_at IS NOT NULL), (SELECT sum(planned_seq) FROM collections),
  (SELECT count FROM audit_head), (SELECT count(*) FROM segment_decisions), (SELECT count(*) FROM segment_changes), (SELECT sum(moved) FROM policy_migrations), (SELECT count(*) FROM campaign_acts),
  (SELECT jsonb_object_agg(state, n) FROM (SELECT state, count(*) AS n FROM messages GROUP BY state) m)`;

/** Whether anything moves, told by its traces in the database: waits are bounded by it and not by time, so that none fails because a machine is slow. */
export class Progress {
  private changedAt = Date.now();
  private traces = '';
  private ended = false;

  constructor(private readonly knex: Knex) {
    void this.watch();
  }

  /** Something has changed that leaves no trace in the database, as when a process was killed. */
  noted(): void {
    this.changedAt = Date.now();
  }

  isAtStandstill(): boolean {
    return Date.now() - this.changedAt > standstillMs;
  }

  end(): void {
    this.ended = true;
  }

  private async watch(): Promise<void> {
    for (; !this.ended; await sleep(lookEveryMs)) {
      // A database that is away leaves no trace either.
      const traces = await this.knex.raw<{ rows: unknown[] }>(tracesSql).then(({ rows }) => JSON.stringify(rows), () => this.traces);
      if (traces === this.traces) continue;
      this.traces = traces;
      this.noted();
    }
  }
}
