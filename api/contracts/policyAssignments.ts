import { z } from 'zod';
import { countedMax } from '../../db/policies/assignments';
import { auditors, contract, readers } from './contract';
import { PolicyMigration, UnderWay } from './policyMigrations';
import { Id, Instant, QueryId, Text, idParams, page, pageQuery } from './values';

const kind = z.enum(['invoice', 'customer', 'segment']);
const PolicyAssignment = z.object({
  id: Id, policy: z.string(), version: z.string().nullable().describe('The version of it that is in force'), kind, targetId: Id, target: z.string().describe('The number of the invoice, the name of the customer, the title of the segment'),
  priority: z.int().nullable().describe('Of the segments that a customer is in, the lowest number decides'), reason: z.string(), assignedBy: z.string(), assignedAt: Instant,
  invoices: z.int().describe(`Open invoices under collection of which it decides: nothing stronger is said of them. Counted up to ${countedMax}`), moreInvoices: z.boolean().describe('There are more than were counted'),
}).meta({ id: 'PolicyAssignment' });
const AssignmentChange = z.object({ id: Id, kind, target: z.string(), policyBefore: z.string().nullable(), policyAfter: z.string().nullable(), reason: z.string(), changedBy: z.string(), at: Instant }).meta({ id: 'PolicyAssignmentChange' });
const Changed = z.object({ assignment: PolicyAssignment, migrations: z.array(PolicyMigration).describe('The moves of invoices under way that were started') }).meta({ id: 'PolicyAssignmentChanged' });
const underWay = UnderWay.default({ choice: 'stay' }).describe('What becomes of invoices that are under collection already');

const tag = 'Policy assignments';
export const policyAssignmentContracts = {
  listPolicyAssignments: contract({
    id: 'listPolicyAssignments', method: 'get', path: '/policy-assignments', tag, summary: 'Which policy collects whose invoices, in the order in which it is decided', access: readers,
    query: z.strictObject({ ...pageQuery, kind: kind.optional(), search: z.string().trim().max(200).optional().describe('A part of the name of whom or what it is about'), customerId: QueryId.optional().describe('Only those that can decide about a customer\'s invoices: its own, those of its invoices and of the segments that it is in') }), status: 200, answer: page('PolicyAssignments', PolicyAssignment), problems: [400],
  }),
  getPolicyPrecedence: contract({
    id: 'getPolicyPrecedence', method: 'get', path: '/policy-precedence', tag, summary: 'What decides before what, for whom nothing is said, and what was changed last', access: readers, status: 200,
    answer: z.object({ precedence: z.array(z.string()).describe('From the strongest'), byDefault: z.string().nullable().describe('The version for everybody else'), invoicesByDefault: z.int().describe(`Counted up to ${countedMax}`), moreByDefault: z.boolean().describe('There are more than were counted'), changes: z.array(AssignmentChange).describe('The latest hundred, the last first') }).meta({ id: 'PolicyPrecedence' }),
  }),
  assignPolicy: contract({
    id: 'assignPolicy', method: 'post', path: '/policy-assignments', tag, summary: 'Assign a policy to an invoice, a customer or a segment', description: 'In place of what was assigned to it before.', access: auditors,
    body: z.strictObject({ policy: Text, target: z.strictObject({ kind, id: Id }), priority: z.int().min(1).max(10_000).optional().describe('For a segment, and each its own'), reason: Text, underWay }), status: 201, answer: Changed, problems: [409, 422],
  }),
  removePolicyAssignment: contract({ id: 'removePolicyAssignment', method: 'post', path: '/policy-assignments/{id}/remove', tag, summary: 'Take an assignment away: what is weaker decides from now on', access: auditors, params: idParams, body: z.strictObject({ reason: Text, underWay }), status: 200, answer: Changed, problems: [404, 422] }),
  explainPolicy: contract({
    id: 'explainPolicy', method: 'get', path: '/invoices/{id}/policy', tag, summary: 'Which policy an invoice comes under, and who says so', access: readers, params: idParams, status: 200,
    answer: z.object({ version: z.string().nullable(), assignedBy: z.enum(['invoice', 'customer', 'segment', 'default']), current: z.string().nullable().describe('The version that it is on; invoices that stayed when an assignment changed are on another'),
      assignment: z.object({ target: z.string(), reason: z.string(), priority: z.int().nullable() }).nullable().describe('What says so; null for the version of everybody') }).meta({ id: 'InvoicePolicy' }), problems: [404],
  }),
};
