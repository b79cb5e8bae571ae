import type { Knex } from 'knex';
import { systemActor } from '../../../db/audit';
import { insertCollections } from '../../../db/collection/collections';
import { nextMilestone } from '../../../db/clock/milestones';
import { recordPayments, upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { controlRun, previewRun, setRun } from '../../../db/segments/controlRun';
import { isMembershipOwed, keepMembership } from '../../../db/segments/keepMembership';
import { createSegment, SegmentError } from '../../../db/segments/segments';
import { stepRun, type RunStep } from '../../../db/segments/stepRun';
import { strandedRunMessages } from '../../../db/segments/strandedRunMessages';
import { parsePolicy } from '../../../domain/policy/parsePolicy';
import { readRun, type SegmentRunDocument } from '../../../domain/segment/readRun';
import { freshDatabase, type FreshDatabase } from '../../engines/database';

const at = (iso: string): number => Date.parse(iso);
const context = (now: number) => ({ actor: systemActor, at: new Date(now) });
let database: FreshDatabase;
let knex: Knex;
let segment: number;

/** "Every Tuesday at nine in Berlin, customers owing more than 91 euro": 2026-03-03 is a Tuesday. */
const everyTuesday: SegmentRunDocument = {
  rhythm: { every: 'week', weekday: 2, interval: 1 }, timeZone: 'Europe/Berlin', atMinute: 540, holidays: null, when: { field: 'customer.overdueShare', op: '>', value: 0 },
  invoices: { which: 'overdue', where: null }, minimumDaysBetween: 3,
  actions: [{ kind: 'email', template: 'account-summary', to: ['billing'] }, { kind: 'task', queue: 'collections', title: 'Look at {customer}', dueInDays: 1, template: 'first-call' }, { kind: 'notify', audience: 'sales', title: 'Told of {customer}' }],
};

beforeAll(async () => {
  database = await freshDatabase();
  knex = database.knex;
  const now = at('2026-03-01T09:00:00Z');
  await upsertCustomers(knex, context(now), [
    ...['BERLIN', 'DISPUTING', 'PAYING'].map((name) => ({ externalId: name, name, timeZone: 'Europe/Berlin', country: 'DE', region: 'BE', contacts: [{ role: 'billing' as const, email: `${name}@example.com` }] })),
    { externalId: 'NEW-YORK', name: 'New York', timeZone: 'America/New_York', country: 'US', contacts: [{ role: 'billing', email: 'ny@example.com' }] },
    { externalId: 'SILENT', name: 'Silent', timeZone: 'Europe/Berlin', doNotContact: true, contacts: [{ role: 'billing', email: 's@example.com' }] },
  ]);
  await upsertInvoices(knex, context(now), ['BERLIN', 'DISPUTING', 'PAYING', 'NEW-YORK', 'SILENT'].flatMap((customer) => [1, 2].map((number) => ({
    externalId: `${customer}-${number}`, customerExternalId: customer, issuedOn: '2026-01-01', dueOn: `2026-02-0${number}`, currency: 'EUR', totalMinor: 9_000,
  }))));
  await knex.raw(`INSERT INTO disputes (external_id, customer_id, invoice_id, currency, amount_minor, reason_code, source, opened_at, opened_by)
    SELECT 'D-' || external_id, customer_id, id, 'EUR', CASE external_id WHEN 'DISPUTING-1' THEN 9000 ELSE 100 END, 'price', 'call', '2026-03-01T09:00:00Z', 'x' FROM invoices WHERE external_id LIKE 'DISPUTING-%'`);
  const made = await knex.transaction((trx) => createSegment(trx, systemActor, 'large', { title: 'Large', description: null, condition: { field: 'customer.balance', op: '>', value: { EUR: '91.00' } } }, now));
  segment = made.id;
  await knex('task_templates').insert({ name: 'first-call', title: 'Call', instructions: 'Ask {customer}', queue: 'Sales', due_in_days: 3, priority: 1 });
  await keep(now);
});
afterAll(() => database.destroy());

async function keep(now: number): Promise<void> {
  while (await isMembershipOwed(knex, now)) await keepMembership(knex, now);
}
async function run(now: number): Promise<RunStep> {
  for (;;) {
    const step = await knex.transaction((trx) => stepRun(trx, segment, now, 2));
    if (step.kind !== 'more') return step;
  }
}
async function decisions(number: number): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(
    `SELECT c.external_id || ' ' || d.outcome || ' ' || d.reason_code AS text FROM segment_decisions d JOIN segment_runs r ON r.id = d.run_id JOIN customers c ON c.id = d.customer_id WHERE r.number = ? ORDER BY c.external_id`, [number]);
  return rows.map(({ text }) => text);
}
async function messages(): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(
    `SELECT m.idempotency_key || ': ' || string_agg(i.external_id, ',' ORDER BY i.external_id) AS text FROM messages m JOIN message_invoices mi ON mi.message_id = m.id JOIN invoices i ON i.id = mi.invoice_id WHERE m.source = 'segment' GROUP BY m.id, m.queued_at, m.idempotency_key ORDER BY m.queued_at, 1`);
  return rows.map(({ text }) => text);
}
function schedule(document: SegmentRunDocument): ReturnType<typeof readRun> & { ok: true } {
  const read = readRun(document);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read;
}

test('a schedule is set: it waits for Tuesday nine o’clock in Berlin, and says what it would do', async () => {
  const now = at('2026-03-02T09:00:00Z');
  await expect(knex.transaction((trx) => controlRun(trx, systemActor, segment, 'run-now', now))).rejects.toThrow(SegmentError);
  await knex.transaction((trx) => setRun(trx, systemActor, segment, schedule(everyTuesday).run, true, now));
  expect(await run(now)).toEqual({ kind: 'wait', until: at('2026-03-03T08:00:00Z'), why: 'the next run' });
  expect(await nextMilestone(knex, now, at('2026-04-01T00:00:00Z'))).toBe(at('2026-03-03T08:00:00Z'));
  const preview = await previewRun(knex, segment, now, 10);
  expect(preview.customers.map(({ customerName, decision, invoices }) => `${customerName} ${decision} ${invoices}`)).toEqual(['BERLIN act 2', 'DISPUTING act 1', 'PAYING act 2', 'New York defer 2', 'Silent act 2']);
});

test('Tuesday: one email to each customer lists what is owed; what is disputed in whole is not mentioned, what is in part is, and New York is asleep', async () => {
  const now = at('2026-03-03T08:00:00Z');
  await recordPayments(knex, context(now), [1, 2].map((number) => ({ externalId: `P-${number}`, invoiceExternalId: `PAYING-${number}`, receivedAt: '2026-03-03', currency: 'EUR', amountMinor: 9_000 })));
  expect(await run(now)).toEqual({ kind: 'wait', until: at('2026-03-03T14:00:00Z'), why: 'customers whose send window is closed' });
  expect(await decisions(1)).toEqual(['BERLIN executed due', 'DISPUTING executed due', 'NEW-YORK deferred window', 'PAYING suppressed settled', 'SILENT executed due']);
  expect(await messages()).toEqual(['segment:large/run-1/BERLIN: BERLIN-1,BERLIN-2', 'segment:large/run-1/DISPUTING: DISPUTING-2']);
});

test('at nine in New York the run ends, and waits for the next Tuesday; nothing is repeated', async () => {
  const now = at('2026-03-03T14:00:00Z');
  expect(await run(now)).toMatchObject({ kind: 'wait', until: at('2026-03-10T08:00:00Z') });
  expect(await run(now)).toMatchObject({ kind: 'wait', until: at('2026-03-10T08:00:00Z') });
  expect((await messages()).at(-1)).toBe('segment:large/run-1/NEW-YORK: NEW-YORK-1,NEW-YORK-2');
  const tasks = await knex('tasks').orderBy('key').select<{ key: string; title: string; queue: string; instructions: string; priority: number }[]>('key', 'title', 'queue', 'instructions', 'priority');
  expect(tasks.map(({ key, title }) => `${key}: ${title}`)).toEqual(['BERLIN', 'DISPUTING', 'NEW-YORK', 'SILENT'].map((name) => `segment:large/run-1/${name}/2-task: Look at ${{ 'NEW-YORK': 'New York', SILENT: 'Silent' }[name] ?? name}`));
  expect(tasks[0]).toMatchObject({ queue: 'Collections', instructions: 'Ask BERLIN', priority: 1 });
  expect(await knex('notifications').orderBy('key').pluck('title')).toEqual(['Told of BERLIN', 'Told of DISPUTING', 'Told of New York', 'Told of Silent']);
  expect(await decisions(1)).toContain('NEW-YORK executed due');
});

test('a call that takes over from a dead one finds what was queued last, however much waits for the provider since before', async () => {
  const keys = async (limit: number): Promise<string[]> => {
    const ids = await strandedRunMessages(knex, segment, limit);
    const found = await knex('messages').whereIn('id', ids).select<{ id: string; idempotency_key: string }[]>('id', 'idempotency_key');
    return ids.map((id) => found.find((each) => each.id === id)!.idempotency_key.split('/').at(-1)!);
  };
  expect(await keys(1)).toEqual(['NEW-YORK']);
  expect(await keys(10)).toEqual(['NEW-YORK', 'DISPUTING', 'BERLIN']);
});

test('run now keeps the spacing; paused, it does nothing; the next run is skipped when asked', async () => {
  const thursday = at('2026-03-05T09:00:00Z');
  await keep(thursday);
  await knex.transaction((trx) => controlRun(trx, systemActor, segment, 'run-now', thursday));
  await run(thursday);
  expect(await decisions(2)).toEqual(['BERLIN deferred spacing', 'DISPUTING deferred spacing', 'NEW-YORK deferred spacing', 'SILENT executed due']);
  await knex.transaction((trx) => controlRun(trx, systemActor, segment, 'pause', thursday));
  expect(await run(at('2026-03-07T12:00:00Z'))).toEqual({ kind: 'wait', until: null, why: 'paused by a person' });
  const monday = at('2026-03-09T07:00:00Z');
  await knex.transaction((trx) => controlRun(trx, systemActor, segment, 'resume', monday));
  await knex.transaction((trx) => controlRun(trx, systemActor, segment, 'skip-next', monday));
  expect(await run(at('2026-03-10T08:00:00Z'))).toMatchObject({ kind: 'wait', until: at('2026-03-17T08:00:00Z') });
  const { rows } = await knex.raw<{ rows: { text: string }[] }>(`SELECT number || ' ' || state AS text FROM segment_runs ORDER BY number`);
  expect(rows.map(({ text }) => text)).toEqual(['1 done', '2 done', '3 skipped']);
});

test('a run keeps to the caps of the policies by which a customer’s invoices are collected', async () => {
  const friday = at('2026-03-13T09:00:00Z');
  const parsed = parsePolicy('policy: calm\nversion: 1\ncontact: { caps: [{ messages: 1, per: month }] }\nsteps:\n  - { id: due, anchor: due, offset: { days: 90 }, actions: [{ email: { template: due } }] }\n');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const [version] = await knex('policy_versions').insert({ policy: 'calm', version: 1, source: '', document: JSON.stringify(parsed.policy) }).returning<{ id: number }[]>('id');
  const [invoice] = await knex('invoices').where({ external_id: 'BERLIN-1' }).select<{ id: number; customer_id: number }[]>('id', 'customer_id');
  await insertCollections(knex, [{ invoiceId: invoice!.id, customerId: invoice!.customer_id, policyVersionId: version!.id, requestedSeq: 0, startedAt: friday }]);
  await knex.transaction((trx) => controlRun(trx, systemActor, segment, 'run-now', friday));
  await run(friday);
  expect(await decisions(4)).toEqual(expect.arrayContaining(['BERLIN deferred cap', 'DISPUTING executed due']));
});
