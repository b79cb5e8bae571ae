import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { systemActor } from '../../db/audit';
import { createCampaign, launchCampaign } from '../../db/campaigns/campaigns';
import { publishPolicy } from '../../db/policies';
import { addDays } from '../../domain/calendar/dates';
import { readCampaign } from '../../domain/campaign/readCampaign';
import { campaignDocument } from '../../domain/campaign/schema';
import { startProcess } from '../../engines/supervise';
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
const finishWithinMs = 1_800_000;
/** Activities on their way at once: what a run of a campaign has of messages. */
const atOnce = 48;

/**
 * A campaign to 20,000 customers, from its launch until the stand-in has accepted a message to each: who joins is decided, each one's group stored, the ledger read for each, the message written,
 * rendered and handed over. Against a bare workflow with an empty activity for each of them, as many at once, half before and half after.
 */
export const campaign: Bench = async ({ scale, say }) => {
  const count = Math.round(20_000 * scale);
  const engines = await startEngines('bench-campaign', say);
  const { client, close } = await temporalClient(engines.temporal);
  const provider = new ResendStandIn();
  try {
    const before = await bareActivities(engines, client, count / 2, say);
    const ours = await campaignTo(engines, count, await provider.listen(), say);
    const after = await bareActivities(engines, client, count / 2, say);
    const accepted = provider.store.acceptedByTag('message');
    if (accepted.size !== count || provider.store.acceptedCount !== count) throw new Error(`${count} messages were due, ${accepted.size} were accepted, in ${provider.store.acceptedCount} sendings`);
    return [moreIsBetter({
      bench: 'campaign', what: `${count} customers`, value: count / ours, unit: 'customers/s', baseline: { name: `bare Temporal activities, ${atOnce} at once`, value: count / (before + after) },
      limit: 'reading the ledger, rendering and HTTP for each message in one process; the baseline does nothing but pass through the Temporal server',
      notes: { seconds: Number(ours.toFixed(1)), 'bare before': Number((count / 2 / before).toFixed(1)), 'bare after': Number((count / 2 / after).toFixed(1)) },
    }, ratioMin)];
  } finally {
    await provider.close();
    await close();
    await engines.stop();
  }
};

async function bareActivities({ temporal, folder }: Engines, client: Client, count: number, say: (line: string) => void): Promise<number> {
  const worker = await startProcess({
    name: 'bare worker', command: process.execPath, args: ['--import', 'tsx', path.join(__dirname, 'bareWorker.ts')], logFile: path.join(folder, 'bare.log'),
    env: { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace, ACTIVITIES_AT_ONCE: String(atOnce) },
  });
  try {
    const started = async (workflowCount: number): Promise<void> => {
      await client.workflow.execute('bareActivities', { workflowId: `bare-${randomUUID()}`, taskQueue: bareQueue, args: [{ count: workflowCount, atOnce }] });
    };
    await started(atOnce); // until the worker is there
    say(`campaign: ${count} bare activities, ${atOnce} at once`);
    const start = performance.now();
    await started(count);
    return (performance.now() - start) / 1_000;
  } finally {
    await worker.stop();
  }
}

async function campaignTo(engines: Engines, count: number, resendUrl: string, say: (line: string) => void): Promise<number> {
  const { knex, folder } = engines;
  const today = new Date().toISOString().slice(0, 10);
  await knex.transaction((trx) => publishPolicy(trx, { ...policyFrom(quietPolicy), actor: systemActor }));
  say(`campaign: importing ${count} customers`);
  await importLedger(knex, unpaidLedger({ invoices: count, invoicesPerCustomer: 1, issuedFrom: addDays(today, -60), issuedOverDays: 20, termsDays: 10 }), folder);
  const worker = await workerProcess({ engines, resendUrl });
  await worker.start();
  try {
    await until('all invoices to be armed', finishWithinMs, async () => (await counted(knex, 'collections WHERE armed_at IS NOT NULL')) === count);
    const document = campaignDocument.parse({
      title: 'Everybody', audience: { when: { field: 'invoice.daysPastDue', op: '>', value: 5 } }, schedule: { kind: 'now' }, steps: [{ id: 'write', afterDays: 0, action: { kind: 'email', template: 'overdue-7' } }],
    });
    const read = readCampaign(document);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    say(`campaign: ${count} customers`);
    const start = Date.now();
    await knex.transaction(async (trx) => launchCampaign(trx, systemActor, await createCampaign(trx, systemActor, 'everybody', { document, campaign: read.campaign }, start), start));
    const sent = `messages WHERE source = 'campaign' AND state IN ('sent', 'delivered')`;
    await until('all messages to be accepted', finishWithinMs, async () => (await counted(knex, sent)) === count, async () => `${await counted(knex, sent)} are.`, 500);
    const { rows } = await knex.raw<{ rows: { last: Date }[] }>('SELECT max(sent_at) AS last FROM messages');
    return ((rows[0]?.last.getTime() ?? NaN) - start) / 1_000;
  } finally {
    await worker.stop();
  }
}

/** Asks for nothing by itself within the run, and lets anybody be written to at any time. */
const quietPolicy = `
policy: quiet
version: 1
calendar: { timeZone: UTC, window: { opens: "00:00", closes: "24:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: same-day }
steps:
  - { id: much-later, anchor: due, offset: { days: 900 }, actions: [{ notify: { audience: collections, title: Look } }] }
`;
