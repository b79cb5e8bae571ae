import type { Knex } from 'knex';
import pino from 'pino';
import { systemActor } from '../../../db/audit';
import { createAutomation, switchAutomation } from '../../../db/automations/automations';
import { dryRunAutomation } from '../../../db/automations/dryRun';
import { createCampaign, beginDueRuns, launchCampaign } from '../../../db/campaigns/campaigns';
import { enrolPage } from '../../../db/campaigns/enrol';
import { lockRun } from '../../../db/campaigns/runs';
import { readClock, startManualClock } from '../../../db/clock/clock';
import { insertCollections } from '../../../db/collection/collections';
import { readFacts } from '../../../db/collection/facts';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { recordReply } from '../../../db/replies/recordReply';
import { decideReply, recordClassification } from '../../../db/replies/settleReply';
import { noteMembership } from '../../../db/segments/noteMembership';
import { createSegment } from '../../../db/segments/segments';
import { createTask } from '../../../db/work/createTask';
import { escalateOverdueTasks } from '../../../db/work/escalateTasks';
import type { Classification } from '../../../domain/reply/classification';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { readCampaign } from '../../../domain/campaign/readCampaign';
import { campaignDocument } from '../../../domain/campaign/schema';
import { createAutomationRunner } from '../../../worker/automations';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { publishPolicy } from '../mail/account';

const begin = Date.parse('2026-03-10T10:00:00Z');
const at = new Date(begin);
let database: FreshDatabase;
let knex: Knex;
let policy: number;
let counter = 0;
const segments: Record<string, number> = {};

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  policy = await publishPolicy(knex);
  await startManualClock(knex, begin);
  // Nobody is in them by their condition: the tests say who joins.
  for (const key of ['vip', 'late']) {
    segments[key] = await knex.transaction((trx) => createSegment(trx, systemActor, key, { title: key, description: null, condition: { field: 'customer.tier', op: '=', value: 'none is' } }, begin)).then(({ id }) => id);
  }
});
afterAll(() => database.destroy());
afterEach(() => knex('automations').update({ active_version_id: null }));

async function customer(options: { owes?: number } = {}): Promise<{ id: number; name: string; invoiceId: number | null }> {
  counter += 1;
  const name = `c${counter}`;
  const context = { actor: systemActor, at };
  await upsertCustomers(knex, context, [{ externalId: name, name, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${name}@example.com` }] }]);
  const { id } = await knex('customers').where({ external_id: name }).first<{ id: number }>('id');
  if (options.owes === undefined) return { id, name, invoiceId: null };
  await upsertInvoices(knex, context, [{ externalId: `i-${name}`, customerExternalId: name, issuedOn: '2026-01-01', dueOn: '2026-03-01', currency: 'EUR', totalMinor: options.owes }]);
  const { id: invoiceId } = await knex('invoices').where({ external_id: `i-${name}` }).first<{ id: number }>('id');
  await insertCollections(knex, [{ invoiceId, customerId: id, policyVersionId: policy, requestedSeq: 0, startedAt: begin }]);
  return { id, name, invoiceId };
}

function parsed(changes: object) {
  const document = automationDocument.parse({ title: 'Test', limit: { firings: 20, days: 365 }, actions: [{ kind: 'task', queue: 'collections', title: 'Call {customer}' }], ...changes });
  const read = readAutomation(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { document, automation: read.automation };
}

async function automate(changes: object): Promise<number> {
  counter += 1;
  const { now } = await readClock(knex);
  return knex.transaction(async (trx) => {
    const id = await createAutomation(trx, systemActor, `a${counter}`, parsed(changes), now);
    await switchAutomation(trx, systemActor, id, true, now);
    return id;
  });
}

const turn = (): Promise<unknown> => createAutomationRunner({ knex, log: pino({ level: 'silent' }), readClock }).turn();
const firings = (id: number): Promise<object[]> => knex('automation_firings').where({ automation_id: id }).orderBy('id').select('state', 'reason', 'customer_id', 'invoice_id', 'actions', 'inputs');
const join = (segment: string, customerId: number, change: 'joined' | 'left' = 'joined', now = begin): Promise<void> => (
  knex.transaction((trx) => noteMembership(trx, { id: segments[segment]!, key: segment }, [{ change, customer_id: customerId, reason: 'a test' }], now)));

test('joins the segment vip: it fires for those, not for who joins another segment while in it; a dry run says the same', async () => {
  const when = { field: 'event.segment', op: '=', value: 'vip' };
  const id = await automate({ trigger: { kind: 'segment.joined' }, when });
  const [one, other] = [await customer({ owes: 500_00 }), await customer({ owes: 500_00 })];
  await join('vip', one.id);
  await join('late', one.id);
  await join('late', other.id);
  await turn();
  expect(await firings(id)).toMatchObject([
    { state: 'fired', customer_id: one.id, invoice_id: one.invoiceId, reason: 'segment of the event vip is vip', inputs: { 'event.segment': 'vip' } },
    { state: 'not-met', customer_id: one.id, reason: 'segment of the event late is not vip' }, { state: 'not-met', customer_id: other.id },
  ]);
  expect(await dryRunAutomation(knex, parsed({ trigger: { kind: 'segment.joined' }, when }).automation, begin)).toMatchObject({ events: 3, fired: 1, notMet: 2, firings: [{ customerId: one.id, invoiceId: one.invoiceId }] });
});

test('where nothing is open: the task is raised, the customer paused and others are told, and what needs an invoice is left out with the reason; a dry run says the same', async () => {
  const changes = { trigger: { kind: 'segment.left' }, when: { field: 'event.segment', op: '=', value: 'vip' }, actions: [
    { kind: 'task', queue: 'collections', title: 'Call {customer}' }, { kind: 'email', template: 'overdue-7' }, { kind: 'hold', hold: 'credit' }, { kind: 'pause', days: 3 }, { kind: 'escalate', queue: 'sales', title: 'Decide on {customer}' }, { kind: 'webhook' },
  ] };
  const id = await automate(changes);
  const { id: customerId, name } = await customer();
  await join('vip', customerId, 'left');
  await turn();
  await turn();
  const left = { outcome: 'withheld', detail: 'it is about an invoice, and the customer has no open one' };
  expect(await firings(id)).toMatchObject([{ state: 'fired', invoice_id: null, reason: 'segment of the event vip is vip', actions: [
    { kind: 'task', outcome: 'done' }, { kind: 'email', ...left }, { kind: 'hold', ...left }, { kind: 'pause', outcome: 'done', detail: 'the customer, until 2026-03-13T10:00:00.000Z' }, { kind: 'escalate', outcome: 'done' }, { kind: 'webhook', outcome: 'done' },
  ] }]);
  expect(await knex('tasks').where({ customer_id: customerId }).orderBy('id').select('title', 'invoice_id')).toEqual([{ title: `Call ${name}`, invoice_id: null }, { title: `Decide on ${name}`, invoice_id: null }]);
  expect(await knex('customers').where({ id: customerId }).first('paused', 'paused_until')).toEqual({ paused: true, paused_until: new Date('2026-03-13T10:00:00Z') });
  expect(await knex('holds').where({ customer_id: customerId })).toEqual([]);
  // No pause is made shorter.
  await knex('customers').where({ id: customerId }).update({ paused_until: null });
  await join('vip', customerId, 'left');
  await turn();
  expect((await firings(id))[1]).toMatchObject({ actions: [{}, {}, {}, { kind: 'pause', outcome: 'withheld', detail: 'the customer is paused for longer already' }, {}, {}] });
  expect(await knex('customers').where({ id: customerId }).first('paused_until')).toEqual({ paused_until: null });
  expect(await dryRunAutomation(knex, parsed(changes).automation, begin)).toMatchObject({ events: 2, fired: 2, firings: [{ customerId, invoiceId: null, invoiceNumber: null }, { customerId }] });
  // One that does nothing without an invoice does not fire.
  const { automation } = parsed({ ...changes, actions: [{ kind: 'hold', hold: 'credit' }] });
  expect(await dryRunAutomation(knex, automation, begin)).toMatchObject({ events: 2, fired: 0, notMet: 2 });
});

test('an open invoice that is not under collection yet is waited for: it is not taken for none', async () => {
  const id = await automate({ trigger: { kind: 'segment.joined' } });
  const { id: customerId, invoiceId } = await customer({ owes: 100_00 });
  await knex('collections').where({ invoice_id: invoiceId }).del();
  await join('vip', customerId);
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'waiting' }]);
  await insertCollections(knex, [{ invoiceId: invoiceId!, customerId, policyVersionId: policy, requestedSeq: 0, startedAt: begin }]);
  await knex('automation_firings').update({ retry_at: null });
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired', invoice_id: invoiceId }]);
});

test('a task that is overdue in the queue, and in no other', async () => {
  const id = await automate({ trigger: { kind: 'task.overdue' }, when: { field: 'event.queue', op: '=', value: 'Collections' }, actions: [{ kind: 'notify', audience: 'boss', title: '{customer} waits' }] });
  const { id: customerId } = await customer();
  await knex.transaction(async (trx) => {
    for (const queue of ['Collections', 'Sales']) await createTask(trx, systemActor, { requestId: queue, queue, title: 'Call', customerId, dueOn: '2026-03-08' }, at);
  });
  await escalateOverdueTasks(knex, begin);
  await turn();
  expect((await firings(id)).filter((firing) => 'customer_id' in firing && firing.customer_id === customerId)).toMatchObject([{ state: 'fired', reason: 'queue of the task Collections is Collections' }, { state: 'not-met', reason: 'queue of the task Sales is not Collections' }]);
  expect(await knex('notifications').where({ audience: 'boss' }).pluck('customer_id')).toEqual([customerId]);
});

describe('what a reply says', () => {
  const classification = (kind: Classification['kind'], confidence: number): Classification => ({ kind, confidence, reason: 'said so', on: null, amount: null, disputeReason: null, referredTo: null });
  async function reply(name: string, automatic: 'auto-reply' | 'bulk' | null = null): Promise<number> {
    counter += 1;
    const id = await recordReply(knex, {
      source: 'imap', sourceRef: String(counter), mailId: String(counter), fromAddress: `${name}@example.com`, fromName: null, recipients: [], subject: 'About it', writtenAt: null, text: `Mail ${counter}`, said: `Mail ${counter}`, isCut: false, automatic,
      byAddress: null, byReference: null, references: [], attachments: [],
    });
    if (id === null) throw new Error('The reply is a repeat.');
    return id;
  }
  const decide = (id: number, kind: Classification['kind'], version: number): Promise<boolean> => (
    knex.transaction((trx) => decideReply(trx, systemActor, id, { kind, on: null, amountMinor: null, disputeReason: null, referredTo: null, version, customerId: null })));

  test('a question, though nobody is sure enough to act on it alone; a person who agrees is not heard again, one who says otherwise is', async () => {
    const question = await automate({ trigger: { kind: 'reply.classified' }, when: { field: 'event.class', op: '=', value: 'question' } });
    const byPeople = await automate({ trigger: { kind: 'reply.classified' }, when: { field: 'event.decidedBy', op: '=', value: 'person' } });
    const { name, id: customerId } = await customer({ owes: 100_00 });
    const id = await reply(name);
    expect(await knex('events').where({ customer_id: customerId, kind: 'reply.classified' })).toEqual([]);
    await recordClassification(knex, id, classification('question', 0.4), 'rules');
    await turn();
    expect(await firings(question)).toMatchObject([{ state: 'fired', customer_id: customerId, inputs: { 'event.class': 'question' } }]);
    await decide(id, 'question', 1);
    await turn();
    expect(await firings(question)).toHaveLength(1);
    await decide(id, 'paid', 2);
    await turn();
    expect(await firings(question)).toMatchObject([{ state: 'fired' }, { state: 'not-met', reason: 'kind of reply paid is not question' }]);
    expect(await firings(byPeople)).toMatchObject([{ state: 'not-met' }, { state: 'fired' }]);
  });

  test('a dispute of the second of two invoices: what a person chose is what the event is about', async () => {
    await automate({ trigger: { kind: 'reply.classified' } });
    const { id: customerId, name, invoiceId: first } = await customer({ owes: 100_00 });
    await upsertInvoices(knex, { actor: systemActor, at }, [{ externalId: `j-${name}`, customerExternalId: name, issuedOn: '2026-01-01', dueOn: '2026-03-01', currency: 'EUR', totalMinor: 200_00 }]);
    const { id: second } = await knex('invoices').where({ external_id: `j-${name}` }).first<{ id: number }>('id');
    const id = await reply(name);
    await knex('reply_invoices').insert([first, second].map((invoice_id) => ({ reply_id: id, invoice_id }))).onConflict().ignore();
    await knex.transaction((trx) => decideReply(trx, systemActor, id, { kind: 'dispute', on: null, amountMinor: null, disputeReason: 'quality', referredTo: null, invoiceIds: [second], version: 1, customerId: null }));
    expect(await knex('events').where({ customer_id: customerId, kind: 'reply.classified' }).pluck('invoice_id')).toEqual([second]);
  });

  test('an automatic answer has a kind too, a newsletter is nobody\'s word', async () => {
    const id = await automate({ trigger: { kind: 'reply.classified' } });
    const { name } = await customer({ owes: 100_00 });
    await recordClassification(knex, await reply(name, 'auto-reply'), classification('out-of-office', 0.9), 'rules');
    await recordClassification(knex, await reply(name, 'bulk'), classification('other', 0.9), 'rules');
    await turn();
    expect(await firings(id)).toMatchObject([{ state: 'fired', reason: 'no condition' }]);
  });
});

test('a hold knows the event that set it off', async () => {
  await automate({ trigger: { kind: 'payment.partial' }, when: { field: 'event.leftOpen', op: '>', value: { EUR: '400.00' } }, actions: [{ kind: 'hold', hold: 'credit' }] });
  const { id, name, invoiceId } = await customer({ owes: 500_00 });
  await recordPayments(knex, { actor: systemActor, at }, [{ externalId: `p-${name}`, invoiceExternalId: `i-${name}`, receivedAt: at.toISOString(), currency: 'EUR', amountMinor: 50_00 }]);
  await turn();
  const [ledger] = await knex.transaction((trx) => readFacts(trx, [id], { kind: 'invoices', invoiceIds: [invoiceId!] }));
  expect(ledger?.collected[0]?.invoice.holds).toMatchObject([{ automation: { hold: 'credit', event: { kind: 'payment.partial', data: { openMinor: 450_00, currency: 'EUR' } } } }]);
});

test('a campaign that an event starts takes those of whom the event tells what is asked, page by page, and ends its sweep though most are not meant', async () => {
  // What the tests before did lies behind.
  const later = begin + 3_600_000;
  const document = campaignDocument.parse({
    title: 'Welcome', audience: { when: { all: [{ field: 'event.segment', op: '=', value: 'vip' }, { field: 'invoice.balance', op: '>', value: { EUR: '10.00' } }] } }, schedule: { kind: 'event', event: 'segment.joined' },
    steps: [{ id: 'call', afterDays: 0, action: { kind: 'task', queue: 'collections', title: 'Call' } }],
  });
  const read = readCampaign(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const runId = await knex.transaction(async (trx) => {
    const id = await createCampaign(trx, systemActor, 'welcome', { document, campaign: read.campaign }, later);
    await launchCampaign(trx, systemActor, id, later);
    await beginDueRuns(trx, later);
    return (await trx('campaign_runs').where({ campaign_id: id }).first<{ id: number }>('id')).id;
  });
  const people = [];
  for (let index = 0; index < 7; index += 1) people.push(await customer({ owes: 100_00 }));
  for (const { id } of people) await join('late', id, 'joined', later);
  await join('vip', people[5]!.id, 'joined', later);
  await join('vip', people[1]!.id, 'joined', later);
  const page = (): Promise<boolean> => knex.transaction(async (trx) => enrolPage(trx, (await lockRun(trx, runId))!, later, 2));
  const members = (): Promise<number[]> => knex('campaign_members').where({ run_id: runId }).orderBy('customer_id').pluck('customer_id');
  expect(await page()).toBe(true);
  expect(await members()).toEqual([people[1]!.id]);
  // It happens while the sweep is on its way, to somebody whom it has passed.
  await join('vip', people[0]!.id, 'joined', later);
  let pages = 1;
  while (await page()) pages += 1;
  expect(pages).toBe(3);
  expect(await members()).toEqual([people[1]!.id, people[5]!.id]);
  while (await page());
  expect(await members()).toEqual([people[0]!.id, people[1]!.id, people[5]!.id]);
  expect(await knex('campaign_runs').where({ id: runId }).first('enrol_after', 'events_upto')).toEqual({ enrol_after: null, events_upto: null });
});
