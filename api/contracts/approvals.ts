import { z } from 'zod';
import { collectors, contract, creditManagers, readers } from './contract';
import { Id, Instant, Minor, PositiveMinor, QueryId, Text, idParams, page, pageQuery } from './values';

export const ApprovalKind = z.enum(['hold', 'handoff', 'write-off']).meta({ id: 'ApprovalKind' });
export const ApprovalState = z.enum(['pending', 'approved', 'refused', 'withdrawn', 'timed-out']).meta({ id: 'ApprovalState' });
export const Approval = z.object({
  id: Id, kind: ApprovalKind, customerId: Id, customerName: z.string(), invoiceId: Id, invoiceNumber: z.string(), step: z.string().nullable().describe('The step of the policy; null: a person or an automation asked'),
  automationId: Id.nullable().describe('The automation that asked; null: another did'), automationTitle: z.string().nullable(),
  role: z.enum(['credit-manager', 'admin']).describe('Who has to agree'), amountMinor: Minor.describe('To be written off, or what was open when it was asked for'), openMinor: Minor.describe('Open now'), currency: z.string(),
  state: ApprovalState, reason: z.string().nullable(), requestedBy: z.string(), requestedAt: Instant, dueAt: Instant.nullable().describe('When it is decided without an answer; null: never'),
  escalatedAt: Instant.nullable(), answeredBy: z.string().nullable(), answeredAt: Instant.nullable(), answer: z.string().nullable(), outcome: z.string().nullable().describe('What came of it'),
}).meta({ id: 'Approval' });

const answer = { method: 'post', tag: 'Approvals', access: creditManagers, params: idParams, status: 200, answer: Approval, problems: [404, 409] } as const;
export const approvalContracts = {
  listApprovals: contract({
    id: 'listApprovals', method: 'get', path: '/approvals', tag: 'Approvals', summary: 'What waits for somebody to agree, and what was answered', access: readers,
    query: z.object({
      state: z.array(ApprovalState).optional().describe('Left out: pending'), kind: ApprovalKind.optional(), customerId: QueryId.optional(), invoiceId: QueryId.optional(),
      sort: z.enum(['dueAt', '-requestedAt']).default('dueAt'), ...pageQuery,
    }), status: 200, answer: page('ApprovalPage', Approval),
  }),
  getApproval: contract({ id: 'getApproval', method: 'get', path: '/approvals/{id}', tag: 'Approvals', summary: 'One request', access: readers, params: idParams, status: 200, answer: Approval, problems: [404] }),
  approveApproval: contract({
    ...answer, id: 'approveApproval', path: '/approvals/{id}/approve', summary: 'Agree', description: 'The ledger is looked at again before it is done: what no longer holds is not.', body: z.strictObject({ note: Text.optional() }),
  }),
  refuseApproval: contract({ ...answer, id: 'refuseApproval', path: '/approvals/{id}/refuse', summary: 'Refuse, with a reason', body: z.strictObject({ reason: Text }) }),
  requestWriteOff: contract({
    id: 'requestWriteOff', method: 'post', path: '/invoices/{id}/write-off-requests', tag: 'Approvals', summary: 'Ask for a write-off', access: collectors, params: idParams,
    body: z.strictObject({ amountMinor: PositiveMinor.optional().describe('All that is open unless given'), reason: Text, timeoutDays: z.int().min(1).max(90).default(14).describe('Days in which a credit manager is to answer; an administrator is asked for as long after that, and then it is left out') }), status: 201, answer: Approval, problems: [404, 409],
  }),
};
