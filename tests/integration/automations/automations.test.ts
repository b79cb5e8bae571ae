import type { Knex } from 'knex';
import pino from 'pino';
import { systemActor } from '../../../db/audit';
import { deliver } from '../../../activities/mail/deliver';
import { decideDue } from '../../../activities/collection/performStep';
import { createAutomation, editAutomation, switchAutomation } from '../../../db/automations/automations';
import { dryRunAutomation } from '../../../db/automations/dryRun';
import { dueFirings, fire } from '../../../db/automations/firings';
import { moveClock, readClock, startManualClock } from '../../../db/clock/clock';
import { nextMilestone, readUnrest } from '../../../db/clock/milestones';
import { publishPolicy as publish } from '../../../db/policies';
import { insertCollections } from '../../../db/collection/collections';
import { dayMs } from '../../../domain/calendar/dates';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { readAutomation } from '../../../domain/automation/readAutomation';
import { automationDocument } from '../../../domain/automation/schema';
import { createAutomationRunner } from '../../../worker/automations';
import { freshDatabase, type FreshDatabase } from '../../engines/database';
import { dependencies, publishPolicy } from '../mail/account';

const begin = Date.parse('2026-03-10T10:00:00Z');
let database: FreshDatabase;
let knex: Knex;
let policy: number;
let counter = 0;

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  policy = await publishPolicy(knex);
  await startManualClock(knex, begin);
});
afterAll(() => database.destroy());
afterEach(async () => {
  await knex('automations').update({ active_version_id: null });
  await knex('event_sweeps').del();
});

async function account(options: { dueOn?: string; totalMinor?: number; timeZone?: string; collected?: boolean } = {}): Promise<{ customer: string; customerId: number; invoice: string; invoiceId: number }> {
  counter += 1;
  const customer = `c${counter}`;
  const invoice = `i${counter}`;
  const { now } = await readClock(knex);
  const context = { actor: systemActor, at: new Date(now) };
  await upsertCustomers(knex, context, [{ externalId: customer, name: `Customer ${counter}`, timeZone: options.timeZone ?? 'UTC', contacts: [{ role: 'billing', email: `billing@c${counter}.example` }] }]);
  await upsertInvoices(knex, context, [{ externalId: invoice, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: options.dueOn ?? '2026-03-01', currency: 'EUR', totalMinor: options.totalMinor ?? 1000_00 }]);
  const row = await knex('invoices').where({ external_id: invoice }).first<{ id: number; customer_id: number }>('id', 'customer_id');
  if (options.collected !== false) await collect(row.id, row.customer_id);
  return { customer, customerId: row.customer_id, invoice, invoiceId: row.id };
}

async function collect(invoiceId: number, customerId: number): Promise<void> {
  await insertCollections(knex, [{ invoiceId, customerId, policyVersionId: policy, requestedSeq: 0, startedAt: begin }]);
}

function version(changes: object): Parameters<typeof editAutomation>[3] {
  const document = automationDocument.parse({ title: 'Test', trigger: { kind: 'payment.partial' }, actions: [{ kind: 'task', queue: 'collections', title: 'Call' }], ...changes });
  const read = readAutomation(document);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return { document, automation: read.automation };
}

async function automate(changes: object = {}): Promise<number> {
  counter += 1;
  const { now } = await readClock(knex);
  return knex.transaction(async (trx) => {
    const id = await createAutomation(trx, systemActor, `a${counter}`, version(changes), now);
    await switchAutomation(trx, systemActor, id, true, now);
    return id;
  });
}

async function pay(invoice: string, amountMinor: number): Promise<void> {
  counter += 1;
  const { now } = await readClock(knex);
  await recordPayments(knex, { actor: systemActor, at: new Date(now) }, [{ externalId: `p${counter}`, invoiceExternalId: invoice, receivedAt: new Date(now).toISOString(), currency: 'EUR', amountMinor }]);
}

const runner = () => createAutomationRunner({ knex, log: pino({ level: 'silent' }), readClock });
const firings = (automationId: number): Promise<{ state: string; reason: string; version_id: number; actions: { outcome: string }[] | null }[]> => knex('automation_firings').where({ automation_id: automationId }).orderBy('id').select('state', 'reason', 'version_id', 'actions', 'inputs', 'invoice_id');
const tasksOf = (customerId: number): Promise<{ key: string }[]> => knex('tasks').where({ customer_id: customerId }).select('key', 'title');

test('a part payment on an invoice above the threshold gives a task, once, with what was seen; under it, none', async () => {
  const id = await automate({ when: { field: 'invoice.balance', op: '>', value: { EUR: '500.00' } } });
  const large = await account();
  const small = await account({ totalMinor: 520_00 });
  await pay(large.invoice, 100_00);
  await pay(small.invoice, 100_00);
  await runner().turn();
  await runner().turn();
  expect(await firings(id)).toMatchObject([
    { state: 'fired', reason: 'balance 900.00 EUR is over 500.00 EUR', inputs: { 'invoice.balance': '900.00 EUR' }, actions: [{ kind: 'task', outcome: 'done', detail: 'collections: Call' }], invoice_id: large.invoiceId },
    { state: 'not-met', reason: 'balance 420.00 EUR is not over 500.00 EUR' },
  ]);
  expect(await tasksOf(large.customerId)).toHaveLength(1);
  expect(await tasksOf(small.customerId)).toEqual([]);
});

test('it dies in the middle, and two workers take it at once: the effects come about once', async () => {
  const id = await automate({ actions: [{ kind: 'notify', audience: 'collections', title: 'Part paid' }, { kind: 'email', template: 'overdue-7' }, { kind: 'task', queue: 'collections', title: 'Call' }, { kind: 'task', queue: 'sales', title: 'Visit' }] });
  const { customerId, invoice } = await account();
  await pay(invoice, 100_00);
  const { now } = await readClock(knex);
  const [{ id: firing } = { id: -1 }] = await dueFirings(knex, now, 10);
  await knex.raw(`CREATE FUNCTION power_fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the power fails'; END $$; CREATE TRIGGER power_fails BEFORE INSERT ON tasks FOR EACH STATEMENT EXECUTE FUNCTION power_fails()`);
  await expect(fire(knex, firing, now)).rejects.toThrow('the power fails');
  await knex.raw('DROP TRIGGER power_fails ON tasks; DROP FUNCTION power_fails');
  expect(await knex('notifications').where({ customer_id: customerId })).toEqual([]);
  expect(await knex('messages').where({ customer_id: customerId })).toEqual([]);
  expect((await Promise.all([fire(knex, firing, now), fire(knex, firing, now), fire(knex, firing, now)])).filter((each) => each === 'fired')).toHaveLength(1);
  expect(await knex('notifications').where({ customer_id: customerId })).toHaveLength(1);
  expect(await tasksOf(customerId)).toHaveLength(2);
  expect(await knex('messages').where({ customer_id: customerId }).select('source', 'state', 'idempotency_key')).toEqual([{ source: 'automation', state: 'queued', idempotency_key: expect.stringMatching(/^automation:a\d+\/\d+$/) as string }]);
  expect(await firings(id)).toMatchObject([{ state: 'fired' }]);
});

test('a task is as its template says where the automation says nothing: how, how urgent, and what may come of it', async () => {
  await knex('task_templates').insert({ name: 'first-call', title: 'Call', instructions: 'Ask {customer} when it is paid', queue: 'Sales', due_in_days: 3, priority: 1, outcomes: ['promised'] });
  const call = { kind: 'task', queue: 'Collections', title: 'Call', template: 'first-call' };
  await automate({ actions: [call, { ...call, title: 'Call again', instructions: 'Ask about {invoice}' }] });
  const { customerId, invoice } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  const tasks = await knex('tasks').where({ customer_id: customerId }).orderBy('key').select('queue', 'template', 'instructions', 'priority', 'outcomes');
  const said = { queue: 'Collections', template: 'first-call', priority: 1, outcomes: ['promised'] };
  expect(tasks).toEqual([{ ...said, instructions: expect.stringMatching(/^Ask Customer \d+ when it is paid$/) as string }, { ...said, instructions: `Ask about ${invoice}` }]);
});

test('an edit is a new version that hears of what comes after it; what was heard fires in the version that heard it', async () => {
  const id = await automate({ actions: [{ kind: 'task', queue: 'collections', title: 'As it was' }] });
  const { invoice, customerId } = await account();
  await pay(invoice, 100_00);
  await knex.transaction((trx) => editAutomation(trx, systemActor, id, version({ limit: { firings: 5, days: 7 }, actions: [{ kind: 'task', queue: 'collections', title: 'As it is now' }] }), begin));
  await pay(invoice, 50_00);
  await runner().turn();
  expect(await knex('tasks').where({ customer_id: customerId }).orderBy('id').pluck('title')).toEqual(['As it was', 'As it is now']);
  await expect(knex('automation_versions').where({ automation_id: id }).update({ version: 9 })).rejects.toThrow('never changes');
});

test('at most once in seven days for a customer, and again after that', async () => {
  const id = await automate();
  const { invoice } = await account();
  for (const day of [0, 3, 8]) {
    await moveClock(knex, begin + day * 86_400_000);
    await pay(invoice, 10_00);
    await runner().turn();
  }
  expect((await firings(id)).map(({ state }) => state)).toEqual(['fired', 'bounded', 'fired']);
});

test('days past due: told at midnight where the customer is, on the clock of the deployment, and not of what lies behind', async () => {
  const { now } = await readClock(knex);
  const behind = await account({ dueOn: '2026-03-01' });
  const ahead = await account({ dueOn: '2026-03-16', timeZone: 'America/New_York' });
  const id = await automate({ trigger: { kind: 'invoice.overdue', days: 5 } });
  const due = Date.parse('2026-03-21T04:00:00Z');
  // Tasks that the tests before left open become overdue too.
  await knex('tasks').whereNull('closed_at').update({ state: 'cancelled', closed_at: new Date(now) });
  expect(await nextMilestone(knex, now, now + 30 * 86_400_000)).toBe(due);
  await moveClock(knex, due - 1);
  await runner().turn();
  expect(await firings(id)).toEqual([]);
  await moveClock(knex, due);
  expect(await readUnrest(knex, due)).toMatchObject({ automations: true });
  await runner().turn();
  await runner().turn();
  expect(await readUnrest(knex, due)).toMatchObject({ automations: false });
  expect(await firings(id)).toMatchObject([{ state: 'fired', invoice_id: ahead.invoiceId }]);
  expect(await knex('events').where({ kind: 'invoice.overdue', customer_id: behind.customerId })).toEqual([]);
});

test('outside the send window the email waits, and with it the firing; the clock knows when', async () => {
  await moveClock(knex, Date.parse('2026-03-27T20:00:00Z'));
  const id = await automate({ actions: [{ kind: 'email', template: 'overdue-7' }] });
  const { invoice, customerId } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'waiting', reason: 'the send window is closed' }]);
  const opens = Date.parse('2026-03-30T09:00:00Z');
  const { now } = await readClock(knex);
  expect(await nextMilestone(knex, now, opens)).toBe(opens);
  await pay(invoice, 900_00);
  await moveClock(knex, opens);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired', actions: [{ kind: 'email', outcome: 'withheld', detail: 'nothing is open' }] }]);
  expect(await knex('messages').where({ customer_id: customerId })).toEqual([]);
});

describe('what an automation asked is asked again as its email is handed over', () => {
  const queued = async (customerId: number): Promise<string> => (await knex('messages').where({ customer_id: customerId }).pluck<string[]>('id'))[0]!;
  const email = { kind: 'email', template: 'overdue-7' };
  const over500 = { field: 'invoice.balance', op: '>', value: { EUR: '500.00' } };

  test('it no longer holds: the email is cancelled and says why', async () => {
    await automate({ when: { all: [over500, { field: 'event.leftOpen', op: '>', value: { EUR: '800.00' } }] }, actions: [email] });
    const { invoice, customerId } = await account();
    await pay(invoice, 100_00);
    await runner().turn();
    const id = await queued(customerId);
    await pay(invoice, 500_00);
    expect(await deliver(dependencies(knex), id)).toEqual({ kind: 'settled', state: 'cancelled' });
    expect(await knex('messages').where({ id }).first('state_reason')).toEqual({ state_reason: 'before the message was handed over: balance 400.00 EUR is not over 500.00 EUR' });
  });

  test.each([
    ['of the event', { field: 'event.leftOpen', op: '=', value: { EUR: '900.00' } }, []],
    ['of contacts, of which the email itself is one', { field: 'invoice.contacts', op: '<', value: 1 }, []],
    ['of a balance beside which it charged a fee', { field: 'customer.balance', op: '<=', value: { EUR: '900.00' } }, [{ kind: 'charge', charge: { kind: 'fixed', amounts: { EUR: '10.00' } } }]],
  ])('%s: it is sent', async (_of, when, more) => {
    await automate({ when, actions: [email, ...more] });
    const { invoice, customerId } = await account();
    await pay(invoice, 100_00);
    await runner().turn();
    expect(await deliver(dependencies(knex), await queued(customerId))).toMatchObject({ kind: 'settled', state: 'delivered' });
  });
});

test('nobody is written to about what is promised or disputed', async () => {
  const { now } = await readClock(knex);
  const id = await automate({ actions: [{ kind: 'email', template: 'overdue-7' }] });
  const [promised, disputed] = [await account(), await account()];
  const [promise] = await knex('promises').insert({
    external_id: `w-${promised.invoice}`, customer_id: promised.customerId, currency: 'EUR', amount_minor: 1000_00, promised_on: '2026-05-01', ends_at: new Date(now + 30 * 86_400_000), source: 'call', made_at: new Date(now), made_by: 'test',
  }).returning<{ id: number }[]>('id');
  await knex('promise_invoices').insert({ promise_id: promise!.id, invoice_id: promised.invoiceId, amount_minor: 1000_00, open_minor: 1000_00, after_application_id: 0 });
  await knex('disputes').insert({ external_id: `d-${disputed.invoice}`, customer_id: disputed.customerId, invoice_id: disputed.invoiceId, currency: 'EUR', amount_minor: 1000_00, reason_code: 'price', source: 'call', opened_at: new Date(now), opened_by: 'test' });
  await pay(promised.invoice, 100_00);
  await pay(disputed.invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ actions: [{ outcome: 'withheld', detail: 'the customer has promised to pay' }] }, { actions: [{ outcome: 'withheld', detail: 'what is open is disputed' }] }]);
  expect(await knex('messages').whereIn('customer_id', [promised.customerId, disputed.customerId])).toEqual([]);
});

test('an invoice that is not under collection yet is waited for', async () => {
  const id = await automate({ trigger: { kind: 'invoice.created' } });
  const { invoiceId, customerId } = await account({ collected: false });
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'waiting' }]);
  await collect(invoiceId, customerId);
  await knex('automation_firings').where({ automation_id: id }).update({ retry_at: null });
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired' }]);
});

test.each([['until resumed', null, true], ['for longer', 10, true], ['for shorter', 1, false]])('somebody has paused the invoice %s: an automation makes no pause shorter', async (_how, days, kept) => {
  const id = await automate({ actions: [{ kind: 'pause', days: 3 }] });
  const { invoice, invoiceId } = await account();
  const { now } = await readClock(knex);
  const asked = days === null ? null : new Date(now + days * dayMs);
  await knex('collections').where({ invoice_id: invoiceId }).update({ paused: true, paused_until: asked });
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ actions: [{ kind: 'pause', outcome: kept ? 'withheld' : 'done' }] }]);
  expect(await knex('collections').where({ invoice_id: invoiceId }).first('paused', 'paused_until')).toEqual({ paused: true, paused_until: kept ? asked : new Date(now + 3 * dayMs) });
});

test('an automation that pauses and holds leaves both, each once, and its depth on what follows', async () => {
  const id = await automate({ actions: [{ kind: 'pause', days: 3 }, { kind: 'hold', hold: 'credit' }, { kind: 'webhook' }] });
  const { invoice, invoiceId } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired', actions: [{ outcome: 'done' }, { outcome: 'done' }, { outcome: 'done' }] }]);
  expect(await knex('collections').where({ invoice_id: invoiceId }).first('paused')).toEqual({ paused: true });
  expect(await knex('holds').where({ invoice_id: invoiceId })).toHaveLength(1);
});

test('fired again while its hold stands it places no second one, and tells nobody of one; once that is lifted it holds again', async () => {
  const id = await automate({ limit: { firings: 5, days: 7 }, actions: [{ kind: 'hold', hold: 'credit' }] });
  const { invoice, invoiceId } = await account();
  const outcomes = async (): Promise<unknown> => {
    await pay(invoice, 100_00);
    await runner().turn();
    return (await firings(id)).map(({ actions }) => actions?.[0]?.outcome);
  };
  expect(await outcomes()).toEqual(['done']);
  expect(await outcomes()).toEqual(['done', 'withheld']);
  expect(await knex('holds').where({ invoice_id: invoiceId })).toHaveLength(1);
  await knex('holds').where({ invoice_id: invoiceId }).update({ released_at: new Date(), released_by: 'user:1' });
  expect(await outcomes()).toEqual(['done', 'withheld', 'done']);
  expect(await knex('holds').where({ invoice_id: invoiceId })).toHaveLength(2);
});

test('a hold is released when the condition under which it was placed no longer holds, and one without a condition when nothing is open; nothing of it is left waiting', async () => {
  const above = await automate({ when: { field: 'invoice.balance', op: '>', value: { EUR: '500.00' } }, actions: [{ kind: 'hold', hold: 'lock-out' }] });
  const always = await automate({ actions: [{ kind: 'hold', hold: 'credit' }] });
  const { customerId, invoice, invoiceId } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  expect([await firings(above), await firings(always)]).toMatchObject([[{ state: 'fired' }], [{ state: 'fired' }]]);
  const after = async (amountMinor: number): Promise<unknown> => {
    await pay(invoice, amountMinor);
    await knex.transaction(async (trx) => decideDue(trx, [{ invoiceId, customerId }], await readClock(trx)));
    return knex('holds').where({ invoice_id: invoiceId }).orderBy('id').select('kind', 'released_by', 'release_reason');
  };
  const credit = { kind: 'credit', released_by: null };
  expect(await after(100_00)).toMatchObject([{ kind: 'lock-out', released_by: null }, credit]);
  expect(await after(300_00)).toMatchObject([{ kind: 'lock-out', released_by: 'ledger', release_reason: 'released: balance 500.00 EUR is not over 500.00 EUR' }, credit]);
  expect(await after(500_00)).toMatchObject([{ kind: 'lock-out', released_by: 'ledger' }, { kind: 'credit', released_by: 'ledger', release_reason: 'released: nothing is open' }]);
  expect(await knex('decisions').where({ invoice_id: invoiceId, action: 'release' }).orderBy('id').pluck('step')).toEqual(await knex('holds').where({ invoice_id: invoiceId }).orderBy('id').pluck('key'));
});

test('it escalates, charges a fee in the currency that has one, and starts another policy, which moves what is under way; fired again, nothing is charged in another currency and nobody is moved twice', async () => {
  const source = 'policy: strict-one\nversion: 1\nsteps:\n  - { id: soon, anchor: due, offset: { days: 400 }, actions: [{ notify: { audience: collections, title: Look } }] }\n';
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { id: strict } = await knex.transaction((trx) => publish(trx, { policy: parsed.policy, source, actor: systemActor }));
  const id = await automate({ limit: { firings: 5, days: 7 }, actions: [
    { kind: 'escalate', queue: 'sales', title: 'Decide on {customer}' }, { kind: 'charge', charge: { kind: 'fixed', amounts: { EUR: '40.00' } } }, { kind: 'charge', charge: { kind: 'fixed', amounts: { USD: '45.00' } } }, { kind: 'assign-policy', policy: 'strict-one' },
  ] });
  const { invoice, invoiceId, customerId } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired', actions: [
    { kind: 'escalate', outcome: 'done' }, { kind: 'charge', outcome: 'done', detail: 'late-fee 40.00 EUR' }, { kind: 'charge', outcome: 'withheld', detail: 'no amount is set for EUR' },
    { kind: 'assign-policy', outcome: 'done', detail: 'strict-one for the invoice; 1 under way to be moved' },
  ] }]);
  expect(await knex('tasks').where({ customer_id: customerId }).select('queue', 'priority', 'title')).toEqual([{ queue: 'Sales', priority: 1, title: expect.stringMatching(/^Decide on Customer \d+$/) as string }]);
  expect(await knex('notifications').where({ customer_id: customerId }).pluck('audience')).toEqual(['credit-manager']);
  expect(await knex('charges').where({ invoice_id: invoiceId }).pluck('amount_minor')).toEqual([40_00]);
  expect(await knex('policy_migrations').where({ to_version_id: strict }).select('scope', 'total')).toEqual([{ scope: { kind: 'invoice', id: invoiceId }, total: 1 }]);
  await pay(invoice, 50_00);
  await runner().turn();
  expect((await firings(id))[1]).toMatchObject({ actions: [{}, {}, {}, { kind: 'assign-policy', outcome: 'withheld', detail: 'strict-one is assigned already' }] });
  expect(await knex('policy_migrations').where({ to_version_id: strict })).toHaveLength(1);
});

test('a policy that is not in force is not started, and the other actions happen', async () => {
  const id = await automate({ actions: [{ kind: 'assign-policy', policy: 'nowhere', of: 'customer' }, { kind: 'task', queue: 'collections', title: 'Call' }] });
  const { invoice } = await account();
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ actions: [{ outcome: 'withheld', detail: 'No version of a policy "nowhere" is in force: publish one first.' }, { outcome: 'done' }] }]);
});

test('a dry run counts what would have fired on the balances of those days, and writes nothing', async () => {
  const { now } = await readClock(knex);
  const paidSince = await account({ dueOn: '2026-03-20', totalMinor: 7777_00 });
  await account({ dueOn: '2026-03-20', totalMinor: 10_00 });
  await moveClock(knex, now + 10 * 86_400_000);
  await pay(paidSince.invoice, 7777_00);
  const before = await knex('automation_firings').count();
  const { automation } = version({ trigger: { kind: 'invoice.overdue', days: 3 }, when: { field: 'invoice.balance', op: '>=', value: { EUR: '7777.00' } } });
  const run = await dryRunAutomation(knex, automation, (await readClock(knex)).now);
  expect(run).toMatchObject({ fired: 1, customers: 1, firings: [{ customerId: paidSince.customerId, reason: 'balance 7777.00 EUR is at least 7777.00 EUR' }] });
  expect(run.notMet).toBeGreaterThan(0);
  expect(await knex('automation_firings').count()).toEqual(before);
});

test('switched off in the evening: an email that was to leave the next morning is suppressed with who did it, and stays so once it is on again', async () => {
  const { now } = await readClock(knex);
  const evening = Math.ceil(now / dayMs) * dayMs + 20 * 3_600_000;
  const id = await automate({ actions: [{ kind: 'email', template: 'overdue-7' }] });
  const { invoice, customerId } = await account();
  await moveClock(knex, evening);
  await pay(invoice, 100_00);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'waiting' }]);
  await knex.transaction((trx) => switchAutomation(trx, systemActor, id, false, evening));
  expect(await firings(id)).toMatchObject([{ state: 'suppressed', reason: `the automation was switched off before it could fire, by ${systemActor.name}` }]);
  await knex.transaction((trx) => switchAutomation(trx, systemActor, id, true, evening));
  const morning = evening + dayMs - 10 * 3_600_000;
  await moveClock(knex, morning);
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'suppressed' }]);
  expect(await knex('messages').where({ customer_id: customerId })).toEqual([]);
});

test('heard of in the moment in which it is switched off: suppressed as well', async () => {
  const id = await automate();
  const { invoice, customerId } = await account();
  await pay(invoice, 100_00);
  await knex('automations').where({ id }).update({ active_version_id: null });
  await runner().turn();
  expect(await firings(id)).toMatchObject([{ state: 'suppressed' }]);
  expect(await tasksOf(customerId)).toEqual([]);
});

test('a dry run over a ledger that was brought over later goes by when the money was received', async () => {
  const { now } = await readClock(knex);
  const dueOn = new Date(now - 20 * 86_400_000).toISOString().slice(0, 10);
  const [early, late] = [await account({ dueOn, totalMinor: 8888_00 }), await account({ dueOn, totalMinor: 8888_00 })];
  const on = (days: number): string => new Date(Date.parse(dueOn) + days * 86_400_000).toISOString().slice(0, 10);
  await recordPayments(knex, { actor: systemActor, at: new Date(now) }, [{ ...early, receivedAt: on(2) }, { ...late, receivedAt: on(4) }].map(({ invoice, receivedAt }) => ({ externalId: `received-${invoice}`, invoiceExternalId: invoice, receivedAt, currency: 'EUR', amountMinor: 8888_00 })));
  const { automation } = version({ trigger: { kind: 'invoice.overdue', days: 3 }, when: { field: 'invoice.balance', op: '=', value: { EUR: '8888.00' } } });
  expect((await dryRunAutomation(knex, automation, now)).firings.map(({ customerId }) => customerId)).toEqual([late.customerId]);
});
