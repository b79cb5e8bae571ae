import type { Knex } from 'knex';
import type { InstantMs } from '../../domain/calendar/dates';
import type { MoveRules } from '../../domain/migration/moveRules';
import { planMove, type MovePlan } from '../../domain/migration/planMove';
import type { Policy } from '../../domain/policy/types';
import { readFacts } from '../collection/facts';
import { touchLedger } from '../ledger/touch';
import type { MigrationState } from './migrations';
import { loadPolicyVersions } from './policyVersions';
import { customersUnderWay, invoicesUnderWay, type MoveScope, type Moving } from './underWay';
import { readEarlier, writeMoves, type PlannedMove } from './writeMoves';

export interface MigrationProgress {
  state: MigrationState;
  moved: number;
  total: number;
}

interface Row extends MigrationProgress {
  id: number;
  to_version_id: number;
  scope: MoveScope;
  rules: MoveRules;
  after_customer_id: number;
}

/**
 * Moves the invoices of the next customers, and notes how far it is, in one transaction: whoever dies in between has done nothing, and the next goes
 * on where the last ended. Answers the state as it is then; one that is not running is left alone.
 */
export async function movePage(trx: Knex.Transaction, migrationId: number, now: InstantMs, customersMax: number): Promise<MigrationProgress> {
  const { rows: [row] } = await trx.raw<{ rows: Row[] }>('SELECT id, state, moved, total, to_version_id, scope, rules, after_customer_id FROM policy_migrations WHERE id = ? FOR UPDATE', [migrationId]);
  if (!row) throw new Error(`There is no migration ${migrationId}.`);
  if (row.state !== 'running') return { state: row.state, moved: row.moved, total: row.total };
  const customerIds = await customersUnderWay(trx, movingOf(row), row.after_customer_id, customersMax);
  if (customerIds.length > 0) return moveCustomers(trx, row, customerIds, now);
  // From the start once more: what came under collection behind it while it went on. It is over when nothing is left from the first customer on.
  const over = row.after_customer_id === 0;
  await trx.raw(`UPDATE policy_migrations SET after_customer_id = 0, problem = NULL, state = ?, ended_at = ? WHERE id = ?`, [over ? 'done' : 'running', over ? new Date(now) : null, migrationId]);
  return { state: over ? 'done' : 'running', moved: row.moved, total: row.total };
}

/** Why the last page failed, for whoever looks at it; the page is tried again. */
export async function noteMigrationProblem(knex: Knex, migrationId: number, problem: string): Promise<void> {
  await knex.raw('UPDATE policy_migrations SET problem = ? WHERE id = ?', [problem, migrationId]);
}

async function moveCustomers(trx: Knex.Transaction, row: Row, customerIds: readonly number[], now: InstantMs): Promise<MigrationProgress> {
  await trx.raw('SELECT FROM customers WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE', [[...customerIds]]);
  const moves = await planMoves(trx, row, customerIds, now);
  if (moves.length > 0) {
    await writeMoves(trx, { migrationId: row.id, toVersionId: row.to_version_id, rules: row.rules }, moves, now);
    await touchLedger(trx, moves.map(({ collected: { customerId, invoiceId } }) => ({ customerId, invoiceIds: [invoiceId], kind: 'policy.moved' })));
  }
  const count = (has: (plan: MovePlan) => boolean): number => moves.filter(({ plan }) => has(plan)).length;
  const moved = row.moved + moves.length;
  await trx.raw(
    `UPDATE policy_migrations SET after_customer_id = ?, moved = ?, total = greatest(total, ?), passed = passed + ?, repeated = repeated + ?, due_at_once = due_at_once + ?, problem = NULL WHERE id = ?`,
    [customerIds.at(-1) ?? row.after_customer_id, moved, moved, count(({ passed }) => passed.length > 0), count(({ repeated }) => repeated.length > 0), count(({ dueAtOnce }) => dueAtOnce.length > 0), row.id],
  );
  return { state: 'running', moved, total: Math.max(row.total, moved) };
}

const movingOf = ({ id, scope, to_version_id }: Row): Moving => ({ migrationId: id, scope, toVersionId: to_version_id });

async function planMoves(trx: Knex.Transaction, row: Row, customerIds: readonly number[], now: InstantMs): Promise<PlannedMove[]> {
  const { rules, to_version_id: toVersionId } = row;
  const invoiceIds = await invoicesUnderWay(trx, movingOf(row), customerIds);
  const next = (await loadPolicyVersions(trx, [toVersionId])).get(toVersionId) as Policy;
  const earlier = await readEarlier(trx, invoiceIds, toVersionId);
  const ledgers = await readFacts(trx, customerIds, { kind: 'invoices', invoiceIds });
  return ledgers.flatMap((ledger) => ledger.collected.map((collected): PlannedMove => {
    const stay = earlier.get(collected.invoiceId) ?? { ids: [], records: [] };
    return { ledger, collected, earlierIds: stay.ids, startedBy: null, plan: planMove(ledger.customer, collected, next, rules, now, stay.records) };
  }));
}
