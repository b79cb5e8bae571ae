import { randomUUID } from 'node:crypto';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import PgBoss from 'pg-boss';
import { createBatchActivities } from '../../activities/batch/activities';
import { systemActor } from '../../db/audit';
import { connect } from '../../db/connect';
import { publishPolicy } from '../../db/policies';
import { createSegment } from '../../db/segments/segments';
import { setBatched } from '../../db/segments/setBatched';
import { workflowBundle } from '../../worker/bundle';
import { wakeBatch } from '../../workflows/contracts/batch';
import { taskQueuesNamed } from '../../workflows/contracts/queues';
import { startEngines, temporalClient, type Engines } from '../processes/engines';
import { until } from '../processes/product';
import { timed, moreIsBetter, type Bench } from './figure';
import { importLedger } from './importLedger';
import { unpaidLedger } from './ledger';
import { policyFrom } from './policies';

const perSecondMin = 5_000;
const ratioMin = 0.33;
/** The first warms all three up and is not counted. */
const rounds = 3;
const invoicesPerCustomer = 4;
/** Of all three: what is taken in one transaction, and how many of them side by side. */
const takenAtOnce = 1_000;
const lanes = 2;
const finishWithinMs = 900_000;

/**
 * Invoices that are all due for one email, collected by a segment in batches: found, read, decided by the policy, and written with decision, message and the next plan, driven by its workflow on the
 * Temporal server. Beside it, in turns and in the same tables, what only writes the same rows: a plain SQL scan with SKIP LOCKED, and pg-boss with a job for each invoice. Handing messages over is the storm's figure.
 */
export const collection: Bench = async ({ scale, say }) => {
  const count = Math.round((20_000 * scale) / invoicesPerCustomer) * invoicesPerCustomer;
  const engines = await startEngines('bench-collection', say);
  const knex = connect(engines.postgres.url, { poolMax: 8 });
  try {
    const { segmentId, versionId } = await prepare(engines, count, say);
    const seconds = { ours: 0, sql: 0, boss: 0, making: 0 };
    const batches = await batchWorker(engines, knex, segmentId);
    const boss = await startBoss(engines);
    try {
      for (let round = 0; round < rounds; round += 1) {
        for (const [position, kind] of (['sql', 'ours', 'boss'] as const).entries()) {
          const part = round * 3 + position;
          await makeDue(knex, part, kind === 'ours' ? segmentId : null);
          await knex.raw('CHECKPOINT');
          const making = kind === 'boss' ? await makeJobs(knex, boss) : 0;
          const spent = kind === 'sql' ? await plainScan(knex) : kind === 'boss' ? await doJobs(knex, boss) : await batches.run();
          await check(knex, part, count);
          if (round > 0) {
            seconds[kind] += spent;
            seconds.making += making;
          }
          say(`collection: round ${round + 1}, ${kind}: ${Math.round(count / spent)} decisions/s${making > 0 ? `, its jobs made in ${making.toFixed(1)} s before` : ''}${round > 0 ? '' : ', to warm up'}`);
        }
      }
    } finally {
      await batches.stop();
      await boss.stop({ graceful: false });
    }
    const decisions = count * (rounds - 1);
    const perSecond = { ours: decisions / seconds.ours, sql: decisions / seconds.sql, boss: decisions / seconds.boss, bossMaking: decisions / (seconds.boss + seconds.making) };
    const notes = { customers: decisions / invoicesPerCustomer, 'policy version': versionId };
    const limit = 'two cores for three indexed tables with their references, of which the plain scan takes all: reading and deciding come on top';
    return [
      { bench: 'collection', what: `${decisions} decisions in batches`, value: perSecond.ours, unit: 'decisions/s', baseline: null, ratio: null, target: `≥ ${perSecondMin}/s on 2 cores`, reached: perSecond.ours >= perSecondMin, limit, notes },
      moreIsBetter({ bench: 'collection', what: 'in batches, beside SQL', value: perSecond.ours, unit: 'decisions/s', baseline: { name: 'plain SQL scan with SKIP LOCKED, the same writes', value: perSecond.sql }, limit, notes }, ratioMin),
      moreIsBetter({ bench: 'collection', what: 'in batches, beside pg-boss', value: perSecond.ours, unit: 'decisions/s', baseline: { name: 'pg-boss, the same writes, its jobs there before', value: perSecond.boss }, limit, notes }, 1),
      moreIsBetter({ bench: 'collection', what: 'in batches, beside pg-boss that makes its jobs', value: perSecond.ours, unit: 'decisions/s', baseline: { name: 'pg-boss, jobs made and done, the same writes', value: perSecond.bossMaking }, limit, notes }, 1),
    ];
  } finally {
    await knex.destroy();
    await engines.stop();
  }
};

async function prepare({ knex, folder }: Engines, count: number, say: (line: string) => void): Promise<{ segmentId: number; versionId: number }> {
  const { id: versionId } = await knex.transaction((trx) => publishPolicy(trx, { ...policyFrom(dueOnce), actor: systemActor }));
  say(`collection: importing ${rounds * 3} times ${count} invoices`);
  await importLedger(knex, unpaidLedger({ invoices: rounds * 3 * count, invoicesPerCustomer, issuedFrom: '2026-01-05', issuedOverDays: 20, termsDays: 30 }), folder);
  // No worker of the product runs: what is not measured is put there as it would be.
  await knex.raw(`UPDATE outbox SET relayed_at = now(); TRUNCATE segment_changes`);
  await knex.raw(`INSERT INTO collections (invoice_id, customer_id, policy_version_id, started_at, armed_at) SELECT id, customer_id, ?, now(), now() FROM invoices`, [versionId]);
  const segmentId = await knex.transaction(async (trx) => {
    const { id } = await createSegment(trx, systemActor, 'all', { title: 'All', description: null, condition: { field: 'customer.openInvoices', op: '>=', value: 0 } }, Date.now());
    await setBatched(trx, systemActor, id, true, Date.now());
    await trx.raw(`INSERT INTO segment_members (segment_id, customer_id, joined_at, reason) SELECT ?, id, now(), 'all' FROM customers`, [id]);
    return id;
  });
  await knex.raw('VACUUM ANALYZE');
  return { segmentId, versionId };
}

/** A part of the customers have invoices that are due, as a day's would be; nothing else is. */
async function makeDue(knex: Knex, part: number, segmentId: number | null): Promise<void> {
  await knex.raw(`UPDATE collections SET next_at = '2026-01-05', batch_segment_id = ? WHERE customer_id % ? = ?`, [segmentId, rounds * 3, part]);
  await knex.raw('VACUUM ANALYZE collections');
}

async function check(knex: Knex, part: number, count: number): Promise<void> {
  const { rows } = await knex.raw<{ rows: { decisions: number; messages: number }[] }>(
    `SELECT (SELECT count(*)::int FROM decisions WHERE customer_id % :parts = :part AND outcome = 'executed') AS decisions,
            (SELECT count(*)::int FROM messages m JOIN message_invoices l ON l.message_id = m.id WHERE m.customer_id % :parts = :part) AS messages`, { parts: rounds * 3, part });
  const { decisions = 0, messages = 0 } = rows[0] ?? {};
  if (decisions !== count || messages !== count) throw new Error(`${count} decisions and messages were due, ${decisions} and ${messages} were written`);
}

/** Ours: the workflow on its server, the activity in this process. Children that hand over wait for a mail worker that is not there. */
async function batchWorker({ temporal, postgres }: Engines, knex: Knex, segmentId: number): Promise<{ run(): Promise<number>; stop(): Promise<void> }> {
  const queues = taskQueuesNamed('bench-collection');
  const { client, close } = await temporalClient(temporal);
  const connection = await NativeConnection.connect({ address: temporal.address });
  const pool = connect(postgres.url, { poolMax: 8 });
  const { namespace } = temporal;
  const workers = [
    await Worker.create({ connection, namespace, taskQueue: queues.collection, workflowBundle: await workflowBundle() }),
    await Worker.create({ connection, namespace, taskQueue: queues.batch, activities: createBatchActivities({ knex: pool }) }),
  ];
  const running = workers.map((worker) => worker.run());
  return {
    run: async () => {
      const { seconds } = await timed(async () => {
        await wakeBatch(client, segmentId, queues);
        await until('all to be decided', finishWithinMs, () => nothingDue(knex), undefined, 50);
      });
      return seconds;
    },
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await pool.destroy();
      await connection.close();
      await close();
    },
  };
}

async function nothingDue(knex: Knex): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: { due: boolean }[] }>(`SELECT EXISTS (SELECT FROM collections WHERE state = 'active' AND next_at <= now()) AS due`);
  return !rows[0]?.due;
}

/**
 * What each of the three writes of an invoice: its decision with what it was made of, its message, what the message is about, and that its ladder is at its end. Ours
 * besides reads eight tables for each customer, decides, looks addresses up by role without those suppressed, and lets nothing be written twice.
 */
const sameWrites = `
  , decided AS (
    INSERT INTO decisions (invoice_id, customer_id, policy_version_id, step, action, occurrence, outcome, reason_code, reason, at, on_date, planned_at, open_minor, currency, ledger_version, inputs, message_id)
    SELECT t.invoice_id, t.customer_id, t.policy_version_id, 'write', 'email', 1, 'executed', 'due', 'planned for 2026-01-05, 323 days late', now(), current_date, now(), i.open_minor, i.currency, k.ledger_version,
      jsonb_build_object('open', i.open_minor || ' ' || i.currency, 'covered', '0 ' || i.currency, 'dueOn', i.due_on, 'lastContactOn', NULL), t.message_id
    FROM taken t JOIN invoices i ON i.id = t.invoice_id JOIN customers k ON k.id = t.customer_id
  ), queued AS (
    INSERT INTO messages (id, source, idempotency_key, customer_id, invoice_id, template, language, to_addresses, attach_invoice, contact_on, ledger_version, queued_at, content)
    SELECT t.message_id, 'ladder', i.external_id || '/bench@1/write/1/email', t.customer_id, t.invoice_id, 'due', k.language, ARRAY(SELECT email FROM contacts c WHERE c.customer_id = k.id), false, current_date, k.ledger_version, now(), '{}'
    FROM taken t JOIN invoices i ON i.id = t.invoice_id JOIN customers k ON k.id = t.customer_id
  ), about AS (
    INSERT INTO message_invoices (message_id, invoice_id, step) SELECT message_id, invoice_id, 'write' FROM taken
  )
  UPDATE collections c SET state = 'done', outcome = 'exhausted', next_at = NULL, stage = 'write' FROM taken t WHERE c.invoice_id = t.invoice_id RETURNING c.invoice_id`;

/** As good as it gets: found and written by the database alone, nothing read into a program, nothing decided. */
async function plainScan(knex: Knex): Promise<number> {
  const lane = async (): Promise<void> => {
    for (let taken = 1; taken > 0; ) {
      const { rows } = await knex.raw<{ rows: unknown[] }>(
        `WITH taken AS MATERIALIZED (
           SELECT invoice_id, customer_id, policy_version_id, gen_random_uuid() AS message_id FROM collections WHERE state = 'active' AND next_at <= now() ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED
         ) ${sameWrites}`, [takenAtOnce]);
      taken = rows.length;
    }
  };
  return (await timed(() => Promise.all(Array.from({ length: lanes }, lane)))).seconds;
}

const queue = 'collect';

async function startBoss({ postgres }: Engines): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: postgres.url, max: 8 });
  await boss.start();
  await boss.createQueue(queue);
  return boss;
}

/** What is planned is a job here, so somebody makes it: one for each invoice that is due, a thousand at a time. */
async function makeJobs(knex: Knex, boss: PgBoss): Promise<number> {
  const { seconds } = await timed(async () => {
    const { rows: due } = await knex.raw<{ rows: { invoice_id: number }[] }>(`SELECT invoice_id FROM collections WHERE state = 'active' AND next_at <= now()`);
    const lane = async (): Promise<void> => {
      while (due.length > 0) await boss.insert(due.splice(0, takenAtOnce).map(({ invoice_id }) => ({ name: queue, data: { invoiceId: invoice_id, messageId: randomUUID() } })));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  });
  return seconds;
}

/** Jobs that are there: fetched in batches, the rows of a batch written by one statement, completed. */
async function doJobs(knex: Knex, boss: PgBoss): Promise<number> {
  const lane = async (): Promise<void> => {
    for (;;) {
      const fetched = await boss.fetch<{ invoiceId: number; messageId: string }>(queue, { batchSize: takenAtOnce });
      if (fetched.length === 0) return;
      await knex.raw(
        `WITH taken AS MATERIALIZED (
           SELECT c.invoice_id, c.customer_id, c.policy_version_id, j.message_id FROM jsonb_to_recordset(?::jsonb) AS j (invoice_id bigint, message_id uuid) JOIN collections c ON c.invoice_id = j.invoice_id
         ) ${sameWrites}`, [JSON.stringify(fetched.map(({ data }) => ({ invoice_id: data.invoiceId, message_id: data.messageId })))]);
      await boss.complete(queue, fetched.map(({ id }) => id));
    }
  };
  return (await timed(() => Promise.all(Array.from({ length: lanes }, lane)))).seconds;
}

/** One email for each invoice, at any hour. */
const dueOnce = `
policy: bench
version: 1
calendar: { timeZone: UTC, window: { opens: "00:00", closes: "24:00" }, weekdays: [mon, tue, wed, thu, fri, sat, sun], holidays: none }
contact: { minimumDaysBetween: 0, merge: per-invoice }
steps:
  - { id: write, anchor: issued, offset: { days: 0 }, actions: [{ email: { template: due } }] }
`;
