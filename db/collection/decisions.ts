import type { Knex } from 'knex';
import { decisionInputs } from '../../domain/collection/decideTurn';
import type { Decision } from '../../domain/collection/decision';
import { prepared } from '../prepared';
import type { CollectedInvoice, CustomerLedger } from './facts';

/** A decision with the marks of the invoice that it is about. */
export interface Decided {
  decision: Decision;
  collected: CollectedInvoice;
}

export function decided({ collected }: CustomerLedger, decisions: readonly Decision[]): Decided[] {
  const byInvoice = new Map(collected.map((each) => [each.invoice.id, each]));
  return decisions.map((decision) => {
    const found = byInvoice.get(decision.invoice.id);
    if (!found) throw new Error(`A decision on invoice ${decision.invoice.externalId}, which was not asked about.`);
    return { decision, collected: found };
  });
}

/** Writes decisions as one set. That a decision is made once is the domain's rule; the unique indexes are the net below it, and a row that is caught there is not written again. */
export async function insertDecisions(trx: Knex.Transaction, decisions: readonly Decided[], messages: ReadonlyMap<Decision, string>): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map(({ decision, collected: { invoiceId, customerId, policyVersionId } }) => ({
    invoice_id: invoiceId,
    customer_id: customerId,
    policy_version_id: policyVersionId,
    step: decision.step,
    action: decision.action,
    occurrence: decision.occurrence,
    outcome: decision.outcome,
    reason_code: decision.code,
    reason: decision.reason,
    at: new Date(decision.at),
    on_date: decision.on,
    planned_at: new Date(decision.plannedAt),
    until: decision.until === null ? null : new Date(decision.until),
    covered_by: decision.coveredBy,
    open_minor: decision.invoice.openMinor,
    currency: decision.invoice.currency,
    ledger_version: decision.customer.ledgerVersion,
    inputs: decisionInputs(decision),
    message_id: messages.get(decision) ?? null,
  }));
  await prepared(trx,
    `INSERT INTO decisions (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::decisions, ?) WITH ORDINALITY ORDER BY ordinality
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

const columns = `invoice_id, customer_id, policy_version_id, step, action, occurrence, outcome, reason_code, reason, at, on_date, planned_at, until,
  covered_by, open_minor, currency, ledger_version, inputs, message_id`;
