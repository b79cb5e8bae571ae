import { answerApproval } from '../../../db/approvals';
import { systemActor } from '../../../db/audit';
import { readClock } from '../../../db/clock/clock';
import { setCustomerPause, stopCustomer } from '../../../db/customers/pause';
import { upsertCustomers, upsertInvoices } from '../../../db/ledger';
import { createSegment } from '../../../db/segments/segments';
import { setBatched } from '../../../db/segments/setBatched';
import { ladder } from '../../domain/collection/story';
import { decisionsOf, line, startDeployment, type Deployment } from '../../collection/deployment';

jest.setTimeout(600_000);

/*
 * Every invoice is issued on Monday 2026-01-05 and due on the 19th, "day 14"; the customers are in UTC, and mail goes out on every day from nine to five.
 */
const policy = ladder(`
- id: due
  anchor: due
  offset: { days: 0 }
  actions:
    - email: { template: due }
- id: overdue-5
  anchor: due
  offset: { days: 5 }
  actions:
    - email: { template: overdue }
- id: hold-10
  anchor: due
  offset: { days: 10 }
  when: { field: invoice.balance, op: ">", value: { USD: "500.00" } }
  actions:
    - hold: { approval: { by: credit-manager, timeoutDays: 5, onTimeout: escalate } }
    - email: { template: hold-notice }
- id: last
  anchor: due
  offset: { days: 20 }
  actions:
    - email: { template: overdue }`);

let deployment: Deployment;
const segments: Record<string, number> = {};
const day = (number: number, hour = 0): number => Date.parse('2026-01-05T00:00:00Z') + number * 86_400_000 + hour * 3_600_000;
const customers = ['ONE', 'TWO', 'THREE', 'FOUR'];
const invoices = customers.flatMap((customer) => [1, 2].map((number) => ({
  // The second of each is too small for a hold.
  externalId: `${customer}-${number}`, customerExternalId: customer, issuedOn: '2026-01-05', dueOn: '2026-01-19', currency: 'USD', totalMinor: number === 1 ? 100_000 : 20_000,
})));

beforeAll(async () => {
  deployment = await startDeployment({ startsAt: '2026-01-05T00:00:00Z', policy: { policy, source: 'test' } });
  const { knex } = deployment;
  const context = { actor: systemActor, at: new Date(day(0)) };
  await upsertCustomers(knex, context, customers.map((externalId) => ({ externalId, name: externalId, contacts: [{ role: 'billing' as const, email: `${externalId}@example.com` }] })));
  await knex.transaction(async (trx) => {
    for (const key of ['older', 'newer']) segments[key] = (await createSegment(trx, systemActor, key, { title: key, description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, day(0))).id;
  });
  await upsertInvoices(knex, context, invoices);
  await deployment.settle();
});
afterAll(() => deployment?.stop());

async function switchTo(key: string, batched: boolean): Promise<void> {
  const { now } = await readClock(deployment.knex);
  await deployment.knex.transaction((trx) => setBatched(trx, systemActor, segments[key]!, batched, now));
  await deployment.settle();
}

/** By which segment each invoice under collection is collected; 'own' by its own workflow. */
async function collectedBy(): Promise<Record<string, string>> {
  const { rows } = await deployment.knex.raw<{ rows: { external_id: string; key: string | null }[] }>(
    `SELECT i.external_id, s.key FROM collections c JOIN invoices i ON i.id = c.invoice_id LEFT JOIN segments s ON s.id = c.batch_segment_id WHERE c.state = 'active' ORDER BY 1`);
  return Object.fromEntries(rows.map(({ external_id, key }) => [external_id, key ?? 'own']));
}

async function pause(customer: string, until: number | null | 'resumed'): Promise<void> {
  const { id } = await deployment.knex('customers').where({ external_id: customer }).first<{ id: number }>('id');
  const paused = until !== 'resumed';
  await deployment.knex.transaction((trx) => setCustomerPause(trx, systemActor, id, { paused, pausedUntil: typeof until === 'number' ? new Date(until) : null }, null));
  await deployment.settle();
}

const seen = async (invoice: string): Promise<string[]> => (await decisionsOf(deployment.knex, invoice)).map(line);
const everywhere = (key: string): Record<string, string> => Object.fromEntries(invoices.map(({ externalId }) => [externalId, key]));

test('day 2: a customer in two segments that collect in batches is collected by the one that has done so for longer', async () => {
  await deployment.advanceTo(day(1));
  await switchTo('older', true);
  await deployment.advanceTo(day(2));
  await switchTo('newer', true);
  expect(await collectedBy()).toEqual(everywhere('older'));
});

test('day 12: a customer that a person pauses has workflows of its own, and nothing is written to it on day 14; everybody else is', async () => {
  await deployment.advanceTo(day(12));
  await pause('TWO', null);
  await pause('THREE', day(16));
  expect(await collectedBy()).toEqual({ ...everywhere('older'), 'TWO-1': 'own', 'TWO-2': 'own', 'THREE-1': 'own', 'THREE-2': 'own' });
  await deployment.advanceTo(day(15));
  expect(await seen('ONE-1')).toEqual(['2026-01-19 due email executed (due)']);
  for (const invoice of ['TWO-1', 'TWO-2', 'THREE-1']) expect((await seen(invoice)).filter((text) => !text.includes('deferred'))).toEqual([]);
});

test('day 16: a pause that ends by itself gives its invoices back to the batches, which write what was held back; one without an end stays', async () => {
  await deployment.advanceTo(day(17));
  expect(await collectedBy()).toMatchObject({ 'THREE-1': 'older', 'THREE-2': 'older', 'TWO-1': 'own', 'TWO-2': 'own' });
  expect((await seen('THREE-1')).filter((text) => !text.includes('deferred'))).toEqual(['2026-01-21 due email executed (due)']);
  expect((await seen('TWO-1')).filter((text) => !text.includes('deferred'))).toEqual([]);
});

test('day 17: resumed by a person, the others follow', async () => {
  await pause('TWO', 'resumed');
  await deployment.advanceTo(day(18));
  expect(await collectedBy()).toEqual(everywhere('older'));
  expect((await seen('TWO-1')).filter((text) => !text.includes('deferred'))).toEqual([expect.stringMatching(/^2026-01-2[23] due email executed/)]);
});

test('day 18: the segment that collected lets go, and the other takes over', async () => {
  await switchTo('older', false);
  expect(await collectedBy()).toEqual(everywhere('newer'));
  await switchTo('older', true);
  // It collects for less long now.
  expect(await collectedBy()).toEqual(everywhere('newer'));
});

test('day 24: what awaits approval has a workflow of its own; the small invoice beside it stays in the batch', async () => {
  await deployment.advanceTo(day(25));
  expect(await seen('ONE-1')).toContain('2026-01-29 hold-10 hold deferred (approval)');
  expect(await collectedBy()).toEqual({ ...everywhere('newer'), ...Object.fromEntries(customers.map((customer) => [`${customer}-1`, 'own'])) });
  const { rows } = await deployment.knex.raw<{ rows: { pending: number; holds: number }[] }>(`SELECT (SELECT count(*)::int FROM approvals WHERE state = 'pending') AS pending, (SELECT count(*)::int FROM holds) AS holds`);
  expect(rows).toEqual([{ pending: customers.length, holds: 0 }]);
});

test('day 25: approved or refused, the hold is placed once or not at all, and the invoice goes back to the batch', async () => {
  for (const [invoice, approved] of [['ONE-1', true], ['TWO-1', false]] as const) {
    const { rows } = await deployment.knex.raw<{ rows: { id: number }[] }>(`SELECT a.id FROM approvals a JOIN invoices i ON i.id = a.invoice_id WHERE i.external_id = ?`, [invoice]);
    const at = new Date((await readClock(deployment.knex)).now);
    await deployment.knex.transaction((trx) => answerApproval(trx, rows[0]!.id, { approved, reason: approved ? null : 'they have paid by cheque', actor: { kind: 'user', id: '7', name: 'Grace' }, isAdmin: false, at }));
  }
  await deployment.settle();
  await deployment.advanceTo(day(26));
  expect(await collectedBy()).toMatchObject({ 'ONE-1': 'newer', 'TWO-1': 'newer', 'THREE-1': 'own' });
  expect((await seen('ONE-1')).filter((text) => text.includes('hold executed'))).toHaveLength(1);
  expect((await seen('TWO-1')).filter((text) => text.includes('hold executed'))).toEqual([]);
  const { rows } = await deployment.knex.raw<{ rows: { external_id: string }[] }>('SELECT i.external_id FROM holds h JOIN invoices i ON i.id = h.invoice_id');
  expect(rows).toEqual([{ external_id: 'ONE-1' }]);
});

test('day 26: a customer whose collection is stopped ends in the batches as elsewhere, and goes on once it is resumed', async () => {
  const { id } = await deployment.knex('customers').where({ external_id: 'FOUR' }).first<{ id: number }>('id');
  const outcomes = () => deployment.knex('collections as c').join('invoices as i', 'i.id', 'c.invoice_id').where({ 'i.customer_id': id }).orderBy('i.external_id').pluck('c.outcome');
  await deployment.knex.transaction((trx) => stopCustomer(trx, systemActor, id, 'in court'));
  await deployment.settle();
  expect(await outcomes()).toEqual(['stopped', 'stopped']);
  expect(await seen('FOUR-2')).toContain('2026-01-31 last email suppressed (stopped)');
  await deployment.advanceTo(day(27));
  await pause('FOUR', 'resumed');
  expect(await outcomes()).toEqual([null, null]);
  expect(await collectedBy()).toMatchObject({ 'FOUR-2': 'newer' });
});

test('day 60: each step has ended once for each invoice, every message was handed over, and none of them twice', async () => {
  await deployment.advanceTo(day(60));
  const { rows } = await deployment.knex.raw<{ rows: Record<string, unknown>[] }>(
    `SELECT (SELECT count(*)::int FROM (SELECT FROM decisions WHERE outcome <> 'deferred' GROUP BY invoice_id, step, action, occurrence HAVING count(*) > 1) d) AS doubled,
            (SELECT json_agg(state || ' ' || idempotency_key) FROM messages WHERE state <> 'delivered') AS undelivered,
            (SELECT count(*)::int FROM invoices i WHERE NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = i.id AND d.step = 'last' AND d.outcome IN ('executed', 'covered'))) AS unfinished`);
  expect(rows).toEqual([{ doubled: 0, undelivered: null, unfinished: 0 }]);
});
