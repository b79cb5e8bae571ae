import { Agent, get as httpGet } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Knex } from 'knex';
import { createApiKey } from '../../db/access/apiKeys';
import { systemActor } from '../../db/audit';
import { publishPolicy } from '../../db/policies';
import { addDays } from '../../domain/calendar/dates';
import { startEngines } from '../processes/engines';
import { apiProcess } from '../processes/product';
import { type Bench, type Figure, lessIsBetter, percentile } from './figure';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { referencePolicy } from './policies';
import { byTurns } from './turns';

const ratioMax = 2;

/** What the page shows, as one would write it by hand for it: the zones of the customers, and nothing that can be filtered by. */
const bareList = `
  SELECT i.id, i.external_id, i.number, i.customer_id, c.external_id, c.name, i.issued_on, i.due_on, i.currency, i.total_minor, i.open_minor, i.type, i.business_unit,
    (now() AT TIME ZONE c.time_zone)::date - i.due_on AS days, k.state, k.outcome, k.stage, k.next_step, k.next_at, k.paused, k.stopped, v.policy, v.version
  FROM invoices i JOIN customers c ON c.id = i.customer_id LEFT JOIN collections k ON k.invoice_id = i.id LEFT JOIN policy_versions v ON v.id = k.policy_version_id
  WHERE i.open_minor > 0 AND i.due_on < now()::date + 2 AND (now() AT TIME ZONE c.time_zone)::date > i.due_on
  ORDER BY i.due_on, i.id LIMIT 50`;
const bareOverview = [
  // Summed by zone and due date first, which is more than twice as quick as looking the date up for every invoice.
  `SELECT currency, CASE WHEN today <= due_on THEN 0 ELSE least((today - due_on - 1) / 30, 4) + 1 END AS bucket, sum(open_minor), sum(invoices)
   FROM (SELECT i.currency, i.due_on, c.time_zone, sum(i.open_minor) AS open_minor, count(*) AS invoices
         FROM invoices i JOIN customers c ON c.id = i.customer_id WHERE i.open_minor > 0 GROUP BY 1, 2, 3) g
   JOIN (SELECT time_zone, (now() AT TIME ZONE time_zone)::date AS today FROM (SELECT DISTINCT time_zone FROM customers) z) t USING (time_zone) GROUP BY 1, 2`,
  'SELECT currency, count(*) FROM (SELECT currency, customer_id FROM invoices WHERE open_minor > 0 GROUP BY 1, 2) d GROUP BY 1',
  'SELECT currency, sum(unapplied_minor) FROM payments WHERE unapplied_minor > 0 GROUP BY 1',
  'SELECT currency, sum(unapplied_minor) FROM credit_notes WHERE unapplied_minor > 0 GROUP BY 1',
  `SELECT step, action, outcome, count(*) FROM decisions WHERE at >= date_trunc('day', now()) GROUP BY 1, 2, 3`,
  `SELECT next_at::date, next_step, count(*) FROM collections WHERE state = 'active' AND next_at < now() + interval '14 days' GROUP BY 1, 2`,
  `SELECT state, count(*) FROM messages WHERE queued_at > now() - interval '7 days' GROUP BY 1`,
  `SELECT (SELECT count(*) FROM tasks WHERE state IN ('open', 'claimed')), (SELECT count(*) FROM holds WHERE released_at IS NULL), (SELECT count(*) FROM collections WHERE state = 'active')`,
];

/** The two pages that people have open all day, over HTTP, at 200,000 invoices; against the SQL that they cannot do without, on the same database by turns. */
export const pages: Bench = async ({ scale, say }) => {
  const count = Math.round(200_000 * scale);
  const engines = await startEngines('bench-pages', say);
  try {
    const { knex } = engines;
    say(`pages: a ledger of ${count} invoices`);
    await fill(knex, count, engines.folder);
    const { key } = await createApiKey(knex, { name: 'bench', scopes: ['read'], createdBy: 'bench', expiresAt: null });
    const api = await apiProcess({ engines, resendUrl: 'http://127.0.0.1:9' });
    await api.start();
    try {
      const get = (path: string): Promise<void> => fetched(`${api.url}/api/v1${path}`, key);
      const figures: Figure[] = [];
      for (const { what, path, sql } of [
        { what: 'invoice list, overdue, 50 rows', path: '/invoices?state=overdue&limit=50', sql: [bareList] },
        { what: 'overview', path: '/overview', sql: bareOverview },
      ]) {
        say(`pages: ${what}`);
        const { ours, bare } = await byTurns(() => get(path), async () => { await Promise.all(sql.map((statement) => knex.raw(statement))); });
        figures.push(lessIsBetter({
          bench: 'pages', what: `${what}, p95 at ${count} invoices`, value: percentile(ours, 0.95), unit: 'ms', baseline: { name: 'the bare SQL, p95', value: percentile(bare, 0.95) },
          limit: 'the SQL itself; the page also passes Express, sign-in by key, validation and JSON',
          notes: { 'median, ours': Number(percentile(ours, 0.5).toFixed(1)), 'median, SQL': Number(percentile(bare, 0.5).toFixed(1)) },
        }, ratioMax));
      }
      return figures;
    } finally {
      await api.stop();
    }
  } finally {
    await engines.stop();
  }
};

const kept = new Agent({ keepAlive: true });

/** By node's own client on a kept connection: `fetch` takes as long as the server does. */
async function fetched(url: string, key: string): Promise<void> {
  const [status, body] = await new Promise<[number, string]>((resolve, reject) => {
    httpGet(url, { agent: kept, headers: { authorization: `Bearer ${key}` } }, (response) => { text(response).then((all) => resolve([response.statusCode ?? 0, all]), reject); }).on('error', reject);
  });
  if (status !== 200) throw new Error(`GET ${url}: ${status} ${body}`);
}

/** Due over the last 300 days and the next 60, three in five paid, the open ones under collection. */
async function fill(knex: Knex, count: number, folder: string): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  await knex.transaction((trx) => publishPolicy(trx, { ...referencePolicy(), actor: systemActor }));
  await importLedger(knex, unpaidLedger({ invoices: count, invoicesPerCustomer: 20, issuedFrom: addDays(today, -330), issuedOverDays: 330, termsDays: 30 }), folder);
  await knex.raw(`INSERT INTO payments (external_id, customer_id, currency, amount_minor, received_at) SELECT 'p' || id, customer_id, currency, total_minor, due_on FROM invoices WHERE id % 5 < 3`);
  await knex.raw(`INSERT INTO applications (invoice_id, payment_id, amount_minor, applied_at) SELECT i.id, p.id, i.total_minor, p.received_at FROM invoices i JOIN payments p ON p.external_id = 'p' || i.id`);
  await knex.raw(`INSERT INTO collections (invoice_id, customer_id, policy_version_id, next_at, next_step, stage, started_at)
    SELECT i.id, i.customer_id, v.id, now() + (i.id % 100) * interval '1 day', 'call-14', 'overdue-7', i.issued_on FROM invoices i, policy_versions v WHERE i.open_minor > 0`);
  await knex.raw('VACUUM ANALYZE');
}
