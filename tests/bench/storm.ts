import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { systemActor } from '../../db/audit';
import { publishPolicy } from '../../db/policies';
import { addDays } from '../../domain/calendar/dates';
import { startProcess } from '../../engines/supervise';
import { eachAtOnce } from '../../domain/eachAtOnce';
import { startsAtOnce } from '../../worker/waking';
import { type Engines, startEngines, temporalClient } from '../processes/engines';
import { until, workerProcess } from '../processes/product';
import { ResendStandIn } from '../standins/resend/standIn';
import { bareQueue } from './bareWorker';
import { counted } from './counted';
import { type Bench, moreIsBetter } from './figure';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { policyFrom } from './policies';

const ratioMin = 0.6;
const finishWithinMs = 1_200_000;
const minuteMs = 60_000;
/** Workflows that are surely started in a second, on a machine that has other things to do: the storm must find all of them waiting. */
const startsPerSecondLow = 40;

/**
 * Invoices of as many customers, all due for one email at the same instant: a step is finished when its decision is written and the stand-in has accepted its
 * message. Against bare workflows with one timer and one empty activity, half of them before and half after, all due at one instant too.
 */
export const storm: Bench = async ({ scale, say }) => {
  const count = Math.round(5_000 * scale);
  const engines = await startEngines('bench-storm', say);
  const { client, close } = await temporalClient(engines.temporal);
  const provider = new ResendStandIn();
  try {
    const before = await bareStorm(engines, client, count / 2, say);
    const ours = await reminderStorm(engines, count, await provider.listen(), say);
    const after = await bareStorm(engines, client, count / 2, say);
    const accepted = provider.store.acceptedByTag('message');
    if (accepted.size !== count || provider.store.acceptedCount !== count) throw new Error(`${count} messages were due, ${accepted.size} were accepted, in ${provider.store.acceptedCount} sendings`);
    return [moreIsBetter({
      bench: 'storm', what: `${count} invoices due at one instant`, value: ours.perSecond, unit: 'steps/s', baseline: { name: 'bare workflow, one timer, one empty activity', value: count / (before.seconds + after.seconds) },
      limit: 'the Temporal server; ours also reads the ledger three times, writes decision and message, renders it, and hands it over by HTTP',
      notes: { seconds: Number(ours.seconds.toFixed(1)), 'bare before': Number(before.perSecond.toFixed(1)), 'bare after': Number(after.perSecond.toFixed(1)) },
    }, ratioMin)];
  } finally {
    await provider.close();
    await close();
    await engines.stop();
  }
};

interface Finished {
  seconds: number;
  perSecond: number;
}

function finished(count: number, ms: number): Finished {
  return { seconds: ms / 1_000, perSecond: (count * 1_000) / ms };
}

/** An instant far enough away for everything to be waiting by then. */
function stormAt(count: number): number {
  return Date.now() + 20_000 + (count / startsPerSecondLow) * 1_000;
}

async function bareStorm({ temporal, folder }: Engines, client: Client, count: number, say: (line: string) => void): Promise<Finished> {
  const worker = await startProcess({
    name: 'bare worker', command: process.execPath, args: ['--import', 'tsx', path.join(__dirname, 'bareWorker.ts')], logFile: path.join(folder, 'bare.log'),
    env: { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace },
  });
  try {
    const at = stormAt(count);
    const run = randomUUID();
    say(`storm: ${count} bare workflows, due at ${new Date(at).toISOString()}`);
    await eachAtOnce(Array.from({ length: count }, (_, index) => index), startsAtOnce, async (index) => {
      await client.workflow.start('bare', { workflowId: `bare-${run}-${index}`, taskQueue: bareQueue, args: [{ at }] });
    });
    if (Date.now() > at) throw new Error('The bare workflows were not all started in time; the machine is too busy to measure anything.');
    const ended = async (): Promise<number> => (await client.workflow.count(`WorkflowType = 'bare' AND ExecutionStatus = 'Completed' AND WorkflowId STARTS_WITH 'bare-${run}'`)).count;
    await until('the bare workflows to end', finishWithinMs, async () => (await ended()) >= count, async () => `${await ended()} have.`, 500);
    return finished(count, Date.now() - at);
  } finally {
    await worker.stop();
  }
}

async function reminderStorm(engines: Engines, count: number, resendUrl: string, say: (line: string) => void): Promise<Finished> {
  const { knex, folder } = engines;
  // A policy names times to the minute.
  const at = Math.ceil(stormAt(count) / minuteMs) * minuteMs;
  const day = new Date(at).toISOString().slice(0, 10);
  await knex.transaction((trx) => publishPolicy(trx, { ...policyFrom(stormPolicy(new Date(at).toISOString().slice(11, 16))), actor: systemActor }));
  const ledger = unpaidLedger({ invoices: count, invoicesPerCustomer: 1, issuedFrom: day, issuedOverDays: 1, termsDays: 30 });
  await importLedger(knex, { ...ledger, customers: ledger.customers.map((customer) => ({ ...customer, timeZone: 'UTC' })), invoices: ledger.invoices.map((invoice) => ({ ...invoice, dueOn: addDays(day, 30) })) }, folder);
  const worker = await workerProcess({ engines, resendUrl });
  await worker.start();
  try {
    say(`storm: ${count} invoices, due for an email at ${new Date(at).toISOString()}`);
    await until('all invoices to be armed', finishWithinMs, async () => (await counted(knex, 'collections WHERE armed_at IS NOT NULL')) === count);
    if (Date.now() > at) throw new Error('The invoices were not all armed in time; the machine is too busy to measure anything.');
    const sent = `messages WHERE state IN ('sent', 'delivered')`;
    await until('all messages to be accepted', finishWithinMs, async () => (await counted(knex, sent)) === count, async () => `${await counted(knex, sent)} are.`, 500);
    const { rows } = await knex.raw<{ rows: { last: Date }[] }>('SELECT max(sent_at) AS last FROM messages');
    return finished(count, (rows[0]?.last.getTime() ?? NaN) - at);
  } finally {
    await worker.stop();
  }
}

function stormPolicy(at: string): string {
  return `
policy: storm
version: 1
calendar: { timeZone: UTC, window: { opens: "00:00", closes: "24:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: per-invoice }
steps:
  - { id: storm, anchor: issued, offset: { days: 0 }, at: "${at}", actions: [{ email: { template: due } }] }
`;
}
