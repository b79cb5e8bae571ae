import type { Knex } from 'knex';
import { decideFiring, type FiringDecision } from '../../domain/automation/decideFiring';
import type { Automation } from '../../domain/automation/types';
import type { InstantMs } from '../../domain/calendar/dates';
import type { CustomerFacts } from '../../domain/collection/facts';
import type { EventData, EventKind } from '../../domain/events/kinds';
import { awaitingCollectionSql } from '../collection/outbox';
import { setDepth } from '../events/depth';
import { lockCustomersOf } from '../ledger';
import { act } from './act';
import { suppressed, switchedOff } from './automations';
import { contactNow, readCandidates, readCustomers, type LedgerCandidate } from './candidates';

/** An invoice is under collection once the relay has come to it, if there is a policy at all; so often it is looked for beside that. */
const uncollectedLooksMax = 8;
const lookAgainMs = 1_000;
const lookAgainMaxMs = 30_000;
const attemptsMax = 6;
const firstRetryMs = 500;

/** Firings whose time has come, the oldest first. */
export async function dueFirings(knex: Knex, now: InstantMs, limit: number): Promise<DueFiring[]> {
  const { rows } = await knex.raw<{ rows: DueFiring[] }>(
    `SELECT id, customer_id AS "customerId" FROM automation_firings WHERE state = 'waiting' AND (not_before IS NULL OR not_before <= ?) AND (retry_at IS NULL OR retry_at <= now()) ORDER BY id LIMIT ?`,
    [new Date(now), limit]);
  return rows;
}

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
      return 'suppressed';
    }
    await setDepth(trx, firing.depth + 1);
    const [candidates] = await readCandidates(trx, [{ customerId: firing.customer_id, invoiceId: firing.event_invoice_id }]);
    if (!candidates && await lookAgain(trx, firing)) return 'uncollected';
    const decision = decideFiring({
      automation: firing.parsed, event: { kind: firing.kind, at: firing.at.getTime(), depth: firing.depth, data: firing.data }, candidates: candidates ?? [], customer: await alone(trx, firing, candidates ?? []), now,
      firedAt: await firedBefore(trx, firing, now),
      contact: (candidate) => contactNow(candidate as LedgerCandidate, now),
    });
    await conclude(trx, firing, decision, now);
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
async function alone(trx: Knex.Transaction, { customer_id, event_invoice_id }: FiringRow, candidates: readonly LedgerCandidate[]): Promise<CustomerFacts | null> {
  return event_invoice_id === null && candidates.length === 0 ? ((await readCustomers(trx, [customer_id])).get(customer_id) ?? null) : null;
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

async function firedBefore(trx: Knex.Transaction, { automation_id, customer_id, parsed }: FiringRow, now: InstantMs): Promise<InstantMs[]> {
  const { rows } = await trx.raw<{ rows: { decided_at: Date }[] }>(
    `SELECT decided_at FROM automation_firings WHERE automation_id = ? AND customer_id = ? AND state = 'fired' AND decided_at > ? ORDER BY decided_at DESC LIMIT ?`,
    [automation_id, customer_id, new Date(now - parsed.limit.days * 86_400_000), parsed.limit.firings]);
  return rows.map(({ decided_at }) => decided_at.getTime());
}

async function conclude(trx: Knex.Transaction, firing: FiringRow, decision: FiringDecision, now: InstantMs): Promise<void> {
  const at = new Date(now);
  switch (decision.kind) {
    case 'deferred':
      await trx('automation_firings').where({ id: firing.id }).update({ not_before: new Date(decision.until), reason: decision.reason, retry_at: null, attempts: 0 });
      return;
    case 'bounded':
    case 'not-met':
      await trx('automation_firings').where({ id: firing.id })
        .update({ state: decision.kind, decided_at: at, reason: decision.reason, inputs: JSON.stringify(decision.kind === 'not-met' ? decision.inputs : {}) });
      return;
    case 'fired': {
      const candidate = decision.candidate.invoice === null ? null : decision.candidate as LedgerCandidate;
      const done = await act(trx, {
        firingId: firing.id, automation: firing.automation, version: firing.version, versionId: firing.version_id, customerId: firing.customer_id, customer: decision.candidate.customer, candidate, reason: decision.reason, now,
      }, decision.actions);
      await trx('automation_firings').where({ id: firing.id }).update({
        state: 'fired', decided_at: at, invoice_id: candidate?.invoiceId ?? null, reason: decision.reason, inputs: JSON.stringify(decision.inputs), actions: JSON.stringify(done),
      });
    }
  }
}

/** A firing that stumbled is tried again after a while, and given up after some times; a person is told. */
export async function recordStumble(knex: Knex, id: number, reason: string, now: InstantMs): Promise<void> {
  await knex.transaction(async (trx) => {
    const { rows: [row] } = await trx.raw<{ rows: { attempts: number; customer_id: number; invoice_id: number | null }[] }>(
      `UPDATE automation_firings SET attempts = attempts + 1, retry_at = now() + ? * 2 ^ attempts * interval '1 millisecond', reason = ? WHERE id = ? AND state = 'waiting'
       RETURNING attempts, customer_id, invoice_id`, [firstRetryMs, reason, id]);
    if (!row || row.attempts < attemptsMax) return;
    await trx('automation_firings').where({ id }).update({ state: 'failed', decided_at: new Date(now) });
    await trx('notifications').insert({
      key: `automation-failed/${id}`, audience: 'credit-manager', title: `An automation could not do what it should: ${reason}`.slice(0, 300), customer_id: row.customer_id, invoice_id: row.invoice_id, at: new Date(now),
    }).onConflict('key').ignore();
  });
}
