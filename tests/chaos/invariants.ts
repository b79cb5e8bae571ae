import type { Knex } from 'knex';
import { compareRows } from '../../cli/replay/compare';
import { readDecisionRows } from '../../db/collection/decisionRows';
import { verifyAudit } from '../../db/audit';
import { lastRunsBy, readSegmentDecisionRows } from '../../db/segments/decisionRows';
import { addDays } from '../../domain/calendar/dates';
import type { Ledger } from '../../domain/simulation/timeline';
import type { Foretold } from './foretell';
import { strategyQueries } from './strategyInvariants';

/** One thing that must be so, and what was found to the contrary. */
export interface Finding {
  what: string;
  /** How many breaches; 0 is right. */
  breaches: number;
  examples: string[];
}

const examplesMax = 5;

function finding(what: string, breaches: readonly unknown[]): Finding {
  return { what, breaches: breaches.length, examples: breaches.slice(0, examplesMax).map((breach) => JSON.stringify(breach)) };
}

/** Whether an application had not been taken back by the instant of a decision. */
const stands = (application: string): string => `(${application}.reversed_at IS NULL OR ${application}.reversed_at > d.at)`;

/** What must be empty, each as the SQL that finds the breaches. Independent of the code that made the rows. */
const emptyQueries: readonly { what: string; sql: string }[] = [
  {
    what: 'no reminder, task, hold or hand-off was executed for an invoice of which nothing was open in the ledger at that instant',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.outcome = 'executed' AND d.action NOT IN ('release', 'release-notice')
            AND (d.open_minor <= 0 OR i.total_minor <= (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a
              WHERE a.invoice_id = i.id AND a.applied_at <= d.at AND (a.reversed_at IS NULL OR a.reversed_at > d.at)))`,
  },
  {
    what: 'no reminder, task, hold or hand-off was executed for an invoice of which all was disputed at that instant',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.outcome IN ('executed', 'covered') AND d.action NOT IN ('release', 'release-notice')
            AND d.open_minor <= (SELECT coalesce(sum(p.amount_minor), 0) FROM disputes p WHERE p.invoice_id = i.id AND p.opened_at <= d.at AND (p.resolved_at IS NULL OR p.resolved_at > d.at))`,
  },
  {
    what: 'nor of one of which all that is undisputed was promised and had not been paid',
    sql: `SELECT d.id, i.external_id, d.step, d.action, d.at FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          JOIN promise_invoices l ON l.invoice_id = i.id JOIN promises p ON p.id = l.promise_id
          WHERE d.outcome IN ('executed', 'covered') AND d.action NOT IN ('release', 'release-notice')
            AND p.made_at <= d.at AND d.at < p.ends_at AND p.withdrawn_at IS NULL AND NOT l.superseded
            AND d.open_minor <= l.amount_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND coalesce(a.part_of, a.id) > l.after_application_id AND a.payment_id IS NOT NULL AND a.applied_at <= d.at AND ${stands('a')})`,
  },
  {
    what: 'every promise and dispute whose time has come has been looked at',
    sql: `SELECT p.external_id FROM promises p, clock WHERE p.state = 'pending' AND p.ends_at <= clock.virtual_now
          UNION ALL SELECT d.external_id FROM disputes d, clock WHERE d.state = 'open' AND d.escalated_at IS NULL AND d.deadline_at <= clock.virtual_now`,
  },
  {
    what: 'the balance in a decision is that of the ledger at that instant',
    sql: `SELECT d.id, i.external_id, d.at, d.open_minor FROM decisions d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.open_minor <> i.total_minor - (SELECT coalesce(sum(a.amount_minor), 0) FROM applications a WHERE a.invoice_id = i.id AND a.applied_at <= d.at AND ${stands('a')})`,
  },
  {
    what: 'an effect happened once: one decision for each step, action and occurrence',
    sql: `SELECT invoice_id, policy_version_id, step, action, occurrence, count(*) FROM decisions WHERE outcome <> 'deferred'
          GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1`,
  },
  {
    what: 'an invoice that is open again goes on at the step it had reached: nothing that was done under a policy is done again under it',
    sql: `SELECT i.external_id, d.policy_version_id, d.step, d.action, count(*) FROM decisions d JOIN invoices i ON i.id = d.invoice_id WHERE d.outcome IN ('executed', 'covered')
          GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`,
  },
  {
    what: 'there was something to go back: payments taken back as a whole, and in part, and ladders that went on after it',
    sql: `SELECT what FROM (VALUES
            ('reversals', (SELECT count(*) FROM payments WHERE reversed_at IS NOT NULL)), ('refunds', (SELECT count(*) FROM refunds)),
            ('ladders that went on', (SELECT count(*) FROM decisions d WHERE d.outcome = 'executed' AND EXISTS (SELECT FROM applications a WHERE a.invoice_id = d.invoice_id AND a.reversed_at <= d.at)))) v (what, count) WHERE count = 0`,
  },
  {
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
  },
  {
    what: 'no effect is there without its decision',
    sql: `SELECT 'message' AS effect, m.id::text FROM messages m WHERE m.source = 'ladder' AND NOT EXISTS (SELECT FROM decisions d WHERE d.message_id = m.id AND d.outcome = 'executed')
          UNION ALL SELECT 'hold', h.key FROM holds h WHERE h.automation_version_id IS NULL AND NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = h.invoice_id AND d.step = h.step AND d.action = 'hold' AND d.outcome = 'executed')
          UNION ALL SELECT 'task', t.key FROM tasks t WHERE t.invoice_id IS NOT NULL AND NOT starts_with(t.key, 'dispute/') AND NOT starts_with(t.key, 'payment/') AND NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = t.invoice_id AND d.action IN ('task', 'find-contact', 'escalate') AND d.outcome = 'executed')
          UNION ALL SELECT 'handoff', h.key FROM handoffs h WHERE NOT EXISTS (SELECT FROM decisions d WHERE d.invoice_id = h.invoice_id AND d.action = 'handoff' AND d.outcome = 'executed')`,
  },
  {
    what: 'a customer has at most one counted contact a day',
    sql: `SELECT customer_id, contact_on, count(*) FROM messages WHERE contact_on IS NOT NULL AND state <> 'cancelled' GROUP BY 1, 2 HAVING count(*) > 1`,
  },
  {
    what: 'nothing was sent outside the window of 9 to 17 on a weekday, where the recipient is',
    sql: `SELECT d.id, d.at, c.time_zone FROM decisions d JOIN customers c ON c.id = d.customer_id
          WHERE d.outcome = 'executed' AND d.action IN ('email', 'release-notice')
            AND (extract(isodow FROM d.at AT TIME ZONE c.time_zone) > 5 OR (d.at AT TIME ZONE c.time_zone)::time < '09:00' OR (d.at AT TIME ZONE c.time_zone)::time >= '17:00')`,
  },
  {
    what: 'every message was handed over, none is waiting or unknown',
    sql: `SELECT id, state, state_reason FROM messages WHERE state NOT IN ('sent', 'delivered')`,
  },
  {
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
  },
  {
    what: 'nothing is owed: no event unrelayed, no plan outstanding, no step overdue',
    sql: `SELECT 'event', id FROM outbox WHERE relayed_at IS NULL
          UNION ALL SELECT 'plan', invoice_id FROM collections WHERE planned_seq < requested_seq
          UNION ALL SELECT 'step', invoice_id FROM collections, clock WHERE state = 'active' AND next_at <= virtual_now`,
  },
  {
    what: 'a hold that was placed stands only while its invoice is open',
    sql: `SELECT h.key FROM holds h JOIN invoices i ON i.id = h.invoice_id WHERE h.released_at IS NULL AND i.open_minor = 0`,
  },
];

export interface WhatHappened {
  knex: Knex;
  ledger: Ledger;
  foretold: Foretold;
  /** Whether segments ran, policies moved and a campaign wrote. */
  strategies: boolean;
  /** How many times the provider accepted each message, by message id. */
  accepted: ReadonlyMap<string, number>;
}

/** Everything that must hold after a run, whatever was killed in it. */
export async function checkInvariants({ knex, ledger, foretold, strategies, accepted }: WhatHappened): Promise<{ findings: Finding[]; decisions: number; simulated: number; messages: number }> {
  const findings: Finding[] = [];
  for (const { what, sql } of [...emptyQueries, ...(strategies ? strategyQueries : [])]) findings.push(finding(what, (await knex.raw<{ rows: unknown[] }>(sql)).rows));

  const { from, to, rows: simulated } = foretold;
  const executed = await readDecisionRows(knex, from, to);
  findings.push(finding(`the decisions until ${to} are those of the simulation, row for row`, compareRows(simulated, executed)));
  if (strategies) findings.push(finding('so are those of segments', await compareRuns(knex, foretold)));

  const { rows: messages } = await knex.raw<{ rows: { id: string }[] }>('SELECT id FROM messages');
  findings.push(finding('the provider accepted every message exactly once', messages.filter(({ id }) => accepted.get(id) !== 1).map(({ id }) => ({ id, accepted: accepted.get(id) ?? 0 }))));
  const known = new Set(messages.map(({ id }) => id));
  findings.push(finding('the provider accepted nothing else', [...accepted.keys()].filter((id) => !known.has(id))));

  const audit = await verifyAudit(knex);
  findings.push(finding('the audit trail is whole', audit.kind === 'whole' ? [] : [audit]));
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
  findings.push(finding('every invoice, payment, credit note, refund, reversal, promise and dispute is in the ledger once', missing.filter(([, count]) => count !== 0)));
  return { findings, decisions: executed.length, simulated: simulated.length, messages: messages.length };
}

/** No customer's hour is further away. */
const settlingDays = 14;

/** Runs whose members have all been decided on, so that none still waits for its hour. */
async function compareRuns(knex: Knex, { from, to, ofSegments }: Foretold): Promise<unknown[]> {
  const last = await lastRunsBy(knex, addDays(to, -settlingDays));
  const isSettled = ({ segment, run }: { segment: string; run: number }): boolean => (last.get(segment) ?? 0) >= run;
  const lived = (await readSegmentDecisionRows(knex, from, to)).filter(isSettled);
  return lived.length === 0 ? ['no run was lived through'] : compareRows(ofSegments.filter(isSettled), lived);
}
