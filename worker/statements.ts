import { strandedStatements } from '../db/statements/waiting';
import { handOverStatement, statementHandOverId } from '../workflows/contracts/handOver';
import { leaderships, withLeadership } from './leadership';
import { againAndAgain } from './patience';
import { callPatiently, type RelayDeps } from './waking';

const lookEveryMs = 1_000;
const afterErrorMs = 2_000;
const atOnceMax = 200;
/** A workflow that hands one over lasts for as long as that takes; one that is gone is started again after so long. */
const againMs = 30_000;

/** Has statements handed over that are about no invoice, whose workflow could do it: those that people send, and those that a dead workflow left. One worker at a time does it. */
export function createStatementPost(deps: RelayDeps): { run(signal: AbortSignal): Promise<void> } {
  const { knex, client, queues, log, readClock } = deps;
  const toldAt = new Map<string, number>();

  async function turn(signal: AbortSignal): Promise<void> {
    const { mode } = await readClock(knex);
    for (const [id, at] of toldAt) if (Date.now() - at > againMs) toldAt.delete(id);
    for (const messageId of await strandedStatements(knex, mode, atOnceMax)) {
      if (toldAt.has(messageId)) continue;
      await callPatiently(deps, statementHandOverId(messageId), signal, () => handOverStatement(client, messageId, queues));
      toldAt.set(messageId, Date.now());
    }
  }

  return {
    run(signal) {
      return againAndAgain(signal, { afterErrorMs, onError: (error) => log.error({ err: error }, 'statements could not be handed over; it is tried again') }, async () => {
        await withLeadership(knex, leaderships.statements, () => turn(signal));
        return lookEveryMs;
      });
    },
  };
}
