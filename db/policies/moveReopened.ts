import type { Knex } from 'knex';
import { defaultMoveRules } from '../../domain/migration/moveRules';
import { markPlans } from '../collection/collections';
import type { LedgerContext } from '../ledger/context';
import { requestMigration } from './migrations';
import { movePage } from './movePage';
import { resolvedVersionSql } from './resolve';

interface Tried {
  invoiceId: number;
  plannedSeq: number;
  toVersionId: number;
  experiment: string;
}

/**
 * Moves invoices that were settled under a policy which an experiment tried, and are open again now that it is over and its customers went back: while they were settled no move was for them. In the
 * transaction that opens them again, so that the tried policy does nothing more. On the terms of every move: what was done counts.
 */
export async function moveReopened(trx: Knex.Transaction, { at }: LedgerContext, invoiceIds: readonly number[]): Promise<void> {
  if (invoiceIds.length === 0) return;
  const { rows } = await trx.raw<{ rows: Tried[] }>(
    `SELECT DISTINCT ON (i.id) i.id AS "invoiceId", k.planned_seq AS "plannedSeq", n.id AS "toVersionId", g.key AS experiment
     FROM collections k JOIN invoices i ON i.id = k.invoice_id AND i.open_minor > 0 JOIN policy_versions v ON v.id = k.policy_version_id
     JOIN campaign_members m ON m.customer_id = i.customer_id JOIN campaign_runs r ON r.id = m.run_id
     JOIN campaigns g ON g.id = r.campaign_id AND g.experiment_afterwards = 'go-back' AND g.parsed -> 'experiment' -> 'policies' ->> m.experiment_group = v.policy
     JOIN policy_versions n ON n.id = ${resolvedVersionSql} AND n.policy <> v.policy
     WHERE k.invoice_id = ANY (?) AND k.state = 'done' AND k.outcome = 'settled' ORDER BY i.id, g.id DESC`, [[...invoiceIds]]);
  for (const { invoiceId, plannedSeq, toVersionId, experiment } of rows) {
    // Under way again, with the tasks that were withdrawn when it was settled; what is next is planned once it has moved.
    await markPlans(trx, [{ invoiceId, requestedSeq: plannedSeq, next: { kind: 'wait', at: null, step: null } }], at.getTime());
    const migration = await requestMigration(trx, { kind: 'system', id: `campaign:${experiment}`, name: `Experiment ${experiment}` }, {
      toVersionId, scope: { kind: 'invoice', id: invoiceId }, rules: defaultMoveRules, reason: `Experiment ${experiment} was ended while the invoice was settled; it is open again`, now: at.getTime(),
    });
    if (migration) await movePage(trx, migration.id, at.getTime(), 1);
  }
}
