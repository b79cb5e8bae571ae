import type { Knex } from 'knex';
import { decisionInputs, isoInstant } from '../../domain/collection/decideTurn';
import type { Decision } from '../../domain/collection/decision';
import { prepared } from '../prepared';
import { columnArrays, unnestOf } from '../rowArrays';
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

const columns = {
  invoice_id: 'bigint', customer_id: 'bigint', policy_version_id: 'bigint', step: 'text', action: 'text', occurrence: 'integer', outcome: 'text', reason_code: 'text', reason: 'text', at: 'timestamptz', on_date: 'date',
  planned_at: 'timestamptz', until: 'timestamptz', covered_by: 'text', open_minor: 'bigint', currency: 'text', ledger_version: 'bigint', inputs: 'jsonb', message_id: 'uuid',
};
const names = Object.keys(columns).join(', ');

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
    at: isoInstant(decision.at),
    on_date: decision.on,
    planned_at: isoInstant(decision.plannedAt),
    until: decision.until === null ? null : isoInstant(decision.until),
    covered_by: decision.coveredBy,
    open_minor: decision.invoice.openMinor,
    currency: decision.invoice.currency,
    ledger_version: decision.customer.ledgerVersion,
    inputs: JSON.stringify(decisionInputs(decision)),
    message_id: messages.get(decision) ?? null,
  }));
  await prepared(trx, `INSERT INTO decisions (${names}) SELECT ${names} FROM ${unnestOf(columns, 'r')} ORDER BY ordinality ON CONFLICT DO NOTHING`, columnArrays(columns, rows));
}
