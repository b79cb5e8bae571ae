import type { Knex } from 'knex';
import { approvalOf } from '../../domain/approval/gate';
import { decideFiring, type FiringDecision } from '../../domain/automation/decideFiring';
import type { Automation } from '../../domain/automation/types';
import type { InstantMs } from '../../domain/calendar/dates';
import type { CustomerFacts } from '../../domain/collection/facts';
import type { EventData, EventKind } from '../../domain/events/kinds';
import { askForFiring, closeFiringRequests, readFiringRequest, timeOutFiringRequest, type FiringRequest } from '../approvals';
import { awaitingCollectionSql } from '../collection/outbox';
import { setDepth } from '../events/depth';
import { lockCustomersOf } from '../ledger';
import { act, actionKey } from './act';
import { actorOf } from './acting';
import { suppressed, switchedOff } from './automations';
import { calendarOf, contactNow, readCandidates, readCustomers, withStanding, type LedgerCandidate } from './candidates';

/** An invoice is under collection once the relay has come to it, if there is a policy at all; so often it is looked for beside that. */
const uncollectedLooksMax = 8;
const lookAgainMs = 1_000;
const lookAgainMaxMs = 30_000;
const attemptsMax = 6;
const firstRetryMs = 500;

/** Firings whose time has come, the oldest first. */
export async function dueFirings(knex: Knex, now: InstantMs, limit: number): Promise<DueFiring[]> {
  const { rows } = await knex.raw<{ rows: DueFiring[] }>(
    `SELECT f.id, f.customer_id AS "customerId" FROM automation_firings f WHERE ${firingDueSql} AND (f.retry_at IS NULL OR f.retry_at <= now()) ORDER BY f.id LIMIT :limit`,
    { now: new Date(now), limit });
  return rows;
}

/** Of a firing `f`: its time has come by `:now`, or the ledger of its customer has changed, an answer included, since somebody was asked to agree. */
export const firingDueSql = `f.state = 'waiting' AND (f.not_before IS NULL OR f.not_before <= :now
  OR (f.asked_version IS NOT NULL AND f.asked_version < (SELECT c.ledger_version FROM customers c WHERE c.id = f.customer_id)))`;

export interface DueFiring {
  id: number;
  customerId: number;
}

interface FiringRow {
  id: number;
  customer_id: number;
  event_invoice_id: number | null;
  automation_id: number;
  automation: string;
  version: number;
  version_id: number;
  parsed: Automation;
  attempts: number;
  is_on: boolean;
  kind: EventKind;
  at: Date;
  depth: number;
  data: EventData;
}

/**
 * Decides one firing and does what it says, in one transaction: whoever dies in between leaves it as it was. Answers what became of it; null when somebody else
 * has taken it.
 */
export function fire(knex: Knex, id: number, now: InstantMs): Promise<FiringDecision['kind'] | 'uncollected' | 'suppressed' | null> {
  return knex.transaction(async (trx) => {
    const firing = await lockFiring(trx, id);
    if (!firing) return null;
    if (!firing.is_on) {
      // Heard of while it was being switched off.
      await trx('automation_firings').where({ id }).update(suppressed(switchedOff, now));
      await closeFiringRequests(trx, [id], { state: 'withdrawn', outcome: switchedOff });
      return 'suppressed';
    }
    await setDepth(trx, firing.depth + 1);
    const request = await readFiringRequest(trx, id);
    const [found] = await readCandidates(trx, [{ customerId: firing.customer_id, invoiceId: request?.invoiceId ?? firing.event_invoice_id }], firing.parsed.when);
    if (!found && await lookAgain(trx, firing)) return 'uncollected';
    const candidates = await withStanding(trx, found ?? [], { key: firing.automation, actions: firing.parsed.actions });
    const decision = decideFiring({
      automation: firing.parsed, event: { kind: firing.kind, at: firing.at.getTime(), depth: firing.depth, data: firing.data }, candidates, customer: request ? null : await alone(trx, firing, candidates), asked: request, now,
      firedAt: await firedBefore(trx, firing, now),
      contact: (candidate) => contactNow(candidate as LedgerCandidate, now),
      calendar: (candidate) => calendarOf(candidate as LedgerCandidate),
    });
    await conclude(trx, firing, decision, { request, askedVersion: candidates[0]?.customer.ledgerVersion ?? null, now });
    return decision.kind;
  });
}

/**
 * Looks again later at an invoice that is not under collection yet, and answers whether it does: for as long as the relay has still to come to it, the longer it takes the less often, and some
 * times beside that.
 */
async function lookAgain(trx: Knex.Transaction, { id, customer_id, attempts }: FiringRow): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `UPDATE automation_firings f SET attempts = f.attempts + CASE WHEN n.waits THEN 0 ELSE 1 END,
       retry_at = now() + greatest(:often * interval '1 millisecond', CASE WHEN n.waits THEN least(:seldom * interval '1 millisecond', (now() - e.recorded_at) / 4) END)
     FROM events e, (SELECT EXISTS (SELECT FROM customers c WHERE c.id = :customer AND c.id IN (${awaitingCollectionSql})) AS waits) n
     WHERE f.id = :id AND e.id = f.event_id AND (n.waits OR :attempts < ${uncollectedLooksMax}) RETURNING f.id`, { id, customer: customer_id, attempts, often: lookAgainMs, seldom: lookAgainMaxMs });
  return rows.length > 0;
}

/** Whom an event is about that names no invoice, where nothing is open. */
async function alone(trx: Knex.Transaction, { customer_id, event_invoice_id, parsed }: FiringRow, candidates: readonly LedgerCandidate[]): Promise<CustomerFacts | null> {
  return event_invoice_id === null && candidates.length === 0 ? ((await readCustomers(trx, [customer_id], parsed.when)).get(customer_id) ?? null) : null;
}

async function lockFiring(trx: Knex.Transaction, id: number): Promise<FiringRow | null> {
  const { rows: [owner] } = await trx.raw<{ rows: { customer_id: number }[] }>('SELECT customer_id FROM automation_firings WHERE id = ?', [id]);
  if (!owner) return null;
  await lockCustomersOf(trx, [owner.customer_id]);
  const { rows: [firing] } = await trx.raw<{ rows: FiringRow[] }>(
    `SELECT f.id, f.customer_id, e.invoice_id AS event_invoice_id, f.automation_id, a.key AS automation, v.version, v.id AS version_id, v.parsed, f.attempts, a.active_version_id IS NOT NULL AS is_on, e.kind, e.at, e.depth, e.data
     FROM automation_firings f JOIN automation_versions v ON v.id = f.version_id JOIN automations a ON a.id = f.automation_id JOIN events e ON e.id = f.event_id
     WHERE f.id = ? AND f.state = 'waiting' FOR UPDATE OF f`, [id]);
  return firing ?? null;
}

/** What somebody is asked about counts as fired now for as long as it waits: nobody is asked more often than the automation may fire. */
async function firedBefore(trx: Knex.Transaction, { automation_id, customer_id, parsed }: FiringRow, now: InstantMs): Promise<InstantMs[]> {
  const { rows } = await trx.raw<{ rows: { at: Date }[] }>(
    `SELECT at FROM (
       SELECT decided_at AS at FROM automation_firings WHERE automation_id = :automation AND customer_id = :customer AND state = 'fired' AND decided_at > :since
       UNION ALL SELECT :now::timestamptz FROM automation_firings WHERE automation_id = :automation AND customer_id = :customer AND state = 'waiting' AND asked_version IS NOT NULL
     ) before ORDER BY at DESC LIMIT :most`,
    { automation: automation_id, customer: customer_id, now: new Date(now), since: new Date(now - parsed.limit.days * 86_400_000), most: parsed.limit.firings });
  return rows.map(({ at }) => at.getTime());
}

interface Looked {
  /** What somebody was asked about it before. */
  request: FiringRequest | null;
  /** The version of the customer's ledger on which it was decided. */
  askedVersion: number | null;
  now: InstantMs;
}

async function conclude(trx: Knex.Transaction, firing: FiringRow, decision: FiringDecision, { request, askedVersion, now }: Looked): Promise<void> {
  const at = new Date(now);
  const waits = (until: InstantMs, reason: string) => ({ not_before: new Date(until), reason, retry_at: null, attempts: 0 });
  switch (decision.kind) {
    case 'deferred':
      await trx('automation_firings').where({ id: firing.id }).update({ ...waits(decision.until, decision.reason), asked_version: request && askedVersion });
      // Without an answer it comes to wait for its email only where it goes ahead by itself.
      if (request?.answer === null) await timeOutFiringRequest(trx, firing.id, decision.reason);
      return;
    case 'asks':
      await ask(trx, firing, decision, now);
      await trx('automation_firings').where({ id: firing.id })
        .update({ ...waits(decision.until, `${decision.reason}; ${decision.why}`), invoice_id: (decision.candidate as LedgerCandidate).invoiceId, inputs: JSON.stringify(decision.inputs), asked_version: askedVersion });
      return;
    case 'lapsed':
      await trx('automation_firings').where({ id: firing.id }).update(suppressed(decision.reason, now));
      await closeFiringRequests(trx, [firing.id], { state: decision.code === 'timed-out' ? 'timed-out' : 'withdrawn', outcome: `not done: ${decision.reason}` });
      return;
    case 'bounded':
    case 'not-met':
      await trx('automation_firings').where({ id: firing.id })
        .update({ state: decision.kind, decided_at: at, reason: decision.reason, inputs: JSON.stringify(decision.kind === 'not-met' ? decision.inputs : {}) });
      if (request) await closeFiringRequests(trx, [firing.id], { state: 'withdrawn', outcome: `not done: ${decision.reason}` });
      return;
    case 'fired': {
      const candidate = decision.candidate.invoice === null ? null : decision.candidate as LedgerCandidate;
      const reason = decision.agreed === null ? decision.reason : `${decision.reason}; ${decision.agreed}`;
      const done = await act(trx, {
        firingId: firing.id, automation: firing.automation, version: firing.version, versionId: firing.version_id, customerId: firing.customer_id, customer: decision.candidate.customer, candidate, reason, now,
      }, decision.actions);
      const gated = done[firing.parsed.actions.findIndex(approvalOf)];
      if (request) await closeFiringRequests(trx, [firing.id], { state: 'timed-out', outcome: gated?.outcome === 'done' ? `executed: ${decision.agreed}` : `not done: ${gated?.detail}` });
      await trx('automation_firings').where({ id: firing.id }).update({
        state: 'fired', decided_at: at, invoice_id: candidate?.invoiceId ?? null, reason, inputs: JSON.stringify(decision.inputs), actions: JSON.stringify(done),
      });
    }
  }
}

async function ask(trx: Knex.Transaction, { id, automation, version, customer_id, parsed }: FiringRow, { candidate, position, approval, reason, until }: Extract<FiringDecision, { kind: 'asks' }>, now: InstantMs): Promise<void> {
  const { invoice, invoiceId } = candidate as LedgerCandidate;
  const { kind } = parsed.actions[position]!;
  if (kind !== 'hold' && kind !== 'handoff') throw new Error(`Nobody has to agree to an action of the kind ${kind}.`);
  await askForFiring(trx, {
    firingId: id, key: actionKey(automation, id, position, kind), kind, automation, actor: actorOf({ automation, version }), customerId: customer_id,
    invoice: { id: invoiceId, externalId: invoice.externalId, openMinor: invoice.openMinor, currency: invoice.currency }, approval, reason, dueAt: until, at: now,
  });
}

/** A firing that stumbled is tried again after a while, and given up after some times; a person is told. */
export async function recordStumble(knex: Knex, id: number, reason: string, now: InstantMs): Promise<void> {
  await knex.transaction(async (trx) => {
    const { rows: [row] } = await trx.raw<{ rows: { attempts: number; customer_id: number; invoice_id: number | null }[] }>(
      `UPDATE automation_firings SET attempts = attempts + 1, retry_at = now() + ? * 2 ^ attempts * interval '1 millisecond', reason = ? WHERE id = ? AND state = 'waiting'
       RETURNING attempts, customer_id, invoice_id`, [firstRetryMs, reason, id]);
    if (!row || row.attempts < attemptsMax) return;
    await trx('automation_firings').where({ id }).update({ state: 'failed', decided_at: new Date(now) });
    await closeFiringRequests(trx, [id], { state: 'withdrawn', outcome: `not done: ${reason}`.slice(0, 500) });
    await trx('notifications').insert({
      key: `automation-failed/${id}`, audience: 'credit-manager', title: `An automation could not do what it should: ${reason}`.slice(0, 300), customer_id: row.customer_id, invoice_id: row.invoice_id, at: new Date(now),
    }).onConflict('key').ignore();
  });
}
