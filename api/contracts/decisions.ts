import { z } from 'zod';
import { contract, readers } from './contract';
import { Id, Instant, LocalDate, Minor, QueryId, page, pageQuery } from './values';

export const OutcomeName = z.enum(['executed', 'suppressed', 'deferred', 'covered', 'skipped']).meta({ id: 'Outcome' });
export const Decision = z.object({
  id: Id, at: Instant, on: LocalDate, customerId: Id, customer: z.string(), customerName: z.string(), invoiceId: Id, invoice: z.string(), invoiceNumber: z.string(), step: z.string(), action: z.string(),
  occurrence: z.int(), outcome: OutcomeName, reasonCode: z.string(), reason: z.string(), plannedAt: Instant, until: Instant.nullable(), coveredBy: z.string().nullable(), openMinor: Minor, currency: z.string(),
  ledgerVersion: z.int(), policyVersion: z.string(), inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), messageId: z.string().nullable(),
}).meta({ id: 'Decision' });

export const decisionContracts = {
  listDecisions: contract({
    id: 'listDecisions', method: 'get', path: '/decisions', tag: 'Decisions', summary: 'Every decision made, newest first', access: readers,
    query: z.object({ from: LocalDate.optional(), to: LocalDate.optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(), policyVersionId: QueryId.optional().describe('The published version of a policy by which it was decided'), step: z.string().max(100).optional(), action: z.string().max(50).optional(), outcome: z.array(OutcomeName).optional(), ...pageQuery }),
    status: 200, answer: page('DecisionPage', Decision),
  }),
};
