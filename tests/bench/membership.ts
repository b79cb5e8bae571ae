import type { Knex } from 'knex';
import { systemActor } from '../../db/audit';
import { recordPayments } from '../../db/ledger';
import { isMembershipOwed, keepMembership } from '../../db/segments/keepMembership';
import { createSegment } from '../../db/segments/segments';
import type { ConditionDocument } from '../../domain/policy/schema';
import { startEngines } from '../processes/engines';
import { lessIsBetter, percentile, timed, type Bench } from './figure';

const ratioMax = 2;
const rounds = 3;
const openInvoicesPerCustomer = 3;

/** Customers with something more than 30 days past due, and more than 910.00 overdue in dollars or euros. */
const condition: ConditionDocument = { all: [
  { invoices: 'some', where: { field: 'invoice.daysPastDue', op: '>', value: 30 } },
  { field: 'customer.overdue', op: '>', value: { USD: '910.00', EUR: '910.00' } },
] };

/** The same by hand, and what a nightly scan would write: who is no member any more, and who has become one. */
const bareSql = (among = ''): string => `
  WITH holds AS MATERIALIZED (
    SELECT i.customer_id FROM invoices i JOIN (SELECT id, (now() AT TIME ZONE time_zone)::date AS today FROM customers) c ON c.id = i.customer_id
    WHERE i.open_minor > 0 ${among} GROUP BY i.customer_id
    HAVING bool_or(c.today - i.due_on > 30)
      AND (sum(i.open_minor) FILTER (WHERE i.currency = 'USD' AND i.due_on < c.today) > 91000 OR sum(i.open_minor) FILTER (WHERE i.currency = 'EUR' AND i.due_on < c.today) > 91000)
  ), gone AS (DELETE FROM bare_members m WHERE NOT EXISTS (SELECT FROM holds h WHERE h.customer_id = m.customer_id)),
  joined AS (INSERT INTO bare_members SELECT customer_id, now() FROM holds ON CONFLICT DO NOTHING)
  SELECT count(*)::int AS count FROM holds`;

/**
 * After payments of 10,000 invoices at 200,000 customers: the membership of a segment, with why each left, the behaviour of those who paid, and an event for each;
 * against the bare SQL of the same condition with its members written to a bare table, on the same database by turns.
 */
export const membership: Bench = async ({ scale, say }) => {
  const customers = Math.round(200_000 * scale);
  const changed = Math.round(10_000 * scale);
  const engines = await startEngines('bench-membership', say);
  try {
    const { knex } = engines;
    say(`membership: a ledger of ${customers} customers`);
    await fill(knex, customers);
    const segment = await knex.transaction((trx) => createSegment(trx, systemActor, 'late', { title: 'Late', description: null, condition }, Date.now()));
    await settle(knex);
    await knex.raw('VACUUM ANALYZE');
    await knex.raw(bareSql());
    const ours: number[] = [];
    const bare: number[] = [];
    const bareOfChanged: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      say(`membership: ${changed} invoices are paid`);
      const paid = await pay(knex, customers, changed, round % Math.max(1, Math.floor(customers / changed)));
      ours.push((await timed(() => settle(knex))).seconds);
      bare.push((await timed(() => knex.raw(bareSql()))).seconds);
      bareOfChanged.push((await timed(() => knex.raw(bareSql('AND i.customer_id = ANY (:ids)').replace(/, gone AS [\s\S]*/, ' SELECT count(*)::int AS count FROM holds'), { ids: paid }))).seconds);
      await sameMembers(knex, segment.id);
    }
    const { rows } = await knex.raw<{ rows: { members: number; gone: number }[] }>(
      `SELECT (SELECT count(*) FROM segment_members WHERE segment_id = :id)::int AS members, (SELECT count(*) FROM segment_history WHERE segment_id = :id AND change = 'left')::int AS gone`, { id: segment.id });
    return [lessIsBetter({
      bench: 'membership', what: `${changed} invoices of as many of ${customers} customers are paid, median`, value: percentile(ours, 0.5), unit: 's',
      baseline: { name: 'the bare SQL of the condition, members written to a bare table', value: percentile(bare, 0.5) },
      limit: 'PostgreSQL; ours also writes why each left or joined, their history, an event for each, how each pays, and the day on which it may change again',
      notes: { members: rows[0]?.members ?? 0, 'left in all': rows[0]?.gone ?? 0, 'customers a second': Math.round(changed / percentile(ours, 0.5)), 'seconds, the bare condition of those who changed alone, nothing written': Number(percentile(bareOfChanged, 0.5).toFixed(3)) },
    }, ratioMax)];
  } finally {
    await engines.stop();
  }
};

async function settle(knex: Knex): Promise<void> {
  while (await isMembershipOwed(knex, Date.now())) await keepMembership(knex, Date.now());
}

async function fill(knex: Knex, customers: number): Promise<void> {
  await knex.raw(
    `INSERT INTO customers (external_id, name, time_zone, country) SELECT 'c' || n, 'Customer ' || n, (ARRAY['Europe/Berlin', 'America/New_York', 'UTC'])[n % 3 + 1], 'DE' FROM generate_series(1, ?::integer) n`, [customers]);
  await knex.raw(
    `INSERT INTO invoices (external_id, customer_id, number, issued_on, due_on, currency, total_minor)
     SELECT 'i' || c.id || '-' || n, c.id, c.id || '-' || n, current_date - 90 - (c.id % 40)::integer, current_date - (c.id % 40)::integer - 20 + n * 5, (ARRAY['USD', 'EUR'])[c.id % 2 + 1], 20000 + (c.id * 7919 + n * 104729) % 60000
     FROM customers c, generate_series(1, ?::integer) n`, [openInvoicesPerCustomer]);
  await knex.raw('CREATE TABLE bare_members (customer_id bigint PRIMARY KEY, joined_at timestamptz NOT NULL)');
  await knex.raw('VACUUM ANALYZE');
}

/** The payments of a round are of other customers' invoices than those of the rounds before. */
async function pay(knex: Knex, customers: number, changed: number, round: number): Promise<number[]> {
  const step = Math.max(1, Math.floor(customers / changed));
  const { rows } = await knex.raw<{ rows: { external_id: string; customer_id: number; currency: string; total_minor: number }[] }>(
    `SELECT external_id, customer_id, currency, total_minor FROM invoices WHERE customer_id % :step::bigint = :round::bigint AND external_id LIKE '%-1' AND open_minor > 0 ORDER BY id LIMIT :changed`, { step, round, changed });
  const at = new Date();
  for (let from = 0; from < rows.length; from += 1_000) {
    await recordPayments(knex, { actor: systemActor, at }, rows.slice(from, from + 1_000).map(({ external_id, currency, total_minor }) => ({
      externalId: `p-${external_id}`, invoiceExternalId: external_id, receivedAt: at.toISOString(), currency, amountMinor: total_minor,
    })));
  }
  return rows.map(({ customer_id }) => customer_id);
}

async function sameMembers(knex: Knex, segmentId: number): Promise<void> {
  const { rows } = await knex.raw<{ rows: { differing: number }[] }>(
    `SELECT count(*)::int AS differing FROM (SELECT customer_id FROM segment_members WHERE segment_id = ?) m FULL JOIN bare_members b USING (customer_id) WHERE m.customer_id IS NULL OR b.joined_at IS NULL`, [segmentId]);
  if (rows[0]?.differing !== 0) throw new Error(`${rows[0]?.differing} customers are members by one of the two and not by the other`);
}
