import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { createCollectionActivities } from '../../../activities/collection/activities';
import { systemActor } from '../../../db/audit';
import { switchAutomation } from '../../../db/automations/automations';
import { fire } from '../../../db/automations/firings';
import { readClock } from '../../../db/clock/clock';
import { nextMilestone, readUnrest } from '../../../db/clock/milestones';
import { recordEvents } from '../../../db/events';
import { activePolicyVersion, publishPolicy } from '../../../db/policies';
import { insertCollections } from '../../../db/collection/collections';
import { recordPayments, reversePayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { collectNotices } from '../../../db/notices/collect';
import { createAutomationRunner } from '../../../worker/automations';
import { ladder } from '../../domain/collection/story';
import { startApi, type Caller, type TestApi } from '../api/startApi';

/* Approval before what an automation holds or hands off: asked for, answered, looked at again, timed out, and what the customer hears when the hold is over. */
const policy = ladder('- { id: far, anchor: due, offset: { days: 400 }, actions: [{ task: { queue: Care, title: Call } }] }');
const today = '2026-02-11T10:00:00Z';
const over500 = { field: 'invoice.balance', op: '>', value: { USD: '500.00' } };

interface Request { id: number; kind: string; invoiceNumber: string; role: string; state: string; dueAt: string; requestedBy: string; automationTitle: string | null; reason: string; outcome: string | null }
interface Fired { state: string; reason: string; approval: string | null; actions: { kind: string; outcome: string; detail: string }[] }

let api: TestApi;
let admin: Caller;
let manager: Caller;
let activities: ReturnType<typeof createCollectionActivities>;
let counter = 0;

beforeAll(async () => {
  api = await startApi({ now: today });
  [admin, manager] = [await api.as('admin'), await api.as('credit-manager')];
  activities = createCollectionActivities({ knex: api.knex });
  await admin.post('/webhook-endpoints', { url: 'https://hooks.example/in', events: ['hold.placed'] }).expect(201);
  await api.knex.transaction((trx) => publishPolicy(trx, { policy, source: 'test', actor: systemActor }));
});
afterAll(() => api?.stop());
afterEach(async () => {
  for (const { id } of await api.knex('automations').whereNotNull('active_version_id').select<{ id: number }[]>('id')) await admin.post(`/automations/${id}/switch`, { on: false }).expect(200);
  await clock(today);
});

const clock = (at: string) => api.knex.raw('UPDATE clock SET virtual_now = ?', [at]);
const turn = () => createAutomationRunner({ knex: api.knex, log: pino({ level: 'silent' }), readClock }).turn();
const context = async () => ({ actor: systemActor, at: new Date((await readClock(api.knex)).now) });

async function account(): Promise<{ customer: string; customerId: number; invoice: string; invoiceId: number }> {
  const n = (counter += 1);
  const [customer, invoice] = [`C-${n}`, `I-${n}`];
  await upsertCustomers(api.knex, await context(), [{ externalId: customer, name: customer, timeZone: 'UTC', contacts: [{ role: 'billing', email: `${customer}@example.com` }] }]);
  await upsertInvoices(api.knex, await context(), [{ externalId: invoice, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-02-01', currency: 'USD', totalMinor: 100_000 }]);
  const { id: invoiceId, customer_id: customerId } = await api.knex('invoices').where({ external_id: invoice }).first<{ id: number; customer_id: number }>('id', 'customer_id');
  const version = await activePolicyVersion(api.knex);
  await insertCollections(api.knex, [{ invoiceId, customerId, policyVersionId: version!.id, requestedSeq: 0, startedAt: Date.parse(today) }]);
  return { customer, customerId, invoice, invoiceId };
}

async function pay(invoice: string, amountMinor: number): Promise<string> {
  const externalId = `P-${(counter += 1)}`;
  const { actor, at } = await context();
  await recordPayments(api.knex, { actor, at }, [{ externalId, invoiceExternalId: invoice, receivedAt: at.toISOString(), currency: 'USD', amountMinor }]);
  return externalId;
}

/** Dies as a row of a table is written. */
async function powerFails(table: string, work: () => Promise<unknown>): Promise<void> {
  await api.knex.raw(`CREATE FUNCTION power_fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the power fails'; END $$; CREATE TRIGGER power_fails AFTER INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION power_fails()`);
  await expect(work()).rejects.toThrow('the power fails');
  await api.knex.raw(`DROP TRIGGER power_fails ON ${table}; DROP FUNCTION power_fails`);
}

/** An automation that is on, listening to part payments. */
async function automate(actions: object[], changes: object = {}): Promise<number> {
  const { body } = await admin.post('/automations', { key: `gate-${(counter += 1)}`, document: { title: 'Large and late', trigger: { kind: 'payment.partial' }, when: over500, actions, ...changes } }).expect(201);
  await admin.post(`/automations/${body.id as number}/switch`, { on: true }).expect(200);
  return body.id as number;
}

const asked = async (customerId: number, states = '&state=pending&state=approved&state=refused&state=withdrawn&state=timed-out') => (await manager.get(`/approvals?customerId=${customerId}&sort=-requestedAt${states}`).expect(200)).body.items as Request[];
const firings = async (id: number) => (await manager.get(`/automations/${id}/firings`).expect(200)).body.items as Fired[];
const holds = (customerId: number): Promise<{ kind: string; key: string; released_by: string | null }[]> => api.knex('holds').where({ customer_id: customerId }).orderBy('id').select('kind', 'key', 'released_by');
const audited = async (invoice: string): Promise<string[]> => (await api.knex('audit_entries').where({ subject_id: invoice }).andWhere('action', 'like', 'approval.%').orderBy('seq').pluck('action')) as string[];
const approval = { by: 'credit-manager', timeoutDays: 5 };
const heldWithTask = [{ kind: 'hold', hold: 'credit', approval }, { kind: 'task', queue: 'Collections', title: 'Call' }];

test('a part payment leaves it over the limit: one request waits in the inbox, however many workers take it and however often one dies, and nothing else has happened', async () => {
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  const [firing] = await api.knex('automation_firings').where({ automation_id: id }).pluck('id') as number[];
  const { now } = await readClock(api.knex);
  await powerFails('approvals', () => fire(api.knex, firing!, now));
  expect(await asked(customerId)).toEqual([]);
  expect(await Promise.all([1, 2, 3].map(() => fire(api.knex, firing!, now)))).toEqual(['asks', 'asks', 'asks']);
  await turn();
  expect(await asked(customerId)).toMatchObject([{ kind: 'hold', state: 'pending', role: 'credit-manager', dueAt: '2026-02-16T09:00:00.000Z', automationTitle: 'Large and late', reason: 'balance 900.00 USD is over 500.00 USD' }]);
  expect(await firings(id)).toMatchObject([{ state: 'waiting', approval: 'pending', reason: 'balance 900.00 USD is over 500.00 USD; awaits the approval of a credit manager', actions: [] }]);
  expect(await readUnrest(api.knex, now)).toMatchObject({ automations: false });
  expect(await nextMilestone(api.knex, now, now + 30 * 86_400_000)).toBe(Date.parse('2026-02-16T09:00:00Z'));
  expect([await holds(customerId), await api.knex('tasks').where({ customer_id: customerId }), await audited(invoice)]).toEqual([[], [], ['approval.requested']]);
});

test('agreed to by a credit manager, it is all done once; inbox, firing, timeline and audit trail tell of it in plain words, and so did a notice', async () => {
  await api.knex('users').update({ notice_mail: 'daily' });
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  await collectNotices(api.knex, (await readClock(api.knex)).now);
  expect(await api.knex('notices').where({ customer_id: customerId }).pluck('title')).toEqual([`A hold waits for approval: invoice ${invoice}`]);
  const [request] = await asked(customerId);
  await manager.post(`/approvals/${request!.id}/approve`, {}).expect(200);
  expect(await readUnrest(api.knex, Date.parse(today))).toMatchObject({ automations: true });
  const [firing] = await api.knex('automation_firings').where({ automation_id: id }).pluck('id') as number[];
  await powerFails('tasks', () => fire(api.knex, firing!, Date.parse(today)));
  expect([await holds(customerId), (await asked(customerId))[0]]).toMatchObject([[], { state: 'approved', outcome: null }]);
  await turn();
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'fired', approval: 'approved', reason: expect.stringMatching(/^balance 900\.00 USD is over 500\.00 USD; approved by /) as string, actions: [{ kind: 'hold', outcome: 'done', detail: 'credit' }, { kind: 'task', outcome: 'done' }] }]);
  expect(await holds(customerId)).toMatchObject([{ kind: 'credit', key: expect.stringMatching(/^automation:gate-\d+\/\d+\/1-hold$/) as string }]);
  expect(await asked(customerId)).toMatchObject([{ state: 'approved', outcome: expect.stringMatching(/^executed: approved by /) as string }]);
  expect(await audited(invoice)).toEqual(['approval.requested', 'approval.approved']);
  const { body } = await manager.get(`/customers/${customerId}/timeline?kind=approval&kind=hold`).expect(200);
  expect((body.items as { title: string; actor: string }[]).map(({ title, actor }) => `${title} by ${actor}`).sort()).toEqual([
    expect.stringMatching(/^Approval answered: a hold by /), expect.stringMatching(/^Approval asked for: a hold by Automation gate-\d+$/), expect.stringMatching(/^credit hold placed by Automation gate-\d+$/),
  ]);
  const { rows: delivered } = await api.knex.raw<{ rows: { said: object }[] }>(`SELECT body::jsonb -> 'data' AS said FROM webhook_deliveries WHERE event = 'hold.placed' AND body::jsonb -> 'data' ->> 'invoice' = ?`, [invoice]);
  expect(delivered).toEqual([{ said: expect.objectContaining({ hold: 'credit', reason: expect.stringContaining('; approved by ') as string }) as object }]);
});

test('refused with a reason, nothing is done', async () => {
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  await manager.post(`/approvals/${(await asked(customerId))[0]!.id}/refuse`, { reason: 'they promised by phone' }).expect(200);
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'suppressed', approval: 'refused', reason: expect.stringMatching(/^refused by .*: they promised by phone$/) as string }]);
  expect(await asked(customerId)).toMatchObject([{ state: 'refused', outcome: expect.stringMatching(/^not done: refused by /) as string }]);
  expect([await holds(customerId), await audited(invoice)]).toEqual([[], ['approval.requested', 'approval.refused']]);
});

test('paid down to the limit while it waits, the request is withdrawn by itself with the reason, and stays so when the payment is reversed', async () => {
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  const payment = await pay(invoice, 40_000);
  await turn();
  expect(await asked(customerId)).toMatchObject([{ state: 'withdrawn', outcome: 'not done: balance 500.00 USD is not over 500.00 USD' }]);
  expect((await firings(id)).map(({ state }) => state)).toEqual(['not-met', 'not-met']);
  expect(await audited(invoice)).toEqual(['approval.requested', 'approval.withdrawn']);
  await reversePayments(api.knex, await context(), [{ externalId: payment }]);
  await turn();
  expect(await asked(customerId, '&state=pending')).toEqual([]);
  const { body } = await manager.get(`/customers/${customerId}/timeline?kind=approval`).expect(200);
  expect(body.items).toMatchObject([{ state: 'withdrawn', detail: 'balance 900.00 USD is over 500.00 USD; not done: balance 500.00 USD is not over 500.00 USD' }]);
});

test.each<[string, (about: { invoiceId: number; customerId: number; invoice: string; customer: string }) => Promise<unknown>, string]>([
  ['disputed', ({ invoice }) => admin.post('/disputes', { externalId: `D-${invoice}`, invoiceExternalId: invoice, amountMinor: 90_000, reason: 'price', detail: 'x' }).expect(201), 'what is open is disputed'],
  ['promised', ({ invoice, customer }) => admin.post('/promises', { externalId: `W-${invoice}`, customerExternalId: customer, invoiceExternalIds: [invoice], currency: 'USD', amountMinor: 90_000, promisedOn: '2026-02-20', source: 'call' }).expect(201), 'the customer has promised to pay'],
  ['paused', ({ customerId }) => admin.post(`/customers/${customerId}/pause`, { until: null, reason: 'look first' }).expect(200), 'paused by a person'],
])('%s before the answer: the question stays, and what is agreed to is not done, with the reason', async (_name, silence, reason) => {
  const id = await automate(heldWithTask);
  const about = await account();
  await pay(about.invoice, 10_000);
  await turn();
  await silence(about);
  await turn();
  const [request] = await asked(about.customerId, '&state=pending');
  await manager.post(`/approvals/${request!.id}/approve`, {}).expect(200);
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'suppressed', approval: 'approved', reason: expect.stringContaining(`${reason}, so that it is not done: approved by `) as string }]);
  expect(await asked(about.customerId)).toMatchObject([{ state: 'approved', outcome: expect.stringContaining(`not done: ${reason}`) as string }]);
  expect([await holds(about.customerId), (await audited(about.invoice)).at(-1)]).toEqual([[], 'approval.lapsed']);
});

test('collection of the customer is stopped, or the automation is switched off: the request is withdrawn', async () => {
  const id = await automate(heldWithTask);
  const [stopped, off] = [await account(), await account()];
  await pay(stopped.invoice, 10_000);
  await pay(off.invoice, 10_000);
  await turn();
  await admin.post(`/customers/${stopped.customerId}/stop`, { reason: 'insolvent' }).expect(200);
  await turn();
  expect(await asked(stopped.customerId)).toMatchObject([{ state: 'withdrawn', outcome: 'not done: collection was stopped by a person' }]);
  await admin.post(`/automations/${id}/switch`, { on: false }).expect(200);
  expect(await asked(off.customerId)).toMatchObject([{ state: 'withdrawn', outcome: expect.stringMatching(/^not done: the automation was switched off before it could fire, by /) as string }]);
  await manager.post(`/approvals/${(await asked(off.customerId))[0]!.id}/approve`, {}).expect(409);
});

test('agreed to while the automation is being switched off: whoever is first is heard', async () => {
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  const [request] = await asked(customerId);
  const { now } = await readClock(api.knex);
  const off = await api.knex.transaction();
  await switchAutomation(off, systemActor, id, false, now);
  const agreed = manager.post(`/approvals/${request!.id}/approve`, {}).then(({ status }) => status);
  while ((await api.knex.raw<{ rows: unknown[] }>(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).rows.length === 0) await sleep(10);
  await off.commit();
  expect(await agreed).toBe(409);
  expect(await asked(customerId)).toMatchObject([{ state: 'withdrawn' }]);
});

test('day 5: nobody has answered, so an administrator is asked once, and a credit manager cannot answer any more; day 10: it is left out', async () => {
  const id = await automate([{ kind: 'handoff', agency: 'Harbour Recoveries', approval: { ...approval, onTimeout: 'escalate' } }]);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  await clock('2026-02-16T09:00:00Z');
  await turn();
  await turn();
  const [request] = await asked(customerId);
  expect(request).toMatchObject({ kind: 'handoff', state: 'pending', role: 'admin', dueAt: '2026-02-21T09:00:00.000Z' });
  await manager.post(`/approvals/${request!.id}/approve`, {}).expect(409);
  await clock('2026-02-21T09:00:00Z');
  await turn();
  expect(await asked(customerId)).toMatchObject([{ state: 'timed-out', outcome: 'not done: nobody answered within 5 days, an administrator neither: it is left out' }]);
  expect(await firings(id)).toMatchObject([{ state: 'suppressed', approval: 'timed-out' }]);
  expect(await audited(invoice)).toEqual(['approval.requested', 'approval.escalated', 'approval.timed-out']);
  expect(await api.knex('handoffs').where({ customer_id: customerId })).toEqual([]);
});

test('or it goes ahead: handed to the agency, and paused here', async () => {
  await automate([{ kind: 'handoff', agency: 'Harbour Recoveries', approval: { ...approval, onTimeout: 'proceed' } }]);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  await clock('2026-02-16T09:00:00Z');
  await turn();
  expect(await api.knex('handoffs').where({ customer_id: customerId }).pluck('agency')).toEqual(['Harbour Recoveries']);
  expect(await asked(customerId)).toMatchObject([{ state: 'timed-out', outcome: 'executed: nobody answered within 5 days: it goes ahead' }]);
});

test('or it goes ahead, but its email waits for the morning: nobody is asked any more meanwhile, and then it is all done once', async () => {
  const id = await automate([{ kind: 'handoff', agency: 'Harbour Recoveries', approval: { ...approval, onTimeout: 'proceed' } }, { kind: 'email', template: 'hold-notice' }]);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  // The time was over in the morning, and the worker is back in the evening only.
  await clock('2026-02-16T20:00:00Z');
  await turn();
  await turn();
  expect(await firings(id)).toMatchObject([{ state: 'waiting', approval: 'timed-out' }]);
  expect(await asked(customerId, '&state=pending')).toEqual([]);
  expect(await asked(customerId)).toMatchObject([{ state: 'timed-out', outcome: null }]);
  expect(await api.knex('handoffs').where({ customer_id: customerId })).toEqual([]);
  await clock('2026-02-17T09:00:00Z');
  await turn();
  await turn();
  expect(await api.knex('handoffs').where({ customer_id: customerId }).pluck('agency')).toEqual(['Harbour Recoveries']);
  expect(await asked(customerId)).toMatchObject([{ state: 'timed-out', outcome: 'executed: nobody answered within 5 days: it goes ahead' }]);
  expect(await audited(invoice)).toEqual(['approval.requested', 'approval.timed-out']);
});

test('with an agency already, by another automation: nobody is asked about it again', async () => {
  await automate([{ kind: 'handoff', agency: 'Harbour Recoveries' }]);
  const id = await automate([{ kind: 'handoff', agency: 'Quay Law', approval }]);
  const { customerId, invoice, invoiceId } = await account();
  await pay(invoice, 10_000);
  await turn();
  await api.knex('collections').where({ invoice_id: invoiceId }).update({ paused: false, paused_until: null });
  await clock('2026-02-20T10:00:00Z');
  await pay(invoice, 10_000);
  await turn();
  expect(await asked(customerId)).toEqual([]);
  expect((await firings(id))[0]).toMatchObject({ state: 'fired', actions: [{ kind: 'handoff', outcome: 'withheld', detail: 'it has been handed over already' }] });
  expect(await api.knex('handoffs').where({ customer_id: customerId }).pluck('agency')).toEqual(['Harbour Recoveries']);
});

test('nobody is asked more often than the automation may fire, however long an answer takes', async () => {
  const id = await automate(heldWithTask);
  const { customerId, invoice } = await account();
  await pay(invoice, 10_000);
  await turn();
  await clock('2026-02-15T10:00:00Z');
  await pay(invoice, 5_000);
  await turn();
  expect((await firings(id)).map(({ state }) => state)).toEqual(['bounded', 'waiting']);
  expect(await asked(customerId)).toHaveLength(1);
});

test('an event about a customer: what is asked is about one invoice, and is not done to another when that one is paid', async () => {
  await automate([{ kind: 'hold', hold: 'credit', approval }], { trigger: { kind: 'segment.joined' }, when: null });
  const { customer, customerId, invoice } = await account();
  const { id: version } = (await activePolicyVersion(api.knex))!;
  await upsertInvoices(api.knex, await context(), [{ externalId: `${invoice}-later`, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-02-05', currency: 'USD', totalMinor: 70_000 }]);
  const later = await api.knex('invoices').where({ external_id: `${invoice}-later` }).first<{ id: number }>('id');
  await insertCollections(api.knex, [{ invoiceId: later.id, customerId, policyVersionId: version, requestedSeq: 0, startedAt: Date.parse(today) }]);
  const { at } = await context();
  await api.knex.transaction((trx) => recordEvents(trx, [{ kind: 'segment.joined', key: `vip/${customer}`, customerId, invoiceId: null, at, data: { segment: 'vip' } }]));
  await turn();
  expect(await asked(customerId)).toMatchObject([{ invoiceNumber: invoice, state: 'pending' }]);
  await pay(invoice, 100_000);
  await turn();
  expect(await asked(customerId)).toMatchObject([{ invoiceNumber: invoice, state: 'withdrawn', outcome: 'not done: nothing is open' }]);
  expect(await holds(customerId)).toEqual([]);
});

test('a hold that an automation placed is over: the customer hears of it once, also after the invoice came under another policy', async () => {
  await automate([{ kind: 'hold', hold: 'lock-out', releaseNotice: { template: 'released' } }]);
  const { customerId, invoice, invoiceId } = await account();
  await pay(invoice, 10_000);
  await turn();
  expect(await holds(customerId)).toMatchObject([{ kind: 'lock-out', released_by: null }]);
  await clock('2026-02-11T20:00:00Z');
  await pay(invoice, 90_000);
  await activities.performStep({ invoice });
  expect(await holds(customerId)).toMatchObject([{ released_by: 'ledger' }]);
  const mails = (): Promise<unknown[]> => api.knex('messages').where({ customer_id: customerId }).select('template', 'to_addresses');
  expect(await mails()).toEqual([]);
  await clock('2026-02-12T09:00:00Z');
  await activities.performStep({ invoice });
  expect(await mails()).toEqual([expect.objectContaining({ template: 'released' })]);
  const { id: other } = await api.knex.transaction((trx) => publishPolicy(trx, { policy: { ...policy, policy: 'another' }, source: 'test', actor: systemActor }));
  await api.knex('collections').where({ invoice_id: invoiceId }).update({ policy_version_id: other });
  await activities.performStep({ invoice });
  expect(await mails()).toHaveLength(1);
});

test('a notice by a template that is not there, and an approver that is no role, are refused on saving', async () => {
  const refusal = async (action: object): Promise<string> => JSON.stringify((await admin.post('/automations', { key: `bad-${(counter += 1)}`, document: { title: 'Bad', trigger: { kind: 'payment.partial' }, actions: [action] } })).body);
  expect(await refusal({ kind: 'hold', hold: 'credit', releaseNotice: { template: 'relesed' } })).toContain('no template \\"relesed\\" is published, did you mean \\"released\\"');
  expect(await refusal({ kind: 'handoff', approval: { by: 'auditor' } })).toContain('approval');
});

test('a dry run says how often it would ask, and whom', async () => {
  const { customerId, invoice } = await account();
  await clock('2026-02-13T10:00:00Z');
  await pay(invoice, 22_300);
  const { body } = await manager.post('/automations/dry-run', { document: { title: 'Dry', trigger: { kind: 'payment.partial' }, when: { field: 'invoice.balance', op: '=', value: { USD: '777.00' } }, actions: [{ kind: 'hold', hold: 'credit', approval: { by: 'admin' } }] } }).expect(200);
  expect(body).toMatchObject({ fired: 1, asked: 1, firings: [{ customerId, asks: 'admin' }] });
  expect(await asked(customerId)).toEqual([]);
});
