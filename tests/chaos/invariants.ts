import type { Knex } from 'knex';
import { verifyAudit } from '../../db/audit';
import type { Ledger } from '../../domain/simulation/timeline';
import { compareWithForetold, type Comparisons, type Foretold } from './foretell';
import { publicHolidays } from './holidays';
import { strategyChecks } from './strategyInvariants';

/** What Dunwell promises whatever happens, by number. */
export const invariants = {
  1: 'No reminder, hold or hand-off is executed for an invoice of which nothing was open, undisputed and unpromised in the version of the ledger on which it was authorised; that version is stored with it',
  2: 'The effect of a step happens at most once, and is never lost',
  3: 'Spacing and caps on contact hold for each customer across policies, segments and campaigns',
  4: 'Nothing is sent outside of the send window where the recipient is, holidays and summer time included',
  5: 'What was decided is what the simulation says, row for row',
  6: 'Every planned step ends in one decision, which says why',
  7: 'Money is whole minor units of one currency, and adds up',
  8: 'Dates are dates and instants are instants, of the deployment and not of the machine',
} as const;
export type Invariant = keyof typeof invariants;

/** What must be empty, as the SQL that finds the breaches. */
export interface Check {
  of: readonly Invariant[];
  what: string;
  sql: string;
  /** A change that it must find, to show that it can fail; made when all else has been checked, and rolled back. */
  breaks?: string;
}

/** One thing that must be so, and what was found to the contrary. */
export interface Finding {
  of: readonly Invariant[];
  what: string;
  /** How many breaches; 0 is right. */
  breaches: number;
  examples: string[];
}

const examplesMax = 5;

export function finding(of: readonly Invariant[], what: string, breaches: readonly unknown[]): Finding {
  return { of, what, breaches: breaches.length, examples: breaches.slice(0, examplesMax).map((breach) => JSON.stringify(breach)) };
}

/** The row of the first email that a ladder sent. */
const anEmail = `(SELECT min(id) FROM decisions WHERE outcome = 'executed' AND action = 'email')`;

/** Whether an application had not been taken back by the instant of a decision. */
const stands = (application: string): string => `(${application}.reversed_at IS NULL OR ${application}.reversed_at > d.at)`;

/** What must be empty, each as the SQL that finds the breaches. Independent of the code that made the rows. */
const checks: readonly Check[] = [
  {
    of: [1],
    what: 'no reminder, task, hold or hand-off was executed for an invoice of which nothing was open in the ledger at that instant',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.outcome = 'executed' AND d.action NOT IN ('release', 'release-notice')
            AND (d.open_minor <= 0 OR i.total_minor <= (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a
              WHERE a.invoice_id = i.id AND a.applied_at <= d.at AND (a.reversed_at IS NULL OR a.reversed_at > d.at)))`,
    breaks: `UPDATE decisions SET open_minor = 0 WHERE id = ${anEmail}`,
  },
  {
    of: [1],
    what: 'no reminder, task, hold or hand-off was executed for an invoice of which all was disputed at that instant',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.outcome IN ('executed', 'covered') AND d.action NOT IN ('release', 'release-notice')
            AND d.open_minor <= (SELECT coalesce(sum(p.amount_minor), 0) FROM disputes p WHERE p.invoice_id = i.id AND p.opened_at <= d.at AND (p.resolved_at IS NULL OR p.resolved_at > d.at))`,
  },
  {
    of: [1],
    what: 'nor of one of which all that is undisputed was promised and had not been paid',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          JOIN promise_invoices l ON l.invoice_id = i.id JOIN promises p ON p.id = l.promise_id
          WHERE d.outcome IN ('executed', 'covered') AND d.action NOT IN ('release', 'release-notice')
            AND p.made_at <= d.at AND d.at < p.ends_at AND p.withdrawn_at IS NULL AND NOT l.superseded
            AND d.open_minor <= l.amount_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND coalesce(a.part_of, a.id) > l.after_application_id AND a.payment_id IS NOT NULL AND a.applied_at <= d.at AND ${stands('a')})`,
  },
  {
    of: [6],
    what: 'every promise and dispute whose time has come has been looked at',
    sql: `SELECT p.external_id FROM promises p, clock WHERE p.state = 'pending' AND p.ends_at <= clock.virtual_now
          UNION ALL SELECT d.external_id FROM disputes d, clock WHERE d.state = 'open' AND d.escalated_at IS NULL AND d.deadline_at <= clock.virtual_now`,
  },
  {
    of: [1, 7],
    what: 'the balance in a decision is that of the ledger at that instant',
    sql: `SELECT d.id, i.external_id, d.at, d.open_minor FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.open_minor <> i.total_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.applied_at <= d.at AND ${stands('a')})`,
  },
  {
    of: [2, 6],
    what: 'an effect happened once: one decision for each step, action and occurrence',
    sql: `SELECT invoice_id, policy_version_id, step, action, occurrence, count(*) FROM decisions WHERE outcome <> 'deferred'
          GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1`,
  },
  {
    of: [2],
    what: 'an invoice that is open again goes on at the step it had reached: nothing that was done under a policy is done again under it',
    sql: `SELECT i.external_id, d.policy_version_id, d.step, d.action, count(*) FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE d.outcome IN ('executed', 'covered')
          GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`,
    breaks: `INSERT INTO decisions (invoice_id, customer_id, policy_version_id, step, action, occurrence, outcome, reason_code, reason, at, on_date, planned_at, open_minor, currency, ledger_version, inputs)
             SELECT invoice_id, customer_id, policy_version_id, step, action, occurrence + 1, outcome, reason_code, reason, at, on_date, planned_at, open_minor, currency, ledger_version, inputs FROM decisions WHERE id = ${anEmail}`,
  },
  {
    of: [2],
    what: 'there was something to go back: payments taken back as a whole, and in part, and ladders that went on after it',
    sql: `SELECT what FROM (VALUES
            ('reversals', (SELECT count(*) FROM payments WHERE reversed_at IS NOT NULL)), ('refunds', (SELECT count(*) FROM refunds)),
            ('ladders that went on', (SELECT count(*) FROM decisions d WHERE d.outcome = 'executed' AND EXISTS (SELECT FROM applications a WHERE a.invoice_id = d.invoice_id AND a.reversed_at <= d.at)))) v (what, count) WHERE count = 0`,
  },
  {
    of: [2],
    what: 'every executed effect is there: messages, tasks, holds, hand-offs, notifications',
    sql: `SELECT d.action, count(*) AS decided FROM decisions d JOIN invoices i ON i.id = d.invoice_id JOIN policy_versions p ON p.id = d.policy_version_id
          WHERE d.outcome = 'executed' AND CASE d.action
            WHEN 'email' THEN d.message_id IS NULL OR NOT EXISTS (SELECT FROM messages m WHERE m.id = d.message_id)
            WHEN 'release-notice' THEN d.message_id IS NULL
            WHEN 'leadership' THEN d.message_id IS NULL OR NOT EXISTS (SELECT FROM messages m WHERE m.id = d.message_id AND m.source = 'internal')
            WHEN 'find-contact' THEN NOT EXISTS (SELECT FROM tasks t WHERE t.customer_id = d.customer_id AND starts_with(t.key, 'escalation-contact/'))
            WHEN 'task' THEN NOT EXISTS (SELECT FROM tasks t WHERE t.key = i.external_id || '/' || p.policy || '@' || p.version || '/' || d.step || '/' || d.occurrence || '/task')
            WHEN 'hold' THEN NOT EXISTS (SELECT FROM holds h WHERE h.invoice_id = d.invoice_id AND h.step = d.step)
            WHEN 'handoff' THEN NOT EXISTS (SELECT FROM handoffs h WHERE h.invoice_id = d.invoice_id)
            WHEN 'start-policy' THEN NOT EXISTS (SELECT FROM policy_moves m WHERE m.invoice_id = d.invoice_id AND m.started_by = p.policy || '@' || p.version || '/' || d.step)
            WHEN 'escalate' THEN NOT EXISTS (SELECT FROM tasks t JOIN notifications n ON n.key = t.key WHERE t.key = i.external_id || '/' || p.policy || '@' || p.version || '/' || d.step || '/' || d.occurrence || '/escalate')
            WHEN 'notify' THEN NOT EXISTS (SELECT FROM notifications n WHERE n.invoice_id = d.invoice_id)
            WHEN 'release' THEN NOT EXISTS (SELECT FROM holds h WHERE h.invoice_id = d.invoice_id AND h.step = d.step AND h.released_at IS NOT NULL)
            ELSE true END
          GROUP BY 1`,
    breaks: `UPDATE decisions SET message_id = NULL WHERE id = ${anEmail}`,
  },
  {
    of: [2],
    what: 'no effect is there without its decision',
    sql: `SELECT 'message' AS effect, m.id::text FROM messages m WHERE m.source = 'ladder' AND NOT EXISTS (SELECT FROM decisions d WHERE d.message_id = m.id AND d.outcome = 'executed')
          UNION ALL SELECT 'hold', h.key FROM holds h WHERE h.automation_version_id IS NULL AND NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = h.invoice_id AND d.step = h.step AND d.action = 'hold' AND d.outcome = 'executed')
          UNION ALL SELECT 'task', t.key FROM tasks t WHERE t.invoice_id IS NOT NULL AND NOT starts_with(t.key, 'dispute/') AND NOT starts_with(t.key, 'payment/') AND NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = t.invoice_id AND d.action IN ('task', 'find-contact', 'escalate') AND d.outcome = 'executed')
          UNION ALL SELECT 'handoff', h.key FROM handoffs h WHERE NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = h.invoice_id AND d.action = 'handoff' AND d.outcome = 'executed')`,
  },
  {
    of: [3],
    what: 'a customer has at most one counted contact a day',
    sql: `SELECT customer_id, contact_on, count(*) FROM messages WHERE contact_on IS NOT NULL AND state <> 'cancelled' GROUP BY 1, 2 HAVING count(*) > 1`,
    breaks: `UPDATE messages m SET contact_on = o.contact_on FROM messages o WHERE o.id = (SELECT a.id FROM messages a JOIN messages b USING (customer_id) WHERE a.contact_on < b.contact_on ORDER BY a.id LIMIT 1) AND m.customer_id = o.customer_id AND m.contact_on > o.contact_on`,
  },
  {
    of: [4],
    what: 'nothing was sent outside the window of 9 to 17 on a weekday, where the recipient is',
    sql: `SELECT d.id, d.at, c.time_zone FROM decisions d JOIN customers c ON c.id = d.customer_id
          WHERE d.outcome = 'executed' AND d.action IN ('email', 'release-notice')
            AND (extract(isodow FROM d.at AT TIME ZONE c.time_zone) > 5 OR (d.at AT TIME ZONE c.time_zone)::time < '09:00' OR (d.at AT TIME ZONE c.time_zone)::time >= '17:00')`,
    breaks: `UPDATE decisions SET at = at - interval '12 hours' WHERE id = ${anEmail}`,
  },
  {
    of: [2],
    what: 'every message was handed over, none is waiting or unknown',
    sql: `SELECT id, state, state_reason FROM messages WHERE state NOT IN ('sent', 'delivered')`,
  },
  {
    of: [7],
    what: 'settled amounts are the sum of what was applied, to the minor unit',
    sql: `SELECT i.external_id FROM invoices i
          WHERE i.settled_minor <> (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.reversed_at IS NULL)
             OR i.open_minor <> i.total_minor - i.settled_minor OR i.open_minor < 0
          UNION ALL SELECT p.external_id FROM payments p
          WHERE p.applied_minor <> (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.payment_id = p.id AND a.reversed_at IS NULL)
              + (SELECT coalesce(sum(a.amount_minor), 0) FROM charge_applications a WHERE a.payment_id = p.id AND a.reversed_at IS NULL) OR p.unapplied_minor < 0
          UNION ALL SELECT p.external_id FROM payments p
          WHERE p.refunded_minor <> (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r WHERE r.payment_id = p.id) OR (p.reversed_at IS NOT NULL AND p.applied_minor + p.unapplied_minor <> 0)
             OR (p.reversed_at IS NULL AND p.applied_minor + p.unapplied_minor + p.refunded_minor <> p.amount_minor)
          UNION ALL SELECT 'charge ' || h.id FROM charges h
          WHERE h.applied_minor <> (SELECT coalesce(sum(a.amount_minor), 0) FROM charge_applications a WHERE a.charge_id = h.id AND a.reversed_at IS NULL)`,
    breaks: `UPDATE invoices SET settled_minor = settled_minor - 1 WHERE id = (SELECT min(id) FROM invoices WHERE settled_minor > 0)`,
  },
  {
    of: [2, 6],
    what: 'nothing is owed: no event unrelayed, no plan outstanding, no step overdue',
    sql: `SELECT 'event', id FROM outbox WHERE relayed_at IS NULL
          UNION ALL SELECT 'plan', invoice_id FROM collections WHERE planned_seq < requested_seq
          UNION ALL SELECT 'step', invoice_id FROM collections, clock WHERE state = 'active' AND next_at <= virtual_now`,
  },
  {
    of: [1],
    what: 'a hold that was placed stands only while its invoice is open',
    sql: `SELECT h.key FROM holds h JOIN invoices i ON i.id = h.invoice_id WHERE h.released_at IS NULL AND i.open_minor = 0`,
  },
  {
    of: [1],
    what: 'each decision says on which version of its customer\'s ledger it was authorised, and later ones on no earlier version',
    sql: `SELECT d.id, d.at, d.ledger_version, c.ledger_version AS now FROM decisions d JOIN customers c ON c.id = d.customer_id WHERE d.ledger_version NOT BETWEEN 1 AND c.ledger_version
          UNION ALL SELECT id, at, ledger_version, before FROM (SELECT id, at, ledger_version, lag(ledger_version) OVER (PARTITION BY customer_id ORDER BY id) AS before FROM decisions) d WHERE before > ledger_version`,
  },
  {
    of: [4],
    what: 'nothing was sent on a public holiday where the recipient is',
    sql: `SELECT m.source, m.id::text, m.queued_at, c.country FROM messages m JOIN customers c ON c.id = m.customer_id
          JOIN (VALUES ${Object.entries(publicHolidays).flatMap(([country, days]) => days.map((day) => `('${country}', '${day}'::date)`)).join(', ')}) h (country, day) ON h.country = c.country
          WHERE m.source <> 'internal' AND m.state <> 'cancelled' AND (m.queued_at AT TIME ZONE c.time_zone)::date = h.day`,
  },
  {
    of: [6],
    what: 'of an invoice that is open at the end each action of each step whose day has come has been decided on, or waits for a promise or a dispute',
    sql: `SELECT i.external_id, v.policy || '@' || v.version AS version, s.step ->> 'id' AS step, a.action ->> 'kind' AS action FROM collections k JOIN invoices i ON i.id = k.invoice_id JOIN policy_versions v ON v.id = k.policy_version_id, clock,
            jsonb_array_elements(v.document -> 'steps') s (step), jsonb_array_elements(s.step -> 'actions') a (action)
          WHERE i.open_minor > 0 AND s.step #>> '{offset,unit}' = 'days'
            AND (CASE s.step ->> 'anchor' WHEN 'due' THEN i.due_on WHEN 'issued' THEN i.issued_on END) + (s.step #>> '{offset,count}')::int + 14 <= clock.virtual_now::date
            AND NOT EXISTS (SELECT FROM decisions d LEFT JOIN carried_decisions r ON r.decision_id = d.id AND r.policy_version_id = v.id
              WHERE d.invoice_id = i.id AND coalesce(r.step, d.step) = s.step ->> 'id' AND d.action = a.action ->> 'kind' AND (d.outcome <> 'deferred' OR d.until IS NULL OR d.until > clock.virtual_now))`,
  },
  {
    of: [6],
    what: 'each decision has a reason, and none that was put off to a time that has passed is the last word',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.outcome FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE trim(d.reason) = '' OR trim(d.reason_code) = ''
          UNION ALL SELECT d.id, i.external_id, d.step, d.action, d.outcome FROM decisions d JOIN invoices i ON i.id = d.invoice_id JOIN collections k ON k.invoice_id = i.id, clock
            WHERE d.outcome = 'deferred' AND d.until <= clock.virtual_now AND i.open_minor > 0 AND k.policy_version_id = d.policy_version_id AND NOT EXISTS (SELECT FROM decisions o WHERE o.invoice_id = d.invoice_id
              AND o.step = d.step AND o.action = d.action AND o.id > d.id)`,
    breaks: `UPDATE decisions SET reason = '' WHERE id = ${anEmail}`,
  },
  {
    of: [7],
    what: 'no money meets another currency, and none is a fraction of a minor unit',
    sql: `SELECT 'payment' AS what, p.external_id FROM applications a JOIN payments p ON p.id = a.payment_id JOIN invoices i ON i.id = a.invoice_id WHERE p.currency <> i.currency
          UNION ALL SELECT 'decision', i.external_id FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE d.currency <> i.currency
          UNION ALL SELECT 'promise', p.external_id FROM promises p JOIN promise_invoices l ON l.promise_id = p.id JOIN invoices i ON i.id = l.invoice_id WHERE p.currency <> i.currency
          UNION ALL SELECT 'column', table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%\\_minor' AND data_type NOT IN ('bigint', 'integer')`,
  },
  {
    of: [8],
    what: 'the date of a decision and of a contact is that of its instant where the customer is',
    sql: `SELECT 'decision' AS what, d.id::text, d.at, d.on_date FROM decisions d JOIN customers c ON c.id = d.customer_id WHERE d.on_date <> (d.at AT TIME ZONE c.time_zone)::date
          UNION ALL SELECT m.source, m.id::text, m.queued_at, m.contact_on FROM messages m JOIN customers c ON c.id = m.customer_id WHERE m.contact_on <> (m.queued_at AT TIME ZONE c.time_zone)::date`,
    breaks: `UPDATE decisions SET on_date = on_date + 1 WHERE id = ${anEmail}`,
  },
  {
    of: [8],
    what: 'what is a date is kept as a date, and what is an instant as an instant',
    sql: `SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND is_updatable = 'YES'
          AND ((column_name LIKE '%\\_on' AND data_type NOT IN ('date', 'ARRAY', 'boolean')) OR (column_name LIKE '%\\_at' AND data_type <> 'timestamp with time zone'))`,
  },
  {
    of: [8],
    what: 'nothing bears the time of the machine: all that happened lies between the start and where the deployment\'s clock stands',
    sql: `SELECT what, id, at FROM (
            SELECT 'decision' AS what, id::text, at FROM decisions UNION ALL SELECT 'message', id::text, queued_at FROM messages UNION ALL SELECT 'task', key, created_at FROM tasks
            UNION ALL SELECT 'hold', key, placed_at FROM holds UNION ALL SELECT 'application', id::text, applied_at FROM applications UNION ALL SELECT 'event', id::text, at FROM events
            UNION ALL SELECT 'segment run', id::text, planned_at FROM segment_runs UNION ALL SELECT 'promise', external_id, made_at FROM promises UNION ALL SELECT 'dispute', external_id, opened_at FROM disputes
          ) x, clock WHERE x.at NOT BETWEEN '2026-01-01' AND clock.virtual_now`,
    breaks: `UPDATE decisions SET at = at + interval '10 years' WHERE id = ${anEmail}`,
  },
];

export interface WhatHappened {
  knex: Knex;
  ledger: Ledger;
  foretold: Foretold;
  /** Whether segments ran, policies moved, a campaign wrote and an experiment was ended. */
  strategies: boolean;
  /** How many times the provider accepted each message, by message id. */
  accepted: ReadonlyMap<string, number>;
  /** What the API says is open, by currency. */
  overview: OpenByCurrency;
}

/** As the API's overview has it. */
export type OpenByCurrency = readonly { currency: string; openMinor: number; overdueMinor: number; aging: readonly { bucket: string; openMinor: number }[] }[];

/** Everything that must hold after a run, whatever was killed in it. */
export async function checkInvariants({ knex, ledger, foretold, strategies, accepted, overview }: WhatHappened): Promise<{ findings: Finding[]; comparisons: Comparisons; messages: number }> {
  const findings: Finding[] = [];
  for (const { of, what, sql } of [...checks, ...(strategies ? strategyChecks : [])]) findings.push(finding(of, what, (await knex.raw<{ rows: unknown[] }>(sql)).rows));

  const comparisons = await compareWithForetold(knex, foretold);
  findings.push(...compared(comparisons, foretold, strategies));

  const { rows: messages } = await knex.raw<{ rows: { id: string }[] }>('SELECT id FROM messages');
  findings.push(finding([2], 'the provider accepted every message exactly once', messages.filter(({ id }) => accepted.get(id) !== 1).map(({ id }) => ({ id, accepted: accepted.get(id) ?? 0 }))));
  const known = new Set(messages.map(({ id }) => id));
  findings.push(finding([2], 'the provider accepted nothing else', [...accepted.keys()].filter((id) => !known.has(id))));

  const audit = await verifyAudit(knex);
  findings.push(finding([], 'the audit trail is whole', audit.kind === 'whole' ? [] : [audit]));
  findings.push(finding([2, 7], 'every invoice, payment, credit note, refund, reversal, promise and dispute is in the ledger once', await missingRecords(knex, ledger)));
  findings.push(finding([8], 'the dates of invoices are those that were written over the API', await movedDates(knex, ledger)));
  findings.push(finding([], 'each check that was put to the test found what was broken on purpose', await blindChecks(knex, foretold)));
  findings.push(finding([7], 'what the API says is open is the sum of what is open, by currency, and so is the sum of its aging buckets', await wrongSums(knex, overview)));
  return { findings, comparisons, messages: messages.length };
}

/** Checks that do not see what they are there to see. */
async function blindChecks(knex: Knex, foretold: Foretold): Promise<string[]> {
  const blind: string[] = [];
  const afterBreaking = async (breaks: string, what: string, breaches: (trx: Knex) => Promise<number>): Promise<void> => {
    const trx = await knex.transaction();
    try {
      const before = await breaches(trx);
      await trx.raw(breaks);
      if ((await breaches(trx)) <= before) blind.push(what);
    } catch (error) {
      blind.push(`${what}: ${String(error)}`);
    } finally {
      await trx.rollback();
    }
  };
  for (const { what, sql, breaks } of checks) if (breaks) await afterBreaking(breaks, what, async (trx) => (await trx.raw<{ rows: unknown[] }>(sql)).rows.length);
  await afterBreaking(`UPDATE decisions SET outcome = 'suppressed' WHERE id = ${anEmail}`, 'decisions beside the simulation', async (trx) => {
    const { untouched, touched } = await compareWithForetold(trx, foretold);
    return untouched.decisions.mismatches.length + touched.decisions.mismatches.length;
  });
  return blind;
}

function compared({ untouched, touched }: Comparisons, { to, undisturbedUntil }: Foretold, strategies: boolean): Finding[] {
  if (!strategies) return [finding([5, 6], `the decisions until ${to} are those of the simulation, row for row`, untouched.decisions.mismatches)];
  const nothing = Object.entries({ 'decisions of the untouched': untouched.decisions, 'runs for the untouched': untouched.runs, 'decisions of the others': touched.decisions, 'runs for the others': touched.runs }).filter(([, { compared: count }]) => count === 0).map(([what]) => what);
  return [
    finding([5, 6], `of customers whom nobody touched the decisions until ${to} are those of the simulation with segments, row for row`, untouched.decisions.mismatches),
    finding([5], 'and so is what segments came to for them', untouched.runs.mismatches),
    finding([5, 6], `of all others the decisions until ${undisturbedUntil}, before the first act, are`, touched.decisions.mismatches),
    finding([5], 'and so is what segments came to for them until then', touched.runs.mismatches),
    finding([5], 'there was something to compare', nothing),
  ];
}

async function missingRecords(knex: Knex, ledger: Ledger): Promise<[string, number][]> {
  const refunds = ledger.refunds ?? [];
  const records = { invoices: ledger.invoices, payments: ledger.payments, credit_notes: ledger.creditNotes, promises: ledger.promises ?? [], disputes: ledger.disputes ?? [], refunds: refunds.filter(({ kind }) => kind === 'refund') };
  const missing: [string, number][] = [];
  for (const [table, list] of Object.entries(records)) {
    const { rows } = await knex.raw<{ rows: { count: number }[] }>('SELECT count(*)::int AS count FROM ?? WHERE external_id = ANY(?)', [table, list.map(({ externalId }) => externalId)]);
    missing.push([table, list.length - (rows[0]?.count ?? 0)]);
  }
  const reversed = refunds.filter(({ kind }) => kind !== 'refund').map(({ paymentExternalId, kind }) => `${paymentExternalId} ${kind}`);
  const { rows: taken } = await knex.raw<{ rows: { payment: string }[] }>(`SELECT external_id || ' ' || reversal_kind AS payment FROM payments WHERE reversed_at IS NOT NULL`);
  missing.push(['reversals', reversed.filter((payment) => !taken.some((each) => each.payment === payment)).length + Math.abs(taken.length - reversed.length)]);
  return missing.filter(([, count]) => count !== 0);
}

async function movedDates(knex: Knex, ledger: Ledger): Promise<unknown[]> {
  const { rows } = await knex.raw<{ rows: { id: string; issuedOn: string; dueOn: string }[] }>('SELECT external_id AS id, issued_on AS "issuedOn", due_on AS "dueOn" FROM invoices');
  const kept = new Map(rows.map((row) => [row.id, row]));
  return ledger.invoices.filter(({ externalId, issuedOn, dueOn }) => kept.get(externalId)?.issuedOn !== issuedOn || kept.get(externalId)?.dueOn !== dueOn).map((invoice) => ({ written: invoice, kept: kept.get(invoice.externalId) }));
}

/** Told by the applications, not by what is kept of their sums. */
async function wrongSums(knex: Knex, overview: OpenByCurrency): Promise<unknown[]> {
  const { rows } = await knex.raw<{ rows: { currency: string; open: number; overdue: number }[] }>(
    `SELECT i.currency, sum(i.open)::bigint AS open, coalesce(sum(i.open) FILTER (WHERE i.due_on < (clock.virtual_now AT TIME ZONE c.time_zone)::date), 0)::bigint AS overdue
     FROM (SELECT n.*, n.total_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = n.id AND a.reversed_at IS NULL) AS open FROM invoices n) i JOIN customers c ON c.id = i.customer_id, clock
     WHERE i.open > 0 GROUP BY i.currency`);
  if (rows.length === 0) return ['nothing is open at the end'];
  return rows.flatMap((row) => {
    const told = overview.find(({ currency }) => currency === row.currency);
    const inBuckets = told?.aging.reduce((sum, { openMinor }) => sum + openMinor, 0);
    return told?.openMinor === row.open && told.overdueMinor === row.overdue && inBuckets === row.open ? [] : [{ ...row, told }];
  });
}
