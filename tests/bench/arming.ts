import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { SearchAttributePair } from '@temporalio/common';
import type { Knex } from 'knex';
import { publishPolicy } from '../../db/policies';
import { systemActor } from '../../db/audit';
import { addDays, dayMs } from '../../domain/calendar/dates';
import { startEngines, temporalClient } from '../processes/engines';
import { until, workerProcess } from '../processes/product';
import { startsAtOnce } from '../../worker/waking';
import { eachAtOnce } from '../../domain/eachAtOnce';
import { listingAttributes } from '../../workflows/contracts/searchAttributes';
import { type Bench, type Figure, moreIsBetter, timed } from './figure';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { referencePolicy } from './policies';

const ratioMin = 0.9;
const armedWithinMs = 900_000;
const bareDelayDays = 30;
const customersListed = 1000;

/**
 * Imported invoices with future milestones become sleeping workflows, against bare `client.workflow.start` with a start delay on the same server with the
 * same number of calls at once: plain ones, and ones that carry what a list in Temporal's UI shows. Half of the bare ones go before and half after, since a server slows down as it fills.
 */
export const arming: Bench = async ({ scale, say }) => {
  const count = Math.round(20_000 * scale);
  const engines = await startEngines('bench-arming', say);
  const { client, close } = await temporalClient(engines.temporal);
  try {
    const { knex } = engines;
    const today = new Date().toISOString().slice(0, 10);
    await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
    say(`arming: importing ${count} invoices`);
    await importLedger(knex, unpaidLedger({ invoices: count, invoicesPerCustomer: 10, issuedFrom: addDays(today, 5), issuedOverDays: 20, termsDays: 30 }), engines.folder);

    const before = await bareRounds(client, count / 2, say);
    say(`arming: the worker arms ${count} invoices`);
    const worker = await workerProcess({ engines, resendUrl: 'http://127.0.0.1:9' });
    await worker.start();
    await until('all invoices to be armed', armedWithinMs, async () => (await unarmed(knex, count)) === 0, async () => `${await unarmed(knex, count)} are not.`);
    await worker.stop();
    const ours = await armedPerSecond(knex);
    const after = await bareRounds(client, count / 2, say);

    const againstBare = (what: string, baseline: string, side: keyof Rounds, limit: string): Figure => moreIsBetter({
      bench: 'arming', what, value: ours, unit: 'workflows/s',
      baseline: { name: `bare workflow.start with a start delay${baseline}, ${startsAtOnce} at once`, value: count / (before[side] + after[side]) },
      limit,
      notes: { 'bare before': Math.round(count / 2 / before[side]), 'bare after': Math.round(count / 2 / after[side]) },
    }, ratioMin);
    return [
      againstBare(`${count} imported invoices`, '', 'plain', 'the Temporal server, which both sides wait for; ours also carries five search attributes, whose first one alone costs the development server a seventh of a start'),
      againstBare('the same, of starts as well listed', ' and our search attributes', 'listed', 'the Temporal server, which both sides wait for; ours also plans each invoice from the database'),
    ];
  } finally {
    await close();
    await engines.stop();
  }
};

/** Seconds that starts took, without and with what a list in Temporal's UI shows of an invoice. */
interface Rounds { plain: number; listed: number }

async function bareRounds(client: Client, count: number, say: (line: string) => void): Promise<Rounds> {
  say(`arming: ${count} bare starts, and ${count} with our search attributes`);
  const milestone = Date.now() + bareDelayDays * dayMs;
  const listing = { stage: 'new', nextMilestone: new Date(milestone).toISOString(), dueDate: new Date(milestone).toISOString().slice(0, 10), policyVersion: 'reference@1' };
  return {
    plain: (await timed(() => bareStarts(client, count, () => []))).seconds,
    listed: (await timed(() => bareStarts(client, count, (at) => listingAttributes({ ...listing, customerId: `C-${at % customersListed}` })))).seconds,
  };
}

async function bareStarts(client: Client, count: number, attributes: (at: number) => SearchAttributePair[]): Promise<void> {
  await eachAtOnce(Array.from({ length: count }, (_, at) => at), startsAtOnce, async (at) => {
    const workflowId = randomUUID();
    await client.workflow.start('bare', { workflowId, taskQueue: 'bench-bare', startDelay: bareDelayDays * dayMs, args: [{ invoice: workflowId }], typedSearchAttributes: attributes(at) });
  });
}

async function unarmed(knex: Knex, count: number): Promise<number> {
  const { rows } = await knex.raw<{ rows: { armed: number }[] }>('SELECT count(armed_at)::int AS armed FROM collections');
  return count - (rows[0]?.armed ?? 0);
}

/** From the first to the last batch; the first itself is left out, since it is the start of the clock. */
async function armedPerSecond(knex: Knex): Promise<number> {
  const { rows } = await knex.raw<{ rows: { rate: number | null }[] }>(
    `SELECT (count(*) FILTER (WHERE armed_at > first))::float8 / nullif(extract(epoch FROM max(armed_at) - min(armed_at)), 0)::float8 AS rate
     FROM collections, (SELECT min(armed_at) AS first FROM collections) f`,
  );
  const rate = rows[0]?.rate ?? null;
  if (rate === null) throw new Error('All was armed in one batch: a rate needs several. Use a larger --scale.');
  return rate;
}
