import { z } from 'zod';
import { auditors, contract, creditManagers, readers } from './contract';
import { OutcomeName } from './decisions';
import { PolicyMigration, UnderWay } from './policyMigrations';
import { Flag, Id, Instant, LocalDate, Minor, Search, idParams, page, pageQuery } from './values';

const fields = { id: Id, policy: z.string(), version: z.int(), title: z.string(), active: z.boolean().describe('Invoices to which nothing else is assigned come under it'), inForce: z.boolean().describe('Invoices that are assigned to its policy come under it'), publishedAt: Instant, publishedBy: z.string().nullable(), invoices: z.int().describe('Invoices under active collection on this version') };
export const PolicyVersion = z.object(fields).meta({ id: 'PolicyVersion' });
export const PolicyStep = z.object({
  id: z.string(), title: z.string(), level: z.int(), when: z.string().describe('In words, e.g. "7 days after due, at 09:00"'), anchor: z.enum(['issued', 'due', 'previous']), offset: z.object({ unit: z.enum(['days', 'businessDays']), count: z.int() }),
  atMinute: z.int().nullable(), condition: z.string().nullable().describe('In words'), catchUp: z.string(), exemptFromSpacing: z.boolean(), actions: z.array(z.object({ kind: z.string(), summary: z.string() })),
}).meta({ id: 'PolicyStep' });
export const PolicyDetail = z.object({
  ...fields, source: z.string().describe('As written, comments included'), document: z.record(z.string(), z.unknown()).describe('As parsed'), steps: z.array(PolicyStep), calendar: z.string().describe('In words'), contact: z.string().describe('In words'),
}).meta({ id: 'PolicyDetail' });
export const source = z.string().min(1).max(500_000).describe('The policy in YAML or JSON');
export const PolicyDifference = z.object({ kind: z.string(), step: z.string().nullable().describe('The step that it is about; null: the policy as a whole'), text: z.string() }).meta({ id: 'PolicyDifference' });
const CheckResult = z.object({
  valid: z.boolean(), errors: z.array(z.object({ path: z.string(), message: z.string() })), policy: z.string().nullable(), version: z.int().nullable(), title: z.string().nullable(), steps: z.array(PolicyStep),
  baseVersionId: Id.nullable().describe('What it would take the place of: the version of the policy that is in force, or what everybody comes under; null where nothing is, and while the text is wrong'),
  differences: z.array(PolicyDifference).describe('From that version'),
}).meta({ id: 'PolicyCheck' });
const InForce = z.object({ ...PolicyDetail.shape, migration: PolicyMigration.nullable().describe('The move that was started; null when invoices stay, or none is under way') }).meta({ id: 'PolicyInForce' });
const underWay = UnderWay.default({ choice: 'stay' }).describe('Of the invoices on other versions of the policy and, where it becomes what everybody comes under, of those on the policy whose place it takes that come under it now');

const SimulatedDecision = z.object({
  at: Instant, on: LocalDate, customer: z.string(), invoice: z.string(), step: z.string(), action: z.string(), outcome: OutcomeName, reason: z.string(), openMinor: Minor, currency: z.string(), policyVersion: z.string(),
}).meta({ id: 'SimulatedDecision' });
export const Simulation = z.object({
  from: Instant, to: Instant, invoices: z.int(), tookMs: z.int(),
  days: z.array(z.object({
    on: LocalDate, emails: z.int().describe('By steps'), segmentEmails: z.int().describe('By runs of segments'), statements: z.int(), tasks: z.int().describe('By steps and by runs of segments'), holds: z.int(), handoffs: z.int(), suppressed: z.int(),
  })),
  counts: z.array(z.object({ step: z.string(), action: z.string(), outcome: OutcomeName, count: z.int() })).describe('What steps do'),
  segments: z.array(z.object({ segment: z.string().describe('Its key'), title: z.string(), segmentEmails: z.int(), statements: z.int(), tasks: z.int(), notices: z.int() })).describe('What the runs of each segment do for customers of whom invoices are collected'),
  decisions: z.array(SimulatedDecision), total: z.int(), truncated: z.boolean().describe('Only the first decisions are listed; `days` and `counts` have them all'),
}).meta({ id: 'Simulation' });

export const PolicyResults = z.object({
  at: Instant, from: LocalDate.describe('The Monday of the first week'),
  totals: z.array(z.object({
    versionId: Id, policy: z.string(), version: z.int(), currency: z.string(), invoices: z.int(), openInvoices: z.int(), billedMinor: Minor, collectedMinor: Minor.describe('By payments, since an invoice came under the version'), openMinor: Minor,
    paid: z.int(), paidOnTime: z.int().describe('By the due date, where the customer is'), averageDaysDelinquent: z.number().nullable().describe('Mean over the paid; paid early counts 0'),
  })),
  weeks: z.array(z.object({ week: LocalDate.describe('Its Monday'), versionId: Id, emails: z.int(), tasks: z.int(), holds: z.int(), handoffs: z.int(), suppressed: z.int(), started: z.int(), paid: z.int() })),
  money: z.array(z.object({ week: LocalDate, versionId: Id, currency: z.string(), collectedMinor: Minor })),
}).meta({ id: 'PolicyResults' });

export const policyContracts = {
  getPolicyResults: contract({
    id: 'getPolicyResults', method: 'get', path: '/policies/results', tag: 'Policies', summary: 'What policies have come to, by version, live and by week', description: 'An invoice counts for the version that collects it, or did last; what was done counts for the version by which it was decided. Weeks are in UTC.',
    access: readers, query: z.object({ policy: z.string().max(64).optional().describe('By name; left out: all'), weeks: z.coerce.number().int().min(1).max(156).default(26) }), status: 200, answer: PolicyResults,
  }),
  listPolicies: contract({
    id: 'listPolicies', method: 'get', path: '/policies', tag: 'Policies', summary: 'Published policy versions, newest first', access: readers,
    query: z.object({ search: Search.optional().describe('In the name, the title, or who published it'), inForce: Flag.optional().describe('Whether invoices that are assigned to its policy come under it'), ...pageQuery }), status: 200, answer: page('PolicyVersions', PolicyVersion),
  }),
  getPolicySchema: contract({ id: 'getPolicySchema', method: 'get', path: '/policies/schema', tag: 'Policies', summary: 'The JSON Schema of a policy document', access: readers, status: 200, answer: z.record(z.string(), z.unknown()) }),
  getActivePolicy: contract({ id: 'getActivePolicy', method: 'get', path: '/policies/active', tag: 'Policies', summary: 'The policy that new invoices are collected under', access: readers, status: 200, answer: PolicyDetail, problems: [404] }),
  getPolicy: contract({ id: 'getPolicy', method: 'get', path: '/policies/{id}', tag: 'Policies', summary: 'One policy version', access: readers, params: idParams, status: 200, answer: PolicyDetail, problems: [404] }),
  checkPolicy: contract({ id: 'checkPolicy', method: 'post', path: '/policies/check', tag: 'Policies', summary: 'Check a draft, publishing nothing', access: creditManagers, body: z.strictObject({ source }), status: 200, answer: CheckResult }),
  publishPolicy: contract({
    id: 'publishPolicy', method: 'post', path: '/policies', tag: 'Policies', summary: 'Publish a policy version', description: 'A published version never changes. Invoices under way stay, move or restart.',
    access: auditors, body: z.strictObject({ source, activate: z.boolean().default(true).describe('New invoices are collected under it from now on'), inForce: z.boolean().optional().describe('Invoices that are assigned to its policy come under it; left out: as `activate`'), underWay }),
    status: 201, answer: InForce, problems: [409, 422],
  }),
  activatePolicy: contract({
    id: 'activatePolicy', method: 'post', path: '/policies/{id}/activate', tag: 'Policies', summary: 'Put a published version in force', description: 'Invoices that are assigned to its policy come under it from now on, and so do new ones to which nothing else is assigned. Invoices under way stay, move or restart.',
    access: auditors, params: idParams, body: z.strictObject({ activate: z.boolean().default(true).describe('So do new invoices to which nothing else is assigned'), underWay }), status: 200, answer: InForce, problems: [404, 422],
  }),
  simulatePolicy: contract({
    id: 'simulatePolicy', method: 'post', path: '/policies/simulate', tag: 'Policies', summary: 'What a policy would do on this ledger over the next days', description: 'The runs of segments are lived through beside it. Nobody pays, and no invoice is added.', access: creditManagers,
    body: z.strictObject({ days: z.int().min(1).max(366).default(60), source: source.optional().describe('A draft; left out: every invoice on the version it is on'), decisionsMax: z.int().min(0).max(20_000).default(2_000) }),
    status: 200, answer: Simulation, problems: [422],
  }),
};
